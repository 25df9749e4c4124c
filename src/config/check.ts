/** Checks a section: wrong values are errors, unknown keys are warnings. Pure. */
import type { z } from 'zod';
import { MASK } from '../shared/secret.ts';
import {
  joinLines,
  type LocalizedText,
  localize,
  type Text,
  verbatim,
} from '../shared/text/text.ts';
import { hiddenContext, withChannelDefaults } from './channel-defaults.ts';
import { configError } from './config-errors.ts';
import { configTexts as texts } from './config-texts.ts';
import type { JsonValue } from './json5/json5.ts';
import { allowedValues } from './peers/keys/allowed-values.ts';
import {
  isChecked,
  isRestricting,
  isWrong,
  isWrongAccess,
  pluginsOf,
  rowOf,
} from './peers/keys/key-values.ts';
import type { Peer } from './peers/keys/peer.ts';
import type { PeerKey } from './peers/keys/peer-keys.ts';
import { peerTexts } from './peers/peer-texts.ts';
import { type PeerFinding, type UnderstandOptions, understand } from './peers/understand.ts';
import { allowedAt, type FeishuSection, feishuSectionSchema, NAME } from './rules/schema.ts';
import { findUnknownKeys, type UnknownKey } from './rules/unknown-keys.ts';
import { shownKey, shownValue } from './shown/mask.ts';
import { isSecretKey } from './shown/secret-look.ts';

const SECTION = 'channels.feishu';

export interface CheckOptions extends UnderstandOptions {
  /** `channels.defaults` of the same config, with any content. */
  readonly defaults?: unknown;
}

/**
 * The section, typed: in our own words, also where it was written for another plugin.
 *
 * @throws MoltbotFeishuError `config-invalid` (exit 5; details: path, key, keys) that names every
 *   wrong value, and every unknown key that has to do with who may use the bot
 */
