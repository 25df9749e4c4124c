/** The event of a message that was received or edited, and which messages an app receives. */
import type { UndeliveredReason } from '../connection/delivery.ts';
import { isAvailableTo, type SandboxApp } from '../state/app-state.ts';
import type { SandboxChat, StoredMessage } from '../state/chats.ts';
import { hasAnyOf, scopeRules } from '../state/scopes.ts';
import { personIds } from './person.ts';
import { reasonToWithhold } from './withholding.ts';

export const receiveEvent = 'im.message.receive_v1';

/** Why the app does not receive a message (docs/platform/permissions.md#what-delivers-a-message). */
export function reasonToKeepBack(
  app: SandboxApp,
  chat: SandboxChat,
  { senderId, senderType, mentions }: StoredMessage,
): UndeliveredReason | undefined {
  const reason = reasonToWithhold(app, { type: receiveEvent, scopes: [], chat });
  if (reason) return reason;
  const { scopes } = app.state;
  if (chat.chatType === 'p2p') {
    if (!isAvailableTo(app, senderId)) return 'not-available';
    return hasAnyOf(scopes, scopeRules.p2pEvent) ? undefined : 'scope-missing';
  }
  const isMentioned = mentions.some(({ id }) => id.open_id === app.botOpenId);
  if (senderType === 'app') {
    if (!isMentioned) return 'no-mention';
    return hasAnyOf(scopes, scopeRules.mentionByBotEvent) ? undefined : 'scope-missing';
  }
  if (hasAnyOf(scopes, scopeRules.groupEvent)) return undefined;
  if (!isMentioned) return 'no-mention';
  return hasAnyOf(scopes, scopeRules.mentionEvent) ? undefined : 'scope-missing';
}

/** The `event` of im.message.receive_v1. A message that was recalled meanwhile has no content. */
export function messageEventBody({ tenantKey }: SandboxApp, message: StoredMessage): object {
  return {
    sender: {
      sender_id: personIds(message.senderId),
      sender_type: message.senderType,
      tenant_key: tenantKey,
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
      content: message.deleted ? '' : (message.eventContent ?? message.content),
      ...(message.mentions.length > 0 && { mentions: message.mentions }),
    },
  };
}
