/** Computes the wait before the next connection. Pure; times in ms. */

import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { backoffMs } from '../../shared/time/backoff.ts';

export interface BackoffTimes {
  /** Bound of the wait after a lost connection: short, with jitter that spreads many clients. */
  readonly lostMs: number;
  /** Upper bound of the first wait after a failed attempt; doubles each time. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Bound for connections that open but get no event: shorter, since one may work any moment. */
  readonly maxUnstableMs: number;
  /** First wait after an error that only a person can fix; doubles each time. */
  readonly terminalMs: number;
  readonly maxTerminalMs: number;
}

export const backoffTimes: BackoffTimes = {
  lostMs: 200,
  baseMs: 500,
  maxMs: 60_000,
  maxUnstableMs: 5000,
  terminalMs: 60_000,
  maxTerminalMs: 5 * 60_000,
};

/** The reason for the wait: an open connection was lost, or an attempt failed. */
export type WaitReason =
  | {
      readonly kind: 'lost' /** Connections in a row without an event. */;
      readonly unusedConnections: number;
    }
  | { readonly kind: 'failed'; readonly attempt: number; readonly error: MoltbotFeishuError };

/** @param random 0 ≤ n < 1 */
export function waitBeforeRetry(reason: WaitReason, random: number, times: BackoffTimes): number {
  if (reason.kind === 'lost') {
    const bounds = { baseMs: times.lostMs, maxMs: times.maxUnstableMs };
    return random * backoffMs(reason.unusedConnections + 1, bounds);
  }
  const { attempt, error } = reason;
  // Full jitter; after an error that only a person can fix, at least half of the wait.
  const wait = isTerminal(error)
    ? (0.5 + random / 2) *
      backoffMs(attempt, { baseMs: times.terminalMs, maxMs: times.maxTerminalMs })
    : random * backoffMs(attempt, times);
  return Math.max(wait, error.retryAfterMs ?? 0);
}

/** Whether retries are useless until a person has fixed the cause. */
export function isTerminal(error: MoltbotFeishuError): boolean {
  return error.details.retryable === false;
}
