/**
 * A document as the rows of a post. Code has rows of its own, out of lists and quotes: mobile clients
 * hide what follows it in one element, and draw no fence that is indented. Headings and tables, which
 * a post does not draw, are rewritten (rewriting.ts, post-table.ts). Pure.
 */

import { closingMarks } from '../cut/emit.ts';
import { replaceMentions } from '../mention-tag.ts';
import { behindMarks } from '../parse/containers.ts';
import {
  type FenceInfo,
  type InlineText,
  type Leaf,
  lineAt,
  type MarkdownDocument,
  type Span,
} from '../parse/document.ts';
import { isSafeUrl, safeAddress } from '../places/addresses.ts';
import { isImageKey } from './card-inline.ts';
import { emitEdited } from './edits.ts';
import { fenceLanguage, fenceMarks } from './fence-marks.ts';
import { MODELS_BREAK } from './inline.ts';
import { tableForPost } from './post-table.ts';
import { linkAround, rewriting, textsOf } from './rewriting.ts';
import { BULLET, markerOf } from './write-blocks.ts';

export type PostElement =
  | { readonly tag: 'md' | 'text'; readonly text: string }
  | { readonly tag: 'img'; readonly image_key: string }
  | { readonly tag: 'at'; readonly user_id: string }
  | { readonly tag: 'a'; readonly text: string; readonly href: string };

export type PostRow = readonly PostElement[];

export function markdownRows(document: MarkdownDocument): readonly PostRow[] {
  const { lineStarts, source } = document;
  const edits = rewriting(document);
  const rows: PostElement[] = [];
  let from = 0;
  const addText = (end: number): void => {
    const text = withoutQuoteMarks(emitEdited(document, from, Math.max(end, from), edits));
    const isMidLine = from > (lineStarts[lineAt(document, from)] ?? 0);
    if (text.trim() !== '') rows.push({ tag: 'md', text: isMidLine ? text.trimStart() : text });
  };
  /** The first line after the leaf before. */
  let free = 0;
  for (const leaf of document.leaves) {
    if (leaf.kind === 'table' || leaf.kind === 'fence' || leaf.kind === 'code') {
      addText(endOfText(document, leaf, free));
      const text = leaf.kind === 'table' ? tableForPost(document, leaf, edits) : codeRow(leaf);
      rows.push({ tag: 'md', text });
      const shown = textsOf(leaf).flatMap((cell) => images(document, cell));
      rows.push(...shown.map(({ key }): PostElement => ({ tag: 'img', image_key: key })));
      from = lineStarts[leaf.endLine] ?? source.length;
    } else if (leaf.kind === 'paragraph' || leaf.kind === 'heading') {
      for (const { start, end, key } of images(document, leaf.text)) {
        const isFirst = start === leaf.text.lines[0]?.source;
        addText(isFirst ? endOfText(document, leaf, free) : start);
        rows.push({ tag: 'img', image_key: key });
        from = end;
      }
    }
    free = leaf.endLine;
  }
  if (from < source.length) addText(source.length);
  return rows.map((row) => [row]);
}

/** Without the empty lines of a quote before its text, and behind it. */
function withoutQuoteMarks(text: string): string {
  const lines = text.split('\n');
  const isText = (line: string): boolean => !/^[ \t>]*$/.test(line);
  const shown = lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1);
  return shown.join('\n').trimEnd();
}

/**
 * Where the text before a row of its own ends. If an item begins with the row, the item's number is a
 * part of the text; lone bullets and the marks of quotes are not.
 *
 * @param free the first line after the leaf before
 */
function endOfText(document: MarkdownDocument, leaf: Leaf, free: number): number {
  const numbered = leaf.containers.findLastIndex(
    (container, index) =>
      container.kind === 'item' &&
      container.startLine >= free &&
      markerOf(document, leaf.containers.slice(0, index), container) !== BULLET,
  );
  const line = leaf.containers[numbered]?.startLine ?? free;
  const start = document.lineStarts[line] ?? document.source.length;
  if (numbered === -1) return start;
  return behindMarks(document, leaf.containers.slice(0, numbered + 1), line);
}

/** The uploaded images of a text: a post has them in rows of their own, that of a link before it. */
function images(document: MarkdownDocument, text: InlineText) {
  const spans = document.spansOf(text);
  return spans.flatMap((span) => {
    if (span.kind !== 'image' || !isImageKey(span.address)) return [];
    const { start, end, address: key } = span;
    const link = linkAround(span, spans);
    return [link ? { start: link.start, end: link.start, key } : { start, end, key }];
  });
}

