/** Sending, replying, and changing what the bot itself has sent. */
import { z } from 'zod';
import { contentOf } from '../../channel/answer/formats/all.ts';
import { parseMarkdown } from '../../channel/answer/text/parse/parse.ts';
import { cardContent } from '../../channel/answer/text/render/render-card.ts';
import { fetchItem } from '../../channel/message/fetched/list-messages.ts';
import { isFromApp, type MessageItem } from '../../channel/message/fetched/message-item.ts';
import { editMessage, recallMessage, updateCard } from '../../platform/client/message-calls.ts';
import { buttonRows } from '../send/host-message.ts';
import { sendPayload } from '../send/send.ts';
import {
  type Action,
  type ActionContext,
  ActionRefusal,
  action,
  idParam,
  messageIdOf,
  messageParams,
  targetOf,
  targetParams,
} from './action.ts';

const text = z.string().optional().catch(undefined);
const jsonOr = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? parsed(value) : value), schema);

const sendParams = targetParams.extend({
  message: text,
  text,
  replyTo: idParam.optional().catch(undefined),
  threadId: idParam.optional().catch(undefined),
  messageId: idParam.optional().catch(undefined),
  media: text,
  buttons: jsonOr(z.unknown()).optional(),
  card: jsonOr(z.looseObject({})).optional().catch(undefined),
});
type SendParams = z.infer<typeof sendParams>;

const send = ['im:message', 'im:message:send_as_bot'];
const edit = ['im:message', 'im:message:send_as_bot', 'im:message:update'];
const recall = ['im:message', 'im:message:send_as_bot', 'im:message:recall'];

/** @returns whether the parameters have what the host's own way of sending does not know */
export function hasControls(params: unknown): boolean {
  const { buttons, card } = sendParams.safeParse(params).data ?? {};
  return card !== undefined || buttonRows(buttons) !== undefined;
}

function sendTo(params: SendParams, context: ActionContext, place: SentPlace) {
  const message = params.message ?? params.text ?? '';
  const { card, buttons, media } = params;
  if (message.trim() === '' && !card && !buttons && !media) {
    throw new ActionRefusal('message is missing: there is nothing to send.');
  }
  const { cfg, accountId, memory } = context;
  const payload = {
    text: [message, media ?? ''].filter(Boolean).join('\n\n'),
    channelData: { feishu: { ...(card && { card }), ...(buttons !== undefined && { buttons }) } },
  };
  return sendPayload(memory, {
    cfg,
    ...(accountId !== undefined && { accountId }),
    text: message,
    payload,
    ...place,
  }).then(({ messageId, chatId }) => ({ messageId, chatId }));
}

interface SentPlace {
  readonly to: string;
  readonly replyToId?: string;
  readonly threadId?: string;
}

function placeOf(params: SendParams, context: ActionContext): SentPlace {
  const { receiveIdType, receiveId } = targetOf(params, context);
  const to = `${receiveIdType === 'chat_id' ? 'chat' : 'user'}:${receiveId}`;
  const { replyTo, threadId } = params;
  return { to, ...(replyTo && { replyToId: replyTo }), ...(threadId && { threadId }) };
}

/** The message as it is now, if the bot has sent it. @throws ActionRefusal */
async function ownMessage(
  messageId: string,
  { client, signal }: ActionContext,
  verb: string,
): Promise<MessageItem> {
  const message = await fetchItem(client, messageId, signal);
  if (!message) throw new ActionRefusal(`There is no message ${messageId}.`);
  if (message.isRecalled) throw new ActionRefusal(`The message ${messageId} is deleted already.`);
  const isOwn = isFromApp(message) && message.senderId === client.appId;
  if (isOwn) return message;
  throw new ActionRefusal(
    `The message ${messageId} is not from this bot. Only the bot’s own messages can be ${verb}.`,
  );
}

async function editOwn(params: SendParams, context: ActionContext) {
  const messageId = messageIdOf(params, { current: { ...context.current, messageId: undefined } });
  const message = params.message ?? params.text ?? '';
  const { card } = params;
  if (message.trim() === '' && !card) throw new ActionRefusal('message is missing: the new text.');
  const { client, signal } = context;
  const own = await ownMessage(messageId, context, 'edited');
  if (own.messageType === 'interactive') {
    await updateCard(
      client,
      { messageId, card: card ?? cardContent(parseMarkdown(message)) },
      signal,
    );
    return { messageId };
  }
  if (card) throw new ActionRefusal('A text cannot become a card. Delete it, and send the card.');
  if (own.messageType !== 'text' && own.messageType !== 'post') {
    throw new ActionRefusal(
      `A message of type ${own.messageType} cannot be edited: only texts, posts and cards can.`,
    );
  }
  const part = own.messageType === 'text' ? ({ type: 'text', text: message } as const) : undefined;
  const { msgType, content } = contentOf(part ?? { type: 'post', markdown: message });
  await editMessage(client, { messageId, msgType, content }, signal);
  return { messageId };
}

const deleteOwn = (name: string): Action =>
  action({
    name,
    gate: 'messages',
    params: messageParams,
    permissions: recall,
    async run(params, context) {
      const current = { ...context.current, messageId: undefined };
      const messageId = messageIdOf(params, { current });
      await ownMessage(messageId, context, 'deleted');
      // Once: a repetition would be refused where the first call came through.
      await recallMessage(context.client, messageId, { signal: context.signal, attempts: 1 });
      return { messageId, deleted: true };
    },
  });

export const messageActions: readonly Action[] = [
  action({
    name: 'send',
    params: sendParams,
    permissions: send,
    run: (params, context) => sendTo(params, context, placeOf(params, context)),
  }),
  action({
    name: 'reply',
    params: sendParams,
    permissions: send,
    run(params, context) {
      const replyToId = messageIdOf({ messageId: params.messageId ?? params.replyTo }, context);
      return sendTo(params, context, { ...placeOf(params, context), replyToId });
    },
  }),
  action({
    name: 'thread-reply',
    params: sendParams,
    permissions: send,
    run(params, context) {
      const place = placeOf(params, context);
      const threadId = params.threadId ?? context.current.threadId;
      const named = params.messageId ?? params.replyTo;
      if (threadId !== undefined && named === undefined) {
        return sendTo(params, context, { ...place, threadId });
      }
      // A reply in the topic of that message; without one it opens a topic.
      const replyToId = messageIdOf({ messageId: named }, context);
      return sendTo(params, context, { ...place, replyToId, threadId: threadId ?? replyToId });
    },
  }),
  action({ name: 'edit', gate: 'messages', params: sendParams, permissions: edit, run: editOwn }),
  deleteOwn('delete'),
  deleteOwn('unsend'),
];

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
