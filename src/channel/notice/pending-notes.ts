/**
 * What the agent learns at the next turn of a conversation: reactions, recalls, edits and the bot's
 * coming and going start no turn of their own. In memory, bounded.
 */
import type { ChatNotice } from '../message/chat-notice.ts';

export interface Note {
  readonly notice: ChatNotice;
  /** What the message in question says, where it is known. */
  readonly text?: string | undefined;
}

/** A chat, or a topic in it. */
export interface Conversation {
  readonly chatId: string;
  readonly threadId: string | undefined;
}

export interface PendingNotes {
  add(conversation: Conversation, note: Note): void;
  /** Returns the notes of a conversation and removes them. */
  take(conversation: Conversation): readonly Note[];
}

/** As many as a host shows an agent (clawdbot@2026.1.24-3, infra/system-events). */
const MAX_NOTES = 20;
const MAX_CONVERSATIONS = 500;

export function createPendingNotes(): PendingNotes {
  const pending = new Map<string, readonly Note[]>();
  const keyOf = ({ chatId, threadId }: Conversation): string => `${chatId}#${threadId ?? ''}`;

  return {
    add(conversation, note) {
      const key = keyOf(conversation);
      const notes = pending.get(key) ?? [];
      pending.delete(key);
      pending.set(key, [...notes, note].slice(-MAX_NOTES));
      const [oldest] = pending.keys();
      if (pending.size > MAX_CONVERSATIONS && oldest !== undefined) pending.delete(oldest);
    },
    take(conversation) {
      const key = keyOf(conversation);
      const notes = pending.get(key) ?? [];
      pending.delete(key);
      return notes;
    },
  };
}
