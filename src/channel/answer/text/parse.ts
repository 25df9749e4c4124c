/**
 * Parses Markdown once: markdown-it finds the blocks (CommonMark with tables and struck-out text),
 * and each block keeps its place in the source. HTML is text, since Feishu shows none. Pure.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import { behind, indentAt, itemWidth } from './containers.ts';
import type { Container, FenceInfo, InlineText, Leaf, MarkdownDocument, Span } from './document.ts';
import { leanBlocks } from './lean-blocks.ts';
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
watchInline(markdown);

export function parseMarkdown(text: string): MarkdownDocument {
  const source = text.replace(/\r\n?/g, '\n');
  const lineStarts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  if (lineStarts.at(-1) !== source.length || source === '') lineStarts.push(source.length);
  const env = {};
  const lines = { source, lineStarts };
  const { leaves, hasList } = leavesOf(markdown.parse(source, env), lines);
  const known = new Map<InlineText, readonly Span[]>();
  return {
    source,
    lineStarts,
    leaves: withOthers(leaves, lines),
    hasList,
    spansOf(inline) {
      const found = known.get(inline) ?? spansOf(markdown, env, inline, source);
      known.set(inline, found);
      return found;
    },
  };
}

interface SourceLines {
  readonly source: string;
  readonly lineStarts: readonly number[];
}

function lineText({ source, lineStarts }: SourceLines, line: number): string {
  const text = source.slice(lineStarts[line], lineStarts[line + 1]);
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

function leavesOf(
  tokens: readonly Token[],
  lines: SourceLines,
): { leaves: Leaf[]; hasList: boolean } {
  const leaves: Leaf[] = [];
  /** Shared by the leaves in them: replaced where it changes. */
  let containers: readonly Container[] = [];
  /** The number of items of each list around. */
  const lists: number[] = [];
  let hasList = false;
  // Spreading a place into each leaf would cost more than all the rest.
  let table: { startLine: number; endLine: number; cells: InlineText[]; row: CellRow } | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const startLine = token.map?.[0] ?? 0;
    const endLine = token.map?.[1] ?? 0;
    switch (token.type) {
      case 'blockquote_open':
        containers = [...containers, { kind: 'quote', startLine, endLine, width: 0 }];
        break;
      case 'list_item_open': {
        const width = itemWidth(lineText(lines, startLine), containers, startLine);
        containers = [...containers, { kind: 'item', startLine, endLine, width }];
        lists[lists.length - 1] = (lists.at(-1) ?? 0) + 1;
        hasList ||= lists.length > 1 || (lists.at(-1) ?? 0) > 1;
        break;
      }
      case 'blockquote_close':
      case 'list_item_close':
        containers = containers.slice(0, -1);
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        lists.push(0);
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'paragraph_open':
      case 'heading_open': {
        const content = tokens[index + 1]?.content ?? '';
        const isHeading = token.type === 'heading_open';
        const text =
          isHeading && token.markup.startsWith('#')
            ? headingText(content, startLine, lines)
            : paragraphText(content, { startLine, endLine }, lines);
        const kind = isHeading ? 'heading' : 'paragraph';
        leaves.push({ startLine, endLine, containers, kind, text });
        break;
      }
      case 'fence': {
        const fence = fenceInfo(token, { startLine, endLine, containers }, lines);
        leaves.push({ startLine, endLine, containers, kind: 'fence', fence });
        break;
      }
      case 'code_block':
        leaves.push({ startLine, endLine, containers, kind: 'code', code: token.content });
        break;
      case 'hr':
        leaves.push({ startLine, endLine, containers, kind: 'rule' });
        break;
      case 'table_open':
        table = { startLine, endLine, cells: [], row: rowOf(startLine, lines) };
        break;
      case 'tr_open':
        if (table) table.row = rowOf(startLine, lines);
        break;
      case 'inline':
        if (table) addCell(table, token.content);
        break;
      case 'table_close':
        if (table) {
          const { startLine: first, endLine: end, cells } = table;
          leaves.push({ startLine: first, endLine: end, containers, kind: 'table', cells });
        }
        table = undefined;
        break;
    }
  }
  return { leaves, hasList };
}

/** The lines of a paragraph are the ends of lines of the source; its first and last are trimmed. */
function paragraphText(
  content: string,
  place: Pick<Leaf, 'startLine' | 'endLine'>,
  lines: SourceLines,
): InlineText {
  const found: { at: number; source: number }[] = [];
  let at = 0;
  let line = place.startLine;
  for (const part of content.split('\n')) {
    const bare = part.replace(/^[ \t]+/, '');
    // A line of other white space at the beginning is trimmed away as a whole.
    for (; line < place.endLine; line += 1) {
      const text = lineText(lines, line);
      const end = text.endsWith(bare) ? text.length : text.trimEnd().length;
      const begin = end - bare.length;
      if (begin < 0 || text.slice(begin, end) !== bare) continue;
      found.push({
        at: at + part.length - bare.length,
        source: (lines.lineStarts[line] ?? 0) + begin,
      });
      line += 1;
      break;
    }
    at += part.length + 1;
  }
  return { content, lines: found };
}

function headingText(content: string, line: number, lines: SourceLines): InlineText {
  const at = lineText(lines, line).lastIndexOf(content);
  const source = (lines.lineStarts[line] ?? 0) + at;
  return { content, lines: at === -1 || content === '' ? [] : [{ at: 0, source }] };
}

interface CellRow {
  /** Where the line begins in the source. */
  readonly start: number;
  readonly line: string;
  /** Where the search for the next cell begins; -1 once a cell with escaped bars was met. */
  at: number;
}

function rowOf(line: number, lines: SourceLines): CellRow {
  return { start: lines.lineStarts[line] ?? 0, line: lineText(lines, line), at: 0 };
}

/** The cells of a row follow each other in its line; one with an escaped bar differs from it. */
function addCell(
  { cells, row }: { readonly cells: InlineText[]; readonly row: CellRow },
  content: string,
): void {
  if (content === '' || row.at === -1) return;
  const at = row.line.indexOf(content, row.at);
  row.at = at === -1 ? -1 : at + content.length;
  if (at !== -1) cells.push({ content, lines: [{ at: 0, source: row.start + at }] });
}

function fenceInfo(
  token: Token,
  place: Pick<Leaf, 'startLine' | 'endLine' | 'containers'>,
  lines: SourceLines,
): FenceInfo {
  const line = lineText(lines, place.startLine);
  const codeLines = token.content === '' ? 0 : token.content.replace(/\n$/, '').split('\n').length;
  return {
    marks: token.markup,
    info: token.info.trim(),
    indent: indentAt(line, behind(line, place.containers, place.startLine).place),
    isClosed: place.endLine - place.startLine - 1 > codeLines,
    code: token.content,
  };
}

/** Adds the lines that are in no block: definitions of links, text that is nested too deep. */
function withOthers(leaves: readonly Leaf[], lines: SourceLines): Leaf[] {
  const all: Leaf[] = [];
  let line = 0;
  const upTo = (end: number): void => {
    for (; line < end; line += 1) {
      // The marks of a quote alone are an empty line of it.
      if (/^[\s>]*$/.test(lineText(lines, line))) continue;
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
    upTo(leaf.startLine);
    all.push(leaf);
    line = Math.max(line, leaf.endLine);
  }
  upTo(lines.lineStarts.length - 1);
  return all;
}
