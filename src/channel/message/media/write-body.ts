/** Writes a body to the disk as it comes, and keeps its first bytes for the sniffing. */
import { open, rm } from 'node:fs/promises';
import { createBufferCollector } from './collect-buffers.ts';
import { SNIFF_BYTES } from './sniff.ts';

/** The body is longer than allowed. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
  readonly bytes: number;

  constructor(bytes: number) {
    super('the body is too long');
    this.bytes = bytes;
  }
}

export interface WriteBodyOptions {
  readonly maxBytes: number;
  readonly onBytes: () => void;
}

export interface WrittenBody {
  readonly bytes: number;
  readonly head: Uint8Array;
}

/**
 * @param path a file that is not there yet; after a failure it is not there again
 * @throws TooLongError, and the error of the body or the disk
 */
export async function writeBody(
  body: AsyncIterable<Buffer>,
  path: string,
  { maxBytes, onBytes }: WriteBodyOptions,
): Promise<WrittenBody> {
  const file = await open(path, 'wx', 0o600);
  const heads: Buffer[] = [];
  const collect = createBufferCollector();
  let bytes = 0;
  try {
    for await (const chunk of body) {
      onBytes();
      // A copy: a part of the chunk would keep all of it in memory.
      if (bytes < SNIFF_BYTES) heads.push(Buffer.from(chunk.subarray(0, SNIFF_BYTES - bytes)));
      bytes += chunk.length;
      if (bytes > maxBytes) throw new TooLongError(bytes);
      await file.writeFile(chunk);
      collect(chunk.length);
    }
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  return { bytes, head: Buffer.concat(heads) };
}
