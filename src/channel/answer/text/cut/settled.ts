/**
 * The part of a growing answer that later text does not change: what people see of it is the
 * beginning of what they will see (docs/platform/media-and-cards.md#streaming). An open table row, link
 * or marker waits; open emphasis and code are closed for now. Pure.
 */

import type { MarkdownDocument } from '../parse/document.ts';
import { parseMarkdown } from '../parse/parse.ts';
import { barrierAt, barrierOver, barriersOf, type TextLeaf } from './barriers.ts';

/**
 * The settled beginning of a text, as Markdown.
 *
 * @example settledMarkdown('Run **np')      // 'Run **np**'
 * @example settledMarkdown('See [the docs') // 'See '
 */
export function settledMarkdown(text: string): string {
  const shown = withoutOpenLine(text.replace(/[\ud800-\udbff\r]$/, ''));
  const document = parseMarkdown(shown);
  const leaf = document.leaves.at(-1);
  if (leaf?.kind === 'fence' || leaf?.kind === 'code') return shown.replace(/<a?$/i, '');
  if (leaf?.kind !== 'paragraph' && leaf?.kind !== 'heading') return shown;
  return withoutOpenMarks(document, leaf);
}

/** Whether a line may become a marker, a rule, an underline or a fence. */
function mayBeMarker(line: string): boolean {
  const text = line.replace(/^[\s>]+/, '').trimEnd();
  if (/^[-*_=\s]*$/.test(text)) return true;
  const inner = text.replace(/^(?:(?:[-*+]|\d{1,9}[.)])\s+)+/, '');
  return /^(?:[-*+]|\d{1,9}[.)]?|#{1,6}|`+|~+|\[.?\]?|[#|>]+)$/.test(inner);
}

const IS_ROW = /^[\s>]*\|/;
/** A longer line with a bar at its beginning is shown as it grows. */
const MAX_ROW = 2000;

/** Removes the last line, or two, while it is not known what they are. */
function withoutOpenLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const line = text.slice(start);
  const document = parseMarkdown(text.slice(0, start));
  const leaf = document.leaves.at(-1);
  const isInCode = leaf?.kind === 'fence' && !leaf.fence.isClosed;
  if (isInCode) {
    const marks = line.replace(/^[\s>]+/, '').trimEnd();
    return /^(?:`*|~*)$/.test(marks) ? text.slice(0, start) : text;
  }
  if (/^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:`{3}|~{3})/.test(line)) return text.slice(0, start);
  // Without a blank line before it, a line behind a table is its next row.
  const isRow = leaf?.kind === 'table' && document.lineStarts.length - 1 === leaf.endLine;
  if (isRow) return text.slice(0, start);
  const isOpen = IS_ROW.test(line) && line.length <= MAX_ROW;
  const shown = isOpen || mayBeMarker(line) ? text.slice(0, start) : text;
  if (shown.length > start || leaf?.kind !== 'paragraph') return shown;
  // The line before may be the header of a table.
  const header = document.lineStarts[leaf.endLine - 1] ?? 0;
  const isHeader = document.lineStarts.length - 1 === leaf.endLine;
  return isHeader && IS_ROW.test(text.slice(header, start)) ? text.slice(0, header) : shown;
}

const MARKS = '*_~`';
/** What may begin a mark, an escape or an image. */
const OPENERS = `${MARKS}\\!`;
const MAX_TAG = 80;
const MAX_ENTITY = 32;
const SCHEMES = ['h', 'ht', 'htt'].concat(
  ['http', 'https'].flatMap((scheme) => ['', ':', ':/', '://'].map((rest) => scheme + rest)),
);

/** Where the last characters begin that may become part of a mark, a tag, an entity or an address. */
function openEnd(text: string, isHeading: boolean): number {
  return withoutLast(text.slice(0, openWord(text, isHeading)), OPENERS).length;
}

