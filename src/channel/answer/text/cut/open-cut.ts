/** Decides where a growing text may be cut. Pure. */

import type { MarkdownDocument } from '../parse/document.ts';
import { beginsBlock, isSentenceEnd } from '../places/sentences.ts';
import {
  barrierAt,
  barrierOver,
  barriersOf,
  hasText,
  nextText,
  type TextLeaf,
} from './barriers.ts';

/**
 * The last place where a growing text may be cut, whatever text follows: before a block outside of
 * lists and quotes, or in its last paragraph.
 */
export function cutInOpenText(
  document: MarkdownDocument,
  from: number,
  floor: number,
): number | undefined {
  const { leaves, lineStarts, source } = document;
  const leaf = leaves.at(-1);
  if (!leaf) return undefined;
  if (leaf.kind === 'paragraph' && leaf.containers.length === 0) {
    const at = lastCutInOpenParagraph(document, leaf, floor);
    if (at !== undefined) return at;
  }
  for (let index = leaves.length - 1; index > 0; index -= 1) {
    const next = leaves[index];
    const at = lineStarts[next?.startLine ?? 0] ?? 0;
    if (!next || at < floor || at <= from) return undefined;
    const isOpen = next.containers.some(({ startLine }) => startLine < next.startLine);
    if (!isOpen && leaves[index - 1]?.kind !== 'heading' && at < source.length) return at;
  }
  return undefined;
}

function lastCutInOpenParagraph(
  document: MarkdownDocument,
  leaf: TextLeaf,
  floor: number,
): number | undefined {
  const { source, lineStarts } = document;
  const lastLine = source.slice(lineStarts[leaf.endLine - 1]);
  // A line with bars may be the header of a table.
  const tail = lastLine.includes('|') ? (lineStarts[leaf.endLine - 1] ?? 0) : source.length;
  const end = Math.min(tail, openMark(document, leaf)) - 1;
  const least = Math.max(floor, (lineStarts[leaf.startLine] ?? 0) + 1);
  const barriers = barriersOf(document, leaf);
  for (let at = end; at >= least; at -= 1) {
    const barrier = barrierAt(barriers, at);
    if (barrier) at = barrier.start + 1;
    else if (
      (source[at] === '\n' || isSentenceEnd(source, at)) &&
      hasText(source, leaf, document, at)
    ) {
      const next = nextText(source, leaf, at);
      if (next < source.length && !beginsBlock(source, next)) return at;
    }
  }
  return undefined;
}

/** The first mark of a paragraph that later text may close; older marks count as text. */
function openMark(document: MarkdownDocument, leaf: TextLeaf): number {
  const { source } = document;
  const barriers = barriersOf(document, leaf);
  const start = Math.max(document.lineStarts[leaf.startLine] ?? 0, source.length - OPEN_REACH);
  for (let at = start; at < source.length; at += 1) {
    const char = source.charAt(at);
    const isMark =
      char === '[' || char === '`' || (/[*~]/.test(char) && /\S/.test(source.charAt(at + 1)));
    const isUnderscore =
      char === '_' && /\S/.test(source.charAt(at + 1)) && !/\w/.test(source.charAt(at - 1));
    if (!isMark && !isUnderscore) continue;
    const barrier = barrierOver(barriers, at);
    if (!barrier) return at;
    at = barrier.end - 1;
  }
  return source.length;
}

/** A mark that is not closed within so many characters counts as text. */
const OPEN_REACH = 2000;
