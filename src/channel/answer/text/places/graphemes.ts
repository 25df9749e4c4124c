/** How far back the beginning of a grapheme is looked for (UTF-16 units). */
const GRAPHEME_REACH = 64;

const segmenter = new Intl.Segmenter();

/** The last boundary between graphemes at or before `at`; `at` itself where a grapheme is that long. */
export function graphemeBoundary(text: string, at: number): number {
  const start = Math.max(0, at - GRAPHEME_REACH);
  const near = text.slice(start, at + GRAPHEME_REACH);
  let boundary = 0;
  for (const { index } of segmenter.segment(near)) {
    if (start + index > at) break;
    boundary = start + index;
  }
  return boundary > start ? boundary : at;
}
