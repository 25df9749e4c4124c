/**
 * The end of a growing card: its final form, recorded before it is shown. Where the card cannot show
 * it, the card is deleted and the text is sent as messages: never both, never neither.
 */
import type { AnswerEnding } from '../../inbox/inbox.ts';
import type { Part } from '../../inbox/part.ts';
import type { CardHandle } from '../reply.ts';
import type { CardRecord } from './card/card-record.ts';
import type { CardEnd } from './card/card-stream.ts';

export interface CardToEnd {
  readonly card: Pick<CardHandle, 'settle'>;
  readonly record: CardRecord;
  /** Markdown; empty: the card is deleted. */
  readonly text: string;
  readonly following: readonly Part[];
  readonly ending: AnswerEnding | undefined;
  /** What the card says where it cannot be deleted. */
  readonly ifNotDeleted: string;
  /** Gives the card its final form. */
  finish(text: string): Promise<CardEnd>;
  /** Deletes the card's message. @returns whether it is gone */
  remove(): Promise<boolean>;
  /** The messages for a text that the card cannot show. */
  partsOf(text: string): readonly Part[];
}

export interface EndedCard {
  /** Whether the card shows the text. */
  readonly isWhole: boolean;
  /** The recorded parts that are left to send. */
  readonly left: readonly Part[];
}

export async function endCard(end: CardToEnd): Promise<EndedCard> {
  const { card, record, text, following, ending } = end;
  const isEmpty = text.trim() === '';
  if (!isEmpty) {
    await record.final(text, following, ending);
    if ((await end.finish(text)) === 'whole') {
      card.settle();
      return { isWhole: true, left: following };
    }
  }
  const left = [...(isEmpty ? [] : end.partsOf(text)), ...following];
  // Without a text: from now on the card is to be deleted, also after a crash.
  await record.final('', left, ending);
  if (!(await end.remove()) && isEmpty) await end.finish(end.ifNotDeleted);
  card.settle();
  return { isWhole: isEmpty, left };
}
