/** The calls of one card beside many others that grow. */
import { expect, it } from 'vitest';
import { createSendLimiter } from '../../../../src/channel/answer/send-limiter.ts';
import { openedCard } from '../../../../src/channel/answer/stream/card/card-state.ts';
import { createCardStream } from '../../../../src/channel/answer/stream/card/card-stream.ts';
import { statusIntervalMs } from '../../../../src/channel/answer/stream/card/pace.ts';
import { silentLogger } from '../../../../src/shared/log.ts';
import { monotonicNow } from '../../../../src/shared/time/clock.ts';
import { pause } from '../../../../src/shared/time/waiting.ts';

it('an answer that is complete waits for no card that still grows', async () => {
  const limiter = createSendLimiter(monotonicNow);
  const others = new AbortController();
  // More than a minute of the share of all cards.
  const waiting = Array.from({ length: 1500 }, (_, count) =>
    limiter.acquireCall(`other${count % 100}`, others.signal).catch(() => 'left'),
  );
  const made: string[] = [];
  const stream = createCardStream({
    cardId: 'own',
    state: openedCard({ sequence: 0, text: '', status: '', tools: '', now: monotonicNow() }),
    calls: {
      async make(_cardId, { kind }, { markdown }) {
        made.push(kind === 'text' ? markdown : kind);
        return 'accepted';
      },
    },
    limiter,
    render: (source) => source,
    reserve: () => Promise.resolve(),
    clock: { monotonic: monotonicNow, random: Math.random, pause },
    log: silentLogger,
    signal: new AbortController().signal,
  });
  stream.show('so far');
  expect(await stream.end('so far, and whole', { card: '{}', summary: '' })).toBe('whole');
  expect(made.at(-1)).toBe('final');
  others.abort();
  expect(await Promise.all(waiting)).toContain('left');
});

it('all cards together change their status a few times a second', () => {
  expect(statusIntervalMs(1)).toBe(1000);
  for (const cards of [5, 16, 50, 200]) {
    expect((cards * 1000) / statusIntervalMs(cards)).toBeLessThanOrEqual(5);
  }
});
