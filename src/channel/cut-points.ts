/** Where a text may be cut. Each gives the index behind the last such place, 0 where there is none. Pure. */

export function lastParagraphEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/\n[^\S\n]*\n/g)) end = match.index + match[0].length;
  return end;
}

export function lastLineEnd(text: string): number {
  return text.lastIndexOf('\n') + 1;
}

/** Chinese or Western sentences; a Western one ends only before white space, so that 3.14 stays whole. */
export function lastSentenceEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[。！？；…]+[”’」』）]*|[.!?]+["')\]”’]*(?=\s)/g)) {
    end = match.index + match[0].length;
  }
  return end;
}

export function lastBlank(text: string): number {
  return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')) + 1;
}

/** How far back the beginning of a grapheme is looked for (UTF-16 units). */
const GRAPHEME_REACH = 64;

/** The last boundary between graphemes at or before `at`; `at` itself where a grapheme is that long. */
export function graphemeBoundary(text: string, at: number): number {
  const start = Math.max(0, at - GRAPHEME_REACH);
  const near = text.slice(start, at + GRAPHEME_REACH);
  let boundary = 0;
  for (const { index } of new Intl.Segmenter().segment(near)) {
    if (start + index > at) break;
    boundary = start + index;
  }
  return boundary > start ? boundary : at;
}
