/** Which row of the table a key belongs to, and whose value it has. Pure. */
import { type Fields, isFields } from '../../../shared/fields.ts';
import { accountKey } from '../../rules/account-keys.ts';
import { isPerson } from './access.ts';
import { type Peer, peers, textsOf } from './peer.ts';
import { type Owner, type PeerKey, peerKeys } from './peer-keys.ts';

/** A key that some plugin knows, where it is, and its value. */
export interface FoundKey {
  /** Below the section or the account. */
  readonly path: readonly string[];
  readonly row: PeerKey;
  readonly value: unknown;
}

/** Rows by the number of steps, so that a key is compared with few of them. */
const rowsByPath: ReadonlyMap<string, PeerKey> = new Map(peerKeys.map((row) => [row.path, row]));
const deepRows = peerKeys.filter(({ path }) => path.endsWith('.**'));

/** The row of a key; a name of its own comes before `*`. */
export function rowOf(path: readonly string[]): PeerKey | undefined {
  const [first = '', second, ...rest] = path;
  const exact = rowsByPath.get(path.join('.'));
  if (exact && !path.some((step) => step.includes('.'))) return exact;
  const byId = second === undefined ? undefined : rowsByPath.get([first, '*', ...rest].join('.'));
  return byId ?? deepRows.find((row) => second !== undefined && row.path === `${first}.**`);
}

/** Every key of an account that a plugin knows, with those inside of it, in the file's order. */
export function keysIn(account: Fields): readonly FoundKey[] {
  return Object.entries(account).flatMap(([key, value]) => found([key], value));
}

/** Deeper than any plugin's keys are. */
const MAX_DEPTH = 6;

function found(path: readonly string[], value: unknown): readonly FoundKey[] {
  const row = rowOf(path);
  const inner =
    isFields(value) && path[0] !== 'accounts' && path.length < MAX_DEPTH
      ? Object.entries(value).flatMap(([key, below]) => found([...path, key], below))
      : [];
  return [...(row ? [{ path, row, value }] : []), ...inner];
}

export function accepts(row: PeerKey, owner: Owner, value: unknown): boolean {
  const forms = row.forms[owner];
  return forms !== undefined && isOfForm(forms, value);
}

/** The plugins that take this value. */
export function peersOf({ row, value }: Pick<FoundKey, 'row' | 'value'>): readonly Peer[] {
  return peers.filter((peer) => accepts(row, peer, value));
}

/** The plugins whose user wrote this: those that take the value, else those that alone have the key. */
export function ownersOf(key: Pick<FoundKey, 'row' | 'value'>): readonly Peer[] {
  const takers = peersOf(key);
  return takers.length === 0 && key.row.forms.own === undefined ? pluginsOf(key.row) : takers;
}

/** No plugin takes this value for its key, and neither do we. */
export function isWrong({ row, value }: Pick<FoundKey, 'row' | 'value'>): boolean {
  return !accepts(row, 'own', value) && peersOf({ row, value }).length === 0;
}

export function isRefused({ row, value }: Pick<FoundKey, 'row' | 'value'>): boolean {
  if (row.treatment === 'refused') return true;
  return row.refused !== undefined && isOfForm(row.refused, value);
}

/** Who may use the bot: a value that no plugin takes hides what its owner meant. */
const accessPaths: ReadonlySet<string> = new Set([
  ...['dmPolicy', 'allowFrom', 'groupPolicy', 'groupAllowFrom', 'groupSenderAllowFrom'],
  ...['requireMention', 'groups', 'groups.*.enabled', 'groups.*.requireMention'],
  ...['groups.*.allowFrom', 'groups.*.groupPolicy'],
]);

export function isWrongAccess({ row, value }: Pick<FoundKey, 'row' | 'value'>): boolean {
  return accessPaths.has(row.path) && isWrong({ row, value });
}

const isId = (item: unknown) => typeof item === 'string' || typeof item === 'number';

const formChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  switch: (value) => typeof value === 'boolean',
  true: (value) => value === true,
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  people: (value) => Array.isArray(value) && value.every(isId),
  chats: (value) => Array.isArray(value) && value.every(isId) && !textsOf(value).some(isPerson),
  object: isFields,
  secret: (value) => isFields(value) && typeof value.source === 'string',
  any: () => true,
};

function isOfForm(forms: string, value: unknown): boolean {
  return forms
    .split(' ')
    .some((form) => formChecks[form]?.(value) ?? form === JSON.stringify(value));
}

/**
 * Keys that keep people, messages or tools out, or keep people apart, and that the schema does not check: a
 * slip in one must show.
 */
const restricting: ReadonlySet<string> = new Set([
  'configWrites',
  'groups.*.tools',
  'groups.*.tools.allow',
  'groups.*.tools.deny',
  'contextVisibility',
  'dynamicAgentCreation',
  'dynamicAgentCreation.enabled',
  'allowMentionlessInMultiBotGroup',
  'groups.*.groupPolicy',
  'groups.*.allowMentionlessInMultiBotGroup',
]);

export function isRestricting({ path }: Pick<PeerKey, 'path'>): boolean {
  return restricting.has(path);
}

/** Whether the schema of our own section checks its value (rules/schema.ts). */
export function isChecked({ path, forms }: PeerKey): boolean {
  const [first = ''] = path.split('.');
  const isOfSection = first === 'accounts' || first === 'defaultAccount';
  return (
    forms.own !== undefined &&
    !isRestricting({ path }) &&
    (isOfSection || accountKey(first) !== undefined)
  );
}

/** An account does not start with such a wrong value. */
export function stopsAccount(row: PeerKey): boolean {
  return isRestricting(row) || isChecked(row);
}

/** The other plugins that have a key. */
export function pluginsOf({ forms }: PeerKey): readonly Peer[] {
  return peers.filter((peer) => forms[peer] !== undefined);
}
