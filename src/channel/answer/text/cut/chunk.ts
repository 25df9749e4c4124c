/**
 * Cuts long answers into the texts of messages. Each text is complete Markdown, and renders as it
 * does in the whole answer. Pure.
 */

import { leafIndex, type MarkdownDocument } from '../parse/document.ts';
import { parseMarkdown } from '../parse/parse.ts';
import { type ChunkLimits, wireBytes } from '../wire-bytes.ts';
import { afterCut, bestCut, reach } from './cut.ts';
import { emitPart, partStart } from './emit.ts';

/**
 * The chunks of a document one by one, each as a document: none is parsed twice. Joined they are the
 * text, except for white space at the cuts and lines that a chunk repeats (`emit.ts`). A document
 * within the limits is one unchanged chunk; one of white space has none.
 */
export function* documentChunks(
  document: MarkdownDocument,
  limits: ChunkLimits,
): Generator<MarkdownDocument> {
  const { source, mentions } = document;
  if (source.trim() === '') return;
  if (source.length <= limits.characters && wireBytes(source) <= limits.bytes) yield document;
  else for (const { text } of chunksOf(document, limits)) yield parseMarkdown(text, mentions);
}

/** The chunks of a document one by one, each with the place where the next one begins. */
export function* chunksOf(
  document: MarkdownDocument,
  limits: ChunkLimits,
  from = afterCut(document, 0),
): Generator<{ readonly text: string; readonly next: number; readonly marks: string }> {
  let at = from;
  let marks = '';
  while (at < document.source.length) {
    const start = partStart(document, at, limits.characters, marks, leafIndex(document, at));
    const end = reach(document, start, limits);
    const isRest = end >= document.source.length;
    const cut = isRest ? { at: end, closing: '', opening: '' } : bestCut(document, start, end);
    const text = emitPart(document, start, cut.at, cut.closing);
    marks = cut.opening;
    at = afterCut(document, cut.at);
    if (text.trim() !== '') yield { text, next: at, marks };
  }
}
