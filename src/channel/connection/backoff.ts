/** How long to wait before the next connection. Pure; times in ms. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';

export interface BackoffTimes {
  /** A line that was lost is opened again almost at once; the jitter keeps a crowd apart. */
  readonly lostMs: number;
  /** Upper bound of the first wait after a failed attempt; doubles each time. */
  readonly baseMs: number;
  readonly longestMs: number;
  /** A line that opens, hears nothing and is lost again: it may work any moment, so not as long. */
  readonly longestUnstableMs: number;
  /** After an error that only a person can mend; doubles each time. */
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

/** What went before: a line that was up and was lost, or an attempt that failed. */
export type Setback =
  | { readonly kind: 'lost' /** Lines in a row that heard nothing. */; readonly unstable: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly error: MoltbotFeishuError };

/** @param random 0 ≤ n < 1 */
export function waitBefore(setback: Setback, random: number, times: BackoffTimes): number {
  if (setback.kind === 'lost') {
    return random * grown(times.lostMs, setback.unstable, times.longestUnstableMs);
  }
  const { attempt, error } = setback;
  // Full jitter, but for what only a person can mend: there half the wait is certain.
  const wait = isTerminal(error)
    ? (0.5 + random / 2) * grown(times.terminalMs, attempt - 1, times.longestTerminalMs)
    : random * grown(times.baseMs, attempt - 1, times.longestMs);
  return Math.max(wait, error.retryAfterMs ?? 0);
}

/** Trying again changes nothing until a person has mended it. */
export function isTerminal(error: MoltbotFeishuError): boolean {
  return error.details.retryable === false;
}

function grown(baseMs: number, doublings: number, longestMs: number): number {
  return Math.min(longestMs, baseMs * 2 ** Math.min(doublings, 30));
}
