/** The limits of cuts within a text: marks stay whole, and both sides have text. Pure. */

import { MAX_INLINE } from '../limits.ts';
import type { Leaf, MarkdownDocument } from '../parse/document.ts';

export type TextLeaf = Leaf & { readonly kind: 'paragraph' | 'heading' };

interface Barrier {
  readonly start: number;
  readonly end: number;
}

const known = new WeakMap<Leaf, readonly Barrier[]>();

/** The spans that must not be cut, in order and without overlaps. */
export function barriersOf(document: MarkdownDocument, leaf: TextLeaf): readonly Barrier[] {
  const before = known.get(leaf);
  if (before) return before;
  const barriers: { start: number; end: number }[] = [];
  const spans = leaf.text.content.length > MAX_INLINE ? [] : document.spansOf(leaf.text);
  for (const { start, end } of spans) {
    const last = barriers.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else barriers.push({ start, end });
  }
  known.set(leaf, barriers);
  return barriers;
}

/** The barrier that a cut at a place would be within. */
export function barrierAt(barriers: readonly Barrier[], at: number): Barrier | undefined {
  let low = 0;
  let high = barriers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((barriers[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const barrier = barriers[low];
  return barrier && barrier.start < at ? barrier : undefined;
}

/** The barrier that has the character at a place. */
export function barrierOver(barriers: readonly Barrier[], at: number): Barrier | undefined {
  return barrierAt(barriers, at + 0.5);
}

/** Whether the leaf has text before a place, apart from the marks of its containers. */
export function hasText(
  source: string,
  leaf: TextLeaf,
  document: MarkdownDocument,
  at: number,
): boolean {
  const first = leaf.text.lines[0]?.source ?? document.lineStarts[leaf.startLine] ?? 0;
  return source.slice(first, Math.min(at, first + 64)).trim() !== '';
}

/**
 * The place of the leaf's text after blanks and line ends, and after the marks of its quotes: another
 * `>` is text. Looks only BLANK_REACH far.
 */
export function nextText(source: string, leaf: TextLeaf, at: number): number {
  const quotes = leaf.containers.filter(({ kind }) => kind === 'quote').length;
  let marks = 0;
  let next = at;
  for (; next < at + BLANK_REACH; next += 1) {
    const char = source.charAt(next);
    if (char === '\n') marks = quotes;
    else if (char === '>' && marks > 0) marks -= 1;
    else if (!/\s/.test(char)) break;
  }
  return next;
}

const BLANK_REACH = 64;
