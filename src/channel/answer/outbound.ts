/**
 * Decides when a message may be sent: one queue a chat under the platform's limits, chats in turn.
 *
 * In: requests to send to a chat, and the platform's rate-limit errors. Out: permissions, one at a
 * time. It holds no messages: each turn keeps its own, so the number of turns bounds the memory.
 */
import {
  MESSAGES_PER_MINUTE_PER_APP,
  MESSAGES_PER_SECOND_PER_APP,
  MESSAGES_PER_SECOND_PER_CHAT,
} from '../../platform/limits.ts';

export interface OutboundLimits {
  readonly perChatPerSecond: number;
  readonly perAppPerSecond: number;
  readonly perAppPerMinute: number;
}

export interface Outbound {
  /** Resolves when one message may be sent to the chat. @throws the signal's reason */
  slot(chatId: string, signal: AbortSignal): Promise<void>;
  /** The platform asked to wait: for one chat, or, without `chatId`, for all chats. */
  holdBack(ms: number, chatId?: string): void;
  /** How many senders wait now. */
  readonly waiting: number;
}

export const outboundLimits: OutboundLimits = {
  perChatPerSecond: MESSAGES_PER_SECOND_PER_CHAT,
  perAppPerSecond: MESSAGES_PER_SECOND_PER_APP,
  perAppPerMinute: MESSAGES_PER_MINUTE_PER_APP,
};

/** A little over a second and a minute (ms): calls sent evenly may arrive unevenly. */
const SECOND_MS = 1050;
const MINUTE_MS = 60_500;

interface Waiter {
  readonly go: () => void;
}

/** @param monotonic a clock that is never set (ms) */
export function createOutbound(
  monotonic: () => number,
  limits: OutboundLimits = outboundLimits,
): Outbound {
  /** Chats in the order of their turn. */
  const lines = new Map<string, Waiter[]>();
  const sentTo = new Map<string, number[]>();
  const heldUntil = new Map<string, number>();
  let sent: number[] = [];
  let allHeldUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  /** When a limit of `most` messages in `ms` allows the next one; 0: now. */
  function windowOpens(times: readonly number[], most: number, ms: number, at: number): number {
    const oldest = times[times.length - most];
    return oldest === undefined || oldest <= at - ms ? 0 : oldest + ms;
  }

  function appOpens(at: number): number {
    sent = sent.slice(firstWithin(sent, at - MINUTE_MS));
    return Math.max(
      allHeldUntil > at ? allHeldUntil : 0,
      windowOpens(sent, limits.perAppPerSecond, SECOND_MS, at),
      windowOpens(sent, limits.perAppPerMinute, MINUTE_MS, at),
    );
  }

  function chatOpens(chatId: string, at: number): number {
    const held = heldUntil.get(chatId) ?? 0;
    const times = sentTo.get(chatId) ?? [];
    return Math.max(
      held > at ? held : 0,
      windowOpens(times, limits.perChatPerSecond, SECOND_MS, at),
    );
  }

  function forget(at: number): void {
    for (const [chatId, times] of sentTo) {
      if ((times.at(-1) ?? 0) <= at - SECOND_MS) sentTo.delete(chatId);
    }
    for (const [chatId, until] of heldUntil) if (until <= at) heldUntil.delete(chatId);
  }

  function grant(chatId: string, line: Waiter[], at: number): void {
    const waiter = line.shift();
    lines.delete(chatId);
    if (line.length > 0) lines.set(chatId, line);
    sent.push(at);
    const times = sentTo.get(chatId) ?? [];
    sentTo.set(chatId, [...times, at].slice(-limits.perChatPerSecond));
    waiter?.go();
  }

  /** Permits one message, or returns when the next one is possible. */
  function next(at: number): 'went' | number {
    let earliest = appOpens(at);
    if (earliest > 0) return earliest;
    for (const [chatId, line] of lines) {
      const opens = chatOpens(chatId, at);
      if (opens === 0) {
        grant(chatId, line, at);
        return 'went';
      }
      earliest = earliest === 0 ? opens : Math.min(earliest, opens);
    }
    return earliest;
  }

  function pump(): void {
    clearTimeout(timer);
    const at = monotonic();
    forget(at);
    while (lines.size > 0) {
      const opens = next(at);
      if (opens === 'went') continue;
      timer = setTimeout(pump, Math.max(1, opens - at));
      return;
    }
  }

  return {
    slot(chatId, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const waiter: Waiter = {
          go: () => {
            signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        const leave = (): void => {
          const line = (lines.get(chatId) ?? []).filter((other) => other !== waiter);
          if (line.length > 0) lines.set(chatId, line);
          else lines.delete(chatId);
          if (lines.size === 0) clearTimeout(timer);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        lines.set(chatId, [...(lines.get(chatId) ?? []), waiter]);
        pump();
      });
    },
    holdBack(ms, chatId) {
      const until = monotonic() + ms;
      if (chatId === undefined) allHeldUntil = Math.max(allHeldUntil, until);
      else heldUntil.set(chatId, Math.max(heldUntil.get(chatId) ?? 0, until));
    },
    get waiting() {
      let count = 0;
      for (const line of lines.values()) count += line.length;
      return count;
    },
  };
}

function firstWithin(times: readonly number[], since: number): number {
  const index = times.findIndex((time) => time > since);
  return index === -1 ? times.length : index;
}
