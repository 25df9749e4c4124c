/** A message as im/v1/messages answers it. */
import type { SandboxApp } from '../../state/app-state.ts';
import type { ChatStore, Mention, StoredMessage } from '../../state/chats.ts';
import { shownContent } from './shown-content.ts';

export interface ItemOptions {
  readonly chats: ChatStore;
  readonly apps: ReadonlyMap<string, SandboxApp>;
  /** The parameters of the call: `card_msg_content_type`, `user_id_type`, `with_sender_name`. */
  readonly query?: URLSearchParams;
}

export function messageItem(message: StoredMessage, options: ItemOptions): Record<string, unknown> {
  const { chats, query } = options;
  const nameOf = (openId: string): string | undefined => chats.users.get(openId)?.name;
  const cardForm = query?.get('card_msg_content_type') ?? undefined;
  const { content, mentions } = shownContent(message, { cardForm, nameOf });
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
      ...sender(message, query?.get('user_id_type') ?? undefined),
      sender_type: message.senderType,
      tenant_key: '',
      ...(query?.get('with_sender_name') === 'true' && {
        sender_name: senderName(message, options),
      }),
    },
    body: { content },
    ...(mentions.length > 0 && {
      mentions: mentions.map((mention) => mentionItem(mention, options)),
    }),
    ...(message.upperMessageId !== undefined && { upper_message_id: message.upperMessageId }),
  };
}

/** Apps have their App ID here, people an id of the type asked for. */
function sender(
  { senderId, senderAppId }: StoredMessage,
  idType: string | undefined,
): { readonly id: string; readonly id_type: string } {
  if (senderAppId !== undefined) return { id: senderAppId, id_type: 'app_id' };
  if (idType !== 'union_id') return { id: senderId, id_type: 'open_id' };
  return { id: senderId.replace(/^ou_/, 'on_'), id_type: 'union_id' };
}

function senderName(message: StoredMessage, { apps, chats }: ItemOptions): string {
  const app = apps.get(message.senderAppId ?? '');
  return app?.state.name ?? chats.users.get(message.senderId)?.name ?? '';
}

/** A bot that is mentioned has its App ID only where a type of ids was asked for. */
function mentionItem({ key, id, name, tenant_key }: Mention, options: ItemOptions): object {
  const idType = options.query?.get('user_id_type') ?? undefined;
  const bot = [...options.apps.values()].find(({ botOpenId }) => botOpenId === id.open_id);
  const [shown, shownType] =
    idType !== undefined && bot
      ? [bot.appId, 'app_id']
      : idType === 'union_id'
        ? [id.union_id, 'union_id']
        : [id.open_id, 'open_id'];
  return { key, id: shown, id_type: shownType, name, tenant_key };
}
