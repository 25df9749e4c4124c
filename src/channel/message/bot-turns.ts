/**
 * Bounds the conversations of bots: two that answer each other would go on for ever (R5).
 *
 * In: every message that was decided about. Out: whether one more answer to a bot is due in its chat.
 */
import QuickLRU from 'quick-lru';
import type { InboundMessage } from './event.ts';

/** Answers to bots, one after the other in a group. */
const MAX_IN_A_ROW = 10;
/** After such a time without one the count starts again (ms). */
const FORGET_AFTER_MS = 10 * 60_000;
const MAX_CHATS = 5000;

export interface BotTurns {
  /** A person has written: what bots do from here on is part of a conversation with people. */
  person(chatId: string): void;
  /** Whether a bot's message is answered; if so, it counts. */
  take(message: Pick<InboundMessage, 'chatId'>): boolean;
}

/** @param monotonic a clock that is not set (ms) */
export function createBotTurns(monotonic: () => number): BotTurns {
  const rows = new QuickLRU<string, { readonly count: number; readonly at: number }>({
    maxSize: MAX_CHATS,
  });
  return {
    person: (chatId) => void rows.delete(chatId),
    take({ chatId }) {
      const now = monotonic();
      const row = rows.get(chatId);
      const count = row && now - row.at < FORGET_AFTER_MS ? row.count : 0;
      if (count >= MAX_IN_A_ROW) return false;
      rows.set(chatId, { count: count + 1, at: now });
      return true;
    },
  };
}
