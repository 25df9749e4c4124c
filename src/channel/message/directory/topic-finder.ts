/**
 * The topic (话题) of a message, filled in once, before the turn.
 *
 * In a topic group every message belongs to a topic, but a reply may carry only `root_id`; in other
 * chats every quote has a `root_id`, and only a `thread_id` makes a topic. So the kind of the chat
 * decides (open.feishu.cn, im/v1/chats/:chat_id). If it is unknown, `root_id` makes no topic.
 */

import QuickLRU from 'quick-lru';
import type { InboundMessage } from '../event.ts';
import type { FetchMessage } from '../fetched/fetch-message.ts';
import type { ChatDirectory } from './chat-directory.ts';

export interface TopicFinder {
  /** Whether {@link TopicFinder.withTopic} has to ask the platform. */
  needsLookup(message: InboundMessage): boolean;
  /** The message with the `threadId` of its topic, if it is in one. Never rejects. */
  withTopic(message: InboundMessage): Promise<InboundMessage>;
}

export interface TopicFinderOptions {
  readonly fetchMessage: FetchMessage;
  readonly chats: ChatDirectory;
  readonly signal: AbortSignal;
}

const MAX_TOPICS = 5000;

export function createTopicFinder(options: TopicFinderOptions): TopicFinder {
  const { fetchMessage, chats, signal } = options;
  /**
   * Topic ids by the message that opened the topic. A topic keeps its id while the process runs,
   * even if the platform gives another one later, because the id names a session.
   */
  const topics = new QuickLRU<string, Promise<string>>({ maxSize: MAX_TOPICS });

  /** The `thread_id` of the topic's first message if the platform gives it, else the root's id. */
  async function fetchTopicId(rootId: string): Promise<string> {
    // It rejects only at shutdown.
    const root = await fetchMessage(rootId, signal).catch(() => undefined);
    return root?.threadId ?? rootId;
  }

  function cacheTopic(rootId: string, topic: Promise<string>): Promise<string> {
    topics.set(rootId, topic);
    return topic;
  }

  const needsLookup = ({ chatType, threadId, rootId }: InboundMessage): boolean =>
    chatType === 'group' && threadId === undefined && rootId !== undefined;

  return {
    needsLookup,
    async withTopic(message) {
      const { chatId, messageId, threadId, rootId } = message;
      if (threadId !== undefined) {
        const firstMessageId = rootId ?? messageId;
        if (!topics.has(firstMessageId)) void cacheTopic(firstMessageId, Promise.resolve(threadId));
        return message;
      }
      if (rootId === undefined || !needsLookup(message)) return message;
      if ((await chats.chat(chatId))?.isTopicGroup !== true) return message;
      const topic = topics.get(rootId) ?? cacheTopic(rootId, fetchTopicId(rootId));
      return { ...message, threadId: await topic };
    },
  };
}
