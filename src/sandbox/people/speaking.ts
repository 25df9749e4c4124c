/**
 * A person (or another bot) writes a message: the chat stores it, and the app's state decides
 * whether the app gets an event (docs/platform/permissions.md#what-delivers-a-message).
 */

import type { EventDelivery, OutgoingEvent, UndeliveredReason } from '../connection/delivery.ts';
import { isAvailableTo, type SandboxApp } from '../state/app-state.ts';
import type { ChatForm, ChatStore, Mention, SandboxChat, StoredMessage } from '../state/chats.ts';
import { newId } from '../state/ids.ts';
import { hasAnyOf, scopeRules } from '../state/scopes.ts';

const receiveEvent = 'im.message.receive_v1';

export interface Saying {
  readonly text?: string;
  /** Instead of `text`: the content of a message of `messageType`. */
  readonly content?: object;
  readonly messageType?: string;
  readonly chatId?: string;
  readonly chatType?: 'p2p' | 'group';
  /** Makes the group one of topics, or a plain one again; without it, it stays what it is. */
  readonly chatForm?: ChatForm;
  readonly from?: {
    readonly openId: string;
    readonly name?: string;
    readonly senderType?: 'user' | 'app';
  };
  readonly mentionBot?: boolean;
  readonly appId?: string;
  /** ms; without it, now, and later than everything said before. */
  readonly createTime?: number;
  readonly threadId?: string;
  readonly rootId?: string;
  readonly parentId?: string;
  /** `twice` sends the same event two times at once. */
  readonly deliver?: 'once' | 'twice';
}

export interface Said {
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
}

export interface SpeakingOptions {
  readonly chats: ChatStore;
  readonly delivery: EventDelivery;
  readonly nextTime: () => number;
  readonly defaultUser: { readonly openId: string; readonly name: string };
  readonly unionIdOf: (openId: string) => string;
}

export function say(saying: Saying, app: SandboxApp, options: SpeakingOptions): Said {
  const { chats, delivery } = options;
  const from = saying.from ?? options.defaultUser;
  const senderType = saying.from?.senderType ?? 'user';
  const name = from.name ?? chats.users.get(from.openId)?.name ?? `User ${from.openId.slice(-4)}`;
  chats.users.set(from.openId, { openId: from.openId, name });
  const chat = chatFor(saying, app, from.openId, chats);
  if (saying.chatForm !== undefined) chat.form = saying.chatForm;
  const mentions = saying.mentionBot === true ? [mentionOf(app, options)] : [];
  const messageType = saying.messageType ?? (saying.content ? 'post' : 'text');
  const createTime = saying.createTime ?? options.nextTime();
  const message = chats.add({
    messageId: newId.message(),
    chatId: chat.chatId,
    chatType: chat.chatType,
    appId: app.appId,
    fromBot: false,
    senderId: from.openId,
    msgType: messageType,
    content: JSON.stringify(contentOf(saying, mentions)),
    createTime,
    rootId: saying.rootId,
    parentId: saying.parentId,
    threadId: saying.threadId ?? topicOf(saying, chat),
    mentions,
  });
  const eventId = newId.event();
  const reason = reasonToWithhold(app, chat, senderType, saying.mentionBot === true, from.openId);
  const event = { eventId, messageId: message.messageId, app };
  if (reason) delivery.withhold(event, reason);
  else {
    const payload = Buffer.from(
      JSON.stringify(eventBody(event, message, senderType, options.unionIdOf)),
    );
    const copies = saying.deliver === 'twice' ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) delivery.send({ ...event, payload });
  }
  return { eventId, messageId: message.messageId, chatId: chat.chatId };
}

function chatFor(saying: Saying, app: SandboxApp, openId: string, chats: ChatStore): SandboxChat {
  const known = saying.chatId === undefined ? undefined : chats.chats.get(saying.chatId);
  if (known) {
    known.users.add(openId);
    return known;
  }
  if ((saying.chatType ?? 'p2p') === 'p2p') return chats.p2pChat(app.appId, openId, saying.chatId);
  const chat = chats.groupChat(saying.chatId, app.appId);
  chat.users.add(openId);
  return chat;
}

