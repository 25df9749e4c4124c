/**
 * A section of ours made fit for another plugin again: the schemas of the other plugins take no key that only
 * we have. Pure: the caller shows it and writes it.
 */
import { type Fields, isFields } from '../../../shared/fields.ts';
import type { ConfigEdit } from '../../edit.ts';
import { updated } from '../../json5/json-update.ts';
import type { JsonValue } from '../../json5/json5.ts';
import { chatIdsOf } from '../access-changes.ts';
import { accessOfPeer, ownAccess } from '../keys/access.ts';
import { accepts, rowOf } from '../keys/key-values.ts';
import { fieldsOf, type Peer } from '../keys/peer.ts';
import { mergedBy, mergedByUs } from '../merged.ts';
import { inOwnForm } from '../understand.ts';
import { levelsOf } from '../written-for.ts';
import { widerKeys } from './access-order.ts';
import { peerForm } from './peer-form.ts';

export interface WayBack {
  /** From the config's root. */
  readonly edits: readonly ConfigEdit[];
  /** Keys that go, dotted, below the section: the other plugin has neither them nor their values. */
  readonly removed: readonly string[];
  /** Where the other plugin would answer more people by what remains: not a way that may be taken. */
  readonly wider: readonly string[];
}

const ROOT = ['channels', 'feishu'];
const LARK: Peer = '@larksuite/openclaw-lark';
const M1HENG: Peer = 'm1heng/clawdbot-feishu';
const CHINA: Peer = '@openclaw-china/feishu';

/** @param section `channels.feishu`, as it is written */
export function planWayBack(section: JsonValue, plugin: Peer): WayBack {
  if (!isFields(section)) return { edits: [], removed: [], wider: [] };
  const hasAccounts = takes('accounts', plugin, {});
  const levels = levelsOf(section).filter(({ path }) => path.length === 0 || hasAccounts);
  const edits = levels.flatMap(({ path, fields }) =>
    inLevel(fields, plugin, path.length === 0).map((edit) => ({
      ...edit,
      path: [...path, ...edit.path],
    })),
  );
  const after = edits.reduce<JsonValue>(
    (value, edit) => updated(value, edit.path, 'value' in edit ? edit.value : undefined) ?? {},
    section,
  );
  return {
    edits: edits.map((edit) => ({ ...edit, path: [...ROOT, ...edit.path] })),
    removed: edits.filter((edit) => 'remove' in edit).map(({ path }) => path.join('.')),
    wider: widerInPeer(section, fieldsOf(after), plugin),
  };
}

function inLevel(fields: Fields, plugin: Peer, isTop: boolean): readonly ConfigEdit[] {
  const { accounts, ...own } = fields;
  const isKnown = accounts === undefined || takes('accounts', plugin, accounts);
  const others: readonly ConfigEdit[] = isKnown ? [] : [{ path: ['accounts'], remove: true }];
  return [...below(own, [], plugin), ...others, ...(isTop ? defaultsFor(own, plugin) : [])];
}

/** What we do by default and the other plugin does not, where that would let in more. */
function defaultsFor({ requireMention, allowBots }: Fields, plugin: Peer): readonly ConfigEdit[] {
  const bots = plugin === LARK && allowBots === undefined;
  return [
    ...(requireMention === undefined ? [{ path: ['requireMention'], value: true }] : []),
    ...(bots ? [{ path: ['allowBots'], value: false }] : []),
  ];
}

function takes(key: string, plugin: Peer, value: unknown): boolean {
  const row = rowOf([key]);
  return row !== undefined && accepts(row, plugin, value);
}

function below(fields: Fields, at: readonly string[], plugin: Peer): readonly ConfigEdit[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const path = [...at, key];
    // The id of a group or a person.
    const isEntry = at.length === 1 && (at[0] === 'groups' || at[0] === 'dms') && isFields(value);
    const row = rowOf(path);
    const isTaken = row !== undefined && accepts(row, plugin, value);
    if (isEntry && !row) return entry(value as Fields, path, plugin);
    if (!isTaken) return said(path, value, plugin);
    return isFields(value) && !row.path.endsWith('*') ? below(value, path, plugin) : [];
  });
}

