/**
 * What the inbox knows of a growing card: enough for a later process to end it.
 *
 * The card's numbers are reserved in blocks, so that a later process uses higher ones. Its text is
 * recorded now and then: what a crash loses is the text of the last seconds.
 */
import type { AnswerEnding } from '../../../inbox/inbox.ts';
import type { GrowingCardPart, Part } from '../../../inbox/part.ts';

export interface CardRecord {
  /** Resolves when a later process would use a number above this one. */
  readonly reserve: (sequence: number) => Promise<void>;
  /** Records the message, or a text that is worth it. */
  update(change: { readonly messageId?: string; readonly markdown?: string }): Promise<void>;
  /** The lines of the panel of tools, for the next record. */
  tools(lines: string): void;
  /** Records the text at which the card ends. */
  final(
    markdown: string,
    following: readonly Part[],
    ending: AnswerEnding | undefined,
  ): Promise<void>;
  readonly part: GrowingCardPart;
}

/** How many numbers are reserved at once. */
const BLOCK = 1000;

/** A new card, with its first numbers reserved. */
export function newCardPart(cardId: string): GrowingCardPart {
  return { type: 'growing-card', cardId, sequence: BLOCK, markdown: '' };
}

export function createCardRecord(
  write: (
    part: GrowingCardPart,
    following: readonly Part[],
    ending?: AnswerEnding,
  ) => Promise<void>,
  first: GrowingCardPart,
): CardRecord {
  let part = first;
  let following: readonly Part[] = [];
  let ending: AnswerEnding | undefined;

  const save = (change: Partial<GrowingCardPart>): Promise<void> => {
    part = { ...part, ...change };
    return write(part, following, ending);
  };

  return {
    async reserve(sequence) {
      if (sequence > part.sequence) await save({ sequence: sequence + BLOCK });
    },
    update: save,
    tools(tools) {
      if (tools !== (part.tools ?? '')) part = { ...part, tools };
    },
    final(markdown, after, how) {
      following = after;
      ending = how;
      return save({ markdown, isFinal: true });
    },
    get part() {
      return part;
    },
  };
}
