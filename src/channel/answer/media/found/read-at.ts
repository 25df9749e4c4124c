/** Reads pieces of an open file: for probes of headers, and in small blocks for an upload. */
import type { FileHandle } from 'node:fs/promises';
import { createBufferCollector } from '../../../message/media/collect-buffers.ts';

/** The bytes from a place on; fewer at the end of the file. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

const BLOCK_BYTES = 64 * 1024;

export function readerOf(handle: FileHandle): ReadAt {
  return async (position, length) => {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };
}

/**
 * The first bytes of a file, block by block; never more than asked for, whatever is written to it
 * meanwhile.
 *
 * @throws Error if the file has become shorter
 */
export async function* blocksOf(handle: FileHandle, bytes: number): AsyncGenerator<Buffer> {
  const readAt = readerOf(handle);
  const collect = createBufferCollector();
  for (let position = 0; position < bytes; ) {
    const block = await readAt(position, Math.min(BLOCK_BYTES, bytes - position));
    if (block.length === 0) throw new Error('the file has become shorter');
    position += block.length;
    yield block;
    collect(block.length);
  }
}
