/** `application.bot.menu_v6`: a person chose an entry of the bot's menu. The event names no chat. */
import { z } from 'zod';
import {
  type EventType,
  eventIdOf,
  id,
  milliseconds,
  noMessage,
  parseBody,
  time,
} from './event-type.ts';

const bodySchema = z.object({
  operator: z.object({ operator_id: z.object({ open_id: id }) }),
  event_key: id,
  timestamp: time,
});

export const menuType: EventType = {
  type: 'application.bot.menu_v6',
  parse(event) {
    const { operator, event_key: key, timestamp } = parseBody(bodySchema, event.body);
    const { open_id: openId } = operator.operator_id;
    const eventId = eventIdOf(event, `menu:${openId}:${timestamp}`);
    return {
      ...noMessage,
      kind: 'menu',
      eventId,
      messageId: eventId,
      chatId: openId,
      chatType: 'p2p',
      // In seconds.
      createTime: milliseconds(timestamp) * 1000,
      senderOpenId: openId,
      messageType: 'menu',
      content: JSON.stringify({ event_key: key }),
    };
  },
};
