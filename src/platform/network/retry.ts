/** Repeats calls that are safe to repeat: growing pauses with full jitter, and a limit. */

import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { backoffMs } from '../../shared/time/backoff.ts';
import { cancellableSleep } from './sleep.ts';

export interface RetryPolicy {
  /** Calls in all, the first one included. */
  readonly attempts: number;
  /** Upper bound of the first pause (ms); doubles each time. */
  readonly baseMs: number;
}

export interface RetryContext extends RetryPolicy {
  readonly signal?: AbortSignal | undefined;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** No attempt starts after this time (ms). Pauses that the platform asked for do not count. */
  readonly patienceMs: number;
}

/** The longest pause that the platform can ask of one call, all attempts together (ms). */
const MAX_REQUESTED_WAIT_MS = 30_000;

/** Calls until it succeeds, fails for good, or the attempts are used up; throws the last error. */
export async function withRetries<T>(context: RetryContext, attempt: () => Promise<T>): Promise<T> {
  const startedAt = context.monotonic();
  let requestedWaitMs = 0;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count >= context.attempts || !isMoltbotFeishuError(error) || !isWorthRepeating(error)) {
        throw error;
      }
      const requestedMs = error.retryAfterMs;
      const pauseMs = requestedMs ?? ownPauseMs(error, context, count);
      if (requestedMs === undefined) {
        const elapsedMs = context.monotonic() - startedAt - requestedWaitMs;
        if (elapsedMs + pauseMs > context.patienceMs) throw error;
      } else {
        requestedWaitMs += requestedMs;
        if (requestedWaitMs > MAX_REQUESTED_WAIT_MS) throw error;
      }
      await cancellableSleep({ signal: context.signal })(pauseMs);
    }
  }
}

function ownPauseMs(error: MoltbotFeishuError, context: RetryContext, count: number): number {
  // After a rate limit wait at least 1 s (230020, docs/platform/errors.md#rate-limits): five times the default base.
  const factor = error.code === 'rate-limited' ? 5 * (1 + context.random()) : context.random();
  return Math.ceil(factor * backoffMs(count, { baseMs: context.baseMs }));
}

function isWorthRepeating(error: MoltbotFeishuError): boolean {
  switch (error.code) {
    case 'platform-unreachable':
      // Only a person can fix these, so another attempt fails too.
      return !['certificate', 'proxy-login', 'proxy-refused'].includes(
        String(error.details.reason),
      );
    case 'platform-error': {
      const { status } = error.details;
      return error.details.outcome === 'retry' || (typeof status === 'number' && status >= 500);
    }
    case 'rate-limited':
    case 'app-not-ready':
    case 'platform-rejected':
      return error.details.retryable === true;
    default:
      return false;
  }
}
