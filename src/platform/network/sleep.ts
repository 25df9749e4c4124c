/** Pauses between calls, which a signal ends with an error. */
import { setTimeout as delay } from 'node:timers/promises';
import { platformError } from '../platform-errors.ts';

export interface SleepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: a timer of this process; it may reject when the signal aborts. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
}

/** @returns a sleep of the given ms; throws `cancelled` once the signal aborts */
export function cancellableSleep({ signal, sleep }: SleepOptions): (ms: number) => Promise<void> {
  return async (ms) => {
    try {
      await (sleep ? sleep(ms, signal) : delay(ms, undefined, signal ? { signal } : {}));
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
    if (signal?.aborted) throw platformError('cancelled');
  };
}
