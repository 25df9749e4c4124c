/** im/v1/pins: pin, unpin, list (open.feishu.cn, im-v1/pin). */
import { type Answer, fieldViolation, invalidParameter, ok, refusal } from '../../http/answers.ts';
import { type AppCall, jsonBody, type Route, stringField } from '../../http/call.ts';
import type { ChatStore, StoredMessage } from '../../state/chats.ts';
import { scopeRules } from '../../state/scopes.ts';
import { isMember } from './message-api.ts';

interface Pin {
  readonly messageId: string;
  readonly chatId: string;
  readonly operatorId: string;
  readonly pinnedAt: number;
}

const path = '/open-apis/im/v1/pins';

export function pinRoutes(options: {
  readonly chats: ChatStore;
  readonly now: () => number;
}): readonly Route[] {
  const { chats, now } = options;
  /** The newest last. */
  const pins = new Map<string, Pin>();

  function named({ app }: AppCall, messageId: string): StoredMessage | Answer {
    const message = chats.get(messageId);
    if (!message) return invalidParameter('invalid message_id');
    if (!isMember(chats, app, message.chatId))
      return refusal(230002, 'The bot can not be outside the group.');
    if (message.deleted) return refusal(230110, 'The message has been deleted.');
    return message;
  }

  return [
    {
      method: 'POST',
      path,
      access: 'app',
      scopes: scopeRules.pin,
      handle: (call) => {
        const message = named(call, stringField(jsonBody(call) ?? {}, 'message_id'));
        if ('status' in message) return message;
        if (['system', 'hongbao', 'video_chat'].includes(message.msgType)) {
          return refusal(230054, 'This operation is not supported for this message type.');
        }
        const { messageId, chatId } = message;
        const pin: Pin = pins.get(messageId) ?? {
          messageId,
          chatId,
          operatorId: call.app.appId,
          pinnedAt: now(),
        };
        pins.set(messageId, pin);
        return ok({ pin: pinItem(pin) });
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:message_id`,
      access: 'app',
      scopes: scopeRules.pin,
      handle: (call) => {
        const message = named(call, call.params.message_id ?? '');
        if ('status' in message) return message;
        pins.delete(message.messageId);
        return ok({});
      },
    },
    {
      method: 'GET',
      path,
      access: 'app',
      scopes: scopeRules.readPins,
      handle: ({ app, query }) => {
        const chatId = query.get('chat_id') ?? '';
        if (!chats.chats.has(chatId)) return fieldViolation('chat_id', 'invalid chat_id');
        if (!isMember(chats, app, chatId))
          return refusal(230002, 'The bot can not be outside the group.');
        const size = Number(query.get('page_size') ?? 20);
        const found = [...pins.values()].filter((pin) => pin.chatId === chatId).toReversed();
        const items = found.slice(0, size).map(pinItem);
        return ok({ items, has_more: found.length > items.length, page_token: '' });
      },
    },
  ];
}

function pinItem({ messageId, chatId, operatorId, pinnedAt }: Pin): object {
  return {
    message_id: messageId,
    chat_id: chatId,
    operator_id: operatorId,
    operator_id_type: 'app_id',
    create_time: String(pinnedAt),
  };
}
