/** Waiting that a signal ends early. */
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_TIMER_MS } from './clock.ts';

/** Resolves after `ms`, or at once when the signal aborts; the caller then checks the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // The only failure of a timer is the abort.
  await delay(Math.min(ms, MAX_TIMER_MS), undefined, { signal }).catch(() => undefined);
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
