/**
 * What a message type declares: how its content reads.
 *
 * A type is one file in `types/`, listed in `types/all.ts`. Its reader throws nothing, whatever the
 * content has: a message comes from outside.
 */
import type { Lang } from '../../../shared/text.ts';
import type { MentionReader, Piece } from './mentions.ts';

export interface ContentType {
  /** The values of `message_type` that have this content. */
  readonly names: readonly string[];
  /** @param content the parsed JSON text of the message, of any shape */
  read(content: unknown, context: ReadContext): Reading;
}

export interface ReadContext {
  readonly mentions: MentionReader;
  readonly lang: Lang;
}

export interface Reading {
  /** The text, as Markdown, in pieces that separate mentions from the rest. */
  readonly pieces: readonly Piece[];
  /** What the text only names: the bytes are at the platform. */
  readonly attachments?: readonly Attachment[];
}

/** A file of a message, under the key by which the platform gives it out. */
export interface Attachment {
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** `image_key` of an image, else `file_key`. */
  readonly key: string;
  /** As the sender named it; untrusted. */
  readonly name?: string;
  /** The length of a voice message or video (ms). */
  readonly durationMs?: number;
}
