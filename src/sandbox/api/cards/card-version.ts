/** What kind of card a message holds. */
import { isFields } from '../../../shared/fields.ts';
import { parseObject } from '../../http/call.ts';

/** A card of JSON 2.0, or a card entity, which is always one. */
export function isCardV2(content: string): boolean {
  const card = parseObject(content);
  return card?.schema === '2.0' || (card?.type === 'card' && isFields(card.data));
}
