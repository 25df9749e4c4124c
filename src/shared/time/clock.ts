/**
 * The two clocks. `now` (ms since 1970) is for what is shown, or kept beyond this process; it may be set
 * at any time, back and forward. `monotonic` (ms since some moment) is for everything that waits.
 */
import { performance } from 'node:perf_hooks';

/** Never set, never back (ms since this process began). */
export const monotonicNow = (): number => performance.now();

/** The longest wait that a timer takes (ms); a longer one would end at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * How long ago a time was that the wall clock gave (ms), maybe in another process or before the clock was
 * set; a time in the future counts as this moment.
 */
export function ageOf(at: number, now: number): number {
  return Math.max(0, now - at);
}
