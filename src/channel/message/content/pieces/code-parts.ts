/** Finds the marks of a Markdown text that are outside of its code. Pure, linear. */

/** A stretch of a text: a mark, or code, in which no mark counts. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** `undefined` for code. */
  readonly mark: RegExpExecArray | undefined;
}

/**
 * The code and the marks of a text, in their order. Code in a line begins and ends with as many backticks;
 * a fence ends with as many or more (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
 *
 * @param marks none of its matches begins or ends with a backtick
 */
export function* partsOf(text: string, marks: RegExp): Generator<Part> {
  const ends = codeEnds(text);
  const next = new RegExp(`${marks.source}|\`+`, 'g');
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const { index: start, 0: whole } = found;
    if (!whole.startsWith('`')) {
      yield { start, end: next.lastIndex, mark: found };
      continue;
    }
    const end = ends.get(start);
    // Backticks that nothing closes are a text.
    if (end === undefined) continue;
    yield { start, end, mark: undefined };
    next.lastIndex = end;
  }
}

/** Where the code ends that begins at a run of backticks. */
function codeEnds(text: string): ReadonlyMap<number, number> {
  const ends = fenceEnds(text);
  const lastRuns = new Map<number, number>();
  for (const { index, 0: run } of text.matchAll(/`+/g)) {
    if (ends.has(index)) {
      // Code in a line does not go on behind a fence.
      lastRuns.clear();
      continue;
    }
    const start = lastRuns.get(run.length);
    if (start !== undefined) ends.set(start, index + run.length);
    lastRuns.set(run.length, index);
  }
  return ends;
}

/** A line of backticks: it begins a fence, or ends one if nothing is behind them. */
const FENCE_LINE = /^([ \t>]*)(`{3,})([^`\n]*)$/gm;

/** Where the fences that are closed begin and end. */
function fenceEnds(text: string): Map<number, number> {
  const lines = [...text.matchAll(FENCE_LINE)].map(
    ({ index, 1: marks = '', 2: run = '', 3: rest = '' }) => {
      const start = index + marks.length;
      return { start, length: run.length, end: start + run.length, mayClose: rest.trim() === '' };
    },
  );
  /** For each line the most backticks that close a fence there or behind it. */
  const most: number[] = [];
  for (let index = lines.length - 1, longest = 0; index >= 0; index -= 1) {
    const line = lines[index];
    if (line?.mayClose) longest = Math.max(longest, line.length);
    most[index] = longest;
  }
  const ends = new Map<number, number>();
  let open: (typeof lines)[number] | undefined;
  for (const [index, line] of lines.entries()) {
    if (!open) {
      // Backticks that nothing closes are a text.
      if ((most[index + 1] ?? 0) >= line.length) open = line;
    } else if (line.mayClose && line.length >= open.length) {
      ends.set(open.start, line.end);
      open = undefined;
    }
  }
  return ends;
}
