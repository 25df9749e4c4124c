/**
 * The inbox of the one process that works on a directory: a ledger in memory, a journal under it.
 *
 * In: messages, and what turns say of their progress. Out: claims; everything that must survive is
 * in the journal before it counts. Files whose messages are finished shrink to their ids, in order.
 */
import { join } from 'node:path';
import { ageOf, monotonicNow } from '../../shared/clock.ts';
import { draftOf } from '../../shared/replace-file.ts';
import type { InboundMessage } from '../event.ts';
import { MOST_WAITING, REMEMBER_MS, SHOW_PARKED_MS } from './bounds.ts';
import type { Claim, InboxListener, InboxStatus, MayStart } from './inbox.ts';
import {
  createJournal,
  type Journal,
  type Keeping,
  segmentPath,
  segmentsAmong,
} from './journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { asReceived, createLedger, type Entry, type Ledger, type NewRecord } from './ledger.ts';
import { inboxClosed, inboxDamaged, inboxFull, inboxUnwritable } from './problems.ts';
import {
  encodeRecord,
  idsOf,
  type JournalRecord,
  journalHeader,
  packIds,
  readJournal,
} from './records.ts';
import { createSeenIds, type MessageIds } from './seen.ts';

export interface KeptInboxOptions {
  /** `undefined`: in memory only. */
  readonly directory: string | undefined;
  readonly files: JournalFiles;
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly listener: InboxListener;
  /** Its directory was deleted or replaced: it keeps nothing until {@link KeptInbox.restore}. */
  readonly onGone?: () => void;
  readonly mostWaiting?: number;
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
  /** The directory is not ours any more: nothing is kept, and what is running waits. */
  lose(): void;
  /** What is running ends in memory: another one has the directory. */
  detach(): void;
  /**
   * The directory is ours again, and empty: writes everything once more that is not finished. Ids of
   * messages that were finished long ago are known until this process ends.
   */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** The bytes of those that wait; more are not acknowledged, as above {@link MOST_WAITING}. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Closed files that may still hold unfinished messages, before these are written anew. */
const MOST_CLOSED = 2;
/** Words of fingerprints in one line of a cleared file. */
const WORDS_A_LINE = 400;

/** @throws the system's error where the directory cannot be used now */
export async function openKeptInbox(options: KeptInboxOptions): Promise<KeptInbox> {
  const { directory, files, now, listener, mostWaiting = MOST_WAITING } = options;
  const { monotonic = monotonicNow } = options;
  /** The wall clock may be set while this runs: what waits, or is remembered, goes by the other one. */
  const timeOf = (at: number): number => monotonic() - ageOf(at, now());
  const seen = createSeenIds({ now: monotonic, rememberMs: REMEMBER_MS });
  const ledger = createLedger(seen, timeOf);
  /** Messages on their way to the disk, and whether the last one has come there. */
  let receiving = 0;
  let lastReceived: Promise<unknown> = Promise.resolve();
  let finished: number[] = [];
  /** Files in the order of writing whose messages are not all finished. */
  const closed: number[] = [];
  /** Files that hold only ids, until these need not be known any more; `at` by the monotonic clock. */
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
    if (!problem) listener.onWork();
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
      // Patient ones fail only when the inbox is closed: the next run has it as it was before.
      throw inboxClosed();
    });
  }

  /** What nobody waits for; lost, it is done again with the same `uuid`. */
  function note(record: JournalRecord): void {
    keep(record, 'for-now').catch(() => undefined);
  }

  /** In a burst, all that are finished in one turn of the event loop share a record. */
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

  /** Clears what is finished, oldest file first: a later one says what became of an earlier one's. */
  function clear(): void {
    if (directory === undefined || clearing || isClosed || isGone) return;
    clearing = clearNext(directory)
      // Not cleared now, it is tried again with the next file.
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
      listener.onWork();
    };
    return {
      message,
      attempt: entry.attempts,
      progress: {
        parts: entry.parts,
        trying: entry.trying,
        delivered: entry.delivered,
        ending: entry.ending,
      },
      plan: async (from, parts, ending) => {
        await keep({ is: 'planned', n, from, parts, ...(ending && { ending }) }, 'in-the-end');
      },
      trying: async (part) => {
        await keep({ is: 'trying', n, part, at: now() }, 'for-now');
      },
      delivered: (part) => note({ is: 'delivered', n, part }),
      done: () => end(() => finish(n)),
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
    // In memory nothing is ever cleared.
    if (directory === undefined) ledger.takeIds(segment);
  }

  /** Whether it was received before; its twin may still be on its way to the disk. */
  async function isKnown(ids: MessageIds): Promise<boolean> {
    await lastReceived.catch(() => undefined);
    return ledger.hasSeen(ids);
  }

  return {
    async receive(message) {
      if (isClosed) throw inboxClosed();
      const ids = idsOf(message);
      // Not known after all, it may have come once more meanwhile.
      while (ledger.hasSeen(ids)) if (await isKnown(ids)) return 'duplicate';
      const isFull = ledger.waiting() + receiving >= mostWaiting;
      if (isFull || ledger.liveBytes > MOST_BYTES) throw inboxFull(mostWaiting);
      await insert(message, ids);
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

interface OpenJournalOptions {
  readonly directory: string;
  readonly files: JournalFiles;
  readonly now: () => number;
  readonly listener: InboxListener;
  readonly segmentBytes?: number;
  readonly ledger: Ledger;
  readonly onState: (failure: unknown) => void;
  readonly onGone: () => void;
  readonly onClosed: (segment: number) => void;
  /** What is left of this file are ids, the newest of them from `at`. */
  readonly onCleared: (segment: number, at: number) => void;
}

/** Reads what is there into the ledger, and writes what is unfinished into a new file of its own. */
async function openJournal(options: OpenJournalOptions): Promise<Journal> {
  const { directory, files, ledger, now } = options;
  await files.makeDirectory(directory);
  const names = await files.list(directory);
  for (const name of names) if (name.endsWith('.new')) await files.remove(join(directory, name));
  const damages: { readonly name: string; readonly damaged: number }[] = [];
  const logs: number[] = [];
  let last = 0;
  for (const { name, segment, kind } of segmentsAmong(names)) {
    const path = join(directory, name);
    last = segment;
    if (kind === 'log' && names.includes(name.replace(/log$/, 'seen'))) {
      await files.remove(path);
      continue;
    }
    const { records, damaged } = readJournal(await files.read(path));
    for (const record of records) ledger.apply(record, segment);
    if (damaged > 0) damages.push({ name, damaged });
    if (kind === 'log' || damaged > 0) logs.push(segment);
    else {
      ledger.takeIds(segment);
      options.onCleared(segment, newestOf(records));
    }
  }
  const journal = createJournal({ ...options, firstSegment: last + 1 });
  try {
    await startAnew(journal, logs, options);
    for (const { name, damaged } of damages) {
      const kept = join(directory, `${name}.damaged`);
      options.listener.onProblem(inboxDamaged(join(directory, name), damaged, kept));
    }
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }

  async function startAnew(
    target: Journal,
    old: readonly number[],
    { ledger: all }: OpenJournalOptions,
  ): Promise<void> {
    await Promise.all(
      all.live().map(async (entry) => {
        const record = asReceived(entry);
        all.apply(record, await target.append(record, 'synced'));
      }),
    );
    for (const { segment: _, ...what } of all.parked) {
      if (now() - what.at > SHOW_PARKED_MS) continue;
      const record = { is: 'parked', n: 0, ...what } as const;
      all.apply(record, await target.append(record, 'synced'));
    }
    for (const { name } of damages) {
      // Set aside before what was whole in it is cleared: somebody may want to look.
      const bytes = await files.read(join(directory, name));
      await writeWhole(files, join(directory, `${name}.damaged`), bytes);
    }
    for (const segment of old) {
      await replaceByIds(directory, files, segment, all.takeIds(segment), now());
      options.onCleared(segment, now());
    }
  }
}

/** Puts a file's ids in its place. */
async function replaceByIds(
  directory: string,
  files: JournalFiles,
  segment: number,
  words: readonly number[],
  at: number,
): Promise<void> {
  const lines: string[] = [];
  for (let from = 0; from < words.length; from += WORDS_A_LINE) {
    const ids = packIds(words.slice(from, from + WORDS_A_LINE));
    lines.push(encodeRecord({ is: 'seen', at, ids }));
  }
  const target = segmentPath(directory, segment, 'seen');
  if (words.length === 0) await files.remove(target);
  else await writeWhole(files, target, Buffer.from(journalHeader + lines.join('')));
  await files.syncDirectory(directory);
  await files.remove(segmentPath(directory, segment));
}

function newestOf(records: readonly JournalRecord[]): number {
  return records.reduce(
    (newest, record) => ('at' in record ? Math.max(newest, record.at) : newest),
    0,
  );
}

async function writeWhole(files: JournalFiles, path: string, bytes: Uint8Array): Promise<void> {
  const draft = draftOf(path);
  await files.remove(draft);
  const file = await files.create(draft);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path);
}

const memoryJournal: Journal = {
  lose: () => undefined,
  detach: () => undefined,
  renew: () => undefined,
  append: () => Promise.resolve(0),
  segment: 0,
  close: () => Promise.resolve(),
};
