/**
 * Decides where a part of an answer ends: before a block, else before a list item or a table row,
 * else after a line or a sentence, else at a blank, else between graphemes. Links, addresses, code
 * and emphasis are cut only if there is no other place. Pure.
 */

import {
  type Leaf,
  leafIndex,
  lineAt,
  type MarkdownDocument,
  type Span,
} from '../parse/document.ts';
import { graphemeBoundary } from '../places/graphemes.ts';
import { beginsBlock, isSentenceEnd } from '../places/sentences.ts';
import { type ChunkLimits, prefixWithin, wireBytes } from '../wire-bytes.ts';
import { barrierAt, barriersOf, hasText, nextText, type TextLeaf } from './barriers.ts';
import { closingLine, emitLines, type PartStart } from './emit.ts';

export interface Cut {
  readonly at: number;
  /** The marks that close the cut emphasis or code; `opening` opens it again. */
  readonly closing: string;
  readonly opening: string;
}

const plainCut = (at: number): Cut => ({ at, closing: '', opening: '' });

/** Where the next part begins: after blank lines and blanks, unless they belong to code. */
export function afterCut(document: MarkdownDocument, at: number): number {
  const { source } = document;
  const leaf = leafAt(document, at);
  const isCode = leaf?.kind === 'fence' || leaf?.kind === 'code';
  if (isCode && leaf.startLine < lineAt(document, at)) return at;
  // Blanks before a further line of a paragraph would make its rest a block of code.
  const isText = leaf?.kind === 'paragraph' && leaf.containers.length === 0;
  const isWithin = isText && leaf.startLine < lineAt(document, at);
  let next = at;
  for (;;) {
    const isLineStart = !isWithin && (next === 0 || source[next - 1] === '\n');
    const end = source.indexOf('\n', next);
    const stop = end === -1 ? source.length : end;
    const blank = isLineStart ? /^[\s>]*$/ : /^\s*$/;
    if (next < source.length && blank.test(source.slice(next, stop))) next = stop + 1;
    else {
      while (!isLineStart && /[^\S\n]/.test(source.charAt(next))) next += 1;
      return Math.min(next, source.length);
    }
  }
}

/** The leaf at a place, or the next one. */
function leafAt(document: MarkdownDocument, at: number): Leaf | undefined {
  return document.leaves[leafIndex(document, at)];
}

/** The last place that a part may reach; the end of the source if all of the rest fits. */
export function reach(document: MarkdownDocument, start: PartStart, limits: ChunkLimits): number {
  let { characters, bytes } = limits;
  for (const { line, leaf, text, source, prefix } of emitLines(document, start)) {
    const closing = leaf?.kind === 'fence' ? closingLine(start, leaf) : '';
    const isLast = line === document.lineStarts.length - 2;
    const isOpen = leaf?.kind === 'fence' && !(line === leaf.endLine - 1 && leaf.fence.isClosed);
    const reserve = isOpen ? closing.length + 1 : 0;
    const room = { characters: characters - reserve, bytes: bytes - reserve * 3 };
    const weight = wireBytes(text);
    if (text.length > room.characters || weight > room.bytes) {
      const fits = prefixWithin(text, room);
      return Math.max(source + Math.max(fits - prefix, 0), start.position + 1);
    }
    if (isLast) return document.source.length;
    characters -= text.length + 1;
    bytes -= weight + 3;
  }
  return document.source.length;
}