/** In the other plugin's words, else not at all. */
function said(path: readonly string[], value: unknown, plugin: Peer): readonly ConfigEdit[] {
  const form = peerForm(path, value, plugin);
  const isSameKey = form.some((edit) => edit.path.at(-1) === path.at(-1));
  return isSameKey ? form : [{ path, remove: true }, ...form];
}

/** Other plugins read an empty list of people as everyone, and one of them a list only under its own policy. */
function entry(fields: Fields, path: readonly string[], plugin: Peer): readonly ConfigEdit[] {
  const edits = below(fields, path, plugin);
  const { allowFrom } = fields;
  if (path[0] !== 'groups' || !(Array.isArray(allowFrom) || typeof allowFrom === 'string'))
    return edits;
  if (allowFrom.length === 0) return [...edits, { path: [...path, 'enabled'], value: false }];
  if (plugin !== LARK) return edits;
  return [...edits, { path: [...path, 'groupPolicy'], value: 'allowlist' }];
}

/**
 * Where a plugin answers more people by its section than we do by ours: keys, dotted, below the section.
 *
 * @param before the section as we read it
 * @param after the section as the other plugin reads it
 */
export function widerInPeer(before: Fields, after: Fields, plugin: Peer): readonly string[] {
  const own = inOwnForm(before);
  const ids = Object.keys(fieldsOf(before.accounts));
  const places = [undefined, ...ids];
  return places.flatMap((id) => {
    const [ours, theirs] = [mergedByUs(own, id), mergedBy(plugin, after, id)];
    const prefix = id === undefined ? '' : `accounts.${id}.`;
    const now = ownAccess(ours);
    const then = accessOfPeer[plugin](asItActs(theirs, plugin), { isCertain: true });
    const keys = [
      // A key that goes from an account uncovers that of the top level, with groups of its own.
      ...widerKeys(then, now, [...chatIdsOf(ours), ...chatIdsOf(theirs)]),
      ...closedPeople(ours, theirs),
      ...unlike(ours, theirs, plugin),
    ];
    return [...new Set(keys)].map((key) => `${prefix}${key}`);
  });
}

/** Without a key that one plugin reads only where another bot is in the group: elsewhere it asks for no mention. */
function asItActs(account: Fields, plugin: Peer): Fields {
  if (plugin !== M1HENG) return account;
  const { allowMentionlessInMultiBotGroup: _, groups, ...others } = account;
  const entries = Object.entries(fieldsOf(groups)).map(([id, entry]) => {
    const { allowMentionlessInMultiBotGroup: _ofGroup, ...kept } = fieldsOf(entry);
    return [id, kept];
  });
  return { ...others, groups: Object.fromEntries(entries) };
}

/** People who get no answer in direct messages, and of whom the other plugin would not know. */
function closedPeople(ours: Fields, theirs: Fields): readonly string[] {
  const left = fieldsOf(theirs.dms);
  return Object.entries(fieldsOf(ours.dms))
    .filter(([id, dm]) => fieldsOf(dm).enabled === false && fieldsOf(left[id]).enabled !== false)
    .map(([id]) => `dms.${id}`);
}

/** What a plugin does against the words of its config; when such a section is read, the words count. */
function unlike(ours: Fields, theirs: Fields, plugin: Peer): readonly string[] {
  // It knows no pairing, and answers everyone.
  if (plugin === CHINA && ours.dmPolicy === 'pairing') return ['dmPolicy'];
  if (plugin === M1HENG) return closedGroups(theirs);
  if (plugin !== LARK) return [];
  // It answers the groups of this list under every policy.
  const isListed = theirs.groupPolicy === 'disabled' && theirs.groupAllowFrom !== undefined;
  return isListed ? ['groupAllowFrom'] : [];
}

/** It has the key, and does not read it. */
function closedGroups({ groups }: Fields): readonly string[] {
  return Object.entries(fieldsOf(groups))
    .filter(([, group]) => fieldsOf(group).enabled === false)
    .map(([id]) => `groups.${id}`);
}
