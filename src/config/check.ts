/** What is wrong with a section: wrong values are errors, unknown keys are warnings. Pure. */
import type { z } from 'zod';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { MASK } from '../shared/secret.ts';
import { type Message, message, type Text, verbatim } from '../shared/text.ts';
import type { JsonValue } from './json5.ts';
import { isSecretKey } from './mask.ts';
import { nearest } from './nearest.ts';
import { allowedAt, type FeishuSection, feishuSectionSchema, knownKeys } from './schema.ts';
import { configTexts as texts } from './texts.ts';

const SECTION = 'channels.feishu';

/** The section, typed. Throws `config-invalid` (exit 5; details: path, key) for the first wrong value. */
export function checkSection(value: JsonValue, path: string): FeishuSection {
  const parsed = feishuSectionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path ?? [];
  const key = [SECTION, ...place.map(String)].join('.');
  throw new MoltbotFeishuError({
    code: 'config-invalid',
    exitCode: ExitCode.config,
    what: message(texts.invalid, {
      path,
      key,
      found: shown(value, place),
      allowed: issue ? allowed(issue, place) : '',
    }),
    fix: message(texts.invalidFix, { path }),
    details: { path, key },
  });
}

const LONGEST_SHOWN = 80;

function shown(root: JsonValue, place: readonly PropertyKey[]): string {
  if (place.some((key) => isSecretKey(String(key)))) return MASK;
  const value = place.reduce<unknown>(
    (inner, key) => (Object(inner) as Record<PropertyKey, unknown>)[key],
    root,
  );
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const typeTexts: Readonly<Record<string, Text>> = {
  string: texts.allowedText,
  number: texts.allowedNumber,
  boolean: texts.allowedBoolean,
  array: texts.allowedList,
  object: texts.anObject,
  record: texts.anObject,
};

function allowed(issue: z.core.$ZodIssue, place: readonly PropertyKey[]): Message {
  const named = allowedAt(place);
  if (named) return message(named);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => JSON.stringify(String(value))).join(', ');
    return message(texts.allowedValues, { values });
  }
  const type = issue.code === 'invalid_type' ? typeTexts[issue.expected] : undefined;
  return type ? message(type) : verbatim(issue.message);
}

/** Read by hosts on any channel: none of ours, and no mistake either (moltbot 2026.1.29). */
const hostKeys = [
  'name',
  'blockStreaming',
  'blockStreamingCoalesce',
  'capabilities',
  'chunkMode',
  'configWrites',
  'dmHistoryLimit',
  'dms',
  'healthMonitor',
  'heartbeat',
  'historyLimit',
  'markdown',
  'responsePrefix',
  'textChunkLimit',
];

/** A warning for each unknown key of the section, its accounts and groups, with the nearest known name. */
export function unknownKeys(section: FeishuSection): Message[] {
  const inGroups = (prefix: string, groups: FeishuSection['groups']) =>
    Object.entries(groups ?? {}).flatMap(([id, group]) =>
      unknownIn(`${prefix}.groups.${id}`, group, knownKeys.group),
    );
  return [
    ...unknownIn(SECTION, section, knownKeys.section),
    ...inGroups(SECTION, section.groups),
    ...Object.entries(section.accounts ?? {}).flatMap(([id, account]) => {
      const prefix = `${SECTION}.accounts.${id}`;
      return [
        ...unknownIn(prefix, account, knownKeys.account),
        ...inGroups(prefix, account.groups),
      ];
    }),
  ];
}

function unknownIn(prefix: string, value: object, known: readonly string[]): Message[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key) && !hostKeys.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      return near === undefined
        ? message(texts.unknownKey, { key: `${prefix}.${key}` })
        : message(texts.unknownKeyNear, { key: `${prefix}.${key}`, near });
    });
}
