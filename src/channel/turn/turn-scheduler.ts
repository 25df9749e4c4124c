/**
 * Decides when turns run: several chats in parallel, bounded; the messages of one chat in order.
 *
 * In: an inbox and a turn to run. Out: turns, started and awaited. Knows nothing of Feishu.
 */
import type { Claim, Inbox, MayStart } from '../inbox/inbox.ts';

export interface TurnSchedulerOptions {
  readonly inbox: Inbox;
  /** Runs one turn and ends its claim; never rejects. */
  readonly run: (claim: Claim, signal: AbortSignal) => Promise<void>;
  readonly mayStart: MayStart;
  /** Claiming from the inbox failed. */
  readonly onError: (error: unknown) => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly concurrency?: number;
  readonly reconnectWaits?: ReconnectWaits;
}

export interface ReconnectWaits {
  /** After the first connection: only messages sent before it may be out of order. */
  readonly firstMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

export interface TurnScheduler {
  /** Something may have become ready to start. */
  schedule(): void;
  /** The connection was lost: from now on messages may arrive out of order. */
  onDisconnected(): void;
  /** The connection is up again: turns start once lost messages have had time to come again. */
  onConnected(): void;
  /** Aborts the running turn of a chat; with `askedBy` only that person's. @returns whether there was one */
  abort(chatId: string, askedBy?: string): boolean;
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
const DEFAULT_CONCURRENCY = 16;

/**
 * How long turns wait after a reconnection (ms). The platform delivers lost messages again, perhaps
 * after newer ones (docs/platform/connection.md#redelivery); waiting messages are ordered by the time of sending. The platform's waits grow
 * about fivefold from one redelivery to the next, so five times the outage covers the next one, and
 * the lower bound covers redeliveries within a second or two. The upper bound limits how long a
 * person waits; it grows only when the connection is lost again meanwhile.
 */
const RECONNECT_WAITS: ReconnectWaits = { firstMs: 400, minMs: 2000, maxMs: 4000 };
const MAX_LOSSES = 4;
const OUTAGE_FACTOR = 5;

interface RunningTurn {
  readonly ended: Promise<void>;
  readonly abort: AbortController;
  /** The open_id of the person who asked. */
  readonly askedBy: string;
}

export function createTurnScheduler(options: TurnSchedulerOptions): TurnScheduler {
  const {
    inbox,
    monotonic,
    concurrency = DEFAULT_CONCURRENCY,
    reconnectWaits = RECONNECT_WAITS,
  } = options;
  const running = new Map<string, RunningTurn>();
  let isStopped = false;
  let isDisconnected = false;
  let disconnectedAt = 0;
  let losses = 0;
  // Messages of an earlier run wait for the connection, but no longer than this.
  let startsAt = monotonic() + reconnectWaits.maxMs;
  let timer: NodeJS.Timeout | undefined;
  let isScheduling = false;
  let isScheduleRequested = false;

  function schedule(): void {
    isScheduleRequested = true;
    if (isScheduling) return;
    isScheduling = true;
    void startReadyTurns()
      .catch(options.onError)
      .finally(() => {
        isScheduling = false;
        if (isScheduleRequested) schedule();
      });
  }

  async function startReadyTurns(): Promise<void> {
    while (isScheduleRequested) {
      isScheduleRequested = false;
      while (!isStopped && !isWaitingForRedeliveries() && running.size < concurrency) {
        const claim = await inbox.claim(options.mayStart);
        if (!claim) break;
        if (isStopped) claim.release();
        else start(claim);
      }
    }
  }

  function start(claim: Claim): void {
    const { chatId, senderOpenId: askedBy } = claim.message;
    const abort = new AbortController();
    const ended = options.run(claim, abort.signal).finally(() => {
      if (running.get(chatId) === turn) running.delete(chatId);
      schedule();
    });
    const turn: RunningTurn = { ended, abort, askedBy };
    running.set(chatId, turn);
  }

  /** Whether turns still wait after a reconnection; if so, sets a timer that wakes them. */
  function isWaitingForRedeliveries(): boolean {
    const waitMs = startsAt - monotonic();
    clearTimeout(timer);
    if (waitMs > 0) timer = setTimeout(schedule, waitMs);
    return waitMs > 0;
  }

  return {
    schedule,
    onDisconnected() {
      if (isDisconnected) return;
      isDisconnected = true;
      // A loss during the wait makes the next wait longer, up to MAX_LOSSES times.
      if (losses > 0 && monotonic() < startsAt) {
        losses = Math.min(losses + 1, MAX_LOSSES);
        startsAt = monotonic() + reconnectWaits.maxMs;
      } else {
        losses = 1;
        disconnectedAt = monotonic();
      }
    },
    onConnected() {
      const isFirst = losses === 0;
      const outageMs = isFirst ? 0 : monotonic() - disconnectedAt;
      isDisconnected = false;
      const maxMs = reconnectWaits.maxMs * Math.max(1, losses);
      startsAt =
        monotonic() +
        Math.min(
          maxMs,
          Math.max(
            isFirst ? reconnectWaits.firstMs : reconnectWaits.minMs,
            OUTAGE_FACTOR * outageMs,
          ),
        );
      schedule();
    },
    abort(chatId, askedBy) {
      const turn = running.get(chatId);
      if (!turn || (askedBy !== undefined && askedBy !== turn.askedBy)) return false;
      turn.abort.abort();
      return true;
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
