/** im/v1/messages create and reply: who may be reached, how often, and once for each `uuid`. */

import { UUID_LENGTH, UUID_WINDOW_MS } from '../../../platform/limits.ts';
import { isFields } from '../../../shared/fields.ts';
import type { CardEntities, CardEntity } from '../../cards/card-entities.ts';
import { cardFault, kitFault, messageRefusal } from '../../cards/card-faults.ts';
import { type Answer, fieldViolation, invalidParameter, ok, refusal } from '../../http/answers.ts';
import { type AppCall, jsonBody, parseObject, type Route, stringField } from '../../http/call.ts';
import type { RateLimits } from '../../http/rate-limits.ts';
import { botIsOn, isAvailableTo, type SandboxApp } from '../../state/app-state.ts';
import type { ChatStore, SandboxChat, StoredMessage } from '../../state/chats.ts';
import { newId } from '../../state/ids.ts';
import type { ResourceStore } from '../../state/resources.ts';
import { scopeRules } from '../../state/scopes.ts';
import { refusalForContent } from './message-content.ts';
import { messageItem } from './message-item.ts';
import { refusalForResources } from './resource-fit.ts';
import { refusalForSystem } from './system-message.ts';

export interface SendingOptions {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly chats: ChatStore;
  readonly entities: CardEntities;
  readonly resources: ResourceStore;
  readonly limits: RateLimits;
  readonly now: () => number;
  readonly nextTime: () => number;
}

interface Outgoing {
  readonly msgType: string;
  readonly content: string;
  readonly uuid: string;
}

export function sendingRoutes(options: SendingOptions): readonly Route[] {
  const { apps, chats, entities, limits, now, nextTime } = options;
  const sent = new Map<string, { readonly messageId: string; readonly at: number }>();

  /** Everything about a message that can be refused before it is known where it goes. */
  function read(call: AppCall): { body: Record<string, unknown>; outgoing: Outgoing } | Answer {
    const body = jsonBody(call);
    if (!body) return fieldViolation('body', 'the body is not JSON');
    if (!botIsOn(call.app)) return refusal(230006, 'Bot ability is not activated.');
    const msgType = stringField(body, 'msg_type');
    if (msgType === '') return fieldViolation('msg_type', 'msg_type is required');
    if (body.content === undefined) return fieldViolation('content', 'content is required');
    const uuid = stringField(body, 'uuid');
    if (uuid.length > UUID_LENGTH)
      return fieldViolation('uuid', `uuid is longer than ${UUID_LENGTH}`);
    const refused = refusalForContent(msgType, body.content, { allowsAtAll: true });
    return refused ?? { body, outgoing: { msgType, content: String(body.content), uuid } };
  }

  function firstSentAs(app: SandboxApp, uuid: string): StoredMessage | undefined {
    const first = uuid === '' ? undefined : sent.get(`${app.appId} ${uuid}`);
    if (!first || now() - first.at >= UUID_WINDOW_MS) return undefined;
    return chats.get(first.messageId);
  }

  function post(
    app: SandboxApp,
    chat: SandboxChat,
    { msgType, content, uuid }: Outgoing,
    place: Pick<StoredMessage, 'replyTo' | 'rootId' | 'parentId' | 'threadId'> = {},
  ): Answer {
    const again = firstSentAs(app, uuid);
    if (again) return ok(messageItem(again, options));
    const refused = chat.allowsAtAll ? undefined : refusalForContent(msgType, content, chat);
    if (refused) return refused;
    const entity = msgType === 'interactive' ? entityToSend(app, content, entities) : undefined;
    if (entity && 'status' in entity) return entity;
    const misfit = refusalForResources(app.appId, msgType, content, options.resources);
    if (misfit) return misfit;
    const limited = limits.takeMessage(app.appId, chat.chatId);
    if (limited) return limited;
    const message = chats.add({
      messageId: newId.message(),
      chatId: chat.chatId,
      chatType: chat.chatType,
      appId: app.appId,
      fromBot: true,
      senderId: app.appId,
      senderType: 'app',
      senderAppId: app.appId,
      msgType,
      ...(entity
        ? { content: JSON.stringify(entity.card), streamingSince: entity.openedAt }
        : { content }),
      createTime: nextTime(),
      ...(uuid !== '' && { uuid }),
      ...place,
      mentions: [],
    });
    if (entity) entities.attach(entity, message.messageId);
    if (uuid !== '') sent.set(`${app.appId} ${uuid}`, { messageId: message.messageId, at: now() });
    return ok(messageItem(message, options));
  }

  function receiver(app: SandboxApp, idType: string, id: string): SandboxChat | Answer {
    if (idType === 'chat_id') {
      const chat = chats.chats.get(id);
      if (!chat) return refusal(230034, 'The receive_id is invalid.');
      return refusalForChat(app, chat) ?? chat;
    }
    if (idType === 'union_id') return receiver(app, 'open_id', id.replace(/^on_/, 'ou_'));
    if (idType !== 'open_id')
      return invalidParameter(`receive_id_type ${idType} is not supported here`);
    if (!id.startsWith('ou_')) return invalidParameter(`invalid receive_id: ${id}`);
    const isBot = [...apps.values()].some((other) => other.botOpenId === id);
    if (isBot || !isAvailableTo(app, id)) return notAvailable();
    if (!chats.users.has(id)) return refusal(230034, 'The receive_id is invalid.');
    return chats.p2pChat(app.appId, id);
  }

  return [
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      access: 'app',
      scopes: scopeRules.send,
      handle: (call) => {
        const request = read(call);
        if ('status' in request) return request;
        const idType = call.query.get('receive_id_type') ?? '';
        const id = stringField(request.body, 'receive_id');
        if (idType === '') return fieldViolation('receive_id_type', 'receive_id_type is required');
        if (id === '') return fieldViolation('receive_id', 'receive_id is required');
        const chat = receiver(call.app, idType, id);
        if ('status' in chat) return chat;
        const refused = refusalForSystem(call.app, chat, request.outgoing.msgType);
        if (refused) return refused;
        // In a group of topics each new message opens one.
        const place = chat.form === 'plain' ? {} : { threadId: newId.thread() };
        return post(call.app, chat, request.outgoing, place);
      },
    },
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages/:message_id/reply',
      access: 'app',
      scopes: scopeRules.send,
      handle: (call) => {
        const request = read(call);
        if ('status' in request) return request;
        const target = chats.get(call.params.message_id ?? '');
        const chat = target && chats.chats.get(target.chatId);
        if (!target || !chat) return invalidParameter('invalid message_id');
        if (target.deleted) return refusal(230011, 'The message is recalled.');
        const refused = refusalForChat(call.app, chat);
        if (refused) return refused;
        if (request.outgoing.msgType === 'system') return invalidParameter('a divider is no reply');
        // In a group of topics a reply is in a topic, even where only its first message names it.
        const opener = chats.get(target.rootId ?? '');
        const inTopic = chat.form === 'plain' ? undefined : opener?.threadId;
        const opens = request.body.reply_in_thread === true || chat.form !== 'plain';
        const threadId = target.threadId ?? inTopic ?? (opens ? newId.thread() : undefined);
        if (threadId !== undefined && target.threadId === undefined) {
          chats.change(target.messageId, { threadId, updateTime: target.updateTime });
        }
        return post(call.app, chat, request.outgoing, {
          replyTo: target.messageId,
          parentId: target.messageId,
          rootId: target.rootId ?? target.messageId,
          ...(threadId !== undefined && { threadId }),
        });
      },
    },
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages/:message_id/forward',
      access: 'app',
      scopes: scopeRules.send,
      handle: (call) => {
        const body = jsonBody(call) ?? {};
        const message = chats.get(call.params.message_id ?? '');
        if (!message) return invalidParameter('invalid message_id');
        if (message.deleted) return refusal(230011, 'The message is recalled.');
        const entity = entities.of(message.messageId);
        if (entity) entities.settle(entity);
        if (entity?.openedAt !== undefined || !forwardable(message)) {
          return refusal(230054, 'This operation is not supported for this message type.');
        }
        const chat = receiver(
          call.app,
          call.query.get('receive_id_type') ?? '',
          stringField(body, 'receive_id'),
        );
        if ('status' in chat) return chat;
        const uuid = call.query.get('uuid') ?? '';
        return post(call.app, chat, { ...message, uuid });
      },
    },
  ];
}

