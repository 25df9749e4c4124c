/** Writes an answer as messages: block by block, or (with `off`) all at its end. */
import type { ItemPart } from './item-part.ts';
import type { Replier } from './reply.ts';
import { createBlockAssembler } from './text/cut/blocks.ts';
import type { AnswerWriter } from './writer.ts';

export function createBlockWriter(
  streaming: 'off' | 'block',
  replier: Replier,
  itemPart: ItemPart,
): AnswerWriter {
  let assembler = createBlockAssembler(streaming);
  let isEmpty = true;

  async function writeBlocks(blocks: readonly string[]): Promise<void> {
    for (const block of blocks) {
      isEmpty = false;
      await replier.write(block);
    }
  }

  /** What was written so far is complete. */
  async function flush(): Promise<void> {
    const rest = assembler.end();
    assembler = createBlockAssembler(streaming);
    await writeBlocks(rest);
  }

  return {
    async write(piece) {
      if (typeof piece === 'string') return writeBlocks(assembler.push(piece));
      const part = itemPart(piece);
      if (!part) return;
      await flush();
      isEmpty = false;
      await replier.send(part);
    },
    flush,
    get isFull() {
      return replier.isFull;
    },
    async finish({ notice, ifEmpty }) {
      const rest = [...assembler.end(), ...(notice === undefined ? [] : [notice])];
      const hasNothing = isEmpty && rest.length === 0;
      await replier.finish(hasNothing && ifEmpty !== undefined ? [ifEmpty] : rest);
    },
    // The text that is not sent yet is left out: `/stop` has its own reply.
    stop: () => replier.finish([]),
    abandon: () => Promise.resolve(),
  };
}
