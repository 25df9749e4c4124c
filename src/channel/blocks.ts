/** A growing text cut into blocks at paragraphs and sentences; code fences stay whole. Pure. */
import { lastLineEnd, lastSentenceEnd } from './cut-points.ts';
import { type Fence, fenceAfterLine } from './fences.ts';

export interface BlockAssembler {
  /** Takes the next piece; gives the blocks that are complete now. */
  push(piece: string): readonly string[];
  /** What is left at the end. */
  end(): readonly string[];
}

/** A paragraph of this many characters is worth a message of its own; shorter ones are joined. */
const PARAGRAPH_MIN = 200;
/** Without a paragraph's end, a block this long is cut at a sentence or a line. */
const SENTENCE_MIN = 800;

/**
 * @param streaming `off`: one block at the end; `block`: blocks as they are complete; `card` behaves
 *   as `block` until cards stream
 */
export function createBlockAssembler(streaming: 'off' | 'block' | 'card'): BlockAssembler {
  let pending = '';
  /** Where the first line begins that is not complete or not looked at yet. */
  let lineStart = 0;
  let fence: Fence | undefined;
  /** Nothing before this may be cut: a fence ends here. */
  let fenceEnd = 0;

  function take(end: number): readonly string[] {
    const block = pending
      .slice(0, end)
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
    pending = pending.slice(end);
    lineStart = Math.max(0, lineStart - end);
    fenceEnd = 0;
    return block.trim() === '' ? [] : [block];
  }

  /** Looks at each line once, and cuts behind the blank line that ends a paragraph. */
  function paragraphs(): readonly string[] {
    const blocks: string[] = [];
    for (;;) {
      const lineEnd = pending.indexOf('\n', lineStart);
      if (lineEnd === -1) return blocks;
      const line = pending.slice(lineStart, lineEnd);
      const wasOpen = fence !== undefined;
      fence = fenceAfterLine(line, fence);
      lineStart = lineEnd + 1;
      if (wasOpen && !fence) fenceEnd = lineStart;
      if (!fence && line.trim() === '' && lineStart >= PARAGRAPH_MIN)
        blocks.push(...take(lineStart));
    }
  }

  function sentences(): readonly string[] {
    // A line that begins with marks may become a fence.
    const mayOpen = /^ {0,3}(?:`|~|$)/.test(pending.slice(lineStart));
    if (fence || pending.length < SENTENCE_MIN) return [];
    const sentence = mayOpen ? 0 : lastSentenceEnd(pending);
    const end = Math.max(sentence, lastLineEnd(pending));
    if (end < Math.max(PARAGRAPH_MIN, fenceEnd) || isInTable(end)) return [];
    return take(end);
  }

  /** Half a table is none: its rows go together. */
  function isInTable(end: number): boolean {
    const rowStart = pending.lastIndexOf('\n', end - 2) + 1;
    return /^\s*\|/.test(pending.slice(rowStart));
  }

  return {
    push(piece) {
      pending += piece;
      return streaming === 'off' ? [] : [...paragraphs(), ...sentences()];
    },
    end: () => take(pending.length),
  };
}
