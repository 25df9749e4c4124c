/** Texts that are short and on one line. Pure, and linear for any text. */

/** The start of a text, at most `most` characters (UTF-16), without half a character at its end. */
export function startOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const isBetweenHalves = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isBetweenHalves ? most - 1 : most);
}

/**
 * A text as one line: a run of white space, line breaks too, is one space. Controls and invisible
 * characters stay; a terminal needs `visible()`, too.
 *
 * @param most characters (UTF-16); a longer line is cut and ends with an ellipsis
 * @example oneLine(' a\n  b ') // 'a b'
 */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  // A hostile text of blanks only has to be gone through once.
  const start = startOf(text, 2 * most)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const isWhole = text.length <= 2 * most && start.length <= most;
  return isWhole ? start : `${startOf(start, most - 1)}…`;
}
