/**
 * Decides when a message may be sent: one queue a chat under the platform's limits, chats in turn.
 * Cards that grow have queues of their own, and only a share of the app's limits.
 *
 * In: requests to send to a chat, and the platform's rate-limit errors. Out: permissions, one at a
 * time. It holds no messages: each turn keeps its own, so the number of turns bounds the memory.
 */
import {
  MESSAGES_PER_MINUTE_PER_APP,
  MESSAGES_PER_SECOND_PER_APP,
  MESSAGES_PER_SECOND_PER_CHAT,
} from '../../platform/limits.ts';

export interface SendLimits {
  readonly perChatPerSecond: number;
  readonly perAppPerSecond: number;
  readonly perAppPerMinute: number;
}

export interface SendLimiter {
  /** Resolves when one message may be sent to the chat. @throws the signal's reason */
  acquire(chatId: string, signal: AbortSignal): Promise<void>;
  /**
   * Resolves when one call for a growing card may be made.
   *
   * @param kind `end`: one that completes the answer, for which the others wait
   * @throws the signal's reason
   */
  acquireCall(cardId: string, signal: AbortSignal, kind?: 'growth' | 'end'): Promise<void>;
  /** The platform asked to wait: for one chat, or, without `chatId`, for all chats. */
  pauseFor(ms: number, chatId?: string): void;
  /** How many senders wait now. */
  readonly waiting: number;
}

export const sendLimits: SendLimits = {
  perChatPerSecond: MESSAGES_PER_SECOND_PER_CHAT,
  perAppPerSecond: MESSAGES_PER_SECOND_PER_APP,
  perAppPerMinute: MESSAGES_PER_MINUTE_PER_APP,
};

/** A little over a second and a minute (ms): calls sent evenly may arrive unevenly. */
const SECOND_MS = 1050;
const MINUTE_MS = 60_500;

/**
 * The share of growing cards: after a burst so many calls a second, which leaves a minute of messages
 * more than a tenth of the app's limit. The burst is what ten answers of some seconds take side by side;
 * one long answer alone takes no more than the rest. A card that has to wait shows more at once. The end
 * of a card counts, and does not wait: a person waits for it.
 */
const CARD_CALLS_BURST = 400;
const CARD_CALLS_PER_SECOND = 8;
/** The platform takes ten a second (docs/platform/limits.md). */
const CALLS_PER_SECOND_PER_CARD = 10;

interface Waiter {
  readonly grant: () => void;
}

/** How the queues of a card begin, and that of its growth; no chat has such an id. */
const CARD_QUEUE = 'card:';
const GROWTH_QUEUE = `${CARD_QUEUE}growth:`;

