import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createFragmentAssembler,
  MAX_EVENT_BYTES,
  MAX_ID_LENGTH,
  MAX_OPEN_BYTES,
  MAX_OPEN_MESSAGES,
  MAX_OPEN_MS,
} from '../../../src/channel/connection/fragments.ts';
import { fragmentFrame, MAX_FRAGMENTS } from '../../../src/platform/connection/frames.ts';

const clock = () => 0;

describe('fragments of events', () => {
  it('become the event in whatever order they come, mixed with those of others, and again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.jsonValue(), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.infiniteStream(fc.nat()),
        (events, order) => {
          const { add, ...assembler } = createFragmentAssembler(clock);
          const all = events.flatMap(([value, bytes], id) => {
            const pieces = fragmentFrame(Buffer.from(JSON.stringify(value)), bytes);
            return pieces.map((data, seq) => ({
              message_id: `m${id}`,
              sum: pieces.length,
              seq,
              data,
            }));
          });
          const whole: unknown[] = [];
          while (all.length > 0) {
            const [next] = all.splice((order.next().value ?? 0) % all.length, 1);
            if (!next) break;
            // A value that is `null` itself looks like one that is not whole yet.
            const event = add(next);
            if (event !== null) whole.push(event);
          }
          const wanted = events.map(([value]) => value).filter((value) => value !== null);
          expect(sorted(whole)).toEqual(sorted(JSON.parse(JSON.stringify(wanted))));
          expect(assembler.open).toBe(0);
        },
      ),
    );
  });

  it('are refused where their numbers cannot be, and cost nothing', () => {
    const numbers = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.constantFrom(4294967295, 2 ** 53, MAX_FRAGMENTS + 1, 0, -1, Number.NaN, 1e300),
    );
    fc.assert(
      fc.property(numbers, numbers, (sum, seq) => {
        fc.pre(
          !(Number.isInteger(sum) && sum >= 1 && sum <= MAX_FRAGMENTS && seq >= 0 && seq < sum),
        );
        const assembler = createFragmentAssembler(clock);
        const data = Buffer.from('1');
        expect(() => assembler.add({ message_id: 'm', sum, seq, data })).toThrow();
        expect(assembler.open).toBe(0);
      }),
    );
  });

  it('are refused where their ids are longer than any, whole or not', () => {
    const assembler = createFragmentAssembler(clock);
    const data = Buffer.from('1');
    for (const message_id of ['x'.repeat(1_000_000), 'y'.repeat(MAX_ID_LENGTH + 1)]) {
      for (const sum of [1, 2]) {
        expect(() => assembler.add({ message_id, sum, seq: 0, data })).toThrow();
      }
    }
    expect(assembler.open).toBe(0);
    expect(assembler.add({ message_id: 'z'.repeat(MAX_ID_LENGTH), sum: 1, seq: 0, data })).toBe(1);
  });

  it('that never become whole are bounded in number and bytes, the oldest dropped first', () => {
    const assembler = createFragmentAssembler(clock);
    for (let id = 0; id < 4 * MAX_OPEN_MESSAGES; id++) {
      assembler.add({
        message_id: id,
        sum: 2,
        seq: 0,
        data: Buffer.alloc(id % 3 === 0 ? 1e6 : 10),
      });
      expect(assembler.open).toBeLessThanOrEqual(MAX_OPEN_MESSAGES);
      expect(assembler.openBytes).toBeLessThanOrEqual(MAX_OPEN_BYTES);
    }
    const last = 4 * MAX_OPEN_MESSAGES;
    assembler.add({ message_id: last, sum: 2, seq: 0, data: Buffer.from('{"a"') });
    expect(assembler.add({ message_id: last, sum: 2, seq: 1, data: Buffer.from(':1}') })).toEqual({
      a: 1,
    });
  });

  it('of one message are bounded in bytes, however they come', () => {
    const assembler = createFragmentAssembler(clock);
    const half = Buffer.alloc(MAX_EVENT_BYTES / 2 + 1, ' ');
    assembler.add({ message_id: 'm', sum: 3, seq: 0, data: half });
    // The same one again takes its own place.
    assembler.add({ message_id: 'n', sum: 3, seq: 0, data: half.subarray(0, 10) });
    expect(() => assembler.add({ message_id: 'm', sum: 3, seq: 1, data: half })).toThrow();
    expect(() =>
      assembler.add({ message_id: 'w', sum: 1, seq: 0, data: Buffer.alloc(MAX_EVENT_BYTES + 1) }),
    ).toThrow();
    expect(assembler.openBytes).toBe(10);
  });

  it('are forgotten when the rest does not follow', () => {
    let at = 0;
    const assembler = createFragmentAssembler(() => at);
    assembler.add({ message_id: 'old', sum: 2, seq: 0, data: Buffer.from('1') });
    at = MAX_OPEN_MS + 1;
    assembler.add({ message_id: 'new', sum: 2, seq: 0, data: Buffer.from('1') });
    expect(assembler.open).toBe(1);
  });

  it('cut in another way the second time begin from the start', () => {
    const { add } = createFragmentAssembler(clock);
    add({ message_id: 'm', sum: 3, seq: 0, data: Buffer.from('[') });
    add({ message_id: 'm', sum: 2, seq: 0, data: Buffer.from('[1') });
    expect(add({ message_id: 'm', sum: 2, seq: 1, data: Buffer.from(',2]') })).toEqual([1, 2]);
  });
});

function sorted(values: readonly unknown[]): readonly string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}
