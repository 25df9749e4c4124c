/** Text broken between words where the terminal ends; a link is never cut, so that it can be clicked. Pure. */
import { columnsOf } from '../terminal/width.ts';

/** Links whole, blanks together, all else a character at a time. */
const parts = /https?:\/\/[^\s（）“”，。；：、]+|\s+|\S/gu;
const closers = /^[，。；：！？、）”》」,.;:!?)\]}]/u;
const openers = /[（“《「([{]$/u;

/**
 * The lines of a text, none wider than `columns`, except for links and words alone on a line.
 *
 * @param hang indent of continuation lines, where the line itself has no deeper indent
 */
export function wrapped(text: string, columns: number, hang = 2): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns, hang));
}

/** JSON on lines that fit, broken only between its values: copied from the screen it is still JSON. */
export function wrappedJson(json: string, columns: number): string[] {
  const lines: string[] = [];
  for (const piece of json.split(/(?<=,)(?=")/)) {
    const line = lines.at(-1);
    if (line !== undefined && columnsOf(line + piece) <= columns) lines[lines.length - 1] += piece;
    else lines.push(piece);
  }
  return lines;
}

function wrapLine(line: string, columns: number, hang: number): string[] {
  if (columnsOf(line) <= columns) return [line];
  const margin = ' '.repeat(Math.max(hang, line.search(/\S/)));
  const lines: string[] = [];
  let current = '';
  for (const piece of piecesOf(line)) {
    if (columnsOf(current + piece.trimEnd()) <= columns) {
      current += piece;
      continue;
    }
    if (current.trim() !== '') lines.push(current.trimEnd());
    const fits = columnsOf(margin + piece.trimEnd()) <= columns;
    current = (fits ? margin : '') + piece.trimStart();
  }
  return [...lines, current.trimEnd()];
}

/** Splits a line into pieces that stay together; blanks belong to the piece before them. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  for (const [part] of line.matchAll(parts)) {
    const before = pieces.at(-1);
    if (before !== undefined && sticks(before, part)) pieces[pieces.length - 1] = before + part;
    else pieces.push(part);
  }
  return pieces;
}

function sticks(before: string, part: string): boolean {
  // Only the last character counts: a piece may be as long as the text.
  const last = before.slice(-1);
  if (/\s/.test(last)) return before.trimStart() === '';
  if (/^\s/.test(part) || closers.test(part) || openers.test(last)) return true;
  if (isLink(before) || isLink(part)) return false;
  // Between full-width characters a line may end anywhere.
  return columnsOf(lastCharacter(before)) < 2 && columnsOf(part) < 2;
}

/** The last character, whole also where it takes two UTF-16 units. */
const lastCharacter = (piece: string): string => [...piece.slice(-2)].at(-1) ?? '';

const isLink = (piece: string) => /^https?:\/\//.test(piece);
