/**
 * Ends the cards that an earlier process has left: a recorded final form is shown; a text that was
 * cut short gets a sentence. So no card is left generating, and no answer comes twice.
 */
import type { EndLeftCard, Replier } from '../reply.ts';
import { createCardRecord } from './card/card-record.ts';
import { endCard } from './end-card.ts';
import type { GrowingCards } from './growing-cards.ts';

export interface LeftCardsOptions {
  readonly cards: Pick<GrowingCards, 'finish' | 'remove'>;
  readonly replier: Pick<Replier, 'partsOf' | 'mentioning'>;
  /** The sentence for an answer that was cut short; `undefined`: the agent has answered by itself. */
  readonly cutShort: () => Promise<string | undefined>;
  readonly noAnswer: string;
  readonly signal: AbortSignal;
}

export function endLeftCards(options: LeftCardsOptions): EndLeftCard {
  const { cards, replier, signal } = options;
  return async ({ card, part, following, ending }) => {
    const sentence = part.isFinal ? undefined : await options.cutShort();
    const record = createCardRecord(card.record, part);
    const { left } = await endCard({
      card,
      record,
      text: [part.markdown, sentence].filter(Boolean).join('\n\n'),
      following,
      ending: part.isFinal ? ending : (ending ?? 'answered'),
      ifNotDeleted: options.noAnswer,
      finish: (text) => cards.finish(part, replier.mentioning(text), record.reserve, signal),
      remove: () => cards.remove(part.messageId, signal),
      partsOf: replier.partsOf,
    });
    return left;
  };
}
