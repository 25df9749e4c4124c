/** What a terminal shows after everything that was written to it, scrolled-off lines included. Pure. */

import { columnsOf } from '../../test/support/columns.ts';

/** Escape sequences: those with parameters, operating-system commands, and the short ones. */
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  /\u001b(?:\[([?>]?[\d;]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[78=>cM])/y;

/**
 * The lines of a screen that is `columns` wide, without blanks at their ends; one that the terminal
 * wrapped is one line still.
 *
 * Colours are left out; cursor moves, erasing and wrapping are followed.
 */
export function screenAfter(output: string, columns: number): string[] {
  // A full-width character holds its cell; the one behind it stays empty.
  const rows: string[][] = [[]];
  /** Rows that go on in the next one. */
  const wrapped = new Set<number>();
  let row = 0;
  let column = 0;
  const cells = (at: number): string[] => {
    while (rows.length <= at) rows.push([]);
    return rows[at] ?? [];
  };
  const put = (character: string): void => {
    const width = columnsOf(character);
    if (column + width > columns) {
      wrapped.add(row);
      row += 1;
      column = 0;
    }
    const line = cells(row);
    while (line.length < column) line.push(' ');
    line[column] = character;
    if (width === 2) line[column + 1] = '';
    column += width;
  };
  const move = (parameters: string, letter: string): void => {
    const [first = Number.NaN] = parameters.split(';').map(Number.parseFloat);
    const count = Number.isNaN(first) ? 1 : Math.max(1, first);
    const mode = Number.isNaN(first) ? 0 : first;
    switch (letter) {
      case 'A':
        row = Math.max(0, row - count);
        break;
      case 'B':
        row += count;
        break;
      case 'C':
        column += count;
        break;
      case 'D':
        column = Math.max(0, column - count);
        break;
      case 'G':
        column = count - 1;
        break;
      case 'J':
        if (mode === 0) {
          cells(row).length = Math.min(cells(row).length, column);
          rows.length = row + 1;
          for (const at of [...wrapped]) if (at >= row) wrapped.delete(at);
        }
        break;
      case 'K':
        if (mode === 0) cells(row).length = Math.min(cells(row).length, column);
        else rows[row] = [];
        wrapped.delete(row);
        break;
      // Colours and modes show nothing.
    }
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
    else if (character === '\n') row += 1;
    else if (character === '\b') column = Math.max(0, column - 1);
    else if (character >= ' ') put(character);
  }
  const lines: string[] = [];
  for (const [at, line] of rows.entries()) {
    const text = Array.from(line, (cell) => cell ?? ' ').join('');
    if (wrapped.has(at - 1)) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return lines.map((line) => line.trimEnd());
}

/** A line in pieces of at most `columns`. */
export function wrapLine(line: string, columns: number): string[] {
  const pieces = [''];
  for (const character of line) {
    const last = pieces.at(-1) ?? '';
    if (columnsOf(last + character) > columns) pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}
