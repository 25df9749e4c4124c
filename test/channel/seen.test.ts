import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeenIds, type Fingerprint } from '../../src/channel/inbox/seen.ts';

/** Few, and many with the same place in the table, so that they come to stand behind each other. */
const fingerprint = fc.record({
  high: fc.integer({ min: 0, max: 3 }),
  low: fc.constantFrom(0, 1, 2, 1024, 2048, 1023, 2047, 4_294_967_295),
});
const step = fc.record({ does: fc.constantFrom('add', 'add', 'remove'), fingerprint });

it('knows exactly the ids that were added and not removed, however their places collide', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const seen = createSeenIds({ now: () => 0, rememberMs: 1000 });
      const model = new Map<string, Fingerprint>();
      // Zero and one share a place: an empty slot is all zero.
      const keyOf = ({ high, low }: Fingerprint) => `${high} ${high === 0 && low === 0 ? 1 : low}`;
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
