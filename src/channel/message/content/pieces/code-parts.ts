/** Finds the marks of a Markdown text that are outside of its code. Pure, linear. */

/** A stretch of a text: a mark, or code, in which no mark counts. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** `undefined` for code. */
  readonly mark: RegExpExecArray | undefined;
}

/**
 * The code and the marks of a text, in their order. Code begins and ends with as many backticks.
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

/** Where the code ends that begins at a run of backticks: behind the next run of the same length. */
function codeEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const lastRuns = new Map<number, number>();
  for (const { index, 0: run } of text.matchAll(/`+/g)) {
    const start = lastRuns.get(run.length);
    if (start !== undefined) ends.set(start, index + run.length);
    lastRuns.set(run.length, index);
  }
  return ends;
}
