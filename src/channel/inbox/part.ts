/**
 * One message of an answer, in the form in which it is stored before it is sent.
 *
 * The format is decided once, when the answer is planned: after a crash the same message is sent. A
 * new format is a type here, a file in answer/formats/, and a line in answer/formats/all.ts.
 */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';

const partSchema = z.discriminatedUnion('type', [
  /** Shown as it is. */
  z.object({ type: z.literal('text'), text: z.string() }),
  /** Markdown, sent as a post (rich text). */
  z.object({ type: z.literal('post'), markdown: z.string() }),
]);

export type Part = z.infer<typeof partSchema>;

/** Release 1.0 stored the text alone. */
export const storedPart = z.union([
  partSchema,
  z.string().transform((markdown): Part => ({ type: 'post', markdown })),
]);

/** A part as one text, for a store of texts. */
export function encodePart(part: Part): string {
  return JSON.stringify(part);
}

/** Reads what {@link encodePart} or release 1.0 wrote. */
export function decodePart(stored: string): Part {
  const parsed = partSchema.safeParse(parseJson(stored));
  return parsed.success ? parsed.data : { type: 'post', markdown: stored };
}

/** UTF-8 bytes of what a part says. */
export function partBytes(part: Part): number {
  return Buffer.byteLength(part.type === 'text' ? part.text : part.markdown);
}
