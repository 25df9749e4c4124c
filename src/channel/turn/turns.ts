/**
 * Decides when turns run: several chats in parallel, bounded; the messages of one chat in order.
 *
 * In: an inbox and a turn to run. Out: turns, started and awaited. Knows nothing of Feishu.
 */
import type { Claim, Inbox, MayStart } from '../inbox/inbox.ts';

export interface TurnsOptions {
  readonly inbox: Inbox;
  /** Runs one turn and ends its claim; never rejects. */
  readonly run: (claim: Claim, signal: AbortSignal) => Promise<void>;
  readonly mayStart: MayStart;
  /** Claiming from the inbox failed. */
  readonly onError: (error: unknown) => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly concurrency?: number;
  readonly settleMs?: SettleTimes;
}

export interface SettleTimes {
  /** After the first connection: only messages sent before it may be out of order. */
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

export interface Turns {
  /** Something may have become ready to start. */
  wake(): void;
  /** The connection was lost: from now on messages may arrive out of order. */
  disturb(): void;
  /** The connection is up again: turns start once lost messages have had time to come again. */
  settle(): void;
  /** Aborts the running turn of a chat. @returns whether there was one */
  abort(chatId: string): boolean;
  /** Turns that run now. */
  readonly running: number;
  isRunning(chatId: string): boolean;
  /** Starts no more turns, and resolves when the running turns have ended. */
  stop(): Promise<void>;
}

/**
 * Enough that slow agents do not block other chats, few enough for a small machine when each agent
 * is a process, and far from the 50 messages a second that an app may send.
 */
const CONCURRENCY = 16;

/**
 * How long turns wait after a reconnection (ms). The platform delivers lost messages again, perhaps
 * after newer ones; waiting messages are ordered by the time of sending. The platform's waits grow
 * about fivefold from one redelivery to the next, so five times the outage covers the next one, and
 * the lower bound covers redeliveries within a second or two. The upper bound limits how long a
 * person waits; it grows only when the connection is lost again meanwhile.
 */
const SETTLE_MS: SettleTimes = { first: 400, least: 2000, most: 4000 };
const MOST_LOSSES = 4;
const OUTAGE_FACTOR = 5;

interface RunningTurn {
  readonly ended: Promise<void>;
  readonly abort: AbortController;
}

export function createTurns(options: TurnsOptions): Turns {
  const { inbox, monotonic, concurrency = CONCURRENCY, settleMs = SETTLE_MS } = options;
  const running = new Map<string, RunningTurn>();
  let isStopped = false;
  let isDown = false;
  let disturbedAt = 0;
  let losses = 0;
  // Messages of an earlier run wait for the connection, but no longer than this.
  let settledAt = monotonic() + settleMs.most;
  let timer: NodeJS.Timeout | undefined;
  let isFilling = false;
  let isWoken = false;

  function wake(): void {
    isWoken = true;
    if (isFilling) return;
    isFilling = true;
    void fill()
      .catch(options.onError)
      .finally(() => {
        isFilling = false;
        if (isWoken) wake();
      });
  }

  async function fill(): Promise<void> {
    while (isWoken) {
      isWoken = false;
      while (!isStopped && !isUnsettled() && running.size < concurrency) {
        const claim = await inbox.claim(options.mayStart);
        if (!claim) break;
        if (isStopped) claim.release();
        else start(claim);
      }
    }
  }

  function start(claim: Claim): void {
    const { chatId } = claim.message;
    const abort = new AbortController();
    const ended = options.run(claim, abort.signal).finally(() => {
      if (running.get(chatId) === turn) running.delete(chatId);
      wake();
    });
    const turn: RunningTurn = { ended, abort };
    running.set(chatId, turn);
  }

  /** Whether turns still wait after a reconnection; if so, sets a timer that wakes them. */
  function isUnsettled(): boolean {
    const waitMs = settledAt - monotonic();
    clearTimeout(timer);
    if (waitMs > 0) timer = setTimeout(wake, waitMs);
    return waitMs > 0;
  }

  return {
    wake,
    disturb() {
      if (isDown) return;
      isDown = true;
      // A loss during the wait makes the next wait longer, up to MOST_LOSSES times.
      if (losses > 0 && monotonic() < settledAt) {
        losses = Math.min(losses + 1, MOST_LOSSES);
        settledAt = monotonic() + settleMs.most;
      } else {
        losses = 1;
        disturbedAt = monotonic();
      }
    },
    settle() {
      const isFirst = losses === 0;
      const outageMs = isFirst ? 0 : monotonic() - disturbedAt;
      isDown = false;
      const most = settleMs.most * Math.max(1, losses);
      settledAt =
        monotonic() +
        Math.min(
          most,
          Math.max(isFirst ? settleMs.first : settleMs.least, OUTAGE_FACTOR * outageMs),
        );
      wake();
    },
    abort(chatId) {
      const turn = running.get(chatId);
      turn?.abort.abort();
      return turn !== undefined;
    },
    get running() {
      return running.size;
    },
    isRunning: (chatId) => running.has(chatId),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await Promise.all([...running.values()].map((turn) => turn.ended));
    },
  };
}
