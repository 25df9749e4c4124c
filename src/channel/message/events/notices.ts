/** Events that start no turn, one declaration a type (open.feishu.cn, im-v1 events). */
import { z } from 'zod';
import type { PlatformEvent } from '../../connection/platform-event.ts';
import type { ChatNotice } from '../chat-notice.ts';
import type { InboundMessage } from '../event.ts';
import {
  type EventType,
  eventIdOf,
  id,
  MalformedEvent,
  milliseconds,
  noMessage,
  openIds,
  optionalId,
  parseBody,
} from './event-type.ts';

function noticeType<T>(
  type: string,
  schema: z.ZodType<T>,
  read: (body: T) => ChatNotice | undefined,
): EventType {
  return {
    type,
    parse(event) {
      const notice = read(parseBody(schema, event.body));
      return notice && asMessage(event, notice);
    },
  };
}

function asMessage(event: PlatformEvent, notice: ChatNotice): InboundMessage {
  const subject = 'messageId' in notice ? notice.messageId : notice.chatId;
  const chatId = 'chatId' in notice ? notice.chatId : notice.messageId;
  const at = milliseconds(event.createTime);
  const eventId = eventIdOf(event, `${event.type}:${subject}:${at}`);
  return {
    ...noMessage,
    kind: 'notice',
    eventId,
    messageId: eventId,
    chatId,
    chatType: 'group',
    createTime: at,
    senderOpenId: 'openId' in notice ? notice.openId : '',
    messageType: 'notice',
    content: JSON.stringify(notice),
  };
}

const reactionBody = z.object({
  message_id: id,
  reaction_type: z.object({ emoji_type: id }),
  operator_type: z.string().catch('user'),
  user_id: openIds,
});

const reaction =
  (isRemoved: boolean) =>
  (body: z.infer<typeof reactionBody>): ChatNotice | undefined => {
    const openId = body.user_id?.open_id;
    // A bot's own marks come back as events (R5).
    if (body.operator_type !== 'user' || !openId) return undefined;
    return {
      kind: 'reaction',
      messageId: body.message_id,
      emojiType: body.reaction_type.emoji_type,
      isRemoved,
      openId,
    };
  };

const botBody = z.object({ chat_id: id, operator_id: openIds });

const bot =
  (kind: 'bot-added' | 'bot-removed') =>
  ({ chat_id: chatId, operator_id: operator }: z.infer<typeof botBody>): ChatNotice => ({
    kind,
    chatId,
    openId: operator?.open_id ?? '',
  });

export const noticeTypes: readonly EventType[] = [
  noticeType(
    'im.message.recalled_v1',
    z.object({ message_id: id, chat_id: id }),
    ({ message_id: messageId, chat_id: chatId }) => ({ kind: 'recalled', messageId, chatId }),
  ),
  // Not documented: some clients wrap the message, some do not.
  noticeType(
    'im.message.updated_v1',
    z.object({ message_id: optionalId, message: z.object({ message_id: optionalId }).nullish() }),
    ({ message_id: direct, message }) => {
      const messageId = direct || message?.message_id;
      if (!messageId) throw new MalformedEvent(['message_id']);
      return { kind: 'edited', messageId };
    },
  ),
  noticeType('im.message.reaction.created_v1', reactionBody, reaction(false)),
  noticeType('im.message.reaction.deleted_v1', reactionBody, reaction(true)),
  noticeType('im.chat.member.bot.added_v1', botBody, bot('bot-added')),
  noticeType('im.chat.member.bot.deleted_v1', botBody, bot('bot-removed')),
  noticeType(
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    z.object({ chat_id: id, operator_id: openIds, last_message_id: optionalId }),
    (body) => ({
      kind: 'chat-opened',
      chatId: body.chat_id,
      openId: body.operator_id?.open_id ?? '',
      isFirst: !body.last_message_id,
    }),
  ),
  noticeType('im.chat.disbanded_v1', z.object({ chat_id: id }), ({ chat_id: chatId }) => ({
    kind: 'chat-disbanded',
    chatId,
  })),
];
