/** The texts of an answer's messages, as production cuts them: parsed once, then cut. */
import { documentChunks } from '../../src/channel/answer/text/cut/chunk.ts';
import { parseMarkdown } from '../../src/channel/answer/text/parse/parse.ts';
import type { ChunkLimits } from '../../src/channel/answer/text/wire-bytes.ts';

export function chunkText(text: string, limits: ChunkLimits): string[] {
  return [...documentChunks(parseMarkdown(text), limits)].map(({ source }) => source);
}
