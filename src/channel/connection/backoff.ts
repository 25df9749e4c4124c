/** Computes the wait before the next connection. Pure; times in ms. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';

export interface BackoffTimes {
  /** Bound of the wait after a lost connection: short, with jitter that spreads many clients. */
  readonly lostMs: number;
  /** Upper bound of the first wait after a failed attempt; doubles each time. */
  readonly baseMs: number;
  readonly longestMs: number;
  /** Bound for connections that open but get no event: shorter, since one may work any moment. */
  readonly longestUnstableMs: number;
  /** First wait after an error that only a person can fix; doubles each time. */
  readonly terminalMs: number;
  readonly longestTerminalMs: number;
}

export const backoffTimes: BackoffTimes = {
  lostMs: 200,
  baseMs: 500,
  longestMs: 60_000,
  longestUnstableMs: 5000,
  terminalMs: 60_000,
  longestTerminalMs: 5 * 60_000,
};

/** The reason for the wait: an open connection was lost, or an attempt failed. */
export type Setback =
  | {
      readonly kind: 'lost' /** Connections in a row without an event. */;
      readonly unstable: number;
    }
  | { readonly kind: 'failed'; readonly attempt: number; readonly error: MoltbotFeishuError };

/** @param random 0 ≤ n < 1 */
export function waitBefore(setback: Setback, random: number, times: BackoffTimes): number {
  if (setback.kind === 'lost') {
    return random * grown(times.lostMs, setback.unstable, times.longestUnstableMs);
  }
  const { attempt, error } = setback;
  // Full jitter; after an error that only a person can fix, at least half of the wait.
  const wait = isTerminal(error)
    ? (0.5 + random / 2) * grown(times.terminalMs, attempt - 1, times.longestTerminalMs)
    : random * grown(times.baseMs, attempt - 1, times.longestMs);
  return Math.max(wait, error.retryAfterMs ?? 0);
}

/** Whether retries are useless until a person has fixed the cause. */
export function isTerminal(error: MoltbotFeishuError): boolean {
  return error.details.retryable === false;
}

function grown(baseMs: number, doublings: number, longestMs: number): number {
  return Math.min(longestMs, baseMs * 2 ** Math.min(doublings, 30));
}
