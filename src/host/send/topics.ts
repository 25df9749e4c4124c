/**
 * The newest message that came in of each topic (话题): into a topic one sends by replying to one of
 * its messages (open.feishu.cn, im/v1/messages/:message_id/reply); `create` knows no `thread_id`.
 * Outlives the account, which a change of its config restarts.
 */
import type { InboundMessage } from '../../channel/message/event.ts';

const newestMessages = new Map<string, string>();
const MAX_TOPICS = 10_000;

export function rememberTopic({ threadId, messageId }: InboundMessage): void {
  if (threadId === undefined) return;
  if (newestMessages.size >= MAX_TOPICS) newestMessages.clear();
  newestMessages.set(threadId, messageId);
}

/**
 * A message_id to reply to; `undefined` where nothing was said there in this process. A topic may have the
 * name of its first message (channel/message/topic-finder.ts), and that one can be replied to.
 */
export function replyTargetInTopic(threadId: string | undefined): string | undefined {
  if (threadId === undefined) return undefined;
  return newestMessages.get(threadId) ?? (threadId.startsWith('om_') ? threadId : undefined);
}
