import { waitOrAbort } from './wait-or-abort.ts';

/**
 * One turn at a time in a session.
 *
 * A host queues or merges a message that meets a running turn of its session, and answers it later
 * outside of any awaited call. A message that waits here is answered in its own turn or not at all.
 */
export interface KeyedMutex {
  /** Waits for its turn; the result ends it. Rejects when the signal aborts before. */
  acquire(key: string, signal: AbortSignal): Promise<() => void>;
}

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<void>>();

  return {
    async acquire(key, signal) {
      const previous = last.get(key);
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const current = (previous ?? Promise.resolve()).then(() => released);
      last.set(key, current);
      void current.then(() => {
        if (last.get(key) === current) last.delete(key);
      });
      try {
        await waitOrAbort(previous, signal);
      } catch (error) {
        release();
        throw error;
      }
      return release;
    },
  };
}
