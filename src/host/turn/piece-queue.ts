import { MAX_ANSWER_CHARACTERS } from '../../channel/answer/text/limits.ts';

/** Pieces pushed from one side, iterated on the other, in order; no more than one answer may have. */
export interface PieceQueue extends AsyncIterable<string> {
  /** How many there have been. */
  readonly count: number;
  push(piece: string): void;
  end(): void;
  fail(error: unknown): void;
}

export function createPieceQueue(): PieceQueue {
  const waiting: string[] = [];
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
