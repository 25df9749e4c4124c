/**
 * A document as text without marks: for text messages, the list of chats, and code. What people see is
 * all there; numbers, bullets and lines of quotes stay, as they read well. Pure.
 */

import { oneLine, startOf } from '../../../../shared/text/one-line.ts';
import { mentionTag } from '../mention-tag.ts';
import type { InlineText, MarkdownDocument } from '../parse/document.ts';
import { inertCode, isImageKey } from './card-inline.ts';
import { type InlineForm, MODELS_BREAK, writeInline } from './inline.ts';
import { readTable } from './tables.ts';
import {
  beginsItem,
  linesOfOther,
  type TableBlock,
  type TextBlock,
  writeBlocks,
} from './write-blocks.ts';

const plainInline: InlineForm = {
  lineBreak: '\n',
  text: (raw) => raw.replace(MODELS_BREAK, '\n'),
  code: (written) => {
    const marks = /^`+/.exec(written)?.[0].length ?? 0;
    const code = written.slice(marks, written.length - marks);
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    return isPadded ? code.slice(1, -1) : code;
  },
  emphasis: (shown) => shown,
  link: (shown, address) =>
    address === '' || shown.trim() === address
      ? shown
      : shown.trim() === ''
        ? address
        : `${shown} (${address})`,
  image: (alt, address, isInLink) =>
    isInLink || address === '' || isImageKey(address) || address.length > MAX_SHOWN_ADDRESS
      ? alt
      : `${alt} (${address})`.trim(),
  address: (address) => address,
  mention: (_, name) => `@${name}`,
  character: (char) => char,
};

/** For text messages, which can mention people: a mention inside code stays text. */
const messageInline: InlineForm = {
  ...plainInline,
  mention: mentionTag,
  code: (written) => inertCode(plainInline.code(written)),
};

/** Longer addresses (`data:`) are left out. */
const MAX_SHOWN_ADDRESS = 200;

/** A cell of a table on one line. */
export function plainCell(
  document: MarkdownDocument,
  cell: InlineText,
  form: InlineForm = plainInline,
): string {
  return oneLine(writeInline(document, cell, form).replaceAll('\\|', '|'));
}

export function plainInlineText(document: MarkdownDocument, text: InlineText): string {
  return writeInline(document, text, plainInline);
}

/**
 * The text of a document.
 *
 * @param enough of the text (characters): the blocks after it are left out
 * @example plainText(parseMarkdown('## Next\n- **run** `npm i`'))  // 'Next\n\n- run npm i'
 */
export function plainText(document: MarkdownDocument, enough = Number.POSITIVE_INFINITY): string {
  return plainBlocks(document, plainInline, enough);
}

/** {@link plainText} for a text message: mentions stay. Of marks alone some stay: no message is empty. */
export function messageText(document: MarkdownDocument): string {
  const text = plainBlocks(document, messageInline, Number.POSITIVE_INFINITY);
  return text.trim() === '' ? startOf(document.source, MAX_SHOWN_ADDRESS) : text;
}

function plainBlocks(document: MarkdownDocument, form: InlineForm, enough: number): string {
  const blocks = writeBlocks(document, {
    rule: '———',
    indent: (markerWidth) => markerWidth,
    block: (leaf) => {
      const text = blockText(document, leaf, form);
      return beginsItem(leaf) ? withCheckbox(text) : text;
    },
    code: (code) => (form === messageInline ? inertCode(code) : code),
    table: (leaf) => ({ text: tableLines(document, leaf, form).join('\n'), isCode: false }),
  });
  let written = '';
  for (const { gap, text } of blocks) {
    written += `${gap}${text}`;
    if (written.length >= enough) break;
  }
  return written;
}

function withCheckbox(text: string): string {
  return text.replace(/^\[([ xX])\] /, (_, mark) => (mark === ' ' ? '☐ ' : '☑ '));
}

function blockText(document: MarkdownDocument, leaf: TextBlock, form: InlineForm): string {
  if (leaf.kind !== 'other') return writeInline(document, leaf.text, form).trim();
  return linesOfOther(document, leaf).join('\n');
}

/** A table as a line for each row, with pairs of header and cell: text messages have no columns. */
function tableLines(
  document: MarkdownDocument,
  leaf: TableBlock,
  form: InlineForm,
): readonly string[] {
  const { head, rows } = readTable(document, leaf);
  const [headCells = [], ...cells] = [head, ...rows].map((row) =>
    row.map((cell) => plainCell(document, cell, form)),
  );
  if (cells.length === 0) return [headCells.join(' | ')];
  return cells.map((row) => pairs(headCells, row));
}

/** A row of a table in one line: each cell behind its header. */
export function pairs(head: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, column) => (head[column] ? `${head[column]}: ${cell}`.trimEnd() : cell))
    .filter((pair) => pair !== '')
    .join('; ');
}
