/**
 * Parses Markdown once: markdown-it finds the blocks (CommonMark with tables and struck-out text),
 * and each block keeps its place in the source. HTML is text, since Feishu shows none. Pure.
 */
import MarkdownIt from 'markdown-it';
import { readCjkEmphasis } from '../places/cjk.ts';
import { boundLabels } from '../places/labels.ts';
import { behind } from './containers.ts';
import type { Container, InlineText, Leaf, MarkdownDocument, Span } from './document.ts';
import { leanBlocks, readBlocks } from './lean-blocks.ts';
import { createLeafReader, type LeafReader, lineText, type SourceLines } from './leaves.ts';
import { spansOf, watchInline } from './spans.ts';

const markdown = new MarkdownIt({ html: false });
// Addresses stay unchanged here: the rendering encodes them and decides which are links.
markdown.validateLink = () => true;
markdown.normalizeLink = (address) => address;
markdown.normalizeLinkText = (text) => text;
markdown.core.ruler.disable(['inline', 'linkify', 'replacements', 'smartquotes', 'text_join']);
// HTML is text, so that the rule for blocks of it never finds one.
markdown.block.ruler.disable('html_block');
leanBlocks(markdown);
boundLabels(markdown);
readCjkEmphasis(markdown);
watchInline(markdown);

/** @param mentions whom the text may mention: tags of other people are text */
export function parseMarkdown(text: string, mentions: readonly string[] = []): MarkdownDocument {
  // Markdown shows the character without a meaning as a replacement for it.
  const source = text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
  const lineStarts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  if (lineStarts.at(-1) !== source.length || source === '') lineStarts.push(source.length);
  const lines = { source, lineStarts };
  const reader = createLeafReader(lines);
  const env = readBlocks(markdown, source, reader.take);
  const known = new Map<InlineText, readonly Span[]>();
  return {
    source,
    lineStarts,
    leaves: withOthers(reader, lines),
    hasList: reader.hasList(),
    mentions,
    spansOf(inline) {
      const found = known.get(inline) ?? spansOf(markdown, env, inline, { source, mentions });
      known.set(inline, found);
      return found;
    },
  };
}

/** Adds the lines that are in no block: definitions of links, text that is nested too deep. */
function withOthers(
  { leaves, containers }: Pick<LeafReader, 'leaves' | 'containers'>,
  lines: SourceLines,
): Leaf[] {
  const all: Leaf[] = [];
  const containersAt = createContainerWatch(containers);
  let line = 0;
  const upTo = (end: number, next?: Leaf): void => {
    for (; line < end; line += 1) {
      const text = lineText(lines, line);
      if (/^[\s>]*$/.test(text)) continue;
      const around = containersOfOther(text, containersAt(line), line, next);
      if (!around) continue;
      const last = all.at(-1);
      if (last?.kind === 'other' && last.endLine === line && isSame(last.containers, around)) {
        all[all.length - 1] = { ...last, endLine: line + 1 };
      } else {
        all.push({ kind: 'other', startLine: line, endLine: line + 1, containers: around });
      }
    }
  };
  for (const leaf of leaves) {
    upTo(leaf.startLine, leaf);
    all.push(leaf);
    line = Math.max(line, leaf.endLine);
  }
  upTo(lines.lineStarts.length - 1);
  return all;
}

/** The containers around a line that is in no block; nothing if it only begins those of the next one. */
function containersOfOther(
  text: string,
  around: readonly Container[],
  line: number,
  next: Leaf | undefined,
): readonly Container[] | undefined {
  if (text.slice(behind(text, around, line).place.at).trim() !== '') return around;
  const begun = around.findIndex(({ kind, startLine }) => kind === 'item' && startLine === line);
  if (begun === -1 || next?.containers.includes(around[begun] as Container)) return undefined;
  // The marker of an item without text is a text.
  return around.slice(0, begun);
}

const isSame = (a: readonly Container[], b: readonly Container[]): boolean =>
  a.length === b.length && a.at(-1) === b.at(-1);

/** Tells the containers around a line; each line that is asked for is behind the one before. */
function createContainerWatch(
  containers: readonly Container[],
): (line: number) => readonly Container[] {
  let around: readonly Container[] = [];
  let entered = 0;
  return (line) => {
    const open = around.filter(({ endLine }) => endLine > line);
    for (; (containers[entered]?.startLine ?? Infinity) <= line; entered += 1) {
      const container = containers[entered];
      if (container && container.endLine > line) open.push(container);
    }
    around = open;
    return open;
  };
}
