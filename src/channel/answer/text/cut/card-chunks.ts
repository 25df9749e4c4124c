/** Cuts Markdown into the texts of cards: by size, and so that each has as many tables as it may. Pure. */
import { CARD_TABLES } from '../../../../platform/limits.ts';
import { CARD_LIMITS } from '../limits.ts';
import type { MarkdownDocument } from '../parse/document.ts';
import { parseMarkdown } from '../parse/parse.ts';
import { documentChunks } from './chunk.ts';
import { emitPart, partStart } from './emit.ts';

/** Tables fill so many cards; the last one has further tables as aligned text. */
const MAX_TABLE_CARDS = 3;
/** Text this short (characters) is not cut again: what is still too long for a card becomes a post. */
const MIN_CHARACTERS = 400;

/** A part of a document, and whether it fits into a card. */
export interface CardChunk {
  readonly document: MarkdownDocument;
  readonly fits: boolean;
}

/**
 * @param fits whether a document as a card is within the platform's limit: rendering adds to it
 * @param characters of one card
 */
export function* cardChunks(
  document: MarkdownDocument,
  fits: (chunk: MarkdownDocument) => boolean,
  characters = CARD_LIMITS.characters,
): Generator<CardChunk> {
  for (const group of tableGroups(document)) {
    yield* chunksThatFit(group, fits, characters);
  }
}

function* chunksThatFit(
  document: MarkdownDocument,
  fits: (chunk: MarkdownDocument) => boolean,
  characters: number,
): Generator<CardChunk> {
  const share = Math.min(1, characters / CARD_LIMITS.characters);
  const limits = { characters, bytes: Math.max(1400, Math.floor(CARD_LIMITS.bytes * share)) };
  for (const chunk of documentChunks(document, limits)) {
    const found = { document: chunk, fits: fits(chunk) };
    if (found.fits || characters / 2 < MIN_CHARACTERS) yield found;
    else yield* chunksThatFit(chunk, fits, Math.floor(characters / 2));
  }
}

function* tableGroups(document: MarkdownDocument): Generator<MarkdownDocument> {
  const cuts = tableCuts(document);
  if (cuts.length === 0) yield document;
  else {
    for (const [index, end] of [...cuts, document.source.length].entries()) {
      const start = startAt(document, cuts[index - 1] ?? 0);
      yield parseMarkdown(emitPart(document, start, end), document.mentions);
    }
  }
}

function startAt(document: MarkdownDocument, at: number) {
  return partStart(document, at, CARD_LIMITS.characters);
}

/** Where a further card begins: before the first table that has no room, with its heading. */
function tableCuts({ leaves, lineStarts }: MarkdownDocument): readonly number[] {
  const cuts: number[] = [];
  let count = 0;
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.kind !== 'table') continue;
    const isFirst = count > 0 && count % CARD_TABLES === 0;
    count += 1;
    if (!isFirst || cuts.length >= MAX_TABLE_CARDS - 1) continue;
    const before = leaves[index - 1];
    const first = before?.kind === 'heading' ? before : leaf;
    cuts.push(lineStarts[first.startLine] ?? 0);
  }
  return cuts;
}
