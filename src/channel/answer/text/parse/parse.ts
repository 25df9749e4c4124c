/**
 * Parses Markdown once: markdown-it finds the blocks (CommonMark with tables and struck-out text),
 * and each block keeps its place in the source. HTML is text, since Feishu shows none. Pure.
 */
import MarkdownIt from 'markdown-it';
import { readCjkEmphasis } from '../places/cjk.ts';
import { boundLabels } from '../places/labels.ts';
import type { InlineText, Leaf, MarkdownDocument, Span } from './document.ts';
import { leanBlocks, readBlocks } from './lean-blocks.ts';
import { createLeafReader, lineText, type SourceLines } from './leaves.ts';
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
    leaves: withOthers(reader.leaves, lines),
    hasList: reader.hasList(),
    mentions,
    spansOf(inline) {
      const found = known.get(inline) ?? spansOf(markdown, env, inline, { source, mentions });
      known.set(inline, found);
      return found;
    },
  };
}

/** Marks of quotes and items, and nothing else. */
const MARKS_ALONE = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s*)*$/;

/** Whether a line has the marks of a quote alone, or those of an item whose text begins further down. */
function isEmptyLine(text: string, line: number, next: Leaf | undefined): boolean {
  if (/^[\s>]*$/.test(text)) return true;
  const begins = next?.containers.some((item) => item.kind === 'item' && item.startLine === line);
  return begins === true && MARKS_ALONE.test(text);
}

/** Adds the lines that are in no block: definitions of links, text that is nested too deep. */
function withOthers(leaves: readonly Leaf[], lines: SourceLines): Leaf[] {
  const all: Leaf[] = [];
  let line = 0;
  const upTo = (end: number, next?: Leaf): void => {
    for (; line < end; line += 1) {
      if (lines.source[lines.lineStarts[line] ?? 0] === '\n') continue;
      if (isEmptyLine(lineText(lines, line), line, next)) continue;
      const last = all.at(-1);
      if (last?.kind === 'other' && last.endLine === line) {
        all[all.length - 1] = { ...last, endLine: line + 1 };
      } else {
        const containers = (last?.containers ?? []).filter(({ endLine }) => endLine > line);
        all.push({ kind: 'other', startLine: line, endLine: line + 1, containers });
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
