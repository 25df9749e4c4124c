/**
 * The structure of a line that does not parse: punctuation and known key names, and nothing else.
 *
 * A text that is malformed says nothing reliable about which of its words is a secret, so every word,
 * string and number is hidden. Linear in the length of the line. Pure.
 */
import { MASK } from '../../shared/secret.ts';
import { isKnownKey } from './key-names.ts';

/** How much of a line is shown around the fault (characters). */
const SHOWN_WIDTH = 100;

interface Piece {
  readonly start: number;
  readonly shown: string;
}

const BLANKS = /[\s\uFEFF]+/y;
/** JSON5's own punctuation, and what people type in its place. */
const PUNCTUATION = /[{}[\]:,"'：，、；“”‘’「」｛｝［］＂＇]/y;
const WORD = /[^\s\uFEFF{}[\]:,"'：，、；“”‘’「」｛｝［］＂＇]+/y;
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/**
 * @param at index of the fault: of a long line, only the part around it is shown
 * @example structureOf('"appSecret"：“q7Ge…”', 11) // '"appSecret"：“***”'
 */
export function structureOf(line: string, at = 0): string {
  return around(piecesOf(line), at);
}

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const take = (pattern: RegExp, index: number): string => {
    pattern.lastIndex = index;
    return pattern.exec(line)?.[0] ?? '';
  };
  for (let index = 0; index < line.length; ) {
    const start = index;
    const blanks = take(BLANKS, index);
    index += blanks.length;
    const mark = take(PUNCTUATION, index);
    index += mark.length;
    const word = mark === '' ? take(WORD, index) : '';
    index += word.length;
    // What a comment says may be anything, and the line ends with it.
    const isComment = /^\/[/*]/.test(word);
    if (isComment) index = line.length;
    const shown = mark || (isComment ? `${word.slice(0, 2)} ${MASK}` : wordShown(word));
    const last = pieces.at(-1);
    // Hidden words in a row are one: their number and lengths say something, too.
    if (last?.shown.endsWith(MASK) && shown === MASK) continue;
    pieces.push({ start, shown: (blanks === '' ? '' : ' ') + shown });
  }
  return pieces;
}

function wordShown(word: string): string {
  return word === '' || isKnownKey(word) || LITERALS.has(word) ? word : MASK;
}

function around(pieces: readonly Piece[], at: number): string {
  const found = pieces.findIndex(({ start }) => start > at);
  const center = Math.max(0, (found < 0 ? pieces.length : found) - 1);
  let first = center;
  let end = Math.min(center + 1, pieces.length);
  let width = pieces[center]?.shown.length ?? 0;
  for (;;) {
    const before = pieces[first - 1];
    const after = pieces[end];
    if (!before && !after) break;
    width += (before?.shown.length ?? 0) + (after?.shown.length ?? 0);
    if (width > SHOWN_WIDTH) break;
    if (before) first -= 1;
    if (after) end += 1;
  }
  const shown = pieces
    .slice(first, end)
    .map((piece) => piece.shown)
    .join('')
    .trim();
  return `${first > 0 ? '… ' : ''}${shown}${end < pieces.length ? ' …' : ''}`;
}
