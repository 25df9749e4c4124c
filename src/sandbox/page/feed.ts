/** Reports the sandbox's state to the chat page: a poll waits until something is new. */
import { type Lang, localize, render } from '../../shared/text/text.ts';
import type { Delivery } from '../connection/delivery.ts';
import { parseObject, stringField } from '../http/call.ts';
import type { RecordedCall } from '../http/recording.ts';
import { undeliveredTexts } from '../sandbox-texts.ts';
import type { SandboxApp } from '../state/app-state.ts';
import type { ChatStore, StoredMessage } from '../state/chats.ts';
import type { ResourceStore } from '../state/resources.ts';
import type { Feed, FeedCall, FeedEvent, FeedMessage } from './feed-form.ts';

export interface FeedOptions {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly chats: ChatStore;
  readonly resources: ResourceStore;
  readonly deliveries: readonly Delivery[];
  readonly connections: (appId: string) => number;
  readonly url: () => string;
  /** How long a poll waits (ms). */
  readonly waitMs?: number;
}

export interface PageFeed {
  /** A call of an app was answered. */
  called(call: RecordedCall): void;
  /** Something that the feed reports may have changed. */
  changed(): void;
  /** Everything after a cursor; waits where there is nothing. */
  after(cursor: number): Promise<Feed>;
  close(): void;
}

/** Calls and events that a page can still ask for. */
const MAX_LOG = 500;
/** Polls that wait at the same time: a browser tab has one. */
const MAX_WAITING = 64;
const MAX_BODY_CHARACTERS = 4_000;

export function createFeed(options: FeedOptions): PageFeed {
  const { apps, chats, deliveries } = options;
  // Not 0: a page that has seen nothing asks for what is after 0.
  let revision = 1;
  const messageRevisions = new Map<string, number>();
  const calls: { readonly revision: number; readonly call: FeedCall }[] = [];
  const eventRevisions = new WeakMap<Delivery, { print: string; revision: number }>();
  const waiting = new Set<() => void>();

  const wake = (): void => {
    for (const resolve of [...waiting]) resolve();
  };
  const unwatch = chats.watch(({ messageId }) => {
    revision += 1;
    messageRevisions.set(messageId, revision);
    wake();
  });

  /** Records of deliveries change in place, so each poll compares them. */
  function eventsAfter(cursor: number): FeedEvent[] {
    const first = Math.max(0, deliveries.length - MAX_LOG);
    return deliveries.slice(first).flatMap((delivery, index) => {
      const print = `${delivery.ackedAt} ${delivery.undelivered}`;
      let known = eventRevisions.get(delivery);
      if (known?.print !== print) {
        revision += 1;
        known = { print, revision };
        eventRevisions.set(delivery, known);
      }
      return known.revision > cursor ? [feedEvent(delivery, first + index)] : [];
    });
  }

  function messagesAfter(cursor: number): FeedMessage[] {
    return [...messageRevisions].flatMap(([messageId, changedAt]) => {
      const message = changedAt > cursor ? chats.get(messageId) : undefined;
      return message ? [feedMessage(message, options.resources)] : [];
    });
  }

  function snapshot(cursor: number): Feed {
    const events = eventsAfter(cursor);
    return {
      cursor: revision,
      url: options.url(),
      apps: [...apps.values()].map(({ appId, botOpenId, state }) => ({
        appId,
        botOpenId,
        name: state.name,
        connections: options.connections(appId),
      })),
      people: [...chats.users.values()].map(({ openId, name }) => ({ openId, name })),
      chats: [...chats.chats.values()].map((chat) => ({
        chatId: chat.chatId,
        chatType: chat.chatType,
        form: chat.form,
        name: chat.name,
        users: [...chat.users],
        appIds: [...chat.appIds],
        disbanded: chat.disbanded,
      })),
      messages: messagesAfter(cursor),
      calls: calls.filter((entry) => entry.revision > cursor).map(({ call }) => call),
      events,
    };
  }

  return {
    called({ at, method, path, status, body }) {
      revision += 1;
      const text = body === undefined ? '' : JSON.stringify(body);
      const call = { id: revision, at, method, path, status, body: cut(text) };
      calls.push({ revision, call });
      if (calls.length > MAX_LOG) calls.shift();
      wake();
    },
    changed() {
      revision += 1;
      wake();
    },
    async after(cursor) {
      const known = Number.isSafeInteger(cursor) && cursor >= 0 && cursor <= revision ? cursor : 0;
      const mayWait = known === revision && waiting.size < MAX_WAITING;
      if (mayWait) await woken(waiting, options.waitMs ?? 20_000);
      return snapshot(known);
    },
    close() {
      unwatch();
      wake();
    },
  };
}

/** Resolves at the next change, or after `ms`. */
function woken(waiting: Set<() => void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      waiting.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    waiting.add(done);
  });
}

const cut = (text: string): string =>
  text.length > MAX_BODY_CHARACTERS ? `${text.slice(0, MAX_BODY_CHARACTERS)}…` : text;

function feedEvent(delivery: Delivery, id: number): FeedEvent {
  const { sentAt, eventType, attempt, ackedAt, ackCode, undelivered } = delivery;
  return {
    id,
    at: sentAt,
    eventType,
    attempt,
    ...(ackedAt !== undefined && { ackMs: ackedAt - sentAt }),
    ...(ackCode !== undefined && { ackCode }),
    ...(undelivered !== undefined && {
      undelivered: { en: reason('en', delivery), zh: reason('zh', delivery) },
    }),
  };
}

function reason(lang: Lang, { undelivered, eventType }: Delivery): string {
  return undelivered ? render(localize(undeliveredTexts[undelivered], { eventType }), lang) : '';
}

function feedMessage(message: StoredMessage, resources: ResourceStore): FeedMessage {
  const file = resources.get(stringField(parseObject(message.content) ?? {}, 'file_key'));
  const { rootId, parentId, threadId, upperMessageId } = message;
  return {
    messageId: message.messageId,
    chatId: message.chatId,
    appId: message.appId,
    fromBot: message.fromBot,
    senderId: message.senderId,
    msgType: message.msgType,
    content: message.deleted ? '{}' : message.content,
    createTime: message.createTime,
    ...(rootId !== undefined && { rootId }),
    ...(parentId !== undefined && { parentId }),
    ...(threadId !== undefined && { threadId }),
    ...(upperMessageId !== undefined && { upperMessageId }),
    mentions: message.mentions.map(({ key, id, name }) => ({ key, openId: id.open_id, name })),
    reactions: message.reactions.map(({ emojiType, operatorId }) => ({ emojiType, operatorId })),
    edits: message.edits,
    ...(file && { file: { name: file.fileName, durationMs: file.durationMs ?? 0 } }),
    isRecalled: message.deleted,
    isStreaming: message.streamingSince !== undefined,
  };
}
