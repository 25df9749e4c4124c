/**
 * How a section of another plugin becomes one of ours: what stays, what is translated, what has no
 * counterpart, and what is refused; and the way back. Pure: the caller shows it, asks, and writes it.
 */

import { isFields } from '../../shared/fields.ts';
import { MASK } from '../../shared/secret.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import type { ConfigEdit } from '../edit.ts';
import { valueAt } from '../json5/json-update.ts';
import type { JsonValue } from '../json5/json5.ts';
import { shownValue } from '../shown/mask.ts';
import { isSecretKey } from '../shown/secret-look.ts';
import type { KeyChange } from './access-changes.ts';
import { allowedValues } from './keys/allowed-values.ts';
import {
  accepts,
  isRefused,
  isWrong,
  keysIn,
  pluginsOf,
  rowOf,
  stopsAccount,
} from './keys/key-values.ts';
import type { Peer } from './keys/peer.ts';
import type { Treatment } from './keys/peer-keys.ts';
import { peerTexts as texts } from './peer-texts.ts';
import { type PeerFinding, type UnderstandOptions, understand } from './understand.ts';
import { levelsOf, TRANSLATED_FROM } from './written-for.ts';

/** One key of the plan. */
export interface PeerPlanEntry {
  /** From the config's root: `channels`, `feishu`, … */
  readonly path: readonly string[];
  /** The value as it may be shown: credentials are hidden. */
  readonly found: string;
  /** What becomes of it, or why it has no counterpart, in a sentence. */
  readonly text: LocalizedText;
}

export interface PeerPlan {
  /** The plugin that the section was written for; `undefined`: it is ours, or several are possible. */
  readonly plugin: Peer | undefined;
  /** Every plugin that it may have been written for. None: there is nothing to translate. */
  readonly candidates: readonly Peer[];
  /** Keys of other plugins that are honoured under their names; the file keeps them. */
  readonly kept: readonly PeerPlanEntry[];
  /** Keys that mean the same in other words, and access that the other plugin had by default. */
  readonly translated: readonly PeerPlanEntry[];
  /** Keys without effect here, each with the reason; they stay in the file. */
  readonly notSupported: readonly PeerPlanEntry[];
  /** Keys that restrict and cannot be honoured: the account does not start while they are there. */
  readonly refused: readonly PeerPlanEntry[];
  /**
   * What to write; nothing while an access key has a value that no plugin takes. The result is read the
   * same whether or not the plugin is known.
   */
  readonly edits: readonly ConfigEdit[];
}

const ROOT = ['channels', 'feishu'];

/**
 * The plan for a section as it is in the file.
 *
 * @param section `channels.feishu`, with any content
 * @param options.plugin the other plugin, where the caller knows it (it is installed, or was)
 * @example
 * const plan = planPeerSection(section, { plugin: '@openclaw/feishu' });
 * if (plan.refused.length === 0) planEdit(text, plan.edits);
 */
export function planPeerSection(section: JsonValue, options: UnderstandOptions = {}): PeerPlan {
  const { origin, findings, changes, isSound } = understand(section, options);
  const [first, ...others] = origin.peers;
  const plugin = others.length === 0 ? first : undefined;
  const isForeign = first !== undefined;
  const shared = sharedKeys(section, isForeign);
  const isShared = new Set(shared);
  const part = (keep: (finding: PeerFinding) => boolean) =>
    [...shared, ...findings].filter(keep).map((finding) => entryOf(finding));
  return {
    plugin,
    candidates: origin.peers,
    kept: part(
      (key) => treatment(key) === 'same' || (isShared.has(key) && treatment(key) !== 'none'),
    ),
    translated: [
      ...part((key) => treatment(key) === 'translated' && !isShared.has(key)),
      ...changes.map((change) => madeExplicit(section, change, plugin)),
    ],
    notSupported: part((key) => treatment(key) === 'none'),
    refused: part((key) => treatment(key) === 'refused'),
    edits: isForeign && isSound ? [...editsOf(findings, changes), marker(plugin)] : [],
  };
}

function treatment(key: PeerFinding): Treatment {
  if (key.isRefused) return 'refused';
  if (!isWrong(key)) return key.row.treatment;
  return stopsAccount(key.row) ? 'refused' : 'none';
}

function entryOf(key: PeerFinding): PeerPlanEntry {
  const { path, value, row } = key;
  const allowed = allowedValues(row, ['own', ...pluginsOf(row)]);
  const text = isWrong(key) ? localize(texts.wrongValue, { allowed }) : localize(row.text);
  return { path: [...ROOT, ...path], found: shownAt(path, value), text };
}

/** Keys that both plugins have: the most of a section. */
function sharedKeys(section: JsonValue, isForeign: boolean): readonly PeerFinding[] {
  if (!isForeign || !isFields(section)) return [];
  return levelsOf(section).flatMap(({ path, fields }) =>
    keysIn(fields)
      .filter((key) => accepts(key.row, 'own', key.value) && !isRefused(key) && isLeaf(key))
      .map((key) => ({ ...key, path: [...path, ...key.path], owners: [], isRefused: false })),
  );
}

/** An object is named by the keys in it. */
function isLeaf({ path, value }: Pick<PeerFinding, 'path' | 'value'>): boolean {
  if (!isFields(value)) return true;
  return Object.keys(value).every((key) => rowOf([...path, key]) === undefined);
}

function madeExplicit(
  section: JsonValue,
  { path, value }: KeyChange,
  plugin: Peer | undefined,
): PeerPlanEntry {
  const to = JSON.stringify(value);
  const text = plugin
    ? localize(texts.written, { to, plugin })
    : localize(texts.writtenStrictest, { to });
  return { path: [...ROOT, ...path], found: shownAt(path, valueAt(section, path)), text };
}

function editsOf(
  findings: readonly PeerFinding[],
  changes: readonly KeyChange[],
): readonly ConfigEdit[] {
  const own = changes.map(({ path, value }) => ({ path: [...ROOT, ...path], value }));
  return [...findings.flatMap(renamed), ...own];
}

/** Keys that stay under their names need no edit; these are read by the host, or mislead. */
function renamed({ path, value, row }: PeerFinding): readonly ConfigEdit[] {
  const at = [...ROOT, ...path];
  if (row.path === 'connectionMode' && value === 'webhook')
    return [{ path: at, value: 'websocket' }];
  if (row.path !== 'dms.historyLimit') return [];
  const limit = [...at.slice(0, -2), 'dmHistoryLimit'];
  return [
    { path: at, remove: true },
    { path: limit, value: value as JsonValue },
  ];
}

function marker(plugin: Peer | undefined): ConfigEdit {
  return { path: [...ROOT, TRANSLATED_FROM], value: plugin ?? 'another plugin' };
}

function shownAt(path: readonly string[], value: unknown): string {
  if (value === undefined) return '';
  return path.some(isSecretKey) ? MASK : shownValue(value, typeof value === 'string', path.at(-1));
}
