/** A message as im/v1/messages answers it. */
import type { StoredMessage } from '../state/chats.ts';

export function messageItem(message: StoredMessage): Record<string, unknown> {
  return {
    message_id: message.messageId,
    ...(message.rootId !== undefined && { root_id: message.rootId }),
    ...(message.parentId !== undefined && { parent_id: message.parentId }),
    ...(message.threadId !== undefined && { thread_id: message.threadId }),
    msg_type: message.msgType,
    create_time: String(message.createTime),
    update_time: String(message.updateTime),
    deleted: message.deleted,
    updated: message.edits > 0,
    chat_id: message.chatId,
    sender: {
      id: message.senderId,
      id_type: message.fromBot ? 'app_id' : 'open_id',
      sender_type: message.fromBot ? 'app' : 'user',
      tenant_key: '',
    },
    body: { content: message.content },
    ...(message.mentions.length > 0 && {
      mentions: message.mentions.map(({ key, id, name, tenant_key }) => ({
        key,
        id: id.open_id,
        id_type: 'open_id',
        name,
        tenant_key,
      })),
    }),
  };
}
