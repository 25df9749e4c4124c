/**
 * How the pieces of an answer become what the person sees.
 *
 * In: pieces as the agent writes them. Out: messages in the chat. Each way of showing an answer while
 * it is written is one writer.
 */
import type { AnswerPiece } from './answer-piece.ts';

/** How an answer ends. */
export interface AnswerEnd {
  /** A sentence after the text: the rest was left out, or the agent failed. */
  readonly notice?: string | undefined;
  /** What the person reads if there is nothing else. */
  readonly ifEmpty?: string | undefined;
}

export interface AnswerWriter {
  /**
   * Takes the next piece; resolves when there is room for more.
   *
   * @throws MoltbotFeishuError an error of this or an earlier piece that no retry fixes
   */
  write(piece: AnswerPiece): Promise<void>;
  /** Shows all that was written: a message of its own follows. @throws as {@link write} */
  flush(): Promise<void>;
  /** Whether the answer has reached its maximum: later pieces are left out. */
  readonly isFull: boolean;
  /** Ends the answer; resolves when all of it is delivered. @throws as {@link write} */
  finish(end: AnswerEnd): Promise<void>;
  /** Ends the answer after `/stop`: what was shown so far counts as complete. @throws as {@link write} */
  stop(): Promise<void>;
  /**
   * Nothing more may be sent: the message was recalled, or the process ends. What is shown is left in
   * good order. Never rejects.
   */
  abandon(): Promise<void>;
}
