import { ageOf, monotonicNow } from '../../../shared/time/clock.ts';
import type { InboundMessage } from '../../message/event.ts';
import type { Claim, InboxListener, InboxStatus, MayStart } from '../inbox.ts';
import { inboxClosed, inboxFull, inboxFullForChat, inboxUnwritable } from '../inbox-errors.ts';
import {
  exceedsChatShare,
  ID_RETENTION_MS,
  MAX_WAITING,
  MAX_WAITING_BYTES,
  SHOW_PARKED_MS,
} from '../inbox-limits.ts';
import { type Durability, type Journal, segmentPath } from './journal.ts';
import type { JournalFiles } from './journal-files.ts';
import {
  createLedger,
  type InboxEntry,
  messageBytes,
  type NewRecord,
  toReceivedRecord,
} from './ledger.ts';
import { openJournal, replaceWithIds, WORDS_PER_RECORD } from './open-journal.ts';
import { idsOf, type JournalRecord, packIds } from './records.ts';
import { createSeenIds, type MessageIds } from './seen.ts';

export interface JournalInboxOptions {
  /** `undefined`: in memory only. */
  readonly directory: string | undefined;
  readonly files: JournalFiles;
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly listener: InboxListener;
  /** The directory was deleted or replaced: nothing is stored until {@link JournalInbox.restore}. */
  readonly onGone?: () => void;
  readonly maxWaiting?: number;
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
}

