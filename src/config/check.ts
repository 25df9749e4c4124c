/** Checks a section: wrong values are errors, unknown keys are warnings. Pure. */
import type { z } from 'zod';
import { MASK } from '../shared/secret.ts';
import { joinLines, type LocalizedText, localize, type Text, verbatim } from '../shared/text.ts';
import { configError } from './config-errors.ts';
import { isObject, type JsonValue } from './json5/json5.ts';
import { isNotUsedYet } from './rules/account-keys.ts';
import { allowedAt, type FeishuSection, feishuSectionSchema, NAME } from './rules/schema.ts';
import { findUnknownKeys, type UnknownKey } from './rules/unknown-keys.ts';
import { isSecretKey, shownKey, shownValue } from './shown/mask.ts';
import { configTexts as texts } from './texts.ts';

const SECTION = 'channels.feishu';

/**
 * The section, typed.
 *
 * @throws MoltbotFeishuError `config-invalid` (exit 5; details: path, key, keys) that names every
 *   wrong value, and every unknown key that has to do with who may use the bot
 */
export function checkSection(value: JsonValue, path: string): FeishuSection {
  const parsed = feishuSectionSchema.safeParse(value);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => wrongValue(value, issue)),
    ...findUnknownKeys(value)
      .filter(({ isAccess }) => isAccess)
      .map(unknownAccessKey),
  ];
  const [first, ...others] = problems;
  if (parsed.success && first === undefined) return parsed.data;
  const keys = problems.map(({ key }) => key);
  const details = { path, key: keys[0], keys };
  if (first && others.length === 0) {
    throw configError('invalid', { path, problem: first.text }, { details });
  }
  const texts = problems.map(({ text }) => text);
  throw configError('invalidMany', { path, problems: joinLines(texts, '\n  ') }, { details });
}

interface Problem {
  /** Dotted, from the root of the config. */
  readonly key: string;
  readonly text: LocalizedText;
}

function wrongValue(root: JsonValue, issue: z.core.$ZodIssue): Problem {
  const key = dotted(issue.path);
  const text =
    issue.code === 'invalid_key'
      ? localize(texts.invalidName, { key, allowed: allowed(issue, [...issue.path, NAME]) })
      : localize(texts.invalidValue, {
          key,
          found: shown(root, issue),
          allowed: allowed(issue, issue.path),
        });
  return { key, text };
}

function unknownAccessKey({ path, near }: UnknownKey): Problem {
  const key = dotted(path);
  const text =
    near === undefined
      ? localize(texts.unknownAccessKey, { key })
      : localize(texts.unknownAccessKeyNear, { key, near });
  return { key, text };
}

const dotted = (path: readonly PropertyKey[]): string =>
  [SECTION, ...path.map((step) => shownKey(String(step)))].join('.');

function shown(root: JsonValue, issue: z.core.$ZodIssue): string {
  const place = issue.path;
  if (place.some((key) => isSecretKey(String(key)))) return MASK;
  const value = place.reduce<unknown>(
    (inner, key) => (Object(inner) as Record<PropertyKey, unknown>)[key],
    root,
  );
  const wantsSwitch = issue.code === 'invalid_type' && issue.expected === 'boolean';
  return shownValue(value, wantsSwitch || issue.code === 'invalid_value');
}

const typeTexts: Readonly<Record<string, Text>> = {
  string: texts.allowedText,
  number: texts.allowedNumber,
  boolean: texts.allowedBoolean,
  array: texts.allowedList,
  object: texts.anObject,
  record: texts.anObject,
};

function allowed(issue: z.core.$ZodIssue, place: readonly PropertyKey[]): LocalizedText {
  const named = allowedAt(place);
  if (named) return localize(named);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => JSON.stringify(String(value)));
    return localize(texts.allowedValues, { values });
  }
  const type = issue.code === 'invalid_type' ? typeTexts[issue.expected] : undefined;
  return type ? localize(type) : verbatim(issue.message);
}

/** A key of the section that is unknown, with its most likely meaning, or whose value is not used yet. */
export interface KeyWarning {
  readonly path: readonly string[];
  readonly text: LocalizedText;
  /** The known key of which it is a misspelling: a rename changes no meaning. */
  readonly renameTo: string | undefined;
}

/** The warnings about a section that {@link checkSection} accepts. */
export function keyWarnings(section: JsonValue): KeyWarning[] {
  return [...unknownKeys(section), ...unusedKeys(section)];
}

function unusedKeys(section: JsonValue): KeyWarning[] {
  const { accounts } = isObject(section) ? section : {};
  const parts: [string[], JsonValue | undefined][] = [
    [[], section],
    ...Object.entries(isObject(accounts) ? accounts : {}).map(
      ([id, account]): [string[], JsonValue] => [['accounts', id], account],
    ),
  ];
  return parts.flatMap(([place, part]) =>
    Object.entries(isObject(part) ? part : {})
      .filter(([key, value]) => isNotUsedYet(key, value))
      .map(([key, value]) => {
        const params = { key: dotted([...place, key]), value: JSON.stringify(value) };
        return {
          path: ['channels', 'feishu', ...place, key],
          text: localize(texts.notUsedYet, params),
          renameTo: undefined,
        };
      }),
  );
}

/** In the file's order. */
function unknownKeys(section: JsonValue): KeyWarning[] {
  return findUnknownKeys(section).map(({ path, near, isMisspelt }) => {
    const key = dotted(path);
    return {
      path: ['channels', 'feishu', ...path],
      text:
        near === undefined
          ? localize(texts.unknownKey, { key })
          : localize(texts.unknownKeyNear, { key, near }),
      renameTo: isMisspelt ? near : undefined,
    };
  });
}
