/** A bounded list for each conversation, in memory: the one that was silent longest is dropped first. */
import QuickLRU from 'quick-lru';

/** A chat, or a topic in it. */
export interface Conversation {
  readonly chatId: string;
  readonly threadId: string | undefined;
}

export interface ConversationLists<T> {
  /** Adds an entry at the end; drops the first ones beyond the bound. */
  add(conversation: Conversation, entry: T): void;
  /** Removes the entries for which `isGone` is true, in all conversations. */
  remove(isGone: (entry: T) => boolean): void;
  /** Returns the entries of a conversation and removes them. */
  take(conversation: Conversation): readonly T[];
}

const MAX_CONVERSATIONS = 500;

/** @param maxEntries of one conversation, at least 1 */
export function createConversationLists<T>(maxEntries: number): ConversationLists<T> {
  const lists = new QuickLRU<string, readonly T[]>({ maxSize: MAX_CONVERSATIONS });
  const keyOf = ({ chatId, threadId }: Conversation): string => `${chatId}#${threadId ?? ''}`;

  function take(conversation: Conversation): readonly T[] {
    const key = keyOf(conversation);
    const entries = lists.get(key) ?? [];
    lists.delete(key);
    return entries;
  }

  return {
    take,
    add(conversation, entry) {
      lists.set(keyOf(conversation), [...take(conversation), entry].slice(-maxEntries));
    },
    remove(isGone) {
      for (const [key, entries] of [...lists]) {
        if (entries.some(isGone))
          lists.set(
            key,
            entries.filter((entry) => !isGone(entry)),
          );
      }
    },
  };
}
