/**
 * A document as blocks of the Markdown of a card 2.0 (docs/platform/media-and-cards.md#markdown-in-cards).
 *
 * Each block is written from the tree, in the one form that all clients draw: lists with four blanks a
 * level, code and tables at the start of a line, hard line breaks, links to web addresses, and no tag
 * but our own. The rendering of a text begins with the rendering of its beginning wherever Markdown
 * allows that: a streamed card grows by what is added (settled.ts). Pure.
 */
import { CARD_TABLES } from '../../../../platform/limits.ts';
import type { InlineText, MarkdownDocument } from '../parse/document.ts';
import { CARD_BREAK, cardInline, cardText, inertCode } from './card-inline.ts';
import { fenceLanguage, fenceMarks } from './fence-marks.ts';
import { writeInline } from './inline.ts';
import { plainCell } from './plain.ts';
import { alignedRows, readTable, type Table } from './tables.ts';
import {
  beginsItem,
  type CodeBlock,
  linesOfOther,
  type TableBlock,
  type TextBlock,
  type WrittenBlock,
  writeBlocks,
} from './write-blocks.ts';

export interface CardMarkdownOptions {
  /** How many tables the card may have; further ones are aligned text. Default: all that it takes. */
  readonly tables?: number;
  /** The text still grows: code at its end is not closed. */
  readonly isOpen?: boolean;
}

/** The blocks of a card, in order. */
export function cardBlocks(
  document: MarkdownDocument,
  { tables = CARD_TABLES, isOpen = false }: CardMarkdownOptions = {},
): Generator<WrittenBlock> {
  const lastLeaf = document.leaves.at(-1);
  let tablesLeft = tables;
  return writeBlocks(document, {
    rule: '<hr>',
    // Four blanks a level; those of a longer number would be too few.
    indent: (markerWidth) => Math.max(4, markerWidth),
    block: (leaf, isInItem) => blockText(document, leaf, isInItem),
    code: (code, info, leaf) => codeText(code, info, leaf, isOpen && leaf === lastLeaf),
    table(leaf) {
      const table = readTable(document, leaf);
      tablesLeft -= 1;
      return tablesLeft >= 0
        ? { text: tableText(document, table), isCode: false }
        : { text: alignedText(document, table, leaf), isCode: true };
    },
  });
}

function blockText(document: MarkdownDocument, leaf: TextBlock, isInItem: boolean): string {
  if (leaf.kind === 'other') {
    const lines = linesOfOther(document, leaf).map((line) => cardText(line));
    return lines.join(CARD_BREAK);
  }
  if (leaf.kind === 'paragraph') {
    const text = writeInline(document, leaf.text, cardInline).trim();
    return asParagraph(beginsItem(leaf) ? withCheckbox(text) : text);
  }
  const text = writeInline(document, leaf.text, cardInline, ' ').trim();
  if (!isInItem) return `${'#'.repeat(leaf.level)} ${text}`;
  // A client draws no heading in a list.
  return text === '' || text.includes('**') ? asParagraph(text) : `**${text}**`;
}

/** An escaped mark, or one behind blanks that are no indentation, would begin another block. */
function asParagraph(text: string): string {
  return text.replace(
    /^(?:[-+](?=\s|$)|-(?=[-\s]+$)|>|#(?=#{0,5}(?:\s|$))|(\d{1,9})([.)])(?=\s|$))/,
    (mark, number = '', end = mark) => `${number}&#${end.charCodeAt(0)};`,
  );
}

/** A task of a list: a client would show its brackets. */
function withCheckbox(text: string): string {
  return text.replace(/^&#91;([ xX])&#93; /, (_, mark) => (mark === ' ' ? '☐ ' : '☑ '));
}

const MAX_MARKS = 16;

/** Code between backticks: more than the code has at the beginning of a line. */
function codeText(code: string, info: string, leaf: CodeBlock, isOpen: boolean): string {
  const language = fenceLanguage(info);
  const own = leaf.kind === 'fence' ? leaf.fence.marks : '';
  const marks = fenceMarks(code, own.startsWith('`') ? Math.min(own.length, MAX_MARKS) : 3);
  const isUnclosed = isOpen && !(leaf.kind === 'fence' && leaf.fence.isClosed);
  return `${marks}${language}\n${inertCode(code)}${isUnclosed ? '' : `\n${marks}`}`;
}

function tableText(document: MarkdownDocument, { head, alignments, rows }: Table): string {
  const row = (cells: readonly InlineText[]): string =>
    `| ${cells.map((cell) => writeInline(document, cell, cardInline).trim()).join(' | ')} |`;
  const dashes = alignments.map(
    (alignment) => ({ left: ':--', right: '--:', center: ':-:', none: '---' })[alignment],
  );
  return [row(head), `| ${dashes.join(' | ')} |`, ...rows.map(row)].join('\n');
}

function alignedText(document: MarkdownDocument, table: Table, leaf: TableBlock): string {
  const cells = [table.head, ...table.rows].map((row) =>
    row.map((cell) => plainCell(document, cell)),
  );
  const code = alignedRows(cells, table.alignments).join('\n');
  return codeText(code, '', { ...leaf, kind: 'code', code }, false);
}
