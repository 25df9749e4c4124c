/**
 * One turn at a time in a session.
 *
 * A host queues or merges a message that meets a running turn of its session, and answers it later
 * outside of any awaited call. A message that waits here is answered in its own turn or not at all.
 */
export interface Lanes {
  /** Waits for its turn; the result ends it. Rejects when the signal aborts before. */
  enter(key: string, signal: AbortSignal): Promise<() => void>;
}

export function createLanes(): Lanes {
  const last = new Map<string, Promise<void>>();

  return {
    async enter(key, signal) {
      const before = last.get(key);
      let leave: () => void = () => undefined;
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      const mine = (before ?? Promise.resolve()).then(() => left);
      last.set(key, mine);
      void mine.then(() => {
        if (last.get(key) === mine) last.delete(key);
      });
      try {
        await aborting(before, signal);
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
  };
}

async function aborting(before: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!before) return;
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([before, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A semaphore: limits how many callers run at once, and admits them in order of arrival. */
export interface Room {
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createRoom(size: number): Room {
  const waiting: (() => void)[] = [];
  let inside = 0;

  function leave(): void {
    inside -= 1;
    waiting.shift()?.();
  }

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (inside >= size) {
        let enter: () => void = () => undefined;
        const free = new Promise<void>((resolve) => {
          enter = resolve;
        });
        waiting.push(enter);
        try {
          await aborting(free, signal);
        } catch (error) {
          const index = waiting.indexOf(enter);
          // Aborted just as it got the slot: pass the slot on.
          if (index === -1) waiting.shift()?.();
          else waiting.splice(index, 1);
          throw error;
        }
      }
      inside += 1;
      let isGone = false;
      return () => {
        if (!isGone) leave();
        isGone = true;
      };
    },
  };
}
