/** A terminal's window: what it shows, and what has scrolled out of it. Pure. */
import { columnsOf } from './columns.ts';

export interface Window {
  /** Every row that was written, those scrolled away included, without blanks at their ends. */
  readonly rows: readonly string[];
  /** The first row that is visible. */
  readonly top: number;
  /** Rows that the terminal itself continued in the next one, since they were too long. */
  readonly continued: ReadonlySet<number>;
}

const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  /\u001b(?:\[([?>]?[\d;]*)([@-~])|[\]P][^\u0007\u001b]*(?:\u0007|\u001b\\)|[78=>cM])/y;

/** What a window of this size shows after everything that was written to it. */
export function windowAfter(
  output: string,
  size: { readonly columns: number; readonly rows: number },
): Window {
  const rows: string[][] = [[]];
  const continued = new Set<number>();
  let [row, column, top] = [0, 0, 0];
  const cells = (at: number): string[] => {
    while (rows.length <= at) rows.push([]);
    return rows[at] ?? [];
  };
  const down = (): void => {
    row += 1;
    cells(row);
    top = Math.max(top, row - size.rows + 1);
  };
  const put = (character: string): void => {
    const width = columnsOf(character);
    if (column + width > size.columns) {
      continued.add(row);
      down();
      column = 0;
    }
    const line = cells(row);
    while (line.length < column) line.push(' ');
    line[column] = character;
    if (width === 2) line[column + 1] = '';
    column += width;
  };
  const erase = (from: number): void => {
    rows.length = Math.max(from, 1);
    for (const at of [...continued]) if (at >= from) continued.delete(at);
  };
  const move = (parameters: string, letter: string): void => {
    const numbers = parameters.split(';').map((number) => Number.parseInt(number, 10));
    const count = Math.max(1, numbers[0] || 1);
    const mode = numbers[0] || 0;
    if (letter === 'A') row = Math.max(top, row - count);
    else if (letter === 'B') row = Math.min(top + size.rows - 1, row + count);
    else if (letter === 'C') column = Math.min(size.columns - 1, column + count);
    else if (letter === 'D') column = Math.max(0, column - count);
    else if (letter === 'G') column = count - 1;
    else if (letter === 'H') {
      row = top + count - 1;
      column = Math.max(1, numbers[1] || 1) - 1;
    } else if (letter === 'J' && mode === 2) {
      // What was shown moves out of the window, as terminals with a memory do it.
      top = rows.length;
      row = top;
    } else if (letter === 'J') {
      cells(row).length = Math.min(cells(row).length, column);
      erase(row + 1);
    } else if (letter === 'K') {
      if (mode === 0) cells(row).length = Math.min(cells(row).length, column);
      else rows[row] = [];
      continued.delete(row);
    }
    cells(row);
  };
  for (let at = 0; at < output.length; ) {
    SEQUENCE.lastIndex = at;
    const sequence = SEQUENCE.exec(output);
    if (sequence) {
      at += sequence[0].length;
      if (sequence[2] !== undefined) move(sequence[1] ?? '', sequence[2]);
      continue;
    }
    const character = String.fromCodePoint(output.codePointAt(at) ?? 0);
    at += character.length;
    if (character === '\r') column = 0;
    else if (character === '\n') down();
    else if (character >= ' ') put(character);
  }
  const text = (line: string[]) => Array.from(line, (cell) => cell ?? ' ').join('');
  return { rows: rows.map((line) => text(line).trimEnd()), top, continued };
}
