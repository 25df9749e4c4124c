/**
 * Rewrites Markdown that Feishu would show wrongly: addresses that a client would cut, invalid
 * links, images, tags, and line breaks. Code is not changed. Pure.
 */

import { behind } from '../parse/containers.ts';
import {
  type InlineText,
  type Leaf,
  lineEnd,
  type MarkdownDocument,
  type Span,
} from '../parse/document.ts';
import { linesOf } from '../parse/spans.ts';
import { addressLabel, isSafeUrl, isWebAddress, safeAddress } from '../places/addresses.ts';
import { needsBlank } from '../places/cjk.ts';
import { beginsBlock } from '../places/sentences.ts';
import type { Edit } from './edits.ts';

/** The edits of a document for a post, in order and without overlaps. */
export function rewriting(document: MarkdownDocument): readonly Edit[] {
  const edits: Edit[] = [];
  for (const leaf of document.leaves) {
    if (leaf.kind === 'fence' || leaf.kind === 'code' || leaf.kind === 'rule') continue;
    const spans = textsOf(leaf).flatMap((text) => [...document.spansOf(text)]);
    edits.push(
      ...(leaf.kind === 'heading' ? headingEdits(document, leaf, spans) : []),
      ...spans.flatMap((span) => editsOfSpan(document.source, span, spans)),
      ...tagEdits(document, leaf, spans),
      ...breakEdits(document, leaf, spans),
      ...checkboxEdits(document, leaf),
    );
  }
  return withoutOverlaps(edits.sort((a, b) => a.start - b.start || b.end - a.end));
}

export function textsOf(leaf: Leaf): readonly InlineText[] {
  if (leaf.kind === 'table') return leaf.cells;
  return leaf.kind === 'paragraph' || leaf.kind === 'heading' ? [leaf.text] : [];
}

/** A post draws no headings: each is a bold line of its own. */
function headingEdits(
  document: MarkdownDocument,
  leaf: Leaf & { kind: 'heading' },
  spans: readonly Span[],
): readonly Edit[] {
  const { source, lineStarts } = document;
  const lines = linesOf(leaf.text);
  const start = lines[0]?.start;
  const end = lines.at(-1)?.end;
  if (start === undefined || end === undefined) return [];
  const raw = source.slice(lineStarts[leaf.startLine], lineEnd(document, leaf.startLine));
  const begin =
    (lineStarts[leaf.startLine] ?? 0) + behind(raw, leaf.containers, leaf.startLine).place.at;
  // Nothing is drawn within bold text, so that a heading with a link stays plain.
  const isBold = spans.every(({ kind }) => ['emphasis', 'escape', 'entity'].includes(kind));
  const marks = isBold ? '**' : '';
  const inner = spans.flatMap((span) =>
    isBold && span.kind === 'emphasis'
      ? [
          { start: span.start, end: span.start + span.marks.length, text: '' },
          { start: span.end - span.marks.length, end: span.end, text: '' },
        ]
      : [],
  );
  const isAlone = leaf.containers.length === 0;
  return [
    {
      start: begin,
      end: start,
      text: `${isAlone && hasLineBefore(document, leaf) ? '\n' : ''}${marks}`,
    },
    ...inner,
    {
      start: end,
      end: lineEnd(document, leaf.endLine - 1),
      text: marks + breakAfter(document, leaf),
    },
  ];
}

function hasLineBefore(document: MarkdownDocument, { startLine }: Leaf): boolean {
  if (startLine === 0) return false;
  const before = document.source.slice(
    document.lineStarts[startLine - 1],
    document.lineStarts[startLine],
  );
  return before.trim() !== '';
}

/** What keeps a heading apart from the text in the line after it. */
function breakAfter(document: MarkdownDocument, { endLine, containers }: Leaf): string {
  const next = document.source.slice(
    document.lineStarts[endLine],
    document.lineStarts[endLine + 1],
  );
  if (next.trim() === '') return '';
  if (containers.length === 0) return '\n';
  return beginsBlock(next, 0) ? '' : '  ';
}

/** A task of a list: a post would show its brackets. */
function checkboxEdits(document: MarkdownDocument, leaf: Leaf): readonly Edit[] {
  if (leaf.kind !== 'paragraph') return [];
  const isFirst = leaf.containers.at(-1)?.startLine === leaf.startLine;
  const start = leaf.text.lines[0]?.source;
  const isTask = isFirst && leaf.containers.at(-1)?.kind === 'item' && start !== undefined;
  const mark = isTask
    ? /^\[([ xX])\] /.exec(document.source.slice(start, start + 4))?.[1]
    : undefined;
  if (start === undefined || mark === undefined) return [];
  return [{ start, end: start + 3, text: mark === ' ' ? '☐' : '☑' }];
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
        const text = `${label.trim() === '' ? addressLabel(span.address) : ''}](${safeAddress(span.address)})`;
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
        const label = alt.trim() === '' ? addressLabel(span.address) : alt;
        // An exclamation mark before a link would make it an image again.
        const gap = source.charAt(start - 1) === '!' ? ' ' : '';
        return [{ start, end, text: `${gap}[${label}](${safeAddress(span.address)})` }];
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
      return isClear ? [] : [{ start, end, text: link(written) }];
    }
    case 'emphasis': {
      const { marks } = span;
      // A post draws nothing within styled text: a mention comes first.
      if (all.some((other) => other.kind === 'mention' && contains(span, other))) {
        return [
          { start, end: start + marks.length, text: '' },
          { start: end - marks.length, end, text: '' },
        ];
      }
      const inner = source.slice(start + span.marks.length, end - span.marks.length);
      const left = needsBlank(source.charAt(start - 1), inner.charAt(0));
      const right = needsBlank(source.charAt(end), inner.charAt(inner.length - 1));
      return [
        ...(left ? [{ start, end: start, text: ' ' }] : []),
        ...(right ? [{ start: end, end, text: ' ' }] : []),
      ];
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
  return `[${addressLabel(address)}](${safeAddress(address)})`;
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
    return ['code', 'autolink', 'image', 'escape', 'mention'].includes(span.kind) ? [span] : [];
  });
  kept.sort((a, b) => a.start - b.start);
  const edits: Edit[] = [];
  let index = 0;
  const text = document.source.slice(start, end);
  for (const { index: offset } of text.matchAll(/<(?=[a-z/!?])/gi)) {
    const at = start + offset;
    while ((kept[index]?.end ?? Infinity) <= at) index += 1;
    if ((kept[index]?.start ?? Infinity) <= at) continue;
    const lineBreak = /^<br ?\/?>/i.exec(text.slice(offset, offset + 6))?.[0];
    if (lineBreak !== undefined) {
      // A further line of an item or a quote would need its marks.
      const shown = leaf.kind === 'paragraph' && leaf.containers.length === 0 ? '  \n' : ' ';
      edits.push({ start: at, end: at + lineBreak.length, text: shown });
      continue;
    }
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