/** Voice and system messages are not forwarded, nor a card that forbids it. */
function forwardable({ msgType, content }: StoredMessage): boolean {
  if (msgType === 'audio' || msgType === 'system') return false;
  const card = msgType === 'interactive' ? parseObject(content) : undefined;
  return !(isFields(card?.config) && card.config.enable_forward === false);
}

/** The card entity that a content names, if it can be sent: once, by its app, within its life. */
function entityToSend(
  app: SandboxApp,
  content: string,
  entities: CardEntities,
): CardEntity | Answer | undefined {
  const card = parseObject(content);
  if (card?.type !== 'card' || !isFields(card.data)) return undefined;
  const entity = entities.get(stringField(card.data, 'card_id'));
  if (!entity || entity.messageId !== undefined) {
    return messageRefusal(cardFault(11310, 'cardid is invalid'));
  }
  if (entity.appId !== app.appId) return messageRefusal(kitFault(300311));
  if (entities.hasExpired(entity)) return messageRefusal(kitFault(200750));
  entities.settle(entity);
  return entity;
}

/** The refusal for a chat that the bot is not in, or whose person it may not reach. */
function refusalForChat(app: SandboxApp, chat: SandboxChat): Answer | undefined {
  if (!chat.appIds.has(app.appId)) return refusal(230002, 'The bot can not be outside the group.');
  const reachable =
    chat.chatType === 'group' || [...chat.users].every((openId) => isAvailableTo(app, openId));
  return reachable ? undefined : notAvailable();
}

function notAvailable(): Answer {
  return refusal(230013, 'Bot has NO availability to this user.');
}
