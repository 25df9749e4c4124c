/** The part of a line that belongs to the quotes and list items around it (CommonMark 5). Pure. */
import { type Container, lineEnd, type MarkdownDocument } from './document.ts';

/** A place in a line: tabs reach to the next multiple of four columns. */
export interface LinePlace {
  readonly at: number;
  readonly column: number;
  /** Columns of a tab that is used in part: blanks to be written instead. */
  readonly rest: number;
}

const lineBegin: LinePlace = { at: 0, column: 0, rest: 0 };

/** Skips at most so many columns of blanks and tabs. */
export function skipColumns(line: string, place: LinePlace, columns: number): LinePlace {
  let { at, column, rest } = place;
  let left = columns;
  const used = Math.min(rest, left);
  rest -= used;
  left -= used;
  while (left > 0) {
    const char = line[at];
    if (char === ' ') {
      left -= 1;
      column += 1;
    } else if (char === '\t') {
      const width = 4 - (column % 4);
      column += width;
      rest = Math.max(0, width - left);
      left = Math.max(0, left - width);
    } else break;
    at += 1;
  }
  return { at, column, rest };
}

/** The columns of blanks and tabs at a place. */
export function indentAt(line: string, place: LinePlace): number {
  const end = skipColumns(line, place, Number.MAX_SAFE_INTEGER);
  return place.rest + end.column - place.column;
}

function enterQuote(line: string, place: LinePlace): LinePlace | undefined {
  const mark = skipColumns(line, place, 3);
  // A tab that is used in part leaves more blanks before the mark than it may have.
  if (mark.rest > 0 || line[mark.at] !== '>') return undefined;
  return skipColumns(line, { at: mark.at + 1, column: mark.column + 1, rest: 0 }, 1);
}

/** Behind the marker of an item and its blanks; `width` is what its further lines are indented by. */
function enterItem(line: string, place: LinePlace): { place: LinePlace; width: number } {
  const indent = indentAt(line, place);
  const marker = skipColumns(line, place, indent);
  const length = /^(?:[-*+]|\d{1,9}[.)])/.exec(line.slice(marker.at, marker.at + 10))?.[0].length;
  const end = { at: marker.at + (length ?? 0), column: marker.column + (length ?? 0), rest: 0 };
  const gap = indentAt(line, end);
  const isBlank = skipColumns(line, end, gap).at >= line.length;
  // Five blanks are one blank and an indented code block; an empty item counts as one blank, too.
  const used = isBlank || gap > 4 ? 1 : gap;
  return { place: skipColumns(line, end, used), width: indent + (length ?? 0) + used };
}

/** Where the text of a line begins in the source, behind the marks of containers. */
export function behindMarks(
  document: MarkdownDocument,
  containers: readonly Container[],
  line: number,
): number {
  const start = document.lineStarts[line] ?? document.source.length;
  const raw = document.source.slice(start, lineEnd(document, line));
  return start + behind(raw, containers, line).place.at;
}

/** The columns of an item, found at its first line behind the given containers. */
export function itemWidth(line: string, outer: readonly Container[], lineNumber: number): number {
  return enterItem(line, behind(line, outer, lineNumber).place).width;
}

/**
 * The place behind the marks of containers, as far as the line has them: a lazy line has fewer.
 *
 * @returns the containers that the line does not have, too
 */
export function behind(
  line: string,
  containers: readonly Container[],
  lineNumber: number,
): { readonly place: LinePlace; readonly missing: readonly Container[] } {
  let place = lineBegin;
  for (const [index, container] of containers.entries()) {
    if (container.kind === 'quote') {
      const inner = enterQuote(line, place);
      if (!inner) return { place, missing: containers.slice(index) };
      place = inner;
    } else if (container.startLine === lineNumber) {
      place = enterItem(line, place).place;
    } else {
      const isLazy = indentAt(line, place) < container.width && line.trim() !== '';
      place = skipColumns(line, place, container.width);
      if (isLazy) return { place, missing: containers.slice(index) };
    }
  }
  return { place, missing: [] };
}

/** The prefix of a further line in the given containers. */
export function continuation(containers: readonly Container[]): string {
  return containers
    .map(({ kind, width }) => (kind === 'quote' ? '> ' : ' '.repeat(width)))
    .join('');
}
