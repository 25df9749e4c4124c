/**
 * A part of a document as a text of its own: what it needs from before is repeated (the header of a
 * table, the language of a fence, the marks of a quote), and lines lose the indentation of list items
 * that began in an earlier part. Pure.
 */
import { behind, continuation, skipColumns } from '../parse/containers.ts';
import {
  type Container,
  type Leaf,
  lineAt,
  lineEnd,
  type MarkdownDocument,
} from '../parse/document.ts';
import { wireBytes } from '../wire-bytes.ts';

/** Where a part begins, and which containers and marks are still open there. */
export interface PartStart {
  readonly position: number;
  readonly line: number;
  /** The index of the leaf that the part begins in or with. */
  readonly leaf: number;
  readonly open: readonly Container[];
  /** Lines that are repeated, and marks of emphasis or code that are opened again. */
  readonly head: readonly string[];
  readonly marks: string;
}

export interface EmittedLine {
  /** -1 for a line that is repeated or added. */
  readonly line: number;
  /** The leaf that the line belongs to. */
  readonly leaf: Leaf | undefined;
  readonly text: string;
  /** How much of `text` is not from the source; the rest begins at `source` there. */
  readonly prefix: number;
  readonly source: number;
}

/** A header that leaves at least this share of a part for rows is repeated. */
const HEAD_SHARE = 0.5;
/** What makes a line a line of indented code. */
export const CODE_INDENT = '    ';
/** Maximum of fence marks when a fence is cut: longer runs are decoration. */
const MAX_MARKS = 16;
const MAX_INFO = 32;

/** @param room the characters of a part: a longer header is not repeated */
export function partStart(
  document: MarkdownDocument,
  position: number,
  room: number,
  marks = '',
  from = 0,
): PartStart {
  const line = lineAt(document, position);
  let index = from;
  while ((document.leaves[index]?.endLine ?? Infinity) <= line) index += 1;
  const leaf = document.leaves[index];
  const isMidLine = position > (document.lineStarts[line] ?? 0);
  const isWithin = leaf !== undefined && (line > leaf.startLine || isMidLine);
  const open = (leaf?.containers ?? []).filter(
    ({ startLine }) => startLine < line || (startLine === line && isMidLine),
  );
  const head = isWithin && line > leaf.startLine ? headOf(document, leaf, line, open, room) : [];
  return { position, line, leaf: index, open, head, marks };
}

function headOf(
  document: MarkdownDocument,
  leaf: Leaf,
  line: number,
  open: readonly Container[],
  room: number,
): readonly string[] {
  if (leaf.kind === 'fence') return [`${quotes(open)}${openingMarks(leaf)}`];
  if (leaf.kind !== 'table' || line <= leaf.startLine + 1) return [];
  const head = [0, 1].map((row) => inner(document, leaf.startLine + row, open, true).text);
  return head.join('\n').length <= room * HEAD_SHARE && wireBytes(head.join('\n')) <= room
    ? head
    : [];
}

/** The opening line of a fence that continues in another part, with at most MAX_MARKS marks. */
function openingMarks({ fence }: Leaf & { kind: 'fence' }): string {
  const language = (fence.info.split(/\s/, 1)[0] ?? '').slice(0, MAX_INFO);
  return `${closingMarks(fence)}${language}`;
}

export function closingMarks({ marks }: { readonly marks: string }): string {
  return marks.slice(0, MAX_MARKS);
}

/** The line that closes a fence where a part ends within it. */
export function closingLine(start: PartStart, leaf: Leaf & { kind: 'fence' }): string {
  return `${continuation(kept(leaf.containers, start.open))}${closingMarks(leaf.fence)}`;
}

/** The containers that the part shows: without items that began before it. */
function kept(containers: readonly Container[], open: readonly Container[]): readonly Container[] {
  return containers.filter((container) => container.kind === 'quote' || !open.includes(container));
}

function quotes(containers: readonly Container[]): string {
  return '> '.repeat(containers.filter(({ kind }) => kind === 'quote').length);
}

/** A line without the marks of the containers that were open before the part. */
function inner(
  document: MarkdownDocument,
  line: number,
  open: readonly Container[],
  isFirst: boolean,
): { readonly text: string; readonly prefix: number } {
  const start = document.lineStarts[line] ?? 0;
  const raw = document.source.slice(start, lineEnd(document, line));
  const around = open.filter(({ endLine }) => line < endLine);
  if (around.length === 0) return { text: raw, prefix: 0 };
  const { place, missing } = behind(raw, around, line);
  const shown = isFirst ? around : around.filter((container) => !missing.includes(container));
  const prefix = `${quotes(shown)}${' '.repeat(place.rest)}`;
  return { text: `${prefix}${raw.slice(place.at)}`, prefix: prefix.length };
}

