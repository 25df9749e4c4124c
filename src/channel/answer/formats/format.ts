/** What a format of an answer's parts declares. */
import type { Part } from '../../inbox/part.ts';

/** The content of one message, as `msg_type` and `content` of im/v1/messages. */
export interface OutgoingContent {
  readonly msgType: 'text' | 'post' | 'interactive' | 'image' | 'file' | 'audio' | 'media';
  /** A JSON text. */
  readonly content: string;
}

export interface PartFormat<P extends Part> {
  content(part: P): OutgoingContent;
  /**
   * The part to send instead, if the platform refuses this one with one of `refusals`; `undefined` if
   * no other form helps.
   */
  readonly fallback?: {
    readonly refusals: ReadonlySet<number>;
    part(part: P): Part | undefined;
  };
}