/** The best place within reach, in its later half where possible, so that no part gets tiny. */
export function bestCut(document: MarkdownDocument, start: PartStart, end: number): Cut {
  const from = start.position;
  const floor = from + Math.max(1, Math.floor((end - from) / 2));
  const crossing = leafIndex(document, end);
  const leaf = document.leaves[crossing];
  const leafStart = leaf ? (document.lineStarts[leaf.startLine] ?? 0) : end;
  const isMovable =
    leaf?.kind === 'fence' || (leaf?.kind === 'table' && tableFits(document, leaf, end - from));
  // A fence or a table that does not fit is moved to the next part, unless this one gets tiny.
  if (isMovable && leafStart < end && leafStart - from >= (end - from) / 4) {
    return plainCut(leafStart);
  }
  const block = blockCut(document, start, end, floor);
  if (block?.isParagraph && block.at >= floor) return plainCut(block.at);
  const within = leaf && leafStart < end ? cutsWithin(document, leaf, start, end) : undefined;
  const good = [block?.at, within?.line, within?.blank].find(
    (at) => at !== undefined && at >= floor,
  );
  if (good !== undefined) return plainCut(good);
  return forcedCut(document, leaf, start, end, [block?.at, within?.line, within?.blank]);
}

function tableFits(document: MarkdownDocument, leaf: Leaf, room: number): boolean {
  const { lineStarts, source } = document;
  const end = lineStarts[leaf.endLine] ?? source.length;
  return end - (lineStarts[leaf.startLine] ?? 0) <= room;
}

/** The last block that begins within reach, best with a blank line before it. */
function blockCut(
  document: MarkdownDocument,
  start: PartStart,
  end: number,
  floor: number,
): { readonly at: number; readonly isParagraph: boolean } | undefined {
  const { leaves, lineStarts } = document;
  let best: { at: number; depth: number; isParagraph: boolean } | undefined;
  for (let index = leafIndex(document, end); index > start.leaf; index -= 1) {
    const leaf = leaves[index];
    const before = leaves[index - 1];
    if (!leaf || !before) continue;
    const at = lineStarts[leaf.startLine] ?? 0;
    if (at > end || at <= start.position) continue;
    if (best && at < floor) break;
    // A heading stays with the block after it.
    if (before.kind === 'heading') continue;
    const open = leaf.containers.filter(({ startLine }) => startLine < leaf.startLine);
    const isParagraph =
      open.length === 0 && (leaf.startLine > before.endLine || isBreak(leaf, before));
    const depth = isParagraph ? -1 : open.length;
    if (!best || depth < best.depth) best = { at, depth, isParagraph };
    if (isParagraph && at >= floor) break;
  }
  return best;
}

/** Whether one of two blocks needs no blank line around it. */
function isBreak(leaf: Leaf, before: Leaf): boolean {
  const own = ['heading', 'rule', 'fence', 'table', 'code'];
  return own.includes(leaf.kind) || own.includes(before.kind);
}

/** The last places within a leaf: behind a line or a sentence, and at a blank. */
function cutsWithin(
  document: MarkdownDocument,
  leaf: Leaf,
  start: PartStart,
  end: number,
): { readonly line?: number; readonly blank?: number } {
  const { lineStarts, source } = document;
  if (leaf.kind === 'rule') return {};
  if (leaf.kind === 'paragraph') return cutsInText(document, leaf, start, end);
  // At least one row stays with a table's header, and one line of code with its fence.
  const opening = { table: 3, fence: 2, code: 1, heading: 1, other: 1 }[leaf.kind];
  const closing = leaf.kind === 'fence' && leaf.fence.isClosed ? 1 : 0;
  const last = Math.min(lineAt(document, end), leaf.endLine - 1 - closing);
  const first = Math.max(leaf.startLine + opening, start.line + 1);
  const line = last >= first ? { line: lineStarts[last] ?? 0 } : {};
  if (leaf.kind === 'fence' || leaf.kind === 'code') return line;
  let blank = source.lastIndexOf(' ', end - 1) + 1;
  if (leaf.kind === 'heading') {
    const barriers = barriersOf(document, leaf);
    for (let mark = barrierAt(barriers, blank); mark; mark = barrierAt(barriers, blank)) {
      blank = source.lastIndexOf(' ', mark.start - 1) + 1;
    }
  }
  // Within a line, the first one may be cut, too, but not the header of a table.
  const isInText = lineAt(document, blank) >= leaf.startLine + opening - 1;
  return { ...line, ...(blank > start.position && isInText && { blank }) };
}

