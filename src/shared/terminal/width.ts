/** How many columns a text takes on a terminal: full-width characters and emoji take two, marks none. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** Colours and links (OSC 8) take no column. */
export function columnsOf(text: string): number {
  const hasEscapes = text.includes('\u001b') || text.includes('\u009b');
  const bare = hasEscapes ? stripVTControlCharacters(text) : text;
  let columns = 0;
  for (const piece of piecesOf(bare)) columns += stringWidth(piece);
  return columns;
}

/** The text, cut with an ellipsis where it would take more columns. It must hold no escapes. */
export function fitColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let taken = 1;
  let kept = '';
  for (const piece of piecesOf(text)) {
    // An emoji of several characters is cut off as a whole.
    for (const { segment } of segmenter.segment(piece)) {
      taken += columnsOf(segment);
      if (taken > columns) return `${kept}…`;
      kept += segment;
    }
  }
  return `${kept}…`;
}

const segmenter = new Intl.Segmenter();

/** Longer texts (UTF-16 units) are segmented in pieces: segmenting takes quadratic time. */
const PIECE = 256;

/** The text in pieces that end between graphemes, or within one that is longer than a piece. */
function* piecesOf(text: string): Generator<string> {
  let at = 0;
  while (text.length - at > PIECE) {
    const near = text.slice(at, at + PIECE);
    const last = [...segmenter.segment(near)].at(-1)?.index;
    const piece = near.slice(0, last || PIECE);
    yield piece;
    at += piece.length;
  }
  if (at < text.length) yield text.slice(at);
}
