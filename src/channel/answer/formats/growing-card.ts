import type { GrowingCardPart } from '../../inbox/part.ts';
import type { PartFormat } from './format.ts';

/** The message of a card of CardKit: the card has its content from calls of its own. */
export const growingCardFormat: PartFormat<GrowingCardPart> = {
  content: ({ cardId }) => ({
    msgType: 'interactive',
    content: JSON.stringify({ type: 'card', data: { card_id: cardId } }),
  }),
};
