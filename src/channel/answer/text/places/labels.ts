/** Where the label of a link ends. Pure. */
import type { MarkdownIt, StateInline } from 'markdown-it';

/**
 * Brackets inside of a label. No person nests more, and looking for the end of each bracket of a long
 * run of them (`[[[[…`) would take more than linear time.
 */
const MAX_NESTED_BRACKETS = 8;

const OPEN = '['.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);

/** Lets a label have only so many brackets inside that a long run of them takes linear time. */
export function boundLabels(markdown: MarkdownIt): void {
  markdown.helpers.parseLinkLabel = labelEnd;
}

/** markdown-it's own function of this name, with the bound. @returns -1 if there is no label */
function labelEnd(state: StateInline, start: number, disableNested = false): number {
  const { pos } = state;
  const end = findEnd(state, start + 1, disableNested);
  state.pos = pos;
  return end;
}

function findEnd(state: StateInline, from: number, disableNested: boolean): number {
  let level = 1;
  state.pos = from;
  while (state.pos < state.posMax) {
    const at = state.pos;
    const code = state.src.charCodeAt(at);
    if (code === CLOSE) {
      level -= 1;
      if (level === 0) return at;
    }
    skip(state);
    if (code !== OPEN) continue;
    // What took more than the bracket is a link.
    if (state.pos > at + 1 && disableNested) return -1;
    if (state.pos === at + 1) level += 1;
    if (level - 1 > MAX_NESTED_BRACKETS) return -1;
  }
  return -1;
}

/** Passes one token. Looking at what is known of it first saves half of the time of a run of brackets. */
function skip(state: StateInline): void {
  const known = state.cache[state.pos];
  if (known === undefined) state.md.inline.skipToken(state);
  else state.pos = known;
}
