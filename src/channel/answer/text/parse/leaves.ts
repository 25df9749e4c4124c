/** Reads the tokens of blocks into leaves with their places in the source. Pure. */
import type { Token } from 'markdown-it';
import { behind, indentAt, itemWidth } from './containers.ts';
import type { Container, FenceInfo, InlineText, Leaf } from './document.ts';

export interface SourceLines {
  readonly source: string;
  readonly lineStarts: readonly number[];
}

export function lineText({ source, lineStarts }: SourceLines, line: number): string {
  const start = lineStarts[line] ?? source.length;
  const end = lineStarts[line + 1] ?? source.length;
  return source.slice(start, end > start && source[end - 1] === '\n' ? end - 1 : end);
}

/** Collects the leaves of a document, and its containers, from its tokens. */
export interface LeafReader {
  readonly leaves: readonly Leaf[];
  /** In the order of their beginnings, also those without a leaf. */
  readonly containers: readonly Container[];
  take(token: Token): void;
  hasList(): boolean;
}

export function createLeafReader(lines: SourceLines): LeafReader {
  const leaves: Leaf[] = [];
  /** Shared by the leaves in them: replaced where it changes. */
  let containers: readonly OpenContainer[] = [];
  const allContainers: OpenContainer[] = [];
  /** The first and the last line of each container around: the last one is set at its end. */
  const ranges: (readonly [number, number])[] = [];
  /** The number of items of each list around. */
  const lists: number[] = [];
  let hasList = false;
  let block = nowhere;
  /** Set between the beginning of a paragraph or heading and its text. */
  let textToken: Token | undefined;
  let table: { readonly block: LineRange; cells: InlineText[]; row: CellRow } | undefined;

  function enter(kind: Container['kind'], range: readonly [number, number], width: number): void {
    ranges.push(range);
    const container = { kind, startLine: range[0], endLine: range[1], width };
    containers = [...containers, container];
    allContainers.push(container);
  }

  function leave(): void {
    const container = containers.at(-1);
    const range = ranges.pop();
    if (container && range) container.endLine = range[1];
    containers = containers.slice(0, -1);
  }

  function addText(start: Token, content: string): void {
    const { startLine, endLine } = block;
    const isHeading = start.type === 'heading_open';
    const place = isHeading && start.markup.startsWith('#') ? headingLines : paragraphLines;
    const text = new LeafText(content, place, block, lines);
    const level = Number(start.tag.slice(1));
    const own = isHeading
      ? ({ kind: 'heading', level } as const)
      : ({ kind: 'paragraph' } as const);
    leaves.push({ startLine, endLine, containers, ...own, text });
  }

  function take(token: Token): void {
    const range = token.map ?? NO_LINES;
    switch (token.type) {
      case 'blockquote_open':
        enter('quote', range, 0);
        break;
      case 'list_item_open':
        enter('item', range, itemWidth(lineText(lines, range[0]), containers, range[0]));
        lists[lists.length - 1] = (lists.at(-1) ?? 0) + 1;
        hasList ||= lists.length > 1 || (lists.at(-1) ?? 0) > 1;
        break;
      case 'blockquote_close':
      case 'list_item_close':
        leave();
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
      case 'heading_open':
        block = { startLine: range[0], endLine: range[1] };
        textToken = token;
        break;
      case 'fence': {
        const [startLine, endLine] = range;
        const fence = fenceInfo(token, { startLine, endLine, containers }, lines);
        leaves.push({ startLine, endLine, containers, kind: 'fence', fence });
        break;
      }
      case 'code_block': {
        const [startLine, endLine] = range;
        leaves.push({ startLine, endLine, containers, kind: 'code', code: token.content });
        break;
      }
      case 'hr':
        leaves.push({ startLine: range[0], endLine: range[1], containers, kind: 'rule' });
        break;
      case 'table_open':
        block = { startLine: range[0], endLine: range[1] };
        table = { block, cells: [], row: rowOf(range[0], lines) };
        break;
      case 'tr_open':
        if (table) table.row = rowOf(range[0], lines);
        break;
      case 'inline':
        if (table) addCell(table, token.content);
        else if (textToken) addText(textToken, token.content);
        textToken = undefined;
        break;
      case 'table_close':
        if (table) {
          const { startLine, endLine } = table.block;
          leaves.push({ startLine, endLine, containers, kind: 'table', cells: table.cells });
        }
        table = undefined;
        break;
    }
  }
  return { leaves, containers: allContainers, take, hasList: () => hasList };
}

/** Its end is known when it is closed. */
type OpenContainer = { -readonly [Key in keyof Container]: Container[Key] };

type LineRange = Pick<Leaf, 'startLine' | 'endLine'>;

const NO_LINES: readonly [number, number] = [0, 0];
const nowhere: LineRange = { startLine: 0, endLine: 0 };

/** Most texts are never asked for their places: they are found on demand. */
class LeafText implements InlineText {
  readonly content: string;
  readonly #find: typeof paragraphLines;
  readonly #place: LineRange;
  readonly #source: SourceLines;
  #lines: InlineText['lines'] | undefined;

  constructor(content: string, find: typeof paragraphLines, place: LineRange, source: SourceLines) {
    this.content = content;
    this.#find = find;
    this.#place = place;
    this.#source = source;
  }

  get lines(): InlineText['lines'] {
    this.#lines ??= this.#find(this.content, this.#place, this.#source);
    return this.#lines;
  }
}

/**
 * The lines of a paragraph are the ends of lines of the source. Blanks and tabs are trimmed off the end
 * of the last one; other white space is text.
 */
function paragraphLines(
  content: string,
  { startLine }: LineRange,
  lines: SourceLines,
): InlineText['lines'] {
  let at = 0;
  return content.split('\n').map((part, index) => {
    const bare = part.replace(/^[ \t]+/, '');
    const text = lineText(lines, startLine + index);
    const begin = at + part.length - bare.length;
    at += part.length + 1;
    const isLast = at > content.length;
    let end = text.length;
    while (isLast && /[ \t]/.test(text.charAt(end - 1))) end -= 1;
    return { at: begin, source: (lines.lineStarts[startLine + index] ?? 0) + end - bare.length };
  });
}

function headingLines(
  content: string,
  { startLine }: LineRange,
  lines: SourceLines,
): InlineText['lines'] {
  const at = lineText(lines, startLine).lastIndexOf(content);
  const source = (lines.lineStarts[startLine] ?? 0) + at;
  return at === -1 || content === '' ? [] : [{ at: 0, source }];
}

interface CellRow {
  /** Where the line begins in the source. */
  readonly start: number;
  readonly line: string;
  /** Where the search for the next cell begins. */
  at: number;
}

function rowOf(line: number, lines: SourceLines): CellRow {
  return { start: lines.lineStarts[line] ?? 0, line: lineText(lines, line), at: 0 };
}

/** The cells of a row follow each other in its line, where each bar within a cell is escaped. */
function addCell(
  { cells, row }: { readonly cells: InlineText[]; readonly row: CellRow },
  content: string,
): void {
  const written = content.replaceAll('|', '\\|');
  const at = row.line.indexOf(written, row.at);
  if (written === '' || at === -1) return;
  row.at = at + written.length;
  cells.push({ content: written, lines: [{ at: 0, source: row.start + at }] });
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
