import { ageOf, monotonicNow } from '../../../shared/clock.ts';
import type { InboundMessage } from '../../message/event.ts';
import {
  hasItsShare,
  MAX_WAITING_BYTES,
  MOST_WAITING,
  REMEMBER_MS,
  SHOW_PARKED_MS,
} from '../bounds.ts';
import type { Claim, InboxListener, InboxStatus, MayStart } from '../inbox.ts';
import { chatHasItsShare, inboxClosed, inboxFull, inboxUnwritable } from '../problems.ts';
import { type Journal, type Keeping, segmentPath } from './journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { asReceived, createLedger, type Entry, messageBytes, type NewRecord } from './ledger.ts';
import { openJournal, replaceByIds, WORDS_A_LINE } from './open-journal.ts';
import { idsOf, type JournalRecord, packIds } from './records.ts';
import { createSeenIds, type MessageIds } from './seen.ts';

export interface KeptInboxOptions {
  /** `undefined`: in memory only. */
  readonly directory: string | undefined;
  readonly files: JournalFiles;
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly listener: InboxListener;
  /** The directory was deleted or replaced: nothing is stored until {@link KeptInbox.restore}. */
  readonly onGone?: () => void;
  readonly mostWaiting?: number;
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
}

export interface KeptInbox {
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  claim(mayStart: MayStart): Promise<Claim | undefined>;
  take(message: InboundMessage): Promise<Claim | undefined>;
  waiting(chatId?: string): number;
  readonly status: Omit<InboxStatus, 'role'>;
  /** Messages that wait, by age. */
  readonly unclaimed: readonly InboundMessage[];
  /** This process no longer owns the directory: nothing is stored, and running turns wait. */
  lose(): void;
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
const MOST_CLOSED = 2;

/** @throws the system's error where the directory cannot be used now */
export async function openKeptInbox(options: KeptInboxOptions): Promise<KeptInbox> {
  const { directory, files, now, listener, mostWaiting = MOST_WAITING } = options;
  const { maxBytes = MAX_WAITING_BYTES } = options;
  const { monotonic = monotonicNow } = options;
  /** The wall clock may be set meanwhile, so ages are measured by the monotonic clock. */
  const timeOf = (at: number): number => monotonic() - ageOf(at, now());
  const seen = createSeenIds({ now: monotonic, rememberMs: REMEMBER_MS });
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
    const isNews = next?.details.reason !== problem?.details.reason;
    problem = next;
    if (isNews) listener.onProblem(problem);
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
            clear();
          },
          onCleared: (segment, at) => cleared.push({ segment, at: timeOf(at) }),
        });

  function keep(record: JournalRecord, keeping: Exclude<Keeping, 'synced'>): Promise<number> {
    ledger.apply(record, journal.segment);
    return journal.append(record, keeping).catch(() => {
      // Such an append fails only when the inbox closes: the next run sees the state before it.
      throw inboxClosed();
    });
  }

  /** Writes a record without waiting; if it is lost, the step is repeated with the same `uuid`. */
  function note(record: JournalRecord): void {
    keep(record, 'for-now').catch(() => undefined);
  }

  /** All messages finished in one turn of the event loop share a record. */
  function finish(n: number): void {
    if (finished.length === 0) setImmediate(noteFinished);
    finished.push(n);
    ledger.apply({ is: 'done', all: [n] }, journal.segment);
  }

  function noteFinished(): void {
    const all = finished;
    finished = [];
    if (all.length > 0) journal.append({ is: 'done', all }, 'for-now').catch(() => undefined);
  }

  /** Clears files, oldest first: later files hold the outcome of messages in earlier ones. */
  function clear(): void {
    if (directory === undefined || clearing || isClosed || isGone) return;
    clearing = clearNext(directory)
      // A failed clearing is retried with the next closed file.
      .catch(() => false)
      .then((wasCleared) => {
        clearing = undefined;
        if (wasCleared) clear();
      });
  }

  async function clearNext(home: string): Promise<boolean> {
    const [oldest] = closed;
    if (oldest === undefined) return false;
    const room =
      MOST_CLOSED + 2 * Math.ceil(ledger.liveBytes / (options.segmentBytes ?? 4_194_304));
    if (ledger.live(oldest).length > 0) {
      if (closed.length <= room) return false;
      await Promise.all(ledger.live(oldest).map((entry) => moveOn(entry)));
    }
    await keepParked(oldest);
    await replaceByIds(home, files, oldest, ledger.takeIds(oldest), now());
    closed.shift();
    cleared.push({ segment: oldest, at: monotonic() });
    for (const old of cleared.filter(({ at }) => monotonic() - at > REMEMBER_MS)) {
      await files.remove(segmentPath(home, old.segment, 'seen'));
      cleared.splice(cleared.indexOf(old), 1);
    }
    return true;
  }

  async function moveOn(entry: Entry): Promise<void> {
    const record = asReceived(entry);
    ledger.apply(record, await journal.append(record, 'in-the-end'));
  }

  async function keepParked(segment: number): Promise<void> {
    for (const { segment: where, ...what } of ledger.parked) {
      if (where > segment || now() - what.at > SHOW_PARKED_MS) continue;
      const record = { is: 'parked', n: 0, ...what } as const;
      ledger.apply(record, await journal.append(record, 'in-the-end'));
    }
  }

  function claimOf(entry: Entry): Claim {
    const { n, message } = entry;
    let isOver = false;
    const end = (noteIt: () => void): void => {
      if (isOver) return;
      isOver = true;
      noteIt();
      ledger.letGo(entry);
      clear();
      listener.onClaimable();
    };
    return {
      message,
      attempt: entry.attempts,
      progress: {
        parts: entry.parts,
        lastAttempt: entry.trying,
        delivered: entry.delivered,
        ending: entry.ending,
      },
      recordParts: async (from, parts, ending) => {
        await keep({ is: 'planned', n, from, parts, ...(ending && { ending }) }, 'in-the-end');
      },
      recordAttempt: async (part) => {
        await keep({ is: 'trying', n, part, at: now() }, 'for-now');
      },
      recordDelivered: (part) => note({ is: 'delivered', n, part }),
      complete: () => end(() => finish(n)),
      park() {
        const { eventId, messageId, chatId } = message;
        end(() => note({ is: 'parked', n, at: now(), eventId, messageId, chatId }));
      },
      release: () => end(() => note({ is: 'released', n })),
    };
  }

  async function begin(entry: Entry | undefined): Promise<Claim | undefined> {
    if (!entry || isClosed) return undefined;
    const attempt = entry.attempts + 1;
    await keep({ is: 'claimed', n: entry.n, attempt }, 'for-now');
    return claimOf(entry);
  }

  async function insert(message: InboundMessage, ids: MessageIds): Promise<void> {
    const record: NewRecord = { is: 'received', n: ledger.nextNumber(), at: now(), message };
    ledger.expect(ids, record.at);
    receiving += 1;
    let segment: number;
    try {
      const kept = journal.append(record, 'synced');
      lastReceived = kept;
      segment = await kept;
    } catch (error) {
      ledger.forget(ids);
      throw inboxUnwritable(directory ?? '', error);
    } finally {
      receiving -= 1;
    }
    if (listener.onReceived(message)) {
      ledger.insert(record, segment, ids);
      listener.onWaiting(message);
    } else {
      ledger.note(ids, segment);
      finish(record.n);
    }
    // An inbox in memory clears no files, so it drops the ids here.
    if (directory === undefined) ledger.takeIds(segment);
  }

  /** @throws MoltbotFeishuError `inbox-full` */
  function refuseWhatHasNoRoom(chatId: string, size: number): void {
    const waiting = ledger.waiting() + receiving;
    const bytes = ledger.liveBytes + receivingBytes;
    if (waiting >= mostWaiting || bytes + size > maxBytes) throw inboxFull(mostWaiting);
    const ofChat = { all: waiting, inChat: ledger.waiting(chatId) };
    const ofBytes = { all: bytes, inChat: ledger.liveBytesIn(chatId) };
    if (hasItsShare(ofChat, mostWaiting) || hasItsShare(ofBytes, maxBytes)) {
      throw chatHasItsShare(ofChat.inChat);
    }
  }

  /** Whether a message was received before; waits until its first copy is written. */
  async function isKnown(ids: MessageIds): Promise<boolean> {
    await lastReceived.catch(() => undefined);
    return ledger.hasSeen(ids);
  }

  return {
    async receive(message) {
      if (isClosed) throw inboxClosed();
      const ids = idsOf(message);
      // If the first copy could not be stored, a third one may have arrived meanwhile: check again.
      while (ledger.hasSeen(ids)) if (await isKnown(ids)) return 'duplicate';
      const size = messageBytes(message);
      refuseWhatHasNoRoom(message.chatId, size);
      receivingBytes += size;
      try {
        await insert(message, ids);
      } finally {
        receivingBytes -= size;
      }
      return 'new';
    },
    claim: (mayStart) => begin(isClosed ? undefined : ledger.next(mayStart)),
    take: (message) => begin(isClosed ? undefined : ledger.takeOut(message)),
    waiting: (chatId) => ledger.waiting(chatId),
    get status() {
      const parked = ledger.parked.map(({ segment: _, ...shown }) => shown);
      return { waiting: ledger.waiting(), oldestAt: ledger.oldestAt, parked, problem };
    },
    get unclaimed() {
      return ledger
        .live()
        .filter(({ isClaimed }) => !isClaimed)
        .map(({ message }) => message);
    },
    lose: journal.lose,
    detach: journal.detach,
    async restore() {
      isGone = false;
      closed.length = 0;
      cleared.length = 0;
      journal.renew();
      const known = ledger.segments.flatMap((segment) => ledger.takeIds(segment));
      await Promise.all(ledger.live().map((entry) => moveOn(entry)));
      await keepParked(Number.MAX_SAFE_INTEGER);
      for (let from = 0; from < known.length; from += WORDS_A_LINE) {
        const ids = packIds(known.slice(from, from + WORDS_A_LINE));
        const record = { is: 'seen', at: now(), ids } as const;
        ledger.apply(record, await journal.append(record, 'in-the-end'));
      }
    },
    async close() {
      isClosed = true;
      await lastReceived.catch(() => undefined);
      noteFinished();
      await journal.close();
      await clearing;
    },
  };
}

const memoryJournal: Journal = {
  lose: () => undefined,
  detach: () => undefined,
  renew: () => undefined,
  append: () => Promise.resolve(0),
  segment: 0,
  close: () => Promise.resolve(),
};
