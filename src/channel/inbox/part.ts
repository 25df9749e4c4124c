/**
 * One message of an answer, in the form in which it is stored before it is sent.
 *
 * The format is decided once, when the answer is planned: after a crash the same message is sent. A
 * new format is a type here, a file in answer/formats/, and a line in answer/formats/all.ts.
 */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';

/** Media are uploaded before they are recorded; `instead` is the text if the platform refuses them. */
const instead = z.string();

/** The people whom the text mentions by a tag: open_ids, or `all`. Other tags are text. */
const mentions = z.array(z.string()).optional();

const partSchema = z.discriminatedUnion('type', [
  /** Shown as it is. */
  z.object({ type: z.literal('text'), text: z.string(), mentions }),
  /** Markdown, sent as a post (rich text). */
  z.object({ type: z.literal('post'), markdown: z.string(), mentions }),
  /** Markdown, sent as a card. */
  z.object({ type: z.literal('card'), markdown: z.string(), mentions }),
  /** A card as it is sent (JSON). */
  z.object({
    type: z.literal('ready-card'),
    card: z.string(),
    /** Sent instead where the platform refuses the card; Markdown. */
    text: z.string(),
    /** The choice that the card's buttons offer. */
    choice: z
      .object({ cardId: z.string(), expiresAt: z.number(), subject: z.string().optional() })
      .optional(),
  }),
  z.object({ type: z.literal('image'), imageKey: z.string(), instead }),
  z.object({ type: z.literal('file'), fileKey: z.string(), instead }),
  /** A voice message. */
  z.object({ type: z.literal('audio'), fileKey: z.string(), instead }),
  /** `imageKey`: the cover. */
  z.object({
    type: z.literal('video'),
    fileKey: z.string(),
    imageKey: z.string().optional(),
    instead,
  }),
  /** A card that grows while the answer is written. */
  z.object({
    type: z.literal('growing-card'),
    cardId: z.string(),
    /** Known once the card is in the chat. */
    messageId: z.string().optional(),
    /** No call for the card had a higher number. */
    sequence: z.number(),
    /** What it shows, or (if `isFinal`) shows at last; Markdown. */
    markdown: z.string(),
    /** The lines of its panel of tools; absent or empty: there is no panel. */
    tools: z.string().optional(),
    isFinal: z.boolean().optional(),
  }),
]);

export type Part = z.infer<typeof partSchema>;
export type GrowingCardPart = Extract<Part, { type: 'growing-card' }>;

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
  switch (part.type) {
    case 'text':
      return Buffer.byteLength(part.text);
    case 'post':
    case 'card':
      return Buffer.byteLength(part.markdown);
    case 'growing-card':
      return Buffer.byteLength(part.markdown) + Buffer.byteLength(part.tools ?? '');
    case 'ready-card':
      return Buffer.byteLength(part.card) + Buffer.byteLength(part.text);
    case 'image':
    case 'file':
    case 'audio':
    case 'video':
      return Buffer.byteLength(part.instead);
  }
}
