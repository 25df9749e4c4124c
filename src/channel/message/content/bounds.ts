/** The bounds of what a message says, and cutting at them. Pure. */

/** The longest text of a message (characters); the platform takes texts of 150 KB. */
export const MAX_TEXT = 100_000;

/** The start of a text, at most `most` characters (UTF-16), without half a character at its end. */
export function startOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const isBetweenHalves = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isBetweenHalves ? most - 1 : most);
}

/** A short text in one line; an ellipsis is at its end if it was cut. */
export function oneLine(text: string, most: number): string {
  // A hostile text of blanks only has to be gone through once.
  const start = startOf(text, 2 * most)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const isWhole = text.length <= 2 * most && start.length <= most;
  return isWhole ? start : `${startOf(start, most - 1)}…`;
}
