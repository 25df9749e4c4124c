/**
 * Rewrites Markdown that Feishu would show wrongly: addresses that a client would cut, invalid
 * links, images, tags, and line breaks. Code is not changed. Pure.
 */

import { characterAt, characterBefore } from '../../../../shared/characters.ts';
import {
  type InlineText,
  type Leaf,
  lineEnd,
  type MarkdownDocument,
  type Span,
} from '../parse/document.ts';
import { addressLabel, isSafeUrl, isWebAddress, safeAddress } from '../places/addresses.ts';
import { needsBlank } from '../places/cjk.ts';
import { isImageKey } from './card-inline.ts';
import type { Edit } from './edits.ts';
import { headingEdits, isBoldHeading } from './headings.ts';
import { onOneLine } from './inline.ts';
import { beginsItem } from './write-blocks.ts';

/** The edits of a document for a post, in order and without overlaps. */
export function rewriting(document: MarkdownDocument): readonly Edit[] {
  const edits: Edit[] = [];
  for (const [index, leaf] of document.leaves.entries()) {
    if (leaf.kind === 'fence' || leaf.kind === 'code' || leaf.kind === 'rule') continue;
    const spans = textsOf(leaf).flatMap((text) => withoutEscapesInUrls(document.spansOf(text)));
    const isBold = leaf.kind === 'heading' && isBoldHeading(spans);
    const written = isBold ? spans.filter(({ kind }) => kind !== 'emphasis') : spans;
    edits.push(
      ...(leaf.kind === 'heading' ? headingEdits(document, leaf, index, spans) : []),
      ...written.flatMap((span) =>
        editsOfSpan(document.source, span, spans, leaf.kind === 'table'),
      ),
      ...tagEdits(document, leaf, spans),
      ...breakEdits(document, leaf, spans),
      ...checkboxEdits(leaf),
    );
  }
  return withoutOverlaps(edits.sort((a, b) => a.start - b.start || b.end - a.end));
}

/** A backslash within an address is a part of it, and escapes nothing: the edits would overlap. */
function withoutEscapesInUrls(spans: readonly Span[]): readonly Span[] {
  let end = 0;
  return spans.filter((span) => {
    if (span.kind === 'url') end = span.end;
    return span.kind !== 'escape' || span.start >= end;
  });
}

export function textsOf(leaf: Leaf): readonly InlineText[] {
  if (leaf.kind === 'table') return leaf.cells;
  return leaf.kind === 'paragraph' || leaf.kind === 'heading' ? [leaf.text] : [];
}

/** A task of a list: a post would show its brackets. */
function checkboxEdits(leaf: Leaf): readonly Edit[] {
  if (leaf.kind !== 'paragraph' || !beginsItem(leaf)) return [];
  const start = leaf.text.lines[0]?.source;
  const mark = /^\[([ xX])\] /.exec(leaf.text.content)?.[1];
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

function editsOfSpan(
  source: string,
  span: Span,
  all: readonly Span[],
  isInTable: boolean,
): readonly Edit[] {
  const { start, end } = span;
  const written = source.slice(start, end);
  const isInLink = (): boolean => linkAround(span, all) !== undefined;
  /** An exclamation mark before a link would make it an image. */
  const linked = (label: string, address: string): readonly Edit[] => {
    const gap = source.charAt(start - 1) === '!' ? ' ' : '';
    return [{ start, end, text: `${gap}[${label}](${safeAddress(address)})` }];
  };
  switch (span.kind) {
    case 'link': {
      const label = labelOf(source, span, all);
      const isEmpty = label.trim() === '';
      if (isWebAddress(span.address)) {
        const text = `${isEmpty ? urlLabel(span.address) : ''}](${safeAddress(span.address)})`;
        return [{ start: span.labelEnd, end, text }];
      }
      // The client drops an address that it does not open.
      const isShown = span.address !== '' && span.address !== label;
      const address = isEmpty ? marksShown(span.address) : ` (${marksShown(span.address)})`;
      return [
        { start, end: start + 1, text: '' },
        { start: span.labelEnd, end, text: isShown ? address : '' },
      ];
    }
    case 'image': {
      const alt = tagsShown(onOneLine(source.slice(start + 2, span.labelEnd)));
      if (isInLink()) return [{ start, end, text: alt }];
      // It is a row of its own.
      if (isImageKey(span.address)) return isInTable ? [{ start, end, text: alt }] : [];
      if (isWebAddress(span.address)) {
        return linked(alt.trim() === '' ? urlLabel(span.address) : alt, span.address);
      }
      const isShort = span.address !== '' && span.address.length <= MAX_SHOWN_ADDRESS;
      return [
        { start, end, text: `${alt}${isShort ? ` (${marksShown(span.address)})` : ''}`.trim() },
      ];
    }
    case 'autolink': {
      const address = written.slice(1, -1);
      if (isInLink()) return [{ start, end, text: urlLabel(address) }];
      if (isWebAddress(address)) return linked(urlLabel(address), address);
      return [{ start, end, text: marksShown(address) }];
    }
    case 'url': {
      const neighbours = source.charAt(start - 1) + source.charAt(end);
      const isClear = isSafeUrl(written) && !/[^\x20-\x7f\n]/.test(neighbours);
      return isClear ? [] : linked(urlLabel(written), written);
    }
    case 'emphasis': {
      const { marks } = span;
      // A post draws nothing within styled text: a mention and an image come first.
      const isSplit = (other: Span): boolean =>
        other.kind === 'mention' ||
        (other.kind === 'image' && isImageKey(other.address) && !isInTable);
      if (all.some((other) => isSplit(other) && contains(span, other))) {
        return [
          { start, end: start + marks.length, text: '' },
          { start: end - marks.length, end, text: '' },
        ];
      }
      const inner = source.slice(start + span.marks.length, end - span.marks.length);
      const left = needsBlank(characterBefore(source, start), characterAt(inner, 0));
      const right = needsBlank(characterAt(source, end), characterBefore(inner, inner.length));
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

/** The link that a span is within. */
export function linkAround(span: Span, all: readonly Span[]): Span | undefined {
  return all.find((other) => other.kind === 'link' && contains(other, span));
}

/** An address as the label of a link, in which a backslash would escape what is behind it. */
function urlLabel(address: string): string {
  return addressLabel(address).replaceAll('\\', '%5C');
}

/** The label of a link as it is shown: of images in it, what describes them. */
function labelOf(source: string, link: Span & { kind: 'link' | 'image' }, all: readonly Span[]) {
  let label = '';
  let at = link.start + 1;
  for (const span of all) {
    if (span.kind !== 'image' || !contains(link, span)) continue;
    label += source.slice(at, span.start) + source.slice(span.start + 2, span.labelEnd);
    at = span.end;
  }
  return label + source.slice(at, link.labelEnd);
}

function tagsShown(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, LESS_THAN);
}

/** An address that is no link: what would be a mark, and is within no word, is shown as it is. */
function marksShown(address: string): string {
  return tagsShown(address).replace(
    /[*`]|~(?=~)|(?<=~)~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (char) => `&#${char.charCodeAt(0)};`,
  );
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
