/** Waits for a condition as long as a busy machine may need. */
import { vi } from 'vitest';

/** How long a condition may take before the test gives up (ms). */
const PATIENCE_MS = 20_000;
const EVERY_MS = 20;

interface Patience {
  readonly timeout?: number;
  readonly interval?: number;
}

/**
 * Calls `condition` until it throws no more, and gives what it returned.
 *
 * @param patience how long and how often (ms); a number is the time-out
 * @throws Error that says how long it waited, with what the condition threw last
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  patience: number | Patience = {},
): Promise<T> {
  const given = typeof patience === 'number' ? { timeout: patience } : patience;
  const { timeout = PATIENCE_MS, interval = EVERY_MS } = given;
  try {
    return await vi.waitFor(condition, { timeout, interval });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`not within ${timeout} ms: ${problem}`, { cause });
  }
}
