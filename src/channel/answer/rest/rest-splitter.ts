/**
 * Divides a growing answer into what is shown as messages and the rest, which becomes a file. Pure.
 *
 * Both are valid Markdown by themselves: the cut is at a blank line where one comes in time, a fence
 * that is cut is closed and opened again, a table that is cut repeats its head.
 */
export interface RestSplitter {
  /** Takes the next piece of the text; gives what of it is shown. */
  push(piece: string): string;
  /** Everything from now on belongs to the rest. */
  cut(): void;
  /** The text that is not shown; empty if there is none. */
  readonly rest: string;
}

/** How much more is shown while waiting for a blank line (characters). */
const MAX_OVERRUN = 2000;
/** The messages of a text are counted again when it has grown by this (characters). */
const COUNT_EVERY = 1000;
/** What is counted is forgotten at this length, so that counting stays linear (characters). */
const MAX_COUNTED = 20_000;
/** The first line of a fence is an info string, that of a table its columns (characters). */
const MAX_HEAD_LENGTH = 4000;

const fenceLine = /^([ \t>]{0,100})(`{3,}|~{3,})(.{0,1000})/;

/** The line below the columns of a table: `| --- | :-: |`. */
function isDelimiterRow(line: string): boolean {
  const cells = line
    .replace(/^[ \t>]+/, '')
    .split('|')
    .map((cell) => cell.trim());
  const inner = cells.slice(cells[0] === '' ? 1 : 0, cells.at(-1) === '' ? -1 : undefined);
  return inner.length > 0 && inner.every((cell) => /^:?-+:?$/.test(cell));
}

interface OpenFence {
  readonly line: string;
  readonly indent: string;
  readonly marks: string;
}

/**
 * @param maxMessages how many messages are shown
 * @param messagesOf how many messages a text takes
 */
export function createRestSplitter(
  maxMessages: number,
  messagesOf: (text: string) => number,
): RestSplitter {
  /** Messages of the text that is no longer kept. */
  let counted = 0;
  let uncounted: string[] = [];
  let uncountedLength = 0;
  let lastCountAt = 0;
  /** Since the text should have been cut (characters). */
  let overrun = 0;
  let isDue = false;
  let isCut = false;
  let line = '';
  let before = '';
  let fence: OpenFence | undefined;
  /** The two first lines of the table that the text is in. */
  let tableHead: string | undefined;
  const rest: string[] = [];

  /** Reads a line that is complete. */
  function endLine(): void {
    const isBlank = line.trim() === '';
    const found = fenceLine.exec(line);
    if (fence) {
      const { marks } = fence;
      const closing = found?.[2] ?? '';
      if (closing.startsWith(marks) && found?.[3]?.trim() === '') fence = undefined;
    } else if (found) {
      fence = { line, indent: found[1] ?? '', marks: found[2] ?? '' };
      tableHead = undefined;
    } else if (isBlank) tableHead = undefined;
    else if (tableHead === undefined && before.includes('|') && isDelimiterRow(line)) {
      tableHead = `${before}\n${line}\n`;
    }
    before = isBlank ? '' : line.slice(0, MAX_HEAD_LENGTH);
    line = '';
  }

  /** What closes the shown text; the rest begins with its counterpart. */
  function divide(): string {
    isCut = true;
    if (fence) {
      rest.push(`${fence.line}\n`);
      return `${fence.indent}${fence.marks}\n`;
    }
    if (tableHead !== undefined) rest.push(tableHead);
    return '';
  }

  /** Counts the messages of what is shown, now and then; `isBlank`: no block goes on here. */
  function count(text: string, isBlank: boolean): void {
    uncounted.push(text);
    uncountedLength += text.length;
    if (isDue) overrun += text.length;
    if (isDue || uncountedLength - lastCountAt < COUNT_EVERY) return;
    const messages = messagesOf(uncounted.join(''));
    lastCountAt = uncountedLength;
    isDue = counted + messages >= maxMessages;
    if (isDue || !isBlank || uncountedLength < MAX_COUNTED) return;
    counted += messages;
    uncounted = [];
    uncountedLength = 0;
    lastCountAt = 0;
  }

  /** The place behind the next line end at which the text may be cut; 0: not in this piece. */
  function cutIn(piece: string): number {
    for (let at = 0; at < piece.length; ) {
      const end = piece.indexOf('\n', at);
      const stop = end < 0 ? piece.length : end;
      line = (line + piece.slice(at, stop)).slice(0, MAX_HEAD_LENGTH);
      const isBlank = end >= 0 && line.trim() === '' && !fence;
      count(piece.slice(at, stop + 1), isBlank);
      const isLate = overrun > MAX_OVERRUN;
      if (end < 0) return isLate && !fence && tableHead === undefined ? stop : 0;
      endLine();
      at = end + 1;
      if (isDue && (isBlank || isLate)) return at;
    }
    return 0;
  }

  return {
    push(piece) {
      if (isCut) {
        rest.push(piece);
        return '';
      }
      const at = cutIn(piece);
      if (at === 0) return piece;
      const closing = divide();
      if (at < piece.length) rest.push(piece.slice(at));
      return piece.slice(0, at) + closing;
    },
    cut() {
      isDue = true;
    },
    get rest() {
      return rest.join('');
    },
  };
}
