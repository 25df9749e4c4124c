/** What the page knows: the state of the sandbox, put together from the answers of the feed. Pure. */
import type {
  Feed,
  FeedApp,
  FeedCall,
  FeedChat,
  FeedEvent,
  FeedMessage,
  FeedPerson,
} from '../feed-form.ts';

export interface PageData {
  readonly cursor: number;
  readonly url: string;
  readonly apps: readonly FeedApp[];
  readonly people: readonly FeedPerson[];
  readonly chats: readonly FeedChat[];
  /** In the order in which they were sent. */
  readonly messages: ReadonlyMap<string, FeedMessage>;
  readonly calls: readonly FeedCall[];
  readonly events: ReadonlyMap<number, FeedEvent>;
}

export const noData: PageData = {
  cursor: 0,
  url: '',
  apps: [],
  people: [],
  chats: [],
  messages: new Map(),
  calls: [],
  events: new Map(),
};

/** Entries of the log that the page keeps. */
const MAX_LOG = 500;

export function withFeed(data: PageData, feed: Feed): PageData {
  const messages = new Map(data.messages);
  for (const message of feed.messages) messages.set(message.messageId, message);
  const events = new Map(data.events);
  for (const event of feed.events) events.set(event.id, event);
  const seen = data.calls.at(-1)?.id ?? 0;
  const calls = [...data.calls, ...feed.calls.filter(({ id }) => id > seen)];
  return {
    cursor: feed.cursor,
    url: feed.url,
    apps: feed.apps,
    people: feed.people,
    chats: feed.chats,
    messages: feed.messages.length === 0 ? data.messages : messages,
    calls: calls.slice(-MAX_LOG),
    events: new Map([...events].slice(-MAX_LOG)),
  };
}

/** The name of a person or a bot; the id where it is not known. */
export function nameIn({ apps, people }: PageData, id: string): string {
  const app = apps.find(({ appId, botOpenId }) => appId === id || botOpenId === id);
  return app?.name ?? people.find(({ openId }) => openId === id)?.name ?? id;
}

/** The messages of a chat without those that are merged in others, in order. */
export function messagesIn({ messages }: PageData, chatId: string): FeedMessage[] {
  return [...messages.values()]
    .filter((message) => message.chatId === chatId && message.upperMessageId === undefined)
    .sort((one, other) => one.createTime - other.createTime);
}

export function mergedIn({ messages }: PageData, messageId: string): FeedMessage[] {
  return [...messages.values()].filter(({ upperMessageId }) => upperMessageId === messageId);
}

export interface TopicMessages {
  readonly message: FeedMessage;
  /** The answers in its topic. */
  readonly replies: readonly FeedMessage[];
}

/** Messages with the answers of their topics below them. */
export function byTopic(messages: readonly FeedMessage[], form: FeedChat['form']): TopicMessages[] {
  const roots = new Map(messages.map((message) => [message.messageId, [] as FeedMessage[]]));
  const firsts = messages.filter((message) => {
    const { rootId, threadId } = message;
    const replies = roots.get(rootId ?? '');
    const isInTopic = replies !== undefined && (threadId !== undefined || form !== 'plain');
    if (isInTopic) replies.push(message);
    return !isInTopic;
  });
  return firsts.map((message) => ({ message, replies: roots.get(message.messageId) ?? [] }));
}
