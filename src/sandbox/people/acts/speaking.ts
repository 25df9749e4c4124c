/**
 * A person (or another bot) writes a message: the chat stores it, and the app's state decides
 * whether the app gets an event (docs/platform/permissions.md#what-delivers-a-message).
 */

import type { SandboxApp } from '../../state/app-state.ts';
import type { ChatForm, ChatStore, SandboxChat, StoredMessage } from '../../state/chats.ts';
import { newId } from '../../state/ids.ts';
import { actor, appIdOf, type World } from '../actors.ts';
import { outgoing } from '../app-event.ts';
import type { KnownPerson, Person } from '../person.ts';
import { messageEventBody, reasonToKeepBack, receiveEvent } from '../receive-event.ts';
import { type MergedMessage, mentionsOf, readContent, type SaidContent } from '../said-content.ts';

export interface Saying extends SaidContent {
  readonly chatId?: string;
  readonly chatType?: 'p2p' | 'group';
  /** Makes the group one of topics, or a plain one again; without it, it stays what it is. */
  readonly chatForm?: ChatForm;
  readonly from?: Person;
  readonly mentionBot?: boolean;
  /** People, and other bots, that are mentioned, too. */
  readonly mention?: readonly Person[];
  readonly appId?: string;
  /** ms; without it, now, and later than everything said before. */
  readonly createTime?: number;
  readonly threadId?: string;
  readonly rootId?: string;
  /** The message that is quoted; the ids of its chain and topic follow from it. */
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
  const speaker = actor(world, saying.from);
  const chat = chatFor(saying, app, speaker.openId, chats);
  if (saying.chatForm !== undefined) chat.form = saying.chatForm;
  const others = (saying.mention ?? []).map((person) => actor(world, person));
  const mentions = mentionsOf(app, saying.mentionBot === true, others);
  const createTime = saying.createTime ?? world.nextTime();
  const message = chats.add({
    messageId: newId.message(),
    ...placeOf(chat, app),
    ...senderOf(speaker, world),
    ...readContent(saying, mentions, world.fileNameOf),
    createTime,
    ...quoteOf(saying, chat, chats),
    mentions,
  });
  if (saying.merged) addMerged(saying.merged, message, createTime, world);
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

/** Stores what is merged in a message: it is in the same chat, and in no list of it. */
function addMerged(
  merged: readonly MergedMessage[],
  upper: StoredMessage,
  before: number,
  world: World,
): void {
  for (const [index, said] of merged.entries()) {
    const createTime = said.createTime ?? before - (merged.length - index) * 1000;
    const message = world.chats.add({
      messageId: newId.message(),
      chatId: upper.chatId,
      chatType: upper.chatType,
      appId: upper.appId,
      fromBot: false,
      ...senderOf(actor(world, said.from), world),
      ...readContent(said, [], world.fileNameOf),
      createTime,
      upperMessageId: upper.messageId,
      mentions: [],
    });
    if (said.merged) addMerged(said.merged, message, createTime, world);
  }
}

type Place = Pick<StoredMessage, 'chatId' | 'chatType' | 'appId' | 'fromBot'>;

function placeOf({ chatId, chatType }: SandboxChat, { appId }: SandboxApp): Place {
  return { chatId, chatType, appId, fromBot: false };
}

type Sender = Pick<StoredMessage, 'senderId' | 'senderType' | 'senderAppId'>;

function senderOf(person: KnownPerson, world: World): Sender {
  const { openId, senderType } = person;
  const appId = appIdOf(person, world);
  return { senderId: openId, senderType, ...(appId !== undefined && { senderAppId: appId }) };
}

function chatFor(saying: Saying, app: SandboxApp, openId: string, chats: ChatStore): SandboxChat {
  const known = saying.chatId === undefined ? undefined : chats.chats.get(saying.chatId);
  if (known?.disbanded) throw new RangeError(`the group ${known.chatId} is dissolved`);
  if (known) {
    known.users.add(openId);
    return known;
  }
  if ((saying.chatType ?? 'p2p') === 'p2p') return chats.p2pChat(app.appId, openId, saying.chatId);
  const chat = chats.groupChat(saying.chatId, app.appId);
  chat.users.add(openId);
  return chat;
}

type Quote = Pick<StoredMessage, 'rootId' | 'parentId' | 'threadId'>;

/**
 * The ids of a quote (docs/platform/messages.md#topics-and-replies): in a topic, its first message is
 * root and parent, whichever is quoted. In a group of topics what answers nothing opens a topic, and
 * a reply does not name its topic. Ids that the caller gives are taken as they are.
 */
function quoteOf(saying: Saying, chat: SandboxChat, chats: ChatStore): Quote {
  const { rootId, threadId } = saying;
  const parent = rootId === undefined ? chats.get(saying.parentId ?? '') : undefined;
  if (!parent) {
    const opens = chat.form !== 'plain' && rootId === undefined;
    const opened = opens ? newId.thread() : undefined;
    return { rootId, parentId: saying.parentId, threadId: threadId ?? opened };
  }
  const root = parent.rootId ?? parent.messageId;
  const inTopic = chat.form !== 'plain' || parent.threadId !== undefined;
  return {
    rootId: root,
    parentId: inTopic ? root : parent.messageId,
    threadId: threadId ?? (chat.form === 'plain' ? parent.threadId : undefined),
  };
}
