/** The text of one card of an answer, while it grows: cut where it is too long for the card. Pure. */
import { chunksOf } from '../../text/cut/chunk.ts';
import { afterCut } from '../../text/cut/cut.ts';
import { emitPart, partStart } from '../../text/cut/emit.ts';
import { resumed } from '../../text/cut/resumed.ts';
import { parseMarkdown } from '../../text/parse/parse.ts';
import { type ChunkLimits, wireBytes } from '../../text/wire-bytes.ts';
import { fitsCard, growingMarkdown } from './card-json.ts';

/**
 * What one card holds: below the platform's 30 KB there is room for what the rendering adds, and for
 * the card around the text.
 */
const CARD_TEXT_LIMITS: ChunkLimits = { characters: 20_000, bytes: 20 * 1024 };

/** The text of a card: `source` from `from` on. What is before it opens constructs that were cut. */
export interface CardText {
  readonly source: string;
  readonly from: number;
  /** What the text weighs in a request. */
  readonly bytes: number;
}

export const emptyCardText: CardText = { source: '', from: 0, bytes: 0 };

export function withMore({ source, from, bytes }: CardText, more: string): CardText {
  return { source: source + more, from, bytes: bytes + wireBytes(more) };
}

/** The text as complete Markdown. */
export function markdownOf({ source, from }: CardText): string {
  if (from === 0) return source;
  const document = parseMarkdown(source);
  const start = partStart(document, from, CARD_TEXT_LIMITS.characters);
  return emitPart(document, start, source.length);
}

export function isTooLong({ source, from, bytes }: CardText): boolean {
  return bytes > CARD_TEXT_LIMITS.bytes || source.length - from > CARD_TEXT_LIMITS.characters;
}

export interface CutText {
  /** The text of this card: complete Markdown. */
  readonly head: string;
  /** The text of the next one, which may still grow. */
  readonly rest: CardText;
}

/** @returns `undefined` if the text fits into one card */
export function cutForCard(text: CardText): CutText | undefined {
  const document = parseMarkdown(text.source);
  const from = text.from === 0 ? afterCut(document, 0) : text.from;
  // The rendering may add to the text: then less of it fits.
  for (let share = 1; share >= MIN_SHARE; share /= 2) {
    const limits = shareOf(share);
    const [first] = chunksOf(document, limits, from);
    if (!first || (!fitsCard(growingMarkdown(first.text)) && share > MIN_SHARE)) continue;
    if (first.next >= document.source.length) return undefined;
    const { next, marks } = first;
    const rest = resumed(document, partStart(document, next, limits.characters, marks));
    const bytes = wireBytes(rest.text);
    return { head: first.text, rest: { source: rest.text, from: rest.from, bytes } };
  }
  return undefined;
}

const MIN_SHARE = 1 / 8;

const shareOf = (share: number): ChunkLimits => ({
  characters: CARD_TEXT_LIMITS.characters * share,
  bytes: CARD_TEXT_LIMITS.bytes * share,
});
