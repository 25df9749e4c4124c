/** The bounds of pauses that grow between attempts (ms). */
interface Backoff {
  readonly baseMs: number;
  readonly maxMs?: number;
}

/** The pause after so many failures: the base, doubled with each further one. Jitter is the caller's. */
export function backoffMs(failures: number, { baseMs, maxMs = Infinity }: Backoff): number {
  return Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
}
