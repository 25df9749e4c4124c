/** Waiting for an answer while other work holds the event loop. */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answerTimeout } from '../../../src/shared/time/waiting.ts';

/** Holds the event loop, as a host does that loads its agent. */
const hold = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a timeout for an answer', () => {
  it('does not count the time in which no answer could be read', async () => {
    const signal = answerTimeout(500);
    hold(1200);
    await nextTurn();
    await nextTurn();
    expect(signal.aborted).toBe(false);
  });

  it('ends as AbortSignal.timeout does', async () => {
    // The timers of the signal alone would not keep a process alive.
    const alive = setInterval(() => undefined, 1000);
    const signal = answerTimeout(50);
    await once(signal, 'abort');
    clearInterval(alive);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });
});
