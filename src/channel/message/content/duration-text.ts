/** A length of time as players show it: `0:05`, `1:02:03`. Pure. */

/** @param ms more than 0 */
export function durationText(ms: number): string {
  // Clients show a voice message of less than a second as one second.
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
