/** `card.action.trigger`: a person used a component of a card (docs/platform/media-and-cards.md). */
import { z } from 'zod';
import { type EventType, eventIdOf, id, noMessage, optionalId, parseBody } from './event-type.ts';

const text = z.string().nullish().catch(undefined);

const bodySchema = z.object({
  operator: z.object({ open_id: id }),
  token: text,
  action: z.looseObject({}),
  context: z.object({ open_message_id: optionalId, open_chat_id: optionalId }),
});

export const actionType: EventType = {
  type: 'card.action.trigger',
  parse(event) {
    const { operator, token, action, context } = parseBody(bodySchema, event.body);
    const eventId = eventIdOf(event, token || `${context.open_message_id}`);
    return {
      ...noMessage,
      kind: 'action',
      eventId,
      messageId: eventId,
      targetId: context.open_message_id || undefined,
      // Without a chat the answer goes to the person.
      chatId: context.open_chat_id || operator.open_id,
      // The event does not name it; the receiver asks for it.
      chatType: context.open_chat_id ? 'group' : 'p2p',
      // In microseconds, unlike in any other event.
      createTime: Math.floor(Number(event.createTime) / 1000) || 0,
      senderOpenId: operator.open_id,
      messageType: 'action',
      content: JSON.stringify(action),
    };
  },
};
