/** A table in a post, which draws none: aligned text as code where it is narrow, else a list. Pure. */
import { columnsOf } from '../../../../shared/terminal/width.ts';
import type { MarkdownDocument } from '../parse/document.ts';
import { inertCode } from './card-inline.ts';
import { applyEdits, type Edit } from './edits.ts';
import { fenceMarks } from './fence-marks.ts';
import { pairs, plainCell } from './plain.ts';
import { alignedRows, readTable } from './tables.ts';
import type { TableBlock } from './write-blocks.ts';

/** Columns of aligned text that a phone shows in a block of code. */
const MAX_COLUMNS = 48;

export function tableForPost(
  document: MarkdownDocument,
  leaf: TableBlock,
  edits: readonly Edit[],
): string {
  const { head, alignments, rows } = readTable(document, leaf);
  const all = [head, ...rows];
  const isPlain = all.every((row) =>
    row.every((cell) => document.spansOf(cell).every(({ kind }) => !links.has(kind))),
  );
  const lines = alignedRows(
    all.map((row) => row.map((cell) => plainCell(document, cell))),
    alignments,
  );
  const isNarrow = lines.every((line) => columnsOf(line) <= MAX_COLUMNS);
  const isSafe = !lines.some((line) => line.includes('```'));
  if (rows.length === 0 || (isPlain && isNarrow && isSafe)) {
    const code = inertCode(lines.join('\n'));
    const marks = fenceMarks(code);
    return `${marks}\n${code}\n${marks}`;
  }
  const shown = all.map((row) =>
    row.map(({ content, lines: [line] }) =>
      line ? applyEdits(document.source, line.source, line.source + content.length, edits) : '',
    ),
  );
  return shown
    .slice(1)
    .map((row) => `- ${pairs(shown[0] ?? [], row)}`)
    .join('\n');
}

/** What a block of code would not open. */
const links: ReadonlySet<string> = new Set(['link', 'image', 'autolink', 'url', 'mention']);
