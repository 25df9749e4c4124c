/** Which plugin a section was written for, by its keys and values. Pure. */

import { type Fields, isFields } from '../../shared/fields.ts';
import { accepts, keysIn, ownersOf } from './keys/key-values.ts';
import { fieldsOf, type Peer, peers } from './keys/peer.ts';

export interface Origin {
  /** The plugins that it may have been written for; none: it is ours. */
  readonly peers: readonly Peer[];
  /** The caller knows the plugin. */
  readonly isCertain: boolean;
}

/**
 * A key or a value that only other plugins have is a sign of them, a key also where its value is wrong; it was written for one that has all
 * of the section's keys. Where no plugin has them all, each that has a sign counts.
 */
export function writtenFor(section: Fields, known?: Peer): Origin {
  if (typeof section[TRANSLATED_FROM] === 'string') return { peers: [], isCertain: false };
  if (known !== undefined) return { peers: [known], isCertain: true };
  const keys = levelsOf(section).flatMap(({ fields }) => keysIn(fields));
  const signs = keys.filter(({ row, value }) => !accepts(row, 'own', value)).map(ownersOf);
  const owned = signs.filter((owners) => owners.length > 0);
  if (owned.length === 0) return { peers: [], isCertain: false };
  const all = peers.filter((peer) =>
    keys.map(ownersOf).every((owners) => owners.length === 0 || owners.includes(peer)),
  );
  const some = peers.filter((peer) => owned.some((owners) => owners.includes(peer)));
  const narrow = all.filter((peer) => some.includes(peer));
  return { peers: narrow.length > 0 ? narrow : some, isCertain: false };
}

/** The key that says that a section was translated: other plugins' rules no longer count. */
export const TRANSLATED_FROM = 'translatedFrom';

export interface Level {
  /** Below the section: nothing, or `accounts` and the id. */
  readonly path: readonly string[];
  readonly fields: Fields;
}

/** The top level, and each account. */
export function levelsOf(section: Fields): readonly Level[] {
  const named = Object.entries(fieldsOf(section.accounts)).flatMap(([id, account]) =>
    isFields(account) ? [{ path: ['accounts', id], fields: account }] : [],
  );
  return [{ path: [], fields: section }, ...named];
}
