/** Which session of the host a message belongs to (`groupSessionScope`). Pure. */
import type { InboundMessage } from '../../../channel/message/event.ts';
import { entryOf, type ResolvedAccount } from '../../../config/account/account.ts';

type Scope = ResolvedAccount['groupSessionScope'];

/** The scope of a chat: the group's own, else the account's. */
export function scopeOf(
  { groups, groupSessionScope }: Pick<ResolvedAccount, 'groups' | 'groupSessionScope'>,
  chatId: string,
): Scope {
  return entryOf(groups, chatId)?.groupSessionScope ?? groupSessionScope;
}

/**
 * The session's key: that of the chat, with the person and the topic behind it where each has a
 * session of its own. A topic of a direct chat always has one, as in the hosts' other channels.
 */
export function sessionKeyOf(
  chatKey: string,
  { chatType, senderOpenId, threadId }: InboundMessage,
  scope: Scope,
): string {
  const isGroup = chatType === 'group';
  const hasSender = isGroup && (scope === 'group_sender' || scope === 'group_topic_sender');
  const hasTopic = !isGroup || scope === 'group_topic' || scope === 'group_topic_sender';
  const sender = hasSender && senderOpenId !== '' ? `:sender:${senderOpenId}` : '';
  const topic = hasTopic && threadId !== undefined ? `:thread:${threadId}` : '';
  return `${chatKey}${sender}${topic}`;
}
