/**
 * A person (or another bot) writes a message: the chat stores it, and the app's state decides
 * whether the app gets an event (docs/platform/permissions.md#what-delivers-a-message).
 */

import type { SandboxApp } from '../state/app-state.ts';
import type { ChatForm, ChatStore, SandboxChat } from '../state/chats.ts';
import { newId } from '../state/ids.ts';
import { actor, type World } from './actors.ts';
import { outgoing } from './app-event.ts';
import type { Person } from './person.ts';
import { messageEventBody, reasonToKeepBack, receiveEvent } from './receive-event.ts';
import { mentionOf, withMention } from './said-content.ts';

export interface Saying {
  readonly text?: string;
  /** Instead of `text`: the content of a message of `messageType`. */
  readonly content?: object;
  readonly messageType?: string;
  readonly chatId?: string;
  readonly chatType?: 'p2p' | 'group';
  /** Makes the group one of topics, or a plain one again; without it, it stays what it is. */
  readonly chatForm?: ChatForm;
  readonly from?: Person;
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

export function say(saying: Saying, world: World): Said {
  const { chats, delivery } = world;
  const app = world.appNamed(saying.appId);
  const { openId, senderType } = actor(world, saying.from);
  const chat = chatFor(saying, app, openId, chats);
  if (saying.chatForm !== undefined) chat.form = saying.chatForm;
  const mentions = saying.mentionBot === true ? [mentionOf(app)] : [];
  const message = chats.add({
    messageId: newId.message(),
    chatId: chat.chatId,
    chatType: chat.chatType,
    appId: app.appId,
    fromBot: false,
    senderId: openId,
    senderType,
    msgType: saying.messageType ?? (saying.content ? 'post' : 'text'),
    content: JSON.stringify(
      withMention(saying.content ?? { text: saying.text ?? '' }, mentions[0]),
    ),
    createTime: saying.createTime ?? world.nextTime(),
    rootId: saying.rootId,
    parentId: saying.parentId,
    threadId: saying.threadId ?? topicOf(saying, chat),
    mentions,
  });
  const { messageId } = message;
  const event = outgoing(app, {
    type: receiveEvent,
    time: message.createTime,
    messageId,
    body: () => messageEventBody(app, chats.get(messageId) ?? message),
  });
  const reason = reasonToKeepBack(app, chat, message);
  const copies = saying.deliver === 'twice' ? 2 : 1;
  if (reason) delivery.withhold(event, reason);
  else for (let copy = 0; copy < copies; copy += 1) delivery.send(event);
  return { eventId: event.eventId, messageId, chatId: chat.chatId };
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