function codeRow(leaf: Leaf & { kind: 'fence' | 'code' }): string {
  const code = leaf.kind === 'fence' ? leaf.fence.code : leaf.code;
  const marks = leaf.kind === 'fence' ? marksOf(leaf.fence) : fenceMarks(code);
  const info = leaf.kind === 'fence' ? fenceLanguage(leaf.fence.info) : '';
  return `${marks}${info}\n${code}${code === '' || code.endsWith('\n') ? '' : '\n'}${marks}`;
}

/** Out of its list, a fence loses indentation: a line of its code must not close it then. */
function marksOf(fence: FenceInfo): string {
  const marks = closingMarks(fence);
  if (marks.startsWith('`')) return fenceMarks(fence.code, marks.length);
  return /^[ \t]*~{3}/m.test(fence.code) ? fenceMarks(fence.code) : marks;
}

/** Whether a text message would show marks of Markdown; one lone list line reads well as it is. */
export function hasMarks(document: MarkdownDocument): boolean {
  return (
    document.hasList ||
    document.leaves.some(
      (leaf) =>
        ['heading', 'table', 'fence', 'rule'].includes(leaf.kind) ||
        leaf.containers.some(({ kind }) => kind === 'quote') ||
        textsOf(leaf).some(
          (text) =>
            text.content.search(MODELS_BREAK) !== -1 ||
            document.spansOf(text).some((span) => isMark(document, span)),
        ),
    )
  );
}

const marks: ReadonlySet<string> = new Set([
  'code',
  'emphasis',
  'link',
  'image',
  'autolink',
  'entity',
]);

function isMark({ source }: MarkdownDocument, { kind, start }: Span): boolean {
  if (kind === 'break') return source.charAt(start) === '\\';
  return kind === 'escape' ? isEscapedMark(source, start) : marks.has(kind);
}

/**
 * Whether a backslash keeps the next character from being a mark. Before others it is mostly a part of
 * a path, an expression or a formula, which a text message shows as it is.
 */
function isEscapedMark(source: string, at: number): boolean {
  const char = source.charAt(at + 1);
  if (/[*_~`#<>|]/.test(char)) return true;
  const before = source.slice(Math.max(0, at - MAX_LIST_NUMBER), at);
  return /[-+]/.test(char)
    ? /(?:^|\n)$/.test(before)
    : /[.)]/.test(char) && /(?:^|\n)\d{1,9}$/.test(before);
}

/** The longest number of a list item, and the line end before it. */
const MAX_LIST_NUMBER = 10;

/** Whether a text message would take a part of a plain text for a tag, or cut an address. */
export function hasHazards(document: MarkdownDocument): boolean {
  return (
    /<[/!]?[a-z][^<>\n]*>/i.test(replaceMentions(document.source, document.mentions, () => '')) ||
    document.leaves.some((leaf) =>
      textsOf(leaf).some((text) =>
        document.spansOf(text).some(({ kind, start, end }) => {
          return kind === 'url' && !isSafeUrl(document.source.slice(start, end));
        }),
      ),
    )
  );
}

/** A text without Markdown as it is: rows of plain elements have no marks and no tags. */
export function literalRows(document: MarkdownDocument): readonly PostRow[] {
  const found = document.leaves.flatMap((leaf) =>
    textsOf(leaf).flatMap((text) =>
      document.spansOf(text).filter(({ kind }) => kind === 'url' || kind === 'mention'),
    ),
  );
  const { source } = document;
  const rows: PostElement[][] = [[]];
  let at = 0;
  const addText = (end: number): void => {
    for (const [index, text] of source.slice(at, end).split('\n').entries()) {
      if (index > 0) rows.push([]);
      if (text !== '') rows.at(-1)?.push({ tag: 'text', text });
    }
    at = end;
  };
  for (const span of found) {
    const { start, end } = span;
    addText(start);
    const text = source.slice(start, end);
    if (span.kind === 'mention') rows.at(-1)?.push({ tag: 'at', user_id: span.openId });
    else rows.at(-1)?.push({ tag: 'a', text, href: safeAddress(text) });
    at = end;
  }
  addText(source.length);
  return rows.map((row) => (row.length === 0 ? [{ tag: 'text', text: '' }] : row));
}
