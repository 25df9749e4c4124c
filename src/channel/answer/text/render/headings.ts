/** Headings in a post, which draws none: each is a bold line of its own. Pure. */
import { behind, behindMarks, continuation } from '../parse/containers.ts';
import { type Leaf, lineEnd, type MarkdownDocument, type Span } from '../parse/document.ts';
import { linesOf } from '../parse/spans.ts';
import type { Edit } from './edits.ts';

type Heading = Leaf & { readonly kind: 'heading' };

/** @param index of the heading's leaf */
export function headingEdits(
  document: MarkdownDocument,
  leaf: Heading,
  index: number,
  spans: readonly Span[],
): readonly Edit[] {
  const lines = linesOf(leaf.text);
  const start = lines[0]?.start;
  const end = lines.at(-1)?.end;
  if (start === undefined || end === undefined) return [];
  const last = leaf.startLine + lines.length - 1;
  const isUnderlined = last < leaf.endLine - 1;
  const isBold = isBoldHeading(spans);
  const marks = isBold ? '**' : '';
  const inner = isBold ? innerEdits(document, start, end, spans) : [];
  return [
    ...breakBefore(document, leaf, index),
    {
      start: behindMarks(document, leaf.containers, leaf.startLine),
      end: start,
      text: (isBehindText(document, leaf) ? '\n' : '') + marks,
    },
    ...inner,
    {
      start: end,
      end: lineEnd(document, last),
      text: isUnderlined ? marks : marks + breakAfter(document, leaf, index),
    },
    // The line under the text stays as an empty one.
    ...(isUnderlined
      ? [
          {
            start: behindMarks(document, leaf.containers, last + 1),
            end: lineEnd(document, last + 1),
            text: '',
          },
        ]
      : []),
  ];
}

/** Nothing is drawn within bold text, so that a heading with a link stays plain. */
export function isBoldHeading(spans: readonly Span[]): boolean {
  return spans.every(({ kind }) => ['emphasis', 'escape', 'entity'].includes(kind));
}

/** No marks within the bold text, and a backslash before what would change the marks around it. */
function innerEdits(
  { source }: MarkdownDocument,
  start: number,
  end: number,
  spans: readonly Span[],
): readonly Edit[] {
  const edits: Edit[] = spans.flatMap((span) =>
    span.kind === 'emphasis'
      ? [
          { start: span.start, end: span.start + span.marks.length, text: '' },
          { start: span.end - span.marks.length, end: span.end, text: '' },
        ]
      : [],
  );
  const isStar = source.charAt(start) === '*' && !spans.some((span) => span.start === start);
  if (isStar) edits.push({ start, end: start, text: '\\' });
  const isMark = /[\\*]/.test(source.charAt(end - 1)) && !spans.some((span) => span.end === end);
  if (isMark && !(isStar && end - start === 1)) {
    edits.push({ start: end - 1, end: end - 1, text: '\\' });
  }
  return edits;
}

/** Whether a heading outside of quotes and lists has text in the line before it. */
function isBehindText({ source, lineStarts }: MarkdownDocument, leaf: Heading): boolean {
  if (leaf.containers.length > 0) return false;
  const line = source.slice(lineStarts[leaf.startLine - 1], lineStarts[leaf.startLine]);
  return line.trim() !== '';
}

/** In a quote or an item, what keeps a heading apart from the text in the line before it. */
function breakBefore(document: MarkdownDocument, leaf: Heading, index: number): readonly Edit[] {
  const before = document.leaves[index - 1];
  const isBehind = before?.kind === 'paragraph' && before.endLine === leaf.startLine;
  if (!isBehind || leaf.containers.length === 0 || isMarked(leaf, leaf.startLine)) return [];
  const at = lineEnd(document, leaf.startLine - 1);
  return [{ start: at, end: at, text: breakWithin(before, leaf.containers) }];
}

/** What keeps a heading apart from what is in the line after it. */
function breakAfter(document: MarkdownDocument, leaf: Heading, index: number): string {
  const { endLine, containers } = leaf;
  const line = document.source.slice(
    document.lineStarts[endLine],
    document.lineStarts[endLine + 1],
  );
  if (line.trim() === '') return '';
  if (containers.length === 0) return '\n';
  const next = document.leaves[index + 1];
  if (next === undefined) return '';
  if (isMarked(next, endLine)) {
    const isInner = shared(leaf, next).length === containers.length;
    const text = line.slice(behind(line, containers, endLine).place.at);
    return isInner && !MAY_FOLLOW_TEXT.test(text) ? `\n${continuation(containers)}` : '';
  }
  if (next.startLine !== endLine) return '';
  if (next.kind === 'rule') return `\n${continuation(shared(leaf, next))}`;
  const isText = next.kind === 'paragraph' || next.kind === 'heading' || next.kind === 'other';
  return isText ? breakWithin(leaf, shared(leaf, next)) : '';
}

/** A quote, or an item that may begin in the line after a text: it has text, and no other number. */
const MAY_FOLLOW_TEXT = /^[ \t]*(?:>|(?:[-*+]|1[.)])[ \t]+\S)/;

/** Whether a container of a leaf begins in a line, with its mark. */
function isMarked({ containers }: Leaf, line: number): boolean {
  return containers.some(({ startLine }) => startLine === line);
}

function shared(leaf: Leaf, next: Leaf): Leaf['containers'] {
  return leaf.containers.filter((container) => next.containers.includes(container));
}

/** A line break, or an empty line where the next text would become one of the containers before. */
function breakWithin(before: Leaf, containers: Leaf['containers']): string {
  return before.containers.length > containers.length ? `\n${continuation(containers)}` : '  ';
}
