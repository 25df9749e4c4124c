import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeenIds, type Fingerprint } from '../../../src/channel/inbox/directory/seen.ts';

/** Few, and many with the same place in the table, so that they come to stand behind each other. */
const fingerprint = fc.record({
  high: fc.integer({ min: 0, max: 3 }),
  low: fc.constantFrom(0, 1, 2, 32_767, 32_768, 65_535, 65_536, 65_537, 4_294_967_295),
});
const step = fc.record({ does: fc.constantFrom('add', 'add', 'remove'), fingerprint });

it('knows exactly the ids that were added and not removed, however their places collide', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const seen = createSeenIds({ now: () => 0, retentionMs: 1000 });
      const model = new Map<string, Fingerprint>();
      const keyOf = ({ high, low }: Fingerprint) => `${high} ${low}`;
      for (const { does, fingerprint: id } of steps) {
        if (does === 'add') seen.add(id, 0);
        else seen.remove(id);
        if (does === 'add') model.set(keyOf(id), id);
        else model.delete(keyOf(id));
        expect(seen.has(id)).toBe(does === 'add');
      }
      expect(seen.size).toBe(model.size);
      for (const id of model.values()) expect(seen.has(id)).toBe(true);
    }),
  );
});

/** Spread as fingerprints are (Knuth's multiplicative hash). */
const idOf = (n: number): Fingerprint => ({
  high: Math.imul(n, 2_654_435_761) >>> 0,
  low: Math.imul(n, 2_246_822_519) >>> 0,
});

it('forgets in the order of coming, and holds what a busy day remembers', () => {
  let now = 0;
  const seen = createSeenIds({ now: () => now, retentionMs: 1000 });
  const count = 400_000;
  for (let n = 0; n < count; n++) {
    now = n / 100;
    seen.add(idOf(n), now);
  }
  for (let n = count - 100_000; n < count; n += 7) expect(seen.has(idOf(n))).toBe(true);
  for (let n = count; n < count + 1000; n++) expect(seen.has(idOf(n))).toBe(false);
  for (let n = 0; n < count / 2; n += 97) expect(seen.has(idOf(n))).toBe(false);
  // A second is 100,000 ids: what is older takes no room for long.
  expect(seen.size).toBeLessThan(200_000);
});

it('remembers more than it is made for all the same', () => {
  const seen = createSeenIds({ now: () => 0, retentionMs: 1000 });
  const count = 1_100_000;
  for (let n = 0; n < count; n++) seen.add(idOf(n), 0);
  for (let n = 0; n < count; n += 97) expect(seen.has(idOf(n))).toBe(true);
  for (let n = count; n < count + 1000; n++) expect(seen.has(idOf(n))).toBe(false);
});

it('knows each of many that have the same place', () => {
  const seen = createSeenIds({ now: () => 0, retentionMs: 1000 });
  const idAt = (n: number): Fingerprint => ({ high: n, low: 5 });
  const count = 1000;
  for (let n = 0; n < count; n++) seen.add(idAt(n), 0);
  for (let n = 0; n < count; n++) expect(seen.has(idAt(n))).toBe(true);
  expect(seen.has(idAt(count))).toBe(false);
  for (let n = 0; n < count; n += 2) seen.remove(idAt(n));
  for (let n = 0; n < count; n++) expect(seen.has(idAt(n))).toBe(n % 2 === 1);
  expect(seen.size).toBe(count / 2);
});
