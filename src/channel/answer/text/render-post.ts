/**
 * A document as the rows of a post. Code has rows of its own, out of lists and quotes: mobile clients
 * hide what follows it in one element, and draw no fence that is indented. Pure.
 */
import { isSafeUrl, safeAddress } from './addresses.ts';
import { behind } from './containers.ts';
import { type Leaf, lineEnd, type MarkdownDocument } from './document.ts';
import { emitEdited } from './edits.ts';
import { closingMarks } from './emit.ts';
import { rewriting, textsOf } from './rewriting.ts';

export type PostElement =
  | { readonly tag: 'md' | 'text'; readonly text: string }
  | { readonly tag: 'a'; readonly text: string; readonly href: string };

export type PostRow = readonly PostElement[];

export function markdownRows(document: MarkdownDocument): readonly PostRow[] {
  const { lineStarts, source } = document;
  const edits = rewriting(document);
  const rows: string[] = [];
  let from = 0;
  for (const leaf of document.leaves) {
    if (leaf.kind !== 'fence' && leaf.kind !== 'code') continue;
    const start = codeStart(document, leaf);
    // If an item begins with code, its number stays, but a lone bullet is removed.
    rows.push(emitEdited(document, from, start, edits).replace(/(?:^|\n)[ >]*[-*+]$/, ''));
    rows.push(codeRow(leaf));
    from = lineStarts[leaf.endLine] ?? source.length;
  }
  if (from < source.length) rows.push(emitEdited(document, from, source.length, edits));
  return rows.filter((text) => text.trim() !== '').map((text) => [{ tag: 'md', text }]);
}

/** Where a block of code begins: after the markers of items that begin with it. */
function codeStart(document: MarkdownDocument, leaf: Leaf): number {
  const start = document.lineStarts[leaf.startLine] ?? 0;
  const line = document.source.slice(start, lineEnd(document, leaf.startLine));
  const hasMarker = leaf.containers.some(
    ({ kind, startLine }) => kind === 'item' && startLine === leaf.startLine,
  );
  return hasMarker ? start + behind(line, leaf.containers, leaf.startLine).place.at : start;
}

function codeRow(leaf: Leaf & { kind: 'fence' | 'code' }): string {
  const { marks, info } =
    leaf.kind === 'fence'
      ? { marks: closingMarks(leaf.fence), info: leaf.fence.info }
      : { marks: '```', info: '' };
  const code = leaf.kind === 'fence' ? leaf.fence.code : leaf.code;
  return `${marks}${info}\n${code}${code === '' || code.endsWith('\n') ? '' : '\n'}${marks}`;
}

/** Whether a text message would show marks of Markdown; one lone list line reads well as it is. */
export function hasMarks(document: MarkdownDocument): boolean {
  return (
    document.hasList ||
    document.leaves.some(
      (leaf) =>
        ['heading', 'table', 'fence', 'rule'].includes(leaf.kind) ||
        leaf.containers.some(({ kind }) => kind === 'quote') ||
        textsOf(leaf).some((text) => document.spansOf(text).some(({ kind }) => marks.has(kind))),
    )
  );
}

const marks: ReadonlySet<string> = new Set(['code', 'emphasis', 'link', 'image', 'autolink']);

/** Whether a text message would take a part of a plain text for a tag, or cut an address. */
export function hasHazards(document: MarkdownDocument): boolean {
  return (
    /<[/!]?[a-z][^<>\n]*>/i.test(document.source) ||
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
  const urls = document.leaves.flatMap((leaf) =>
    textsOf(leaf).flatMap((text) => document.spansOf(text).filter(({ kind }) => kind === 'url')),
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
  for (const { start, end } of urls) {
    addText(start);
    const text = source.slice(start, end);
    rows.at(-1)?.push({ tag: 'a', text, href: safeAddress(text) });
    at = end;
  }
  addText(source.length);
  return rows.map((row) => (row.length === 0 ? [{ tag: 'text', text: '' }] : row));
}