export function checkSection(
  value: JsonValue,
  path: string,
  { defaults, ...options }: CheckOptions = {},
): FeishuSection {
  const { section, findings, origin, isSound } = understand(value, options);
  const parsed = feishuSectionSchema.safeParse(withChannelDefaults(section, defaults));
  const problems = [
    ...defaultProblems(value, defaults),
    ...(parsed.error?.issues ?? []).map((issue) => wrongValue(value, issue, origin.peers)),
    ...findings.flatMap((finding) => peerProblem(finding)),
    ...unknownKeysOf(value)
      .filter(({ isAccess }) => isAccess)
      .map(unknownAccessKey),
  ];
  // Without its translation a section admits by our defaults: it is not read at all.
  if (problems.length === 0 && !isSound) {
    problems.push(...findings.filter(isWrongAccess).map(wrongAccess));
  }
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

/** What no channel says for itself counts for ours too, and must not be lost. */
function defaultProblems(section: JsonValue, defaults: unknown): readonly Problem[] {
  const hidden = hiddenContext(section, defaults);
  if (hidden === undefined) return [];
  const key = 'channels.defaults.contextVisibility';
  const found = shownValue(hidden, true);
  return [{ key, text: localize(texts.contextHidden, { key, found }) }];
}

interface Problem {
  /** Dotted, from the root of the config. */
  readonly key: string;
  readonly text: LocalizedText;
}

function wrongValue(
  root: JsonValue,
  issue: z.core.$ZodIssue,
  writtenFor: readonly Peer[],
): Problem {
  const { path, code } = issue;
  const key = dotted(path);
  if (code === 'invalid_key') {
    const place = [...path.slice(0, -1), NAME];
    return { key, text: localize(texts.invalidName, { key, allowed: allowed(issue, place) }) };
  }
  const params = { key, found: shown(root, issue), allowed: allowed(issue, path) };
  return { key, text: withPeer(localize(texts.invalidValue, params), path, writtenFor) };
}

/** What the key takes in the plugin that the section was written for, where that is not what we take. */
function withPeer(
  problem: LocalizedText,
  path: readonly PropertyKey[],
  writtenFor: readonly Peer[],
): LocalizedText {
  const row = rowOf(belowAccount(path.map(String)));
  const plugins = row?.forms.own === undefined ? [] : othersOf(row, writtenFor);
  if (!row || plugins.length === 0) return problem;
  const allowed = allowedValues(row, plugins);
  return row.treatment === 'translated'
    ? localize(peerTexts.inPeerAndHere, { problem, plugins, allowed, why: localize(row.text) })
    : localize(peerTexts.inPeer, { problem, plugins, allowed });
}

function othersOf(row: PeerKey, writtenFor: readonly Peer[]): readonly Peer[] {
  return pluginsOf(row).filter(
    (peer) => writtenFor.includes(peer) && row.forms[peer] !== row.forms.own,
  );
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
  const value = place.reduce<unknown>(
    // Other plugins take a text for a list of one.
    (inner, key) =>
      typeof inner === 'string' ? inner : (Object(inner) as Record<PropertyKey, unknown>)[key],
    root,
  );
  if (place.some((key) => isSecretKey(String(key)))) {
    return typeof value === 'object' && value !== null ? '{…}' : MASK;
  }
  const wantsSwitch = issue.code === 'invalid_type' && issue.expected === 'boolean';
  return shownValue(value, wantsSwitch || issue.code === 'invalid_value', String(place.at(-1)));
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

/** Keys that no plugin has: the table of the other plugins names theirs. */
function unknownKeysOf(section: JsonValue): readonly UnknownKey[] {
  return findUnknownKeys(section).filter(({ path, isAccess }) => {
    const row = rowOf(belowAccount(path));
    return row === undefined || (isAccess && row.path.endsWith('*'));
  });
}

function belowAccount(path: readonly string[]): readonly string[] {
  return path[0] === 'accounts' && path.length > 2 ? path.slice(2) : path;
}

/** A restriction that cannot be honoured, or that is not even a value of its plugin. */
function peerProblem(finding: PeerFinding): readonly Problem[] {
  const { path, row, owners, isRefused } = finding;
  const key = dotted(path);
  const found = shownIn(finding);
  const why = localize(row.text);
  if (isRefused && owners.length > 0) {
    return [{ key, text: localize(peerTexts.refusedValue, { key, found, plugins: owners, why }) }];
  }
  return isWrong(finding) && isRestricting(row) ? [{ key, text: wrongPeerValue(finding) }] : [];
}

function wrongAccess(finding: PeerFinding): Problem {
  return { key: dotted(finding.path), text: wrongPeerValue(finding) };
}

function wrongPeerValue(finding: PeerFinding): LocalizedText {
  const { path, row } = finding;
  const found = shownIn(finding);
  const allowed = allowedValues(row, ['own', ...pluginsOf(row)]);
  return localize(peerTexts.wrongPeerValue, { key: dotted(path), found, allowed });
}

function shownIn({ path, value }: PeerFinding): string {
  if (path.some(isSecretKey)) return MASK;
  return shownValue(value, typeof value === 'string', path.at(-1));
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
  const positions = positionsOf(section);
  const position = ({ path }: KeyWarning) => positions.get(JSON.stringify(path.slice(2))) ?? 0;
  return [...unknownKeys(section), ...withoutEffect(section)].sort(
    (one, other) => position(one) - position(other),
  );
}

/** Where each key is in the file, by its path below the section. */
function positionsOf(section: JsonValue): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  const walk = (value: JsonValue, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      positions.set(JSON.stringify([...path, key]), positions.size);
      walk(inner as JsonValue, [...path, key]);
    }
  };
  walk(section, []);
  return positions;
}

/** Keys of other plugins that do nothing here, each with the reason; none after setup has said it. */
function withoutEffect(section: JsonValue): KeyWarning[] {
  const { findings, origin } = understand(section);
  const wrong = findings.filter(
    (finding) => isWrong(finding) && !isChecked(finding.row) && !isRestricting(finding.row),
  );
  return [
    ...wrong.map((finding) => warning(finding.path, wrongPeerValue(finding))),
    ...(origin.peers.length === 0 ? [] : withoutCounterpart(findings)),
  ];
}

function warning(path: readonly string[], text: LocalizedText): KeyWarning {
  return { path: ['channels', 'feishu', ...path], text, renameTo: undefined };
}

function withoutCounterpart(findings: readonly PeerFinding[]): KeyWarning[] {
  return findings
    .filter(
      ({ row, owners, isRefused, path }) =>
        row.treatment === 'none' && owners.length > 0 && !isRefused && isTopOfItsKind(path),
    )
    .map(({ path, row, owners }) =>
      warning(
        path,
        localize(peerTexts.noCounterpart, {
          key: dotted(path),
          plugins: owners,
          why: localize(row.text),
        }),
      ),
    );
}

/** One warning for an object, not one for each key in it. */
function isTopOfItsKind(path: readonly string[]): boolean {
  const above = belowAccount(path).slice(0, -1);
  return rowOf(above)?.treatment !== 'none';
}

/** In the file's order. */
function unknownKeys(section: JsonValue): KeyWarning[] {
  return unknownKeysOf(section).map(({ path, near, isMisspelt }) => {
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
