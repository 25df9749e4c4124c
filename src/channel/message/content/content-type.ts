/**
 * What a message type declares: how its content reads.
 *
 * A type is one file in `types/`, listed in `types/all.ts`. Its reader throws nothing, whatever the
 * content has: a message comes from outside.
 */
import type { Lang } from '../../../shared/text/text.ts';
import type { MentionReader } from './pieces/mentions.ts';
import type { Piece } from './pieces/piece.ts';

export interface ContentType {
  /** The values of `message_type` that have this content. */
  readonly names: readonly string[];
  /**
   * The text, as Markdown, in pieces that separate mentions and files from the rest.
   *
   * @param content the parsed JSON text of the message, of any shape
   */
  read(content: unknown, context: ReadContext): readonly Piece[];
}

export interface ReadContext {
  readonly mentions: MentionReader;
  readonly lang: Lang;
}
