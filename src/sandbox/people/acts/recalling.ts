/** A message is recalled by its sender, or by a person who manages the group. */
import type { EventDelivery } from '../../connection/delivery.ts';
import type { SandboxApp } from '../../state/app-state.ts';
import type { ChatStore, StoredMessage } from '../../state/chats.ts';
import { scopeRules } from '../../state/scopes.ts';
import { appsOf, livingMessage, type World } from '../actors.ts';
import { sendEvent } from '../app-event.ts';

export interface Recalling {
  readonly messageId: string;
  /** Default: its sender. */
  readonly by?: 'message_owner' | 'group_owner' | 'group_manager' | 'enterprise_manager';
}

export interface RecallOptions {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly chats: ChatStore;
  readonly delivery: EventDelivery;
  readonly nextTime: () => number;
}

export function recall(recalling: Recalling, world: World): { readonly eventId: string } {
  const { message } = livingMessage(world, recalling.messageId);
  return recallMessage(message, recalling.by ?? 'message_owner', world, true);
}

/** Recalls what is there, and tells the apps in the chat. */
export function recallMessage(
  message: StoredMessage,
  by: NonNullable<Recalling['by']>,
  options: RecallOptions,
  noted: boolean,
): { readonly eventId: string } {
  const { messageId, chatId } = message;
  const time = options.nextTime();
  options.chats.change(messageId, { deleted: true, updateTime: time });
  const chat = options.chats.chats.get(chatId);
  const event = {
    type: 'im.message.recalled_v1',
    time,
    messageId,
    body: () => ({
      message_id: messageId,
      chat_id: chatId,
      recall_time: String(time),
      recall_type: by,
    }),
  };
  const rule = { scopes: scopeRules.recallEvent, chat };
  const sent = (chat ? appsOf(options, chat, message.appId) : []).map((app) =>
    sendEvent(options.delivery, app, event, rule, noted),
  );
  return { eventId: sent[0]?.eventId ?? '' };
}
