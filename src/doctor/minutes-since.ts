/** Whole minutes from a time (ms since 1970) to now; a clock that was set back makes none negative. */
export function minutesSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / 60_000));
}
