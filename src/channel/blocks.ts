/** A growing text cut into blocks at paragraphs and sentences, code fences kept whole. Pure. */
import { lastSentenceEnd, openFence } from './chunk.ts';

export interface BlockAssembler {
  /** Takes the next piece; gives the blocks that are complete now. */
  push(piece: string): string[];
  /** What is left at the end. */
  end(): string | undefined;
}

/** A paragraph of this many characters is worth a message of its own. */
const PARAGRAPH_MIN = 200;
/** Without a paragraph's end, a block this long is cut at a sentence. */
const SENTENCE_MIN = 800;

export function createBlockAssembler(streaming: 'off' | 'block' | 'card'): BlockAssembler {
  let pending = '';
  const take = (end: number): string => {
    const block = pending.slice(0, end).trim();
    pending = pending.slice(end).replace(/^\n+/, '');
    return block;
  };
  return {
    push(piece) {
      pending += piece;
      // A card streams in a later version; until then it arrives in blocks.
      if (streaming === 'off') return [];
      const blocks: string[] = [];
      for (let end = blockEnd(pending); end > 0; end = blockEnd(pending)) {
        const block = take(end);
        if (block !== '') blocks.push(block);
      }
      return blocks;
    },
    end() {
      const block = pending.trim();
      pending = '';
      return block === '' ? undefined : block;
    },
  };
}

/** Where a complete block ends; 0 while there is none. */
function blockEnd(text: string): number {
  for (let at = text.indexOf('\n\n', PARAGRAPH_MIN); at !== -1; at = text.indexOf('\n\n', at + 2)) {
    if (openFence(text.slice(0, at)) === '') return at;
  }
  if (text.length < SENTENCE_MIN) return 0;
  const end = lastSentenceEnd(text);
  return end >= PARAGRAPH_MIN && openFence(text.slice(0, end)) === '' ? end : 0;
}