/** In a group of topics what answers nothing opens a topic; a reply there does not name its topic. */
function topicOf({ rootId }: Saying, { form }: SandboxChat): string | undefined {
  return form === 'plain' || rootId !== undefined ? undefined : newId.thread();
}

function contentOf(saying: Saying, mentions: readonly Mention[]): object {
  const [mention] = mentions;
  if (!saying.content) {
    const text = saying.text ?? '';
    return { text: mention ? `${mention.key} ${text}` : text };
  }
  const { content } = saying;
  if (!mention || !('content' in content) || !Array.isArray(content.content)) return content;
  const [first, ...rest] = content.content as unknown[];
  const at = { tag: 'at', user_id: mention.key, user_name: mention.name };
  return { ...content, content: [[at, ...(Array.isArray(first) ? first : [])], ...rest] };
}

function mentionOf(app: SandboxApp, options: SpeakingOptions): Mention {
  return {
    key: '@_user_1',
    id: { open_id: app.botOpenId, union_id: options.unionIdOf(app.botOpenId), user_id: '' },
    name: app.state.name,
    tenant_key: app.tenantKey,
  };
}

/** Why the app does not hear of a message; `undefined` where it does. */
function reasonToWithhold(
  app: SandboxApp,
  chat: SandboxChat,
  senderType: 'user' | 'app',
  isMentioned: boolean,
  openId: string,
): UndeliveredReason | undefined {
  const { state } = app;
  if (state.status === 'disabled') return 'app-disabled';
  if (!state.published) return 'not-published';
  if (!state.bot) return 'bot-off';
  if (!chat.appIds.has(app.appId)) return 'bot-not-in-chat';
  if (!state.events.includes(receiveEvent)) return 'event-not-subscribed';
  if (state.eventMode === 'webhook') return 'webhook-mode';
  if (chat.chatType === 'p2p') {
    if (!isAvailableTo(app, openId)) return 'not-available';
    return hasAnyOf(state.scopes, scopeRules.p2pEvent) ? undefined : 'scope-missing';
  }
  if (senderType === 'app') {
    if (!isMentioned) return 'no-mention';
    return hasAnyOf(state.scopes, scopeRules.mentionByBotEvent) ? undefined : 'scope-missing';
  }
  if (hasAnyOf(state.scopes, scopeRules.groupEvent)) return undefined;
  if (!isMentioned) return 'no-mention';
  return hasAnyOf(state.scopes, scopeRules.mentionEvent) ? undefined : 'scope-missing';
}

function eventBody(
  event: Omit<OutgoingEvent, 'payload'>,
  message: StoredMessage,
  senderType: 'user' | 'app',
  unionIdOf: (openId: string) => string,
): object {
  const { app } = event;
  return {
    schema: '2.0',
    header: {
      event_id: event.eventId,
      event_type: receiveEvent,
      create_time: String(message.createTime),
      token: '',
      app_id: app.appId,
      tenant_key: app.tenantKey,
    },
    event: {
      sender: {
        sender_id: {
          open_id: message.senderId,
          union_id: unionIdOf(message.senderId),
          user_id: '',
        },
        sender_type: senderType,
        tenant_key: app.tenantKey,
      },
      message: {
        message_id: message.messageId,
        ...(message.rootId !== undefined && { root_id: message.rootId }),
        ...(message.parentId !== undefined && { parent_id: message.parentId }),
        ...(message.threadId !== undefined && { thread_id: message.threadId }),
        create_time: String(message.createTime),
        update_time: String(message.updateTime),
        chat_id: message.chatId,
        chat_type: message.chatType,
        message_type: message.msgType,
        content: message.content,
        ...(message.mentions.length > 0 && { mentions: message.mentions }),
      },
    },
  };
}
