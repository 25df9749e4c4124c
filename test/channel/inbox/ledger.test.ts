/** What the records of an inbox add up to: the order of a chat, its bytes, and the progress of an answer. */
import { expect, it } from 'vitest';
import { createLedger } from '../../../src/channel/inbox/directory/ledger.ts';
import { idsOf } from '../../../src/channel/inbox/directory/records.ts';
import { createSeenIds } from '../../../src/channel/inbox/directory/seen.ts';
import { inbound } from '../messages.ts';
import { textParts } from './text-parts.ts';

function open() {
  const ledger = createLedger(createSeenIds({ now: () => 0, retentionMs: 1000 }));
  const add = (n: number, createTime: number, chatId = 'oc_a'): void => {
    const message = inbound({ chatId, createTime });
    ledger.insert({ is: 'received', n, at: n, message } as never, 1, idsOf(message));
  };
  const drain = (): number[] => {
    const order: number[] = [];
    for (let entry = ledger.next(() => true); entry; entry = ledger.next(() => true)) {
      order.push(entry.n);
      ledger.apply({ is: 'done', all: [entry.n] } as never, 1);
      ledger.release(entry);
    }
    return order;
  };
  return { ledger, add, drain };
}

it('sorts a chat by the time of sending, and by arrival within one time', () => {
  const { add, drain } = open();
  for (const [n, time] of [
    [1, 30],
    [2, 10],
    [3, 20],
    [4, 20],
    [5, 5],
    [6, 40],
  ] as const) {
    add(n, time);
  }
  expect(drain()).toEqual([5, 2, 3, 4, 1, 6]);
});

it('counts the bytes of a chat up and down, and ends at nothing', () => {
  const { ledger, add, drain } = open();
  add(1, 1, 'oc_a');
  const one = ledger.unfinishedBytes;
  add(2, 2, 'oc_b');
  expect(one).toBeGreaterThan(0);
  expect(ledger.unfinishedBytesIn('oc_a')).toBe(one);
  const plan = (from: number, texts: readonly string[]) =>
    ledger.apply({ is: 'planned', n: 1, from, parts: textParts(...texts) } as never, 1);
  plan(0, ['one', 'two']);
  const two = ledger.unfinishedBytesIn('oc_a');
  expect(two).toBeGreaterThan(one);
  // A new plan from the second part on replaces what was planned there.
  plan(1, ['two']);
  expect(ledger.unfinishedBytesIn('oc_a')).toBe(two);
  drain();
  expect([ledger.unfinishedBytes, ledger.unfinishedBytesIn('oc_a')]).toEqual([0, 0]);
});

it('keeps the time of the first attempt at a part', () => {
  const { ledger, add } = open();
  add(1, 1);
  const entry = ledger.next(() => true);
  for (const [part, at] of [
    [0, 5],
    [0, 9],
  ] as const) {
    ledger.apply({ is: 'trying', n: 1, part, at } as never, 1);
  }
  expect(entry?.lastAttempt).toEqual({ part: 0, at: 5 });
  ledger.apply({ is: 'trying', n: 1, part: 1, at: 12 } as never, 1);
  expect(entry?.lastAttempt).toEqual({ part: 1, at: 12 });
});
