/** Messages of a chat or a topic, in words, bounded. */
import { z } from 'zod';
import { readMessage } from '../../channel/message/content/content.ts';
import { listMessages } from '../../channel/message/fetched/list-messages.ts';
import { isFromApp, type MessageItem } from '../../channel/message/fetched/message-item.ts';
import { type Action, action, chatIdOf, idParam, shortened, targetParams } from './action.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 50;
/** Of one message (characters). */
const MAX_MESSAGE = 2000;
/** Of all messages together. */
const MAX_TEXT = 20_000;

export const limitParam = (byDefault: number, max: number) =>
  z.coerce
    .number()
    .catch(byDefault)
    .transform((limit) => Math.min(max, Math.max(1, Math.floor(limit) || byDefault)));

const readParams = targetParams.extend({
  threadId: idParam.optional().catch(undefined),
  limit: limitParam(DEFAULT_LIMIT, MAX_LIMIT),
  before: idParam.optional().catch(undefined),
  after: idParam.optional().catch(undefined),
});

/** A time as a model writes it: ISO 8601, or seconds or milliseconds since 1970; in seconds. */
function secondsIn(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const number = /^\d{9,13}$/.test(time) ? Number(time) : Date.parse(time);
  if (!Number.isFinite(number)) return undefined;
  return Math.floor(number > 100_000_000_000 ? number / 1000 : number);
}

/** What a message says, for a model that reads it as data. */
export function shownMessage(message: MessageItem, appId: string, maxText = MAX_MESSAGE) {
  const { messageId, senderId, createTime, threadId, parentId } = message;
  const isSelf = isFromApp(message) && senderId === appId;
  const { text } = readMessage(message, { botOpenId: undefined, lang: 'en' });
  return {
    messageId,
    from: isSelf ? 'this bot' : senderId,
    at: createTime > 0 ? new Date(createTime).toISOString() : undefined,
    text: message.isRecalled ? '[deleted]' : shortened(text, maxText),
    ...(threadId && { threadId }),
    ...(parentId && { replyTo: parentId }),
    ...(message.isEdited && { edited: true }),
  };
}

export const readActions: readonly Action[] = [
  action({
    name: 'read',
    gate: 'messages',
    params: readParams,
    permissions: ['im:message', 'im:message:readonly', 'im:message.history:readonly'],
    async run(params, context) {
      const { client, signal } = context;
      const { limit, threadId } = params;
      const isTopic = threadId?.startsWith('omt_') === true;
      const container = isTopic
        ? ({ type: 'thread', id: threadId } as const)
        : ({ type: 'chat', id: chatIdOf(params, context) } as const);
      const times = isTopic
        ? {}
        : { from: secondsIn(params.after), until: secondsIn(params.before) };
      const { messages, hasMore } = await listMessages(
        client,
        { container, limit, ...times },
        signal,
      );
      let left = MAX_TEXT;
      const shown = messages.map((message) => {
        const entry = shownMessage(message, client.appId, Math.min(MAX_MESSAGE, left));
        left = Math.max(0, left - entry.text.length);
        return entry;
      });
      return {
        ...(isTopic ? { threadId } : { chatId: container.id }),
        // As one reads: the oldest first.
        messages: shown.toReversed(),
        ...(hasMore && { hasMore }),
      };
    },
  }),
];
