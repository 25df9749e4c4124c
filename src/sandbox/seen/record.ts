/** The record of what changes in the chats, from which `seen` makes its view. */
import type { ChatStore } from '../state/chats.ts';
import { type RecordedChange, type SeenMessage, seenMessages } from './seen.ts';

export interface SeenRecord {
  /** What is seen in one chat, or in all, until now. */
  seen(chatId?: string): SeenMessage[];
}

export function recordChanges(chats: ChatStore, now: () => number): SeenRecord {
  const byChat = new Map<string, RecordedChange[]>();
  chats.watch((message) => {
    if (message.upperMessageId !== undefined) return;
    const change = { at: now(), message };
    const known = byChat.get(message.chatId);
    if (known) known.push(change);
    else byChat.set(message.chatId, [change]);
  });
  return {
    seen(chatId) {
      const record =
        chatId === undefined ? [...byChat.values()].flat() : (byChat.get(chatId) ?? []);
      return seenMessages(record, now());
    },
  };
}
