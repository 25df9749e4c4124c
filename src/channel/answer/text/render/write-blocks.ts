/**
 * Writes the blocks of a document in a form: each with the marks of the quotes and items around it.
 * Code and tables are out of lists and quotes, as a client draws them only at the start of a line. Pure.
 */
import { behindMarks } from '../parse/containers.ts';
import { type Container, type Leaf, lineEnd, type MarkdownDocument } from '../parse/document.ts';

/** What each kind of block becomes. */
export interface BlockForm {
  /** The text of a paragraph, a heading or other text: of several lines, if line ends stay. */
  block(leaf: TextBlock, isInItem: boolean): string;
  code(code: string, info: string, leaf: CodeBlock): string;
  table(leaf: TableBlock): { readonly text: string; readonly isCode: boolean };
  readonly rule: string;
  /** The indentation of an item's further lines and inner lists, by the width of its marker. */
  indent(markerWidth: number): number;
}

export type TextBlock = Leaf & { readonly kind: 'paragraph' | 'heading' | 'other' };
export type CodeBlock = Leaf & { readonly kind: 'fence' | 'code' };
export type TableBlock = Leaf & { readonly kind: 'table' };

export interface WrittenBlock {
  readonly kind: 'text' | 'code' | 'table';
  /** The line ends between the block before and this one. */
  readonly gap: string;
  readonly text: string;
}

export function* writeBlocks(document: MarkdownDocument, form: BlockForm): Generator<WrittenBlock> {
  /** Items that have their marker. */
  const items = new Map<Container, Item>();
  let before: Leaf | undefined;

  /** The marks before the first line of a block, and before its further lines. */
  function prefixes(leaf: Leaf): { first: string; further: string; hasMarker: boolean } {
    let first = '';
    let further = '';
    let hasMarker = false;
    for (const [index, container] of leaf.containers.entries()) {
      if (container.kind === 'quote') {
        first += '> ';
        further += '> ';
        continue;
      }
      const known = items.get(container);
      if (known === undefined) {
        const marker = markerOf(document, leaf.containers.slice(0, index), container);
        const indent = form.indent(marker.length);
        items.set(container, { indent, isBullet: marker === BULLET });
        first += marker;
        further += ' '.repeat(indent);
        hasMarker = true;
      } else {
        first += ' '.repeat(known.indent);
        further += ' '.repeat(known.indent);
      }
    }
    return { first, further, hasMarker };
  }

  /** Line ends, with the marks of the quotes that both blocks are in. */
  function gapBefore(leaf: Leaf, hasMarker: boolean): string {
    if (!before) return '';
    // A block out of the quotes has ended them: the line between would be an empty quote.
    if (isOutside(before)) return '\n\n';
    const shared = leaf.containers.filter((container) => before?.containers.includes(container));
    if (hasMarker && isSameList(before, leaf, shared)) return '\n';
    const quotes = shared.filter(({ kind }) => kind === 'quote').length;
    return quotes === 0 ? '\n\n' : `\n${'> '.repeat(quotes).trimEnd()}\n`;
  }

  /** Whether an item continues the list of the block before it, or begins one within that list. */
  function isSameList(from: Leaf, leaf: Leaf, shared: readonly Container[]): boolean {
    const around = from.containers.map((container) => items.get(container));
    // Text after a block out of the list is no item any more.
    if (around.some((item) => item?.indent === 0)) return false;
    if (shared.some(({ kind }) => kind === 'item')) return true;
    const item = around[shared.length];
    const next = leaf.containers[shared.length];
    return item !== undefined && next !== undefined && item.isBullet === items.get(next)?.isBullet;
  }

  /** A block out of all lists and quotes ends the items around it. */
  function outside(leaf: Leaf): string {
    let marker = '';
    for (const [index, container] of leaf.containers.entries()) {
      if (container.kind !== 'item') continue;
      // An item that begins with the block keeps its number, but a lone bullet is left out.
      if (!items.has(container)) {
        const own = markerOf(document, leaf.containers.slice(0, index), container);
        if (own !== BULLET) marker += own;
      }
      items.set(container, { indent: 0, isBullet: false });
    }
    return marker.trimEnd();
  }

  for (const leaf of document.leaves) {
    if (isWide(leaf) || leaf.kind === 'rule') {
      const marker = outside(leaf);
      const written =
        leaf.kind === 'rule' ? { kind: 'text' as const, text: form.rule } : writeWide(leaf, form);
      if (written.text.trim() === '') continue;
      if (marker !== '') yield { kind: 'text', gap: before ? '\n\n' : '', text: marker };
      yield { ...written, gap: before || marker !== '' ? '\n\n' : '' };
    } else {
      const text = form.block(
        leaf,
        leaf.containers.some(({ kind }) => kind === 'item'),
      );
      if (text.trim() === '') continue;
      const { first, further, hasMarker } = prefixes(leaf);
      const gap = gapBefore(leaf, hasMarker);
      yield { kind: 'text', gap, text: `${first}${text.replaceAll('\n', `\n${further}`)}` };
    }
    before = leaf;
  }
}

const isWide = (leaf: Leaf): leaf is CodeBlock | TableBlock =>
  leaf.kind === 'fence' || leaf.kind === 'code' || leaf.kind === 'table';

const isOutside = (leaf: Leaf): boolean => isWide(leaf) || leaf.kind === 'rule';

function writeWide(leaf: CodeBlock | TableBlock, form: BlockForm): Omit<WrittenBlock, 'gap'> {
  if (leaf.kind === 'table') {
    const { text, isCode } = form.table(leaf);
    return { kind: isCode ? 'code' : 'table', text };
  }
  const { code, info } = leaf.kind === 'fence' ? leaf.fence : { code: leaf.code, info: '' };
  return { kind: 'code', text: form.code(code.replace(/\n$/, ''), info, leaf) };
}

/** Definitions of links, and text that is nested too deep: lines without the marks around them. */
export function linesOfOther(document: MarkdownDocument, leaf: Leaf): readonly string[] {
  const lines: string[] = [];
  for (let line = leaf.startLine; line < leaf.endLine; line += 1) {
    const start = behindMarks(document, leaf.containers, line);
    lines.push(document.source.slice(start, lineEnd(document, line)).trim());
  }
  return lines;
}

interface Item {
  /** Of its further lines; 0 after a block out of the list. */
  readonly indent: number;
  readonly isBullet: boolean;
}

/** Whether a list item begins with a leaf: a box of a task may be there. */
export function beginsItem({ containers, startLine }: Leaf): boolean {
  const inner = containers.at(-1);
  return inner?.kind === 'item' && inner.startLine === startLine;
}

export const BULLET = '- ';

/** The marker of an item, with one blank: a number stays, bullets are all the same. */
export function markerOf(
  document: MarkdownDocument,
  outer: readonly Container[],
  { startLine }: Container,
): string {
  const start = behindMarks(document, outer, startLine);
  const end = Math.min(start + 16, lineEnd(document, startLine));
  const number = /^\s*(\d{1,9})[.)]/.exec(document.source.slice(start, end))?.[1];
  return number === undefined ? BULLET : `${number}. `;
}
