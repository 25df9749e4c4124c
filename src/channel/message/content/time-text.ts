/** A time in a message as a person reads it. Pure. */

const LATEST_MS = Date.UTC(9999, 11, 31);

/**
 * @param value ms since 1970, as a text or a number
 * @returns in UTC, since the sender's zone is not in the message; empty if it is no time
 */
export function timeText(value: unknown): string {
  const ms = Number(value);
  const isTime = typeof value === 'string' || typeof value === 'number';
  if (!isTime || !(ms > 0 && ms <= LATEST_MS)) return '';
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
