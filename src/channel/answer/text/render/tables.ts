/** The cells of a table, and the table as aligned text for a client that draws none. Pure. */
import { columnsOf } from '../../../../shared/terminal/width.ts';
import { behind } from '../parse/containers.ts';
import { type InlineText, lineEnd, type MarkdownDocument } from '../parse/document.ts';
import type { TableBlock } from './write-blocks.ts';

export type Alignment = 'left' | 'right' | 'center' | 'none';

export interface Table {
  readonly head: readonly InlineText[];
  readonly alignments: readonly Alignment[];
  /** Each with as many cells as the head: what is too much in a row is in its last cell. */
  readonly rows: readonly (readonly InlineText[])[];
}

export function readTable(document: MarkdownDocument, leaf: TableBlock): Table {
  const cells = (line: number): { start: number; end: number }[] => {
    const start = document.lineStarts[line] ?? 0;
    const raw = document.source.slice(start, lineEnd(document, line));
    return cellsOf(raw, behind(raw, leaf.containers, line).place.at).map((cell) => ({
      start: start + cell.start,
      end: start + cell.end,
    }));
  };
  const inline = ({ start, end }: { start: number; end: number }): InlineText => {
    const content = document.source.slice(start, end);
    return { content, lines: content === '' ? [] : [{ at: 0, source: start }] };
  };
  const head = cells(leaf.startLine);
  const rows = [];
  for (let line = leaf.startLine + 2; line < leaf.endLine; line += 1) {
    const row = cells(line);
    const last = row[head.length - 1];
    const end = row.at(-1)?.end;
    const whole = row.slice(0, head.length);
    if (last && end !== undefined) whole[head.length - 1] = { start: last.start, end };
    while (whole.length < head.length) whole.push({ start: 0, end: 0 });
    rows.push(whole.map(inline));
  }
  const alignments = cells(leaf.startLine + 1).map(({ start, end }) =>
    alignmentOf(document.source.slice(start, end)),
  );
  return { head: head.map(inline), alignments, rows };
}

function alignmentOf(dashes: string): Alignment {
  const isLeft = dashes.startsWith(':');
  if (dashes.endsWith(':')) return isLeft ? 'center' : 'right';
  return isLeft ? 'left' : 'none';
}

/** The places of a row's cells, between bars that are not escaped. */
function cellsOf(line: string, from: number): { start: number; end: number }[] {
  const ends: number[] = [];
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '|') ends.push(at);
  }
  ends.push(line.length);
  const cells: { start: number; end: number }[] = [];
  let start = from;
  for (const end of ends) {
    cells.push(trimmed(line, start, end));
    start = end + 1;
  }
  if (cells.length > 1 && isEmpty(cells[0])) cells.shift();
  if (cells.length > 1 && isEmpty(cells.at(-1))) cells.pop();
  return cells;
}

function isEmpty(cell: { start: number; end: number } | undefined): boolean {
  return cell !== undefined && cell.start === cell.end;
}

function trimmed(line: string, start: number, end: number): { start: number; end: number } {
  const text = line.slice(start, end);
  const lead = text.length - text.trimStart().length;
  const length = text.trim().length;
  return { start: start + lead, end: start + lead + length };
}

/** A wider cell is not padded to (columns). */
const MAX_COLUMN = 60;

/** Rows of plain cells in columns of equal width. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): readonly string[] {
  const measured = rows.map((row) => row.map((text) => ({ text, width: columnsOf(text) })));
  const widths = (rows[0] ?? []).map((_, column) =>
    measured.reduce((most, row) => Math.max(most, row[column]?.width ?? 0), 1),
  );
  const lines = measured.map((row) =>
    row
      .map(({ text, width }, column) => {
        const room = Math.max(0, Math.min(widths[column] ?? 0, MAX_COLUMN) - width);
        const isRight = alignments[column] === 'right';
        return isRight ? `${' '.repeat(room)}${text}` : `${text}${' '.repeat(room)}`;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(Math.min(width, MAX_COLUMN))).join('  ');
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
}