/** The lines of a part, up to the end of the document. */
export function* emitLines(document: MarkdownDocument, start: PartStart): Generator<EmittedLine> {
  const { leaves, lineStarts } = document;
  for (const text of start.head) {
    yield { line: -1, leaf: undefined, text, source: start.position, prefix: text.length };
  }
  let index = start.leaf;
  let wasBlank = true;
  for (let line = start.line; line < lineStarts.length - 1; line += 1) {
    while ((leaves[index]?.endLine ?? Infinity) <= line) index += 1;
    const candidate = leaves[index];
    const leaf = candidate && candidate.startLine <= line ? candidate : undefined;
    // Without a marker, the item's text would absorb the line after the item.
    const endsItem = start.open.some(({ kind, endLine }) => kind === 'item' && endLine === line);
    if (endsItem && !wasBlank) {
      yield { line: -1, leaf: undefined, text: '', source: lineStarts[line] ?? 0, prefix: 0 };
    }
    const emitted = emitLine(document, start, line, leaf);
    if (start.open.length > 0) wasBlank = emitted.text.trim() === '';
    yield emitted;
  }
}

function emitLine(
  document: MarkdownDocument,
  start: PartStart,
  line: number,
  leaf: Leaf | undefined,
): EmittedLine {
  const end = lineEnd(document, line);
  const isFirst = line === start.line;
  const isReopened = leaf !== undefined && leaf.startLine < start.line;
  if (!isFirst && !isReopened && start.open.length === 0) {
    const source = document.lineStarts[line] ?? 0;
    return { line, leaf, text: document.source.slice(source, end), source, prefix: 0 };
  }
  const indent = leaf?.kind === 'code' ? CODE_INDENT : '';
  const before = `${quotes(start.open)}${indent}${start.marks}`;
  if (isFirst && start.position > (document.lineStarts[line] ?? 0)) {
    const text = `${before}${document.source.slice(start.position, end)}`;
    return { line, leaf, text, source: start.position, prefix: before.length };
  }
  const { text, prefix } = inner(document, line, start.open, isFirst);
  let rest = text.slice(prefix);
  let shown = text.slice(0, prefix);
  if (isReopened && leaf.kind === 'fence') {
    rest = rest.slice(skipColumns(rest, { at: 0, column: 0, rest: 0 }, leaf.fence.indent).at);
  } else if (isReopened && isFirst && leaf.kind === 'paragraph') {
    rest = rest.trimStart();
    shown = before;
  }
  return { line, leaf, text: shown + rest, source: end - rest.length, prefix: shown.length };
}

/**
 * The text of a part.
 *
 * @param end where it ends in the source
 * @param marks closes emphasis or code that the part ends within
 */
export function emitPart(
  document: MarkdownDocument,
  start: PartStart,
  end: number,
  marks = '',
): string {
  const lines: string[] = [];
  let leaf: Leaf | undefined;
  for (const emitted of emitLines(document, start)) {
    const { line, text, source, prefix } = emitted;
    if (line === -1 ? source >= end : (document.lineStarts[line] ?? 0) >= end) break;
    const isWhole = line === -1 || lineEnd(document, line) <= end;
    // The marks of a quote without any of its text.
    if (!isWhole && source >= end) break;
    const shown = isWhole ? text : text.slice(0, prefix + Math.max(0, end - source));
    const isOpening = line !== -1 && emitted.leaf?.startLine === line;
    leaf = line === -1 ? leaf : emitted.leaf;
    lines.push(isOpening ? withShortMarks(document, emitted, shown, end) : shown);
  }
  const body = withoutBlankLines(lines);
  if (leaf?.kind === 'code') return body.trimEnd();
  if (leaf?.kind !== 'fence' || !isCut(document, leaf, end)) return `${withoutEnd(body)}${marks}`;
  return `${body}\n${closingLine(start, leaf)}`;
}

function isCut(document: MarkdownDocument, leaf: Leaf & { kind: 'fence' }, end: number): boolean {
  return !leaf.fence.isClosed || end < lineEnd(document, leaf.endLine - 1);
}

/** The opening line of a fence that is cut, with the marks that will close it. */
function withShortMarks(
  document: MarkdownDocument,
  { leaf }: EmittedLine,
  text: string,
  end: number,
): string {
  if (leaf?.kind !== 'fence' || !isCut(document, leaf, end)) return text;
  return text.replace(leaf.fence.marks, closingMarks(leaf.fence));
}

/** Without blank lines at the end, those of a quote included. */
function withoutEnd(body: string): string {
  let end = body.length;
  for (;;) {
    const line = body.lastIndexOf('\n', end - 1);
    if (!/^[\s>]*$/.test(body.slice(line + 1, end))) return body.slice(0, end).trimEnd();
    if (line === -1) return '';
    end = line;
  }
}

function withoutBlankLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? '' : lines.slice(first).join('\n');
}
