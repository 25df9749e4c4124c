/** Every key and every value of the other plugins has a row in the table, and none of them throws. */
import { expect, it } from 'vitest';
import { peers } from '../../../src/config/peers/keys/peer.ts';
import { peerKeys } from '../../../src/config/peers/keys/peer-keys.ts';
import { isKnownKey } from '../../../src/config/shown/key-names.ts';
import { recordedFacts } from './recorded-facts.ts';
import { faultsIn } from './walk-facts.ts';

it('each key and value of each plugin is read, or refused by its name', () => {
  expect(peers.flatMap((peer) => faultsIn(peer, recordedFacts[peer]))).toEqual([]);
});

it('each row of the table is a key that its plugins have', () => {
  const invented = peerKeys.flatMap(({ path, forms }) =>
    peers
      .filter((peer) => forms[peer] !== undefined)
      .filter((peer) => !isRecorded(path, Object.keys(recordedFacts[peer])))
      // Older versions had the first; the others hold what is named below them.
      .filter(() => !['tools.base', 'accounts', 'stickerSets.**'].includes(path))
      .map((peer) => `${peer} ${path}`),
  );
  expect(invented).toEqual([]);
});

function isRecorded(path: string, recorded: readonly string[]): boolean {
  if (recorded.includes(path)) return true;
  const start = path.replace(/\*+$/, '');
  return path.endsWith('*') && recorded.some((other) => other.startsWith(start));
}

it('each key of the table may be shown', () => {
  const names = peerKeys.flatMap(({ path }) => path.split('.')).filter((name) => !/\*/.test(name));
  expect([...new Set(names)].filter((name) => !isKnownKey(name))).toEqual([]);
});