function cutsInText(
  document: MarkdownDocument,
  leaf: TextLeaf,
  start: PartStart,
  end: number,
): { readonly line?: number; readonly blank?: number } {
  const { source } = document;
  const barriers = barriersOf(document, leaf);
  const first = Math.max(document.lineStarts[leaf.startLine] ?? 0, start.position) + 1;
  let blank: number | undefined;
  for (let at = end; at >= first; at -= 1) {
    const barrier = barrierAt(barriers, at);
    if (barrier) {
      at = barrier.start + 1;
      continue;
    }
    const isLine = source[at] === '\n';
    // An abbreviation stays with the word after it.
    const isAbbreviation = source[at - 2] === '.' && !isSentenceEnd(source, at - 1);
    const isBlank = /[ \t]/.test(source.charAt(at - 1)) && !isAbbreviation;
    if (!isLine && !isBlank && !isSentenceEnd(source, at)) continue;
    const next = nextText(source, leaf, at);
    if (!hasText(source, leaf, document, at) || beginsBlock(source, next)) continue;
    if (isLine || !isBlank) return { line: at, ...(blank === undefined ? {} : { blank }) };
    blank ??= at;
  }
  return blank === undefined ? {} : { blank };
}

/** The cut if the later half has no good place: an earlier one, else between graphemes. */
function forcedCut(
  document: MarkdownDocument,
  leaf: Leaf | undefined,
  start: PartStart,
  end: number,
  places: readonly (number | undefined)[],
): Cut {
  const { source } = document;
  const earlier = Math.max(0, ...places.filter((at) => at !== undefined));
  if (leaf?.kind !== 'paragraph' && leaf?.kind !== 'heading') {
    const least = start.position + (end - start.position) / 8;
    return plainCut(earlier > least ? earlier : between(source, start.position, end));
  }
  const inText = between(source, start.position, end);
  const barrier = barrierAt(barriersOf(document, leaf), inText);
  if (!barrier) return plainCut(beginsBlock(source, inText) && earlier > 0 ? earlier : inText);
  const first = Math.max(start.position, leaf.text.lines[0]?.source ?? 0);
  if (barrier.start > first) return plainCut(barrier.start);
  return cutInMarks(document, leaf, start, end);
}

function between(source: string, from: number, end: number): number {
  const at = graphemeBoundary(source, end, from);
  return at > from ? at : Math.max(end, from + 1);
}

/** Cuts within emphasis or code that is too long: closes it, and opens it in the next part. */
function cutInMarks(
  document: MarkdownDocument,
  leaf: TextLeaf,
  start: PartStart,
  end: number,
): Cut {
  const { source } = document;
  const spans = document.spansOf(leaf.text);
  const room = Math.max(start.position + 1, end - MARKS_ROOM);
  const least = start.position + (end - start.position) / 2;
  let at = graphemeBoundary(source, room, start.position);
  const blank = source.lastIndexOf(' ', at - 1) + 1;
  if (blank > least) at = blank;
  // A smaller construct within the long one stays whole.
  const around = (place: number): readonly Span[] =>
    spans.filter((span) => span.start < place && place < span.end);
  const small = around(at).find((span) => span.start > least && !isMarked(span));
  if (small) at = small.start;
  const cut = around(at).filter(isMarked);
  const marks = cut.map((span) => marksOf(source, span));
  const isTooMuch = marks.join('').length > MARKS_ROOM || at <= start.position;
  if (isTooMuch) return plainCut(between(source, start.position, end));
  return { at, closing: [...marks].reverse().join(''), opening: marks.join('') };
}

/** Room for the marks that close emphasis or code (characters). */
const MARKS_ROOM = 16;

function isMarked(span: Span): boolean {
  return span.kind === 'emphasis' || span.kind === 'code';
}

function marksOf(source: string, span: Span): string {
  if (span.kind === 'emphasis') return span.marks;
  return /^`*/.exec(source.slice(span.start, span.start + MARKS_ROOM + 1))?.[0] ?? '';
}
