/**
 * A section as another plugin's user wrote it, in our own words: what a config means before anything in
 * the file changes.
 *
 * In: `channels.feishu` as written, with any content. Out: the section in our own keys, and what became
 * of each key of another plugin. A section of this plugin comes out as it is. Pure, and without zod.
 */
import { type Fields, isFields } from '../../shared/fields.ts';
import type { JsonValue } from '../json5/json5.ts';
import { accessChanges, type KeyChange, withValue } from './access-changes.ts';
import { accessOfPeer, strictest } from './keys/access.ts';
import {
  accepts,
  type FoundKey,
  isRefused,
  isWrongAccess,
  keysIn,
  peersOf,
} from './keys/key-values.ts';
import { fieldsOf, type Peer } from './keys/peer.ts';
import { mergedBy, mergedByUs } from './merged.ts';
import { ownForm } from './own-form.ts';
import { levelsOf, type Origin, writtenFor } from './written-for.ts';

/** A key or a value that is not ours, and whose it is. */
export interface PeerFinding extends FoundKey {
  /** The plugins that have this value. */
  readonly owners: readonly Peer[];
  /** It restricts, and cannot be honoured: the account must not start. */
  readonly isRefused: boolean;
}

export interface Understood {
  readonly section: JsonValue;
  readonly origin: Origin;
  /** In the file's order; paths are below the section. */
  readonly findings: readonly PeerFinding[];
  /** The keys that the file would have to say for this meaning, beside what it says. */
  readonly changes: readonly KeyChange[];
  /** No access key has a value that no plugin takes: without that, there is no telling what was meant. */
  readonly isSound: boolean;
}

export interface UnderstandOptions {
  /** The plugin that the section was written for, where the caller knows it. */
  readonly plugin?: Peer | undefined;
}

/**
 * @example
 * understand({ appId, connectionMode: 'websocket' }).section
 * // the same with dmPolicy: 'pairing', the default of the plugins that have connectionMode
 */
export function understand(section: JsonValue, options: UnderstandOptions = {}): Understood {
  if (!isFields(section)) {
    const origin = { peers: [], isCertain: false };
    return { section, origin, findings: [], changes: [], isSound: true };
  }
  const origin = writtenFor(section, options.plugin);
  const own = inOwnForm(section);
  const findings = findingsIn(section);
  const isSound = !findings.some(isWrongAccess) && hasWholeGroups(section);
  const changes = origin.peers.length > 0 && isSound ? changesFor(section, own, origin) : [];
  const changed = changes.reduce((fields, { path, value }) => withValue(fields, path, value), own);
  return { section: changed as JsonValue, origin, findings, changes, isSound };
}

/** Whether each entry of `groups` is an object: into anything else no key can be written. */
function hasWholeGroups(section: Fields): boolean {
  return levelsOf(section).every(({ fields }) =>
    Object.values(fieldsOf(fields.groups)).every(isFields),
  );
}

/** The section in our own keys, with nothing that only a plugin's defaults say. */
export function inOwnForm(section: Fields): Fields {
  const { accounts, ...top } = section;
  if (accounts === undefined) return ownForm(top);
  const named = isFields(accounts)
    ? Object.fromEntries(
        Object.entries(accounts).map(([id, account]) => [
          id,
          isFields(account) ? ownForm(account) : account,
        ]),
      )
    : accounts;
  return { ...ownForm(top), accounts: named };
}

function findingsIn(section: Fields): readonly PeerFinding[] {
  return levelsOf(section).flatMap(({ path, fields }) =>
    keysIn(fields).flatMap((key) => {
      const isOurs = accepts(key.row, 'own', key.value);
      if (isOurs && !isRefused(key)) return [];
      const at = [...path, ...key.path];
      const isStopped = isRefused(key) || isWrongAccess(key);
      return [{ ...key, path: at, owners: peersOf(key), isRefused: isStopped }];
    }),
  );
}

interface AccountChanges {
  /** Where the account is: at the top level, or below `accounts`. */
  readonly place: readonly string[];
  readonly changes: readonly KeyChange[];
}

/** The access of each account as the other plugin has it, said in our own keys. */
function changesFor(
  section: Fields,
  own: Fields,
  { peers, isCertain }: Origin,
): readonly KeyChange[] {
  const accounts = fieldsOf(section.accounts);
  const ids = Object.keys(accounts).filter((id) => isFields(accounts[id]));
  const hasTop = ids.length === 0 || (section.appId !== undefined && !ids.includes('default'));
  const top = hasTop ? forAccount(section, own, [], { peers, isCertain }) : [];
  const afterTop = top.reduce((fields, { path, value }) => withValue(fields, path, value), own);
  const named = ids.map((id) => {
    const place = ['accounts', id];
    return { place, changes: forAccount(section, afterTop, place, { peers, isCertain }) };
  });
  return [...top, ...(hasTop ? named.flatMap(placed) : atTop(section, named))];
}

function placed({ place, changes }: AccountChanges): readonly KeyChange[] {
  return changes.map(({ path, value }) => ({ path: [...place, ...path], value }));
}

function forAccount(
  section: Fields,
  own: Fields,
  place: readonly string[],
  { peers, isCertain }: Origin,
): readonly KeyChange[] {
  const id = place[1];
  const wanted = strictest(
    peers.map((peer) => accessOfPeer[peer](mergedBy(peer, section, id), { isCertain })),
  );
  return wanted ? accessChanges(mergedByUs(own, id), wanted) : [];
}

/** Moves a change that all accounts need to the top level, unless some level sets that key already. */
function atTop(section: Fields, accounts: readonly AccountChanges[]): readonly KeyChange[] {
  const levels = levelsOf(section);
  const isFree = (key: string) => levels.every(({ fields }) => fields[key] === undefined);
  const isShared = ({ path, value }: KeyChange) =>
    path.length === 1 &&
    isFree(path[0] ?? '') &&
    accounts.every(({ changes }) =>
      changes.some(
        (other) =>
          other.path.length === 1 &&
          other.path[0] === path[0] &&
          JSON.stringify(other.value) === JSON.stringify(value),
      ),
    );
  const shared = accounts[0]?.changes.filter(isShared) ?? [];
  const others = accounts.flatMap(({ place, changes }) =>
    placed({ place, changes: changes.filter((change) => !isShared(change)) }),
  );
  return [...shared, ...others];
}