function openWord(text: string, isHeading: boolean): number {
  const tag = text.lastIndexOf('<');
  // A sign before a blank or a number compares.
  const isTag = tag !== -1 && /^<(?:[a-z/!?][^>\n]*)?$/i.test(text.slice(tag));
  if (isTag && tag >= text.length - MAX_TAG) return tag;
  const entity = text.lastIndexOf('&');
  if (entity >= text.length - MAX_ENTITY && /^&#?[a-z\d]*$/i.test(text.slice(entity)))
    return entity;
  const scheme = SCHEMES.findLast((start) => text.slice(-8).toLowerCase().endsWith(start));
  if (scheme !== undefined) return text.length - scheme.length;
  return isHeading ? withoutLast(text.trimEnd(), '#').length : text.length;
}

function withoutLast(text: string, chars: string): string {
  let end = text.length;
  while (end > 0 && chars.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Openers that are further back are text. */
const REACH = 400;
const REACH_OF_SINGLE = 80;
const MAX_LABEL = 60;
const MAX_ADDRESS = 1000;

function withoutOpenMarks(document: MarkdownDocument, leaf: TextLeaf): string {
  const { source } = document;
  const after = document.lineStarts[leaf.endLine] ?? source.length;
  const isOver = source.length > after || (leaf.kind === 'heading' && source.endsWith('\n'));
  if (isOver) return source;
  const from = leaf.text.lines[0]?.source ?? source.length;
  const url = document.spansOf(leaf.text).findLast(({ kind }) => kind === 'url');
  const isUrlOpen = url !== undefined && /^[?!.,:;*'|"\\_~]*$/.test(source.slice(url.end));
  let end = isUrlOpen ? url.start : source.length;
  const window = Math.max(from, end - REACH);
  end = window + openEnd(source.slice(window, end), leaf.kind === 'heading');
  const barriers = barriersOf(document, leaf);
  const link = openLink(
    source.slice(0, end),
    Math.max(from, end - MAX_ADDRESS),
    (at) => barrierOver(barriers, at) !== undefined,
  );
  const before = withoutLast(source.slice(0, link?.start ?? end), link?.label ? '' : OPENERS);
  const body = before + (link?.label ?? '');
  let shown = withoutMarker(body);
  // Of a line break, only the backslash would be seen until there is text after it.
  while (shown.endsWith('\\\n') && shown.length > from) shown = withoutMarker(shown.slice(0, -2));
  const closing = openMarks(document, leaf, shown.length).reverse().join('');
  return closing === '' ? shown : `${withoutLast(shown.trimEnd(), MARKS)}${closing}`;
}

/** Without a marker at the end whose item has no text yet. */
function withoutMarker(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return mayBeMarker(text.slice(start)) ? text.slice(0, start) : text;
}

/** The last link that is not complete; of one whose address is being written, the label is known. */
function openLink(
  text: string,
  from: number,
  isTaken: (at: number) => boolean,
): { readonly start: number; readonly label: string } | undefined {
  let reference: { readonly start: number; readonly label: string } | undefined;
  for (let at = text.lastIndexOf('['); at >= from; at = text.lastIndexOf('[', at - 1)) {
    if (isTaken(at)) break;
    const isImage = text[at - 1] === '!';
    const start = isImage ? at - 1 : at;
    const close = text.indexOf(']', at);
    if (close === -1) {
      const isNear = text.length - at <= MAX_LABEL && !text.slice(at).includes('\n');
      // Behind a label, it is the name of a definition.
      if (isNear && text[at - 1] === ']') reference = { start, label: '' };
      else if (isNear) return { start, label: '' };
    } else if (close === text.length - 1) return { start, label: '' };
    else if (text[close + 1] === '(') {
      const address = text.slice(close + 2);
      if (!/[)\n]/.test(address)) return { start, label: isImage ? '' : text.slice(at + 1, close) };
    } else if (text[close + 1] === '[' && !text.includes(']', close + 2)) {
      return { start, label: '' };
    }
    if (at === 0) break;
  }
  return reference;
}

/** The marks that are open at the end of a text, outermost first. */
function openMarks(document: MarkdownDocument, leaf: TextLeaf, end: number): string[] {
  const { source } = document;
  const barriers = barriersOf(document, leaf);
  const open: string[] = [];
  let at = Math.max(leaf.text.lines[0]?.source ?? 0, end - REACH);
  for (; at < end; at += 1) {
    const barrier = barrierAt(barriers, at + 1);
    if (barrier && barrier.end <= end) {
      at = barrier.end - 1;
      continue;
    }
    const run = /^(?:\*{1,3}|_{1,3}|~~|`+)/.exec(source.slice(at, Math.min(at + 4, end)))?.[0];
    if (run === undefined) continue;
    const next = source.charAt(at + run.length);
    const isCode = open.at(-1)?.startsWith('`') === true;
    if (isCode || !/\S/.test(next) || at + run.length >= end) {
      at += run.length - 1;
      continue;
    }
    // Between a word and a bracket, emphasis does not begin either.
    const inner = run[0] === '`' ? /\w/ : /[\w\p{P}\p{S}]/u;
    const isWithinWord = /\w/.test(source.charAt(at - 1)) && (run[0] === '_' || inner.test(next));
    const isNear = run.length > 1 || end - at <= REACH_OF_SINGLE;
    if (!isWithinWord && isNear) open.push(run);
    at += run.length - 1;
  }
  return open;
}
