import QuickLRU from 'quick-lru';
import type { InboundMessage } from '../../channel/message/event.ts';

const MAX_TOPICS = 5000;

/**
 * The newest message that came in of each topic (话题): into a topic one sends by replying to one of
 * its messages (open.feishu.cn, im/v1/messages/:message_id/reply); `create` knows no `thread_id`.
 */
export class Topics {
  readonly #newestMessages = new QuickLRU<string, string>({ maxSize: MAX_TOPICS });

  remember({ threadId, messageId }: InboundMessage): void {
    if (threadId === undefined) return;
    this.#newestMessages.set(threadId, messageId);
  }

  /**
   * A message_id to reply to; `undefined` where nothing was said there in this process. A topic may
   * have the name of its first message (channel/message/directory/topic-finder.ts), which can be replied to.
   */
  replyTarget(threadId: string | undefined): string | undefined {
    if (threadId === undefined) return undefined;
    const newest = this.#newestMessages.get(threadId);
    return newest ?? (threadId.startsWith('om_') ? threadId : undefined);
  }
}
