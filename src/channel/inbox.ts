/**
 * What stands between connection and turn: an event is acknowledged once it is in here.
 *
 * In: parsed messages, as often as the platform delivers them. Out: each once, the oldest of a chat
 * first, one at a time a chat. In memory for now; a durable one has the same face.
 */
import { REDELIVERY_WINDOW_MS } from '../platform/limits.ts';
import type { InboundMessage } from './event.ts';

export interface Inbox {
  /**
   * Takes a message in, and resolves when it is kept: then it may be acknowledged. One atomic insert,
   * keyed by event_id and message_id, decides whether it is new.
   */
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  /**
   * The oldest waiting message (by the time of sending) of a chat that `mayStart` lets through and
   * of which none is claimed; its chat is busy until {@link done}. Chats take turns.
   */
  claim(mayStart: (message: InboundMessage) => boolean): InboundMessage | undefined;
  /** The claimed message is finished, whatever came of it. */
  done(message: InboundMessage): void;
  /** Takes a waiting message out of the line and finishes it; false where it does not wait any more. */
  take(message: InboundMessage): boolean;
  /** How many messages wait, in one chat or in all. */
  waiting(chatId?: string): number;
}

export interface MemoryInboxOptions {
  readonly now: () => number;
  /** How many ids are remembered; each message has two. */
  readonly idLimit?: number;
}

/** The last redelivery comes some 7.1 h after the first delivery; the margin is for clocks. */
const REMEMBER_MS = REDELIVERY_WINDOW_MS + 15 * 60_000;
/** Some 20 MB at 100 bytes an id; 200,000 ids are 3.8 messages a second for the whole window. */
const ID_LIMIT = 200_000;

export function createMemoryInbox({ now, idLimit = ID_LIMIT }: MemoryInboxOptions): Inbox {
  const seen = new Map<string, number>();
  const waiting = new Map<string, InboundMessage[]>();
  const busy = new Set<string>();

  // The map is in order of insertion: the oldest come first.
  function forget(at: number): void {
    for (const [id, since] of seen) {
      if (at - since < REMEMBER_MS && seen.size <= idLimit) return;
      seen.delete(id);
    }
  }

  return {
    receive(message) {
      const keys = [`event ${message.eventId}`, `message ${message.messageId}`];
      if (keys.some((key) => seen.has(key))) return Promise.resolve('duplicate');
      const at = now();
      for (const key of keys) seen.set(key, at);
      forget(at);
      const queue = waiting.get(message.chatId) ?? [];
      waiting.set(message.chatId, queue);
      // Delivery keeps no order: among those that wait, the time of sending does.
      let index = queue.length;
      while (index > 0 && (queue[index - 1]?.createTime ?? 0) > message.createTime) index--;
      queue.splice(index, 0, message);
      return Promise.resolve('new');
    },
    claim(mayStart) {
      for (const [chatId, queue] of waiting) {
        const [first] = queue;
        if (!first || busy.has(chatId) || !mayStart(first)) continue;
        queue.shift();
        waiting.delete(chatId);
        // To the end of the line, so that a busy chat does not starve the others.
        if (queue.length > 0) waiting.set(chatId, queue);
        busy.add(chatId);
        return first;
      }
      return undefined;
    },
    done: (message) => void busy.delete(message.chatId),
    take(message) {
      const queue = waiting.get(message.chatId) ?? [];
      const index = queue.indexOf(message);
      if (index === -1) return false;
      queue.splice(index, 1);
      if (queue.length === 0) waiting.delete(message.chatId);
      return true;
    },
    waiting(chatId) {
      if (chatId !== undefined) return waiting.get(chatId)?.length ?? 0;
      return [...waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
    },
  };
}
