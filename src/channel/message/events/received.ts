/** `im.message.receive_v1`: a person or a bot wrote a message. */
import { z } from 'zod';
import {
  type EventType,
  eventIdOf,
  id,
  milliseconds,
  openIds,
  optionalId,
  parseBody,
  time,
} from './event-type.ts';

const bodySchema = z.object({
  sender: z.object({
    sender_id: openIds,
    sender_type: z.string().catch('user'),
  }),
  message: z.object({
    message_id: id,
    chat_id: id,
    chat_type: z.string().catch('group'),
    thread_id: optionalId,
    root_id: optionalId,
    parent_id: optionalId,
    create_time: time,
    message_type: z.string().catch('unknown'),
    content: z.string().catch('{}'),
    mentions: z
      .array(
        z.object({
          key: z.string().catch(''),
          name: z.string().catch(''),
          id: openIds,
        }),
      )
      .nullish()
      .catch([]),
  }),
});

export const receivedType: EventType = {
  type: 'im.message.receive_v1',
  parse(event) {
    const { sender, message } = parseBody(bodySchema, event.body);
    return {
      eventId: eventIdOf(event, message.message_id),
      messageId: message.message_id,
      chatId: message.chat_id,
      // Every other kind of chat follows the stricter rules of groups.
      chatType: message.chat_type === 'p2p' ? 'p2p' : 'group',
      threadId: message.thread_id || undefined,
      rootId: message.root_id || undefined,
      parentId: message.parent_id || undefined,
      createTime: milliseconds(message.create_time),
      senderOpenId: sender.sender_id?.open_id ?? '',
      senderType: sender.sender_type,
      messageType: message.message_type,
      content: message.content,
      mentions: (message.mentions ?? []).map((mention) => ({
        key: mention.key,
        name: mention.name,
        openId: mention.id?.open_id ?? '',
      })),
    };
  },
};