export interface JournalInbox {
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  claim(mayStart: MayStart): Promise<Claim | undefined>;
  claimMessage(message: InboundMessage): Promise<Claim | undefined>;
  waiting(chatId?: string): number;
  readonly status: Omit<InboxStatus, 'role'>;
  /** Messages that wait, by age. */
  readonly unclaimed: readonly InboundMessage[];
  /** This process no longer owns the directory: nothing is stored, and running turns wait. */
  suspend(): void;
  /** Another process owns the directory: running turns end in memory only. */
  detach(): void;
  /**
   * This process owns the directory again, and it is empty: writes all unfinished messages again.
   * Ids of messages that were finished long ago are known only until this process ends.
   */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Closed files that may hold unfinished messages, before these are written again. */
const MAX_CLOSED_FILES = 2;

/** @throws the system's error where the directory cannot be used now */
export async function openJournalInbox(options: JournalInboxOptions): Promise<JournalInbox> {
  const { directory, files, now, listener, maxWaiting = MAX_WAITING } = options;
  const { maxBytes = MAX_WAITING_BYTES } = options;
  const { monotonic = monotonicNow } = options;
  /** The wall clock may be set meanwhile, so ages are measured by the monotonic clock. */
  const timeOf = (at: number): number => monotonic() - ageOf(at, now());
  const seen = createSeenIds({ now: monotonic, retentionMs: ID_RETENTION_MS });
  const ledger = createLedger(seen, timeOf);
  /** Messages being written to the disk, and the promise of the last one. */
  let receiving = 0;
  let receivingBytes = 0;
  let lastReceived: Promise<unknown> = Promise.resolve();
  let finished: number[] = [];
  /** Closed files that are not cleared yet, oldest first. */
  const closed: number[] = [];
  /** Files that hold only ids, until these may be forgotten; `at` by the monotonic clock. */
  const cleared: { readonly segment: number; readonly at: number }[] = [];
  let problem: InboxStatus['problem'];
  let isClosed = false;
  let isGone = false;
  let clearing: Promise<void> | undefined;

  function onState(failure: unknown): void {
    const next = failure === undefined ? undefined : inboxUnwritable(directory ?? '', failure);
    const isChange = next?.details.reason !== problem?.details.reason;
    problem = next;
    if (isChange) listener.onProblem(problem);
    if (!problem) listener.onClaimable();
  }

  const journal: Journal =
    directory === undefined
      ? memoryJournal
      : await openJournal({
          ...options,
          directory,
          ledger,
          onState,
          onGone: () => {
            isGone = true;
            options.onGone?.();
          },
          onClosed: (segment) => {
            closed.push(segment);
            clearFiles();
          },
          onCleared: (segment, at) => cleared.push({ segment, at: timeOf(at) }),
        });

  function append(
    record: JournalRecord,
    durability: Exclude<Durability, 'synced'>,
  ): Promise<number> {
    ledger.apply(record, journal.segment);
    return journal.append(record, durability).catch(() => {
      // Such an append fails only when the inbox closes: the next run sees the state before it.
      throw inboxClosed();
    });
  }

  /** Writes a record without waiting; if it is lost, the step is repeated with the same `uuid`. */
  function appendSoon(record: JournalRecord): void {
    append(record, 'written').catch(() => undefined);
  }

  /** All messages finished in one turn of the event loop share a record. */
  function finishMessage(n: number): void {
    if (finished.length === 0) setImmediate(appendFinished);
    finished.push(n);
    ledger.apply({ is: 'done', all: [n] }, journal.segment);
  }

  function appendFinished(): void {
    const all = finished;
    finished = [];
    if (all.length > 0) journal.append({ is: 'done', all }, 'written').catch(() => undefined);
  }

  /** Clears files, oldest first: later files hold the outcome of messages in earlier ones. */
  function clearFiles(): void {
    if (directory === undefined || clearing || isClosed || isGone) return;
    clearing = clearOldestFile(directory)
      // A failed clearing is retried with the next closed file.
      .catch(() => false)
      .then((wasCleared) => {
        clearing = undefined;
        if (wasCleared) clearFiles();
      });
  }

  async function clearOldestFile(inboxDirectory: string): Promise<boolean> {
    const [oldest] = closed;
    if (oldest === undefined) return false;
    const maxClosed =
      MAX_CLOSED_FILES +
      2 * Math.ceil(ledger.unfinishedBytes / (options.segmentBytes ?? 4_194_304));
    if (ledger.unfinished(oldest).length > 0) {
      if (closed.length <= maxClosed) return false;
      await Promise.all(ledger.unfinished(oldest).map((entry) => rewrite(entry)));
    }
    await rewriteParked(oldest);
    await replaceWithIds(inboxDirectory, files, oldest, ledger.takeIds(oldest), now());
    closed.shift();
    cleared.push({ segment: oldest, at: monotonic() });
    for (const old of cleared.filter(({ at }) => monotonic() - at > ID_RETENTION_MS)) {
      await files.remove(segmentPath(inboxDirectory, old.segment, 'seen'));
      cleared.splice(cleared.indexOf(old), 1);
    }
    return true;
  }

  async function rewrite(entry: InboxEntry): Promise<void> {
    const record = toReceivedRecord(entry);
    ledger.apply(record, await journal.append(record, 'synced-later'));
  }

  async function rewriteParked(segment: number): Promise<void> {
    for (const { segment: where, ...what } of ledger.parked) {
      if (where > segment || now() - what.at > SHOW_PARKED_MS) continue;
      const record = { is: 'parked', n: 0, ...what } as const;
      ledger.apply(record, await journal.append(record, 'synced-later'));
    }
  }

  function createClaim(entry: InboxEntry): Claim {
    const { n, message } = entry;
    let isEnded = false;
    const end = (recordEnd: () => void): void => {
      if (isEnded) return;
      isEnded = true;
      recordEnd();
      ledger.release(entry);
      clearFiles();
      listener.onClaimable();
    };
    return {
      message,
      attempt: entry.attempts,
      progress: {
        parts: entry.parts,
        lastAttempt: entry.lastAttempt,
        delivered: entry.delivered,
        ending: entry.ending,
      },
      recordParts: async (from, parts, ending) => {
        await append({ is: 'planned', n, from, parts, ...(ending && { ending }) }, 'synced-later');
      },
      recordAttempt: async (part) => {
        await append({ is: 'trying', n, part, at: now() }, 'written');
      },
      recordDelivered: (part) => appendSoon({ is: 'delivered', n, part }),
      complete: () => end(() => finishMessage(n)),
      park() {
        const { eventId, messageId, chatId } = message;
        end(() => appendSoon({ is: 'parked', n, at: now(), eventId, messageId, chatId }));
      },
      release: () => end(() => appendSoon({ is: 'released', n })),
    };
  }

  async function startClaim(entry: InboxEntry | undefined): Promise<Claim | undefined> {
    if (!entry || isClosed) return undefined;
    const attempt = entry.attempts + 1;
    await append({ is: 'claimed', n: entry.n, attempt }, 'written');
    return createClaim(entry);
  }

  async function insert(message: InboundMessage, ids: MessageIds): Promise<void> {
    const record: NewRecord = { is: 'received', n: ledger.nextNumber(), at: now(), message };
    ledger.markSeen(ids, record.at);
    receiving += 1;
    let segment: number;
    try {
      const appended = journal.append(record, 'synced');
      lastReceived = appended;
      segment = await appended;
    } catch (error) {
      ledger.unmarkSeen(ids);
      throw inboxUnwritable(directory ?? '', error);
    } finally {
      receiving -= 1;
    }
    if (listener.onReceived(message)) {
      ledger.insert(record, segment, ids);
      listener.onWaiting(message);
    } else {
      ledger.addIds(ids, segment);
      finishMessage(record.n);
    }
    // An inbox in memory clears no files, so it drops the ids here.
    if (directory === undefined) ledger.takeIds(segment);
  }

  /** @throws MoltbotFeishuError `inbox-full` */
  function refuseIfFull(chatId: string, size: number): void {
    const waiting = ledger.waiting() + receiving;
    const bytes = ledger.unfinishedBytes + receivingBytes;
    if (waiting >= maxWaiting || bytes + size > maxBytes) throw inboxFull(maxWaiting);
    const messageUsage = { total: waiting, inChat: ledger.waiting(chatId) };
    const byteUsage = { total: bytes, inChat: ledger.unfinishedBytesIn(chatId) };
    if (exceedsChatShare(messageUsage, maxWaiting) || exceedsChatShare(byteUsage, maxBytes)) {
      throw inboxFullForChat(messageUsage.inChat);
    }
  }

  /** Whether a message was received before; waits until its first copy is written. */
  async function isDuplicate(ids: MessageIds): Promise<boolean> {
    await lastReceived.catch(() => undefined);
    return ledger.hasSeen(ids);
  }

  return {
    async receive(message) {
      if (isClosed) throw inboxClosed();
      const ids = idsOf(message);
      // If the first copy could not be stored, a third one may have arrived meanwhile: check again.
      while (ledger.hasSeen(ids)) if (await isDuplicate(ids)) return 'duplicate';
      const size = messageBytes(message);
      refuseIfFull(message.chatId, size);
      receivingBytes += size;
      try {
        await insert(message, ids);
      } finally {
        receivingBytes -= size;
      }
      return 'new';
    },
    claim: (mayStart) => startClaim(isClosed ? undefined : ledger.next(mayStart)),
    claimMessage: (message) => startClaim(isClosed ? undefined : ledger.takeMessage(message)),
    waiting: (chatId) => ledger.waiting(chatId),
    get status() {
      const parked = ledger.parked.map(({ segment: _, ...shown }) => shown);
      return { waiting: ledger.waiting(), oldestAt: ledger.oldestAt, parked, problem };
    },
    get unclaimed() {
      return ledger
        .unfinished()
        .filter(({ isClaimed }) => !isClaimed)
        .map(({ message }) => message);
    },
    suspend: journal.suspend,
    detach: journal.detach,
    async restore() {
      isGone = false;
      closed.length = 0;
      cleared.length = 0;
      journal.resume();
      const known = ledger.segments.flatMap((segment) => ledger.takeIds(segment));
      await Promise.all(ledger.unfinished().map((entry) => rewrite(entry)));
      await rewriteParked(Number.MAX_SAFE_INTEGER);
      for (let from = 0; from < known.length; from += WORDS_PER_RECORD) {
        const ids = packIds(known.slice(from, from + WORDS_PER_RECORD));
        const record = { is: 'seen', at: now(), ids } as const;
        ledger.apply(record, await journal.append(record, 'synced-later'));
      }
    },
    async close() {
      isClosed = true;
      await lastReceived.catch(() => undefined);
      appendFinished();
      await journal.close();
      await clearing;
    },
  };
}

const memoryJournal: Journal = {
  suspend: () => undefined,
  detach: () => undefined,
  resume: () => undefined,
  append: () => Promise.resolve(0),
  segment: 0,
  close: () => Promise.resolve(),
};
