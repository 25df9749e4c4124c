/**
 * Rewrites Markdown that Feishu would show wrongly: addresses that a client would cut, invalid
 * links, images, tags, and line breaks. Code is not changed. Pure.
 */
import { isSafeUrl, isWebAddress, safeAddress } from './addresses.ts';
import {
  type InlineText,
  type Leaf,
  lineEnd,
  type MarkdownDocument,
  type Span,
} from './document.ts';
import type { Edit } from './edits.ts';

/** The edits of a document, in order and without overlaps. */
export function rewriting(document: MarkdownDocument): readonly Edit[] {
  const edits: Edit[] = [];
  for (const leaf of document.leaves) {
    if (leaf.kind === 'fence' || leaf.kind === 'code' || leaf.kind === 'rule') continue;
    const spans = textsOf(leaf).flatMap((text) => [...document.spansOf(text)]);
    edits.push(
      ...spans.flatMap((span) => editsOfSpan(document.source, span, spans)),
      ...tagEdits(document, leaf, spans),
      ...breakEdits(document, leaf, spans),
    );
  }
  return withoutOverlaps(edits.sort((a, b) => a.start - b.start || b.end - a.end));
}

export function textsOf(leaf: Leaf): readonly InlineText[] {
  if (leaf.kind === 'table') return leaf.cells;
  return leaf.kind === 'paragraph' || leaf.kind === 'heading' ? [leaf.text] : [];
}

function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  let end = 0;
  return edits.filter((edit) => {
    if (edit.start < end) return false;
    end = edit.end;
    return true;
  });
}

function editsOfSpan(source: string, span: Span, all: readonly Span[]): readonly Edit[] {
  const { start, end } = span;
  const written = source.slice(start, end);
  switch (span.kind) {
    case 'link': {
      const label = source.slice(start + 1, span.labelEnd);
      if (isWebAddress(span.address)) {
        const text = `${label.trim() === '' ? span.address : ''}](${safeAddress(span.address)})`;
        return [{ start: span.labelEnd, end, text }];
      }
      // The client drops an address that it does not open.
      const address = span.address === '' || span.address === label ? '' : ` (${span.address})`;
      return [
        { start, end: start + 1, text: '' },
        { start: span.labelEnd, end, text: tagsShown(address) },
      ];
    }
    case 'image': {
      if (span.address.startsWith('img_')) return [];
      const alt = tagsShown(source.slice(start + 2, span.labelEnd).replace(/\n/g, ' '));
      const isInLink = all.some((other) => other.kind === 'link' && contains(other, span));
      if (isInLink) return [{ start, end, text: alt }];
      if (isWebAddress(span.address)) {
        const label = alt.trim() === '' ? span.address : alt;
        return [{ start, end, text: `[${label}](${safeAddress(span.address)})` }];
      }
      const isShort = span.address !== '' && span.address.length <= MAX_SHOWN_ADDRESS;
      return [
        { start, end, text: `${alt}${isShort ? ` (${tagsShown(span.address)})` : ''}`.trim() },
      ];
    }
    case 'autolink': {
      const address = written.slice(1, -1);
      return [{ start, end, text: isWebAddress(address) ? link(address) : address }];
    }
    case 'url': {
      const neighbours = source.charAt(start - 1) + source.charAt(end);
      const isClear = isSafeUrl(written) && !/[^\x20-\x7f\n]/.test(neighbours);
      return isClear || all.some((other) => other.kind === 'link' && contains(other, span))
        ? []
        : [{ start, end, text: link(written) }];
    }
    case 'escape':
      return written === '\\<' ? [{ start, end, text: LESS_THAN }] : [];
    default:
      return [];
  }
}

/** Longer addresses that are no links (`data:`) are left out. */
const MAX_SHOWN_ADDRESS = 200;
/** The documented way to show the sign (docs/platform/messages.md#sending). */
const LESS_THAN = '&#60;';

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end && outer !== inner;
}

function link(address: string): string {
  return `[${address}](${safeAddress(address)})`;
}

function tagsShown(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, LESS_THAN);
}

/** Whatever looks like a tag is shown as it is: none is ours, and `<at …>` would call people. */
function tagEdits(document: MarkdownDocument, leaf: Leaf, spans: readonly Span[]): readonly Edit[] {
  const start = document.lineStarts[leaf.startLine] ?? 0;
  const end = document.lineStarts[leaf.endLine] ?? document.source.length;
  const kept = spans.flatMap((span): readonly Pick<Span, 'start' | 'end'>[] => {
    if (span.kind === 'link') return [{ start: span.labelEnd, end: span.end }];
    return ['code', 'autolink', 'image', 'escape'].includes(span.kind) ? [span] : [];
  });
  kept.sort((a, b) => a.start - b.start);
  const edits: Edit[] = [];
  let index = 0;
  const text = document.source.slice(start, end);
  for (const { index: offset } of text.matchAll(/<(?=[a-z/!?])/gi)) {
    const at = start + offset;
    while ((kept[index]?.end ?? Infinity) <= at) index += 1;
    if ((kept[index]?.start ?? Infinity) <= at) continue;
    edits.push({ start: at, end: at + 1, text: LESS_THAN });
  }
  return edits;
}

/** Feishu draws a single line end as a blank; two blanks before it make a line break (docs/platform/messages.md#sending). */
function breakEdits(
  document: MarkdownDocument,
  leaf: Leaf,
  spans: readonly Span[],
): readonly Edit[] {
  if (leaf.kind !== 'paragraph') return [];
  const isInList = leaf.containers.some(({ kind }) => kind === 'item');
  const codes = spans.filter(({ kind }) => kind === 'code');
  const breaks = new Set(spans.filter(({ kind }) => kind === 'break').map(({ start }) => start));
  const edits: Edit[] = [];
  let index = 0;
  for (let line = leaf.startLine; line < leaf.endLine - 1; line += 1) {
    const end = lineEnd(document, line);
    const start = blanksBefore(document, line, end);
    while ((codes[index]?.end ?? Infinity) <= start) index += 1;
    if ((codes[index]?.start ?? Infinity) < end) continue;
    const isBackslash = document.source[end - 1] === '\\' && breaks.has(end - 1);
    if (isBackslash) edits.push({ start: end - 1, end, text: '  ' });
    else if (!isInList) edits.push({ start, end, text: '  ' });
  }
  return edits;
}

function blanksBefore(document: MarkdownDocument, line: number, end: number): number {
  const first = document.lineStarts[line] ?? 0;
  let start = end;
  while (start > first && /[ \t]/.test(document.source.charAt(start - 1))) start -= 1;
  return start;
}
