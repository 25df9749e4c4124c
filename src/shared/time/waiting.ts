/** Waiting that a signal ends early. */
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_TIMER_MS, monotonicNow } from './clock.ts';

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

/** In how many steps {@link answerTimeout} counts its time. */
const TIMEOUT_STEPS = 5;
/** How many late steps it leaves out: a loop that is always busy must not make it endless. */
const MAX_LATE_STEPS = 50;

/**
 * A signal that aborts with a TimeoutError after `ms` in which an answer could have been read.
 *
 * `AbortSignal.timeout` counts the clock. A host that loads its agent can hold the event loop for seconds:
 * an answer that has arrived by then would be given up before anyone could read it. Here a step that ends
 * much too late is not counted. Like `AbortSignal.timeout`, it does not keep the process alive.
 *
 * @example
 * const until = AbortSignal.any([signal, answerTimeout(1500)]);
 */
export function answerTimeout(ms: number): AbortSignal {
  const controller = new AbortController();
  const stepMs = Math.min(ms, MAX_TIMER_MS) / TIMEOUT_STEPS;
  let left = TIMEOUT_STEPS;
  let late = 0;
  const step = (): void => {
    const begun = monotonicNow();
    setTimeout(() => {
      const wasHeld = monotonicNow() - begun > 2 * stepMs && late < MAX_LATE_STEPS;
      if (wasHeld) late++;
      else left--;
      if (left > 0) step();
      else controller.abort(new DOMException('No answer in time.', 'TimeoutError'));
    }, stepMs).unref();
  };
  step();
  return controller.signal;
}
