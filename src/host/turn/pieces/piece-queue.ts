import type { AnswerPiece } from '../../../channel/answer/answer-piece.ts';
import { MAX_ANSWER_CHARACTERS } from '../../../channel/answer/text/limits.ts';

/** Pieces pushed from one side, iterated on the other, in order; no more than one answer may have. */
export interface PieceQueue extends AsyncIterable<AnswerPiece> {
  /** How many there have been, apart from those that only say what the agent does. */
  readonly count: number;
  push(piece: AnswerPiece): void;
  end(): void;
  fail(error: unknown): void;
}

/** Items beyond it are dropped, so that the queue is bounded; texts have a bound of their own. */
const MAX_WAITING_PIECES = 10_000;

export function createPieceQueue(): PieceQueue {
  const waiting: AnswerPiece[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  let count = 0;
  let characters = 0;

  return {
    get count() {
      return count;
    },
    push(piece) {
      if (ended || piece === '') return;
      if (typeof piece !== 'string') {
        // What the agent does is no part of the answer.
        if (piece.kind !== 'status' && piece.kind !== 'tool') count += 1;
        if (waiting.length < MAX_WAITING_PIECES) waiting.push(piece);
        return wake();
      }
      count += 1;
      // One piece beyond the bound says that there is more.
      if (characters <= MAX_ANSWER_CHARACTERS) waiting.push(piece);
      characters += piece.length;
      wake();
    },
    end() {
      ended ??= {};
      wake();
    },
    fail(error) {
      ended ??= { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) yield piece;
        if (ended) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if ('error' in ended) throw ended.error;
    },
  };
}
