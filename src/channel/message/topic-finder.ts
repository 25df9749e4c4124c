/**
 * The topic (话题) of a message, filled in once, before the turn.
 *
 * In a topic group every message belongs to a topic, but a reply may carry only `root_id`; in other
 * chats every quote has a `root_id`, and only a `thread_id` makes a topic. So the kind of the chat
 * decides (open.feishu.cn, im/v1/chats/:chat_id). If it is unknown, `root_id` makes no topic.
 */
import { z } from 'zod';
import type { PlatformClient } from '../../platform/client/client.ts';
import { encodePath } from '../../platform/network/path.ts';
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type ChatDirectory, LOOKUP_TIMEOUT_MS } from './chat-directory.ts';
import type { InboundMessage } from './event.ts';

export interface TopicFinder {
  /** Whether {@link TopicFinder.withTopic} has to ask the platform. */
  needsLookup(message: InboundMessage): boolean;
  /** The message with the `threadId` of its topic, if it is in one. Never rejects. */
  withTopic(message: InboundMessage): Promise<InboundMessage>;
}

export interface TopicFinderOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly chats: ChatDirectory;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const MAX_TOPICS = 10_000;

const messageSchema = z.object({
  items: z
    .array(z.object({ thread_id: z.string().nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
});

export function createTopicFinder(options: TopicFinderOptions): TopicFinder {
  const { client, chats, log } = options;
  /**
   * Topic ids by the message that opened the topic. A topic keeps its id while the process runs,
   * even if the platform gives another one later, because the id names a session.
   */
  const topics = new Map<string, Promise<string>>();

  const lookupSignal = (): AbortSignal =>
    AbortSignal.any([options.signal, AbortSignal.timeout(LOOKUP_TIMEOUT_MS)]);

  /** The `thread_id` of the topic's first message if the platform gives it, else the root's id. */
  async function fetchTopicId(rootId: string): Promise<string> {
    try {
      const { items } = await client.call(
        {
          method: 'GET',
          path: encodePath`/open-apis/im/v1/messages/${rootId}`,
          schema: messageSchema,
          family: 'message',
          safeToRepeat: true,
        },
        { signal: lookupSignal() },
      );
      return items?.[0]?.thread_id || rootId;
    } catch (error) {
      log.info('the id of a topic is not known', { messageId: rootId, error: codeOf(error) });
      return rootId;
    }
  }

  function cacheTopic(rootId: string, topic: Promise<string>): Promise<string> {
    if (topics.size >= MAX_TOPICS) topics.clear();
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
