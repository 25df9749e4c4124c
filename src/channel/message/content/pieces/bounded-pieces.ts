/** Cuts a text in pieces that is too long, and says so. Pure. */

import { startOf } from '../../../../shared/text/one-line.ts';
import { type Lang, localize, render } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import { type Piece, plain } from './piece.ts';

/** More than the placeholder of a file without its details, and than the note about a cut. */
const MAX_PLACEHOLDER = 100;

/**
 * @param most characters, the note included; at least 200
 * @param lineMark what each line of the text begins with, the note's, too
 */
export function boundedPieces(
  pieces: readonly Piece[],
  most: number,
  lang: Lang,
  lineMark = '',
): readonly Piece[] {
  const lengths = pieces.map(lengthOfPiece);
  const length = lengths.reduce((sum, one) => sum + one, 0);
  if (length <= most) return pieces;
  let room = most - MAX_PLACEHOLDER;
  const kept: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    const needed = lengths[index] ?? 0;
    if (needed <= room) kept.push(piece);
    else if (!piece.reference) kept.push({ ...piece, text: startOf(piece.text, room) });
    room -= needed;
    if (room <= 0) break;
  }
  const keptLength = kept.reduce((sum, piece) => sum + lengthOfPiece(piece), 0);
  const cut = localize(texts.cutText, { characters: length - keptLength });
  return [...kept, plain(`\n${lineMark}[${render(cut, lang)}]`)];
}

/** The most characters that a piece takes in the text. */
export function lengthOfPiece({ text, reference }: Piece): number {
  if (!reference) return text.length;
  return reference.details.reduce((sum, detail) => sum + detail.length + 2, MAX_PLACEHOLDER);
}
