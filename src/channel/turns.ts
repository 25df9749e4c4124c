/**
 * When what is in the inbox is worked on: chats side by side, bounded; a chat's messages in order.
 *
 * In: an inbox and a turn to run. Out: turns, started and awaited. Knows nothing of Feishu.
 */
import type { InboundMessage } from './event.ts';
import type { Inbox } from './inbox.ts';

export interface TurnSchedulerOptions {
  readonly inbox: Inbox;
  /** Runs one turn to its end; never rejects. */
  readonly run: (message: InboundMessage, signal: AbortSignal) => Promise<void>;
  readonly mayStart: (message: InboundMessage) => boolean;
  readonly now: () => number;
}

export interface TurnScheduler {
  /** Something may have become ready to start. */
  wake(): void;
  /**
   * The line was just (re)opened: what was lost with the old one comes again, perhaps behind newer
   * messages. Turns start only after the dust has settled, so that a chat's order holds.
   */
  settle(): void;
  /** Aborts the running turn of a chat; whether there was one. */
  abort(chatId: string): boolean;
  /** Starts nothing more; running turns get `graceMs` to end, then are aborted. */
  stop(graceMs: number): Promise<void>;
}

/** Many agents at once help nobody: each is a process or a model call. */
const AT_ONCE = 16;
/** Time for redeliveries after a reconnect to arrive and be sorted in (ms). */
const SETTLE_MS = 400;

export function createTurnScheduler(options: TurnSchedulerOptions): TurnScheduler {
  const running = new Map<
    string,
    { readonly ended: Promise<void>; readonly abort: AbortController }
  >();
  let stopped = false;
  let settledAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const wake = () => {
    if (stopped) return;
    const waitMs = settledAt - options.now();
    if (waitMs > 0) {
      clearTimeout(timer);
      timer = setTimeout(wake, waitMs);
      return;
    }
    while (running.size < AT_ONCE) {
      const message = options.inbox.claim(options.mayStart);
      if (!message) return;
      const abort = new AbortController();
      const ended = options.run(message, abort.signal).finally(() => {
        running.delete(message.chatId);
        options.inbox.done(message);
        wake();
      });
      running.set(message.chatId, { ended, abort });
    }
  };

  return {
    wake,
    settle() {
      settledAt = options.now() + SETTLE_MS;
      wake();
    },
    abort(chatId) {
      const turn = running.get(chatId);
      turn?.abort.abort();
      return turn !== undefined;
    },
    async stop(graceMs) {
      stopped = true;
      clearTimeout(timer);
      const all = Promise.all([...running.values()].map((turn) => turn.ended));
      const grace = setTimeout(() => {
        for (const turn of running.values()) turn.abort.abort();
      }, graceMs);
      await all;
      clearTimeout(grace);
    },
  };
}
