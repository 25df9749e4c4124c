/**
 * What stands between connection and turn: an event is acknowledged once it is in here.
 *
 * In: parsed messages, as often as the platform delivers them. Out: each once, the oldest of a chat
 * first, one at a time a chat. In memory; a durable one has the same face.
 */
import type { InboundMessage } from './event.ts';

export interface Inbox {
  /** Takes a message in; one atomic insert decides whether it is new. Resolves when it is kept. */
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  /** The oldest waiting message of a chat that `mayStart` lets through, now claimed; the chat is busy until {@link done}. */
  claim(mayStart: (message: InboundMessage) => boolean): InboundMessage | undefined;
  /** The claimed message is finished, whatever came of it. */
  done(message: InboundMessage): void;
  /** Takes a waiting message out of the line, for whoever answers it at once. */
  take(message: InboundMessage): void;
  /** How many messages of a chat wait. */
  waitingIn(chatId: string): number;
  readonly size: number;
}

/** Feishu's last redelivery comes 7.1 h after the first delivery (shelf 6, "redelivery"); a margin on top. */
const REMEMBER_MS = 8 * 60 * 60 * 1000;
/** Bounds memory: at 100 bytes an id, some 20 MB; 200,000 ids are 7 events/s for 8 h. */
const REMEMBER_AT_MOST = 200_000;

export function createMemoryInbox(now: () => number): Inbox {
  const seen = new Map<string, number>();
  const waiting = new Map<string, InboundMessage[]>();
  const busy = new Set<string>();
  let size = 0;

  const remember = (id: string, at: number) => {
    seen.delete(id);
    seen.set(id, at);
  };
  // The map is in order of insertion: the oldest come first.
  const forget = (at: number) => {
    for (const [id, since] of seen) {
      if (at - since < REMEMBER_MS && seen.size <= REMEMBER_AT_MOST) return;
      seen.delete(id);
    }
  };

  return {
    receive(message) {
      const keys = [`e:${message.eventId}`, `m:${message.messageId}`];
      if (keys.some((key) => seen.has(key))) return Promise.resolve('duplicate');
      const at = now();
      for (const key of keys) remember(key, at);
      forget(at);
      const queue = waiting.get(message.chatId) ?? [];
      waiting.set(message.chatId, queue);
      // Delivery keeps no order: among those that wait, the time of sending does.
      let index = queue.length;
      while (index > 0 && (queue[index - 1]?.createTime ?? 0) > message.createTime) index--;
      queue.splice(index, 0, message);
      size++;
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
    done(message) {
      busy.delete(message.chatId);
      size--;
    },
    take(message) {
      const queue = waiting.get(message.chatId) ?? [];
      const index = queue.indexOf(message);
      if (index === -1) return;
      queue.splice(index, 1);
      if (queue.length === 0) waiting.delete(message.chatId);
      size--;
    },
    waitingIn: (chatId) => waiting.get(chatId)?.length ?? 0,
    get size() {
      return size;
    },
  };
}
