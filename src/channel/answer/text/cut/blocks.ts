/**
 * Cuts a growing text into blocks at paragraphs, list items and sentences. Code, tables and inline
 * marks stay whole, up to the maximum size of a block. Pure.
 */

import { ANSWER_LIMITS } from '../limits.ts';
import type { Leaf, MarkdownDocument } from '../parse/document.ts';
import { parseMarkdown } from '../parse/parse.ts';
import { chunksOf } from './chunk.ts';
import { afterCut } from './cut.ts';
import { emitPart, type PartStart, partStart } from './emit.ts';
import { cutInOpenText } from './open-cut.ts';
import { resumed } from './resumed.ts';

export interface BlockAssembler {
  /** Takes the next piece; returns the blocks that are complete now. */
  push(piece: string): readonly string[];
  /** Returns the rest at the end of the text. */
  end(): readonly string[];
}

/** A paragraph of this many characters gets its own message; shorter ones are joined. */
const PARAGRAPH_MIN = 200;
/** Without a paragraph's end, a block this long is cut at a list item, a sentence or a line. */
const SENTENCE_MIN = 800;
/** A block is never longer (characters): code and tables are cut there, too. */
export const MAX_BLOCK = 16 * 1024;
/**
 * A text without a cut is parsed again when it has grown by this factor, or, up to MAX_EARLY_LOOKS
 * times before that, when a fence may have been closed.
 */
const GROWTH = 1.25;
const MAX_EARLY_LOOKS = 8;

/** @param streaming `off`: one block at the end; `block`: blocks as they are complete */
export function createBlockAssembler(streaming: 'off' | 'block'): BlockAssembler {
  /** The text that is not returned yet, after marks that reopen the construct of the last cut. */
  let pending = '';
  let from = 0;
  /** The length at which nothing could be cut. */
  let tried = 0;
  let earlyLooks = 0;
  let endsWithReturn = false;
  const watch = createLineWatch();

  function take(document: MarkdownDocument, end: number): string {
    return emitPart(document, startOf(document, from), end);
  }

  function keep(text: string, position = 0): void {
    pending = text;
    from = position;
    tried = 0;
    earlyLooks = 0;
  }

  function cutAtParagraphs(document: MarkdownDocument): readonly string[] {
    const blocks: string[] = [];
    for (const [index, leaf] of document.leaves.entries()) {
      const before = document.leaves[index - 1];
      const at = document.lineStarts[leaf.startLine] ?? 0;
      if (at - from < PARAGRAPH_MIN || !before || !isParagraphEnd(before, leaf, document)) continue;
      blocks.push(take(document, at));
      from = at;
    }
    if (blocks.length > 0) keep(document.source.slice(from));
    return blocks;
  }

  function cutAtSentence(document: MarkdownDocument): readonly string[] {
    const at = cutInOpenText(document, from, from + PARAGRAPH_MIN);
    if (at === undefined) return [];
    const block = take(document, at);
    keep(document.source.slice(afterCut(document, at)));
    return [block];
  }

  function cutAtBound(document: MarkdownDocument): readonly string[] {
    const { length } = document.source;
    const blocks: string[] = [];
    let start: PartStart | undefined;
    for (const { text, next, marks } of chunksOf(document, ANSWER_LIMITS, from)) {
      // Its last line may still grow: of deep lists, a chunk takes more of the source.
      if (start && next >= length) break;
      blocks.push(text);
      start = startOf(document, next, marks);
      if (length - next <= MAX_BLOCK / 2) break;
    }
    // Without a chunk, the rest is only white space.
    const rest = start ? resumed(document, start) : { text: '', from: 0 };
    keep(rest.text, rest.from);
    return blocks;
  }

  function startOf(document: MarkdownDocument, at: number, marks = ''): PartStart {
    return partStart(document, at, ANSWER_LIMITS.characters, marks);
  }

  function cut({ hasParagraph, hasFence, hasEnd }: Seen): readonly string[] {
    const length = pending.length - from;
    if (length >= MAX_BLOCK) return cutAtBound(parseMarkdown(pending));
    const isLong = length >= SENTENCE_MIN && hasEnd;
    if (length < PARAGRAPH_MIN || !(isLong || hasParagraph)) return [];
    const hasGrown = length >= tried * GROWTH;
    if (!hasGrown && !(hasFence && hasParagraph && earlyLooks < MAX_EARLY_LOOKS)) return [];
    const document = parseMarkdown(pending);
    const blocks = cutAtParagraphs(document);
    if (blocks.length > 0) return blocks;
    const sentences = isLong ? cutAtSentence(document) : [];
    if (sentences.length > 0) return sentences;
    tried = hasGrown ? length : tried;
    earlyLooks = hasGrown ? 0 : earlyLooks + 1;
    return [];
  }

  return {
    push(piece) {
      // The two characters of `\r\n` may arrive in two pieces.
      const text = (endsWithReturn ? `\r${piece}` : piece).replace(/\r\n|\r(?!$)/g, '\n');
      endsWithReturn = text.endsWith('\r');
      const added = endsWithReturn ? text.slice(0, -1) : text;
      pending += added;
      if (streaming === 'off') return [];
      const blocks: string[] = [];
      let seen = watch.push(added);
      for (;;) {
        const more = cut(seen);
        if (more.length === 0) return blocks.filter((block) => block.trim() !== '');
        blocks.push(...more);
        watch.forgetFences();
        seen = { ...seen, hasParagraph: false, hasFence: false };
      }
    },
    end() {
      const document = parseMarkdown(pending);
      const start = startOf(document, from === 0 ? afterCut(document, 0) : from);
      const block = emitPart(document, start, document.source.length);
      keep('');
      return block.trim() === '' ? [] : [block];
    },
  };
}

/** Whether a blank line outside of all lists and quotes is between two blocks. */
function isParagraphEnd(before: Leaf, leaf: Leaf, document: MarkdownDocument): boolean {
  if (before.kind === 'heading') return false;
  if (leaf.containers.some(({ startLine }) => startLine < leaf.startLine)) return false;
  const { lineStarts, source } = document;
  const line = source.slice(lineStarts[leaf.startLine - 1], lineStarts[leaf.startLine]);
  return line.trim() === '';
}

interface Seen {
  /** There is text after a blank line, so a paragraph may have ended. */
  readonly hasParagraph: boolean;
  /** A line that may close a fence, since the text was cut. */
  readonly hasFence: boolean;
  /** The end of a line, or of what may be a sentence. */
  readonly hasEnd: boolean;
}

/** Looks at each character once. */
function createLineWatch(): { push(piece: string): Seen; forgetFences(): void } {
  let isLineBlank = false;
  let isBehindBlank = false;
  let hasFence = false;
  let hasEnd = false;
  let wasMark = false;
  /** The marks of a fence at the beginning of the line. */
  let marks = 0;
  return {
    forgetFences() {
      hasFence = false;
    },
    push(piece) {
      let hasParagraph = false;
      for (const char of piece) {
        hasEnd ||= '\n。！？；…'.includes(char) || (wasMark && char === ' ');
        wasMark = `.!?"')]”’`.includes(char);
        if (char === '\n') {
          isBehindBlank ||= isLineBlank;
          isLineBlank = true;
          marks = 0;
        } else if (char.trim() !== '') {
          hasParagraph ||= isBehindBlank;
          isBehindBlank = false;
          marks = char === '`' || char === '~' ? marks + (isLineBlank || marks > 0 ? 1 : 0) : 0;
          hasFence ||= marks >= 3;
          isLineBlank = false;
        }
      }
      return { hasParagraph, hasFence, hasEnd };
    },
  };
}
