/** Shares one run of a task among all callers; the run is aborted when no caller waits any more. */
import { cancelled } from './network-failure.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * @param task gets a signal that aborts when every waiter has given up
 * @returns a function that joins the running task or starts it; a waiter whose own signal aborts
 *   leaves with `cancelled`, the others stay
 */
export function singleFlight<T>(
  task: (signal: AbortSignal) => Promise<T>,
): (signal?: AbortSignal) => Promise<T> {
  let current: Flight<T> | undefined;

  const start = (): Flight<T> => {
    const abort = new AbortController();
    const flight: Flight<T> = { result: task(abort.signal), abort, waiting: 0 };
    const land = (): void => {
      if (current === flight) current = undefined;
    };
    flight.result.then(land, land);
    return flight;
  };

  return async (signal) => {
    if (signal?.aborted) throw cancelled();
    current ??= start();
    const flight = current;
    flight.waiting++;
    let leave: (() => void) | undefined;
    try {
      if (!signal) return await flight.result;
      const left = new Promise<never>((_, reject) => {
        leave = () => reject(cancelled());
        signal.addEventListener('abort', leave, { once: true });
      });
      return await Promise.race([flight.result, left]);
    } finally {
      if (leave) signal?.removeEventListener('abort', leave);
      flight.waiting--;
      if (flight.waiting === 0) {
        // The next caller must not join a flight that is being aborted.
        if (current === flight) current = undefined;
        flight.abort.abort();
      }
    }
  };
}
