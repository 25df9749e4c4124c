/** How far back the beginning of a grapheme is looked for (UTF-16 units). */
const GRAPHEME_REACH = 64;

const segmenter = new Intl.Segmenter();

/**
 * The last boundary between graphemes at or before `at`; `at` itself where a grapheme is that long.
 *
 * @param from a boundary before it: of flags, each two letters from there on are one
 */
export function graphemeBoundary(text: string, at: number, from = 0): number {
  if (at >= text.length) return text.length;
  const start = beforeFlags(text, Math.max(from, at - GRAPHEME_REACH), from);
  const near = text.slice(start, at + GRAPHEME_REACH);
  let boundary = start;
  for (const { index } of segmenter.segment(near)) {
    if (start + index > at) break;
    boundary = start + index;
  }
  return boundary > start || start === from ? boundary : at;
}

/** The beginning of the flags that a place is within: from its middle, a flag would be read as two halves. */
function beforeFlags(text: string, at: number, from: number): number {
  let start = at;
  if (start > from && /[\udc00-\udfff]/.test(text.charAt(start))) start -= 1;
  while (start > from && /\p{Regional_Indicator}/u.test(text.slice(start - 2, start))) start -= 2;
  return start;
}
