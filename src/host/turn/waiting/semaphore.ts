import { waitOrAbort } from './wait-or-abort.ts';

/** A semaphore: limits how many callers run at once, and admits them in order of arrival. */
export interface Semaphore {
  acquire(signal: AbortSignal): Promise<() => void>;
}

export function createSemaphore(size: number): Semaphore {
  const waiting: (() => void)[] = [];
  let acquired = 0;

  function release(): void {
    acquired -= 1;
    waiting.shift()?.();
  }

  return {
    async acquire(signal) {
      signal.throwIfAborted();
      if (acquired >= size) {
        let grant: () => void = () => undefined;
        const free = new Promise<void>((resolve) => {
          grant = resolve;
        });
        waiting.push(grant);
        try {
          await waitOrAbort(free, signal);
        } catch (error) {
          const index = waiting.indexOf(grant);
          // Aborted just as it got the slot: pass the slot on.
          if (index === -1) waiting.shift()?.();
          else waiting.splice(index, 1);
          throw error;
        }
      }
      acquired += 1;
      let isReleased = false;
      return () => {
        if (!isReleased) release();
        isReleased = true;
      };
    },
  };
}