/** @param monotonic a clock that is never set (ms) */
export function createSendLimiter(
  monotonic: () => number,
  limits: SendLimits = sendLimits,
): SendLimiter {
  /** Chats in the order of their turn. */
  const queues = new Map<string, Waiter[]>();
  const sentTimesByChat = new Map<string, number[]>();
  const chatPausedUntil = new Map<string, number>();
  let sentTimes: number[] = [];
  let pausedUntil = 0;
  /** How much of the burst is used, as of a time. */
  let cardCalls = { used: 0, at: 0 };
  let timer: NodeJS.Timeout | undefined;

  /** When a limit of `max` messages in `ms` allows the next one; 0: now. */
  function nextTimeInWindow(times: readonly number[], max: number, ms: number, at: number): number {
    const oldest = times[times.length - max];
    return oldest === undefined || oldest <= at - ms ? 0 : oldest + ms;
  }

  function nextTimeOfApp(at: number): number {
    sentTimes = sentTimes.slice(firstIndexAfter(sentTimes, at - MINUTE_MS));
    return Math.max(
      pausedUntil > at ? pausedUntil : 0,
      nextTimeInWindow(sentTimes, limits.perAppPerSecond, SECOND_MS, at),
      nextTimeInWindow(sentTimes, limits.perAppPerMinute, MINUTE_MS, at),
    );
  }

  function nextTimeOfChat(chatId: string, at: number): number {
    const chatPause = chatPausedUntil.get(chatId) ?? 0;
    const times = sentTimesByChat.get(chatId) ?? [];
    return Math.max(
      chatPause > at ? chatPause : 0,
      nextTimeInWindow(times, perSecond(chatId), SECOND_MS, at),
      chatId.startsWith(GROWTH_QUEUE) ? nextTimeOfCards(at) : 0,
    );
  }

  const perSecond = (chatId: string): number =>
    chatId.startsWith(CARD_QUEUE) ? CALLS_PER_SECOND_PER_CARD : limits.perChatPerSecond;

  function nextTimeOfCards(at: number): number {
    const used = Math.max(0, cardCalls.used - ((at - cardCalls.at) * CARD_CALLS_PER_SECOND) / 1000);
    cardCalls = { used, at };
    const excess = used + 1 - CARD_CALLS_BURST;
    return excess <= 0 ? 0 : at + Math.ceil((excess * 1000) / CARD_CALLS_PER_SECOND);
  }

  function forgetExpired(at: number): void {
    for (const [chatId, times] of sentTimesByChat) {
      if ((times.at(-1) ?? 0) <= at - SECOND_MS) sentTimesByChat.delete(chatId);
    }
    for (const [chatId, until] of chatPausedUntil) if (until <= at) chatPausedUntil.delete(chatId);
  }

  function grant(chatId: string, queue: Waiter[], at: number): void {
    const waiter = queue.shift();
    queues.delete(chatId);
    if (queue.length > 0) queues.set(chatId, queue);
    sentTimes.push(at);
    const times = sentTimesByChat.get(chatId) ?? [];
    sentTimesByChat.set(chatId, [...times, at].slice(-perSecond(chatId)));
    if (chatId.startsWith(CARD_QUEUE)) cardCalls = { used: cardCalls.used + 1, at: cardCalls.at };
    waiter?.grant();
  }

  /** Permits one message, or returns when the next one is possible. */
  function grantNext(at: number): 'went' | number {
    let earliest = nextTimeOfApp(at);
    if (earliest > 0) return earliest;
    for (const [chatId, queue] of queues) {
      const nextTime = nextTimeOfChat(chatId, at);
      if (nextTime === 0) {
        grant(chatId, queue, at);
        return 'went';
      }
      earliest = earliest === 0 ? nextTime : Math.min(earliest, nextTime);
    }
    return earliest;
  }

  function grantAll(): void {
    clearTimeout(timer);
    const at = monotonic();
    forgetExpired(at);
    while (queues.size > 0) {
      const nextTime = grantNext(at);
      if (nextTime === 'went') continue;
      timer = setTimeout(grantAll, Math.max(1, nextTime - at));
      return;
    }
  }

  function acquire(chatId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        const queue = (queues.get(chatId) ?? []).filter((other) => other !== waiter);
        if (queue.length > 0) queues.set(chatId, queue);
        else queues.delete(chatId);
        if (queues.size === 0) clearTimeout(timer);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queues.set(chatId, [...(queues.get(chatId) ?? []), waiter]);
      grantAll();
    });
  }

  return {
    acquire,
    acquireCall: (cardId, signal, kind = 'growth') =>
      acquire(`${CARD_QUEUE}${kind}:${cardId}`, signal),
    pauseFor(ms, chatId) {
      const until = monotonic() + ms;
      if (chatId === undefined) pausedUntil = Math.max(pausedUntil, until);
      else chatPausedUntil.set(chatId, Math.max(chatPausedUntil.get(chatId) ?? 0, until));
    },
    get waiting() {
      let count = 0;
      for (const queue of queues.values()) count += queue.length;
      return count;
    },
  };
}

function firstIndexAfter(times: readonly number[], since: number): number {
  const index = times.findIndex((time) => time > since);
  return index === -1 ? times.length : index;
}
