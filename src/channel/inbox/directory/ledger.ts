/**
 * The state that the records add up to: which messages wait, which are claimed, and their progress.
 *
 * In: records, in the order of writing. Out: the next message. It opens no file and has no clock.
 */
import type { InboundMessage } from '../../message/event.ts';
import type { AnswerEnding, MayStart, Parked } from '../inbox.ts';
import { type Part, partBytes } from '../part.ts';
import { idsOf, type JournalRecord, messageOf, type ReceivedRecord, unpackIds } from './records.ts';
import type { Fingerprint, MessageIds, SeenIds } from './seen.ts';

export interface InboxEntry {
  readonly n: number;
  readonly at: number;
  readonly message: InboundMessage;
  /** The file that holds it. */
  segment: number;
  attempts: number;
  parts: readonly Part[];
  lastAttempt: { readonly part: number; readonly at: number } | undefined;
  delivered: number;
  ending: AnswerEnding | undefined;
  isClaimed: boolean;
}

export interface Ledger {
  /** @param segment the file that holds the record */
  apply(record: JournalRecord, segment: number): void;
  /** Like `apply`, for an expected message whose ids ({@link idsOf}) are known. */
  insert(record: NewRecord, segment: number, ids: MessageIds): void;
  /** Like `insert`, for a message that needs no turn. */
  addIds(ids: MessageIds, segment: number): void;
  hasSeen(ids: MessageIds): boolean;
  /** Marks ids as seen; `forget` undoes that. */
  markSeen(ids: MessageIds, at: number): void;
  unmarkSeen(ids: MessageIds): void;
  /** Takes the next message from its queue and marks its chat as busy; writes nothing. */
  next(mayStart: MayStart): InboxEntry | undefined;
  /** Takes this message from its queue, if it waits there. */
  takeMessage(message: InboundMessage): InboxEntry | undefined;
  /** Frees the chat; an unfinished entry returns to its queue. */
  release(entry: InboxEntry): void;
  waiting(chatId?: string): number;
  /** Approximate bytes of the unfinished messages. */
  readonly unfinishedBytes: number;
  /** The same for one chat. */
  unfinishedBytesIn(chatId: string): number;
  readonly oldestAt: number | undefined;
  readonly parked: readonly (Parked & { readonly segment: number })[];
  /** Every unfinished message, oldest first. */
  unfinished(segment?: number): readonly InboxEntry[];
  /** The number for the next message. */
  nextNumber(): number;
  /** The files that hold fingerprints. */
  readonly segments: readonly number[];
  /** Removes and returns a file's fingerprints (pairs of words), before the file is cleared. */
  takeIds(segment: number): readonly number[];
}

/** A message without any progress yet. */
export interface NewRecord extends ReceivedRecord {
  readonly message: InboundMessage;
}

/** How many parked messages are shown; the oldest are dropped. */
const MAX_PARKED = 100;

/** @param timeOf a record's time (ms since 1970) by the clock of `seen` */
export function createLedger(seen: SeenIds, timeOf: (at: number) => number = (at) => at): Ledger {
  const entries = new Map<number, InboxEntry>();
  const byEvent = new Map<string, InboxEntry>();
  const queues = new Map<string, InboxEntry[]>();
  const busy = new Set<string>();
  /** The fingerprints of each file as pairs of words: objects would take five times the memory. */
  const ids = new Map<number, number[]>();
  let parked: (Parked & { readonly segment: number })[] = [];
  const chatBytes = new Map<string, number>();
  let unfinishedBytes = 0;
  let last = 0;

  function markSeen(fingerprints: readonly Fingerprint[], at: number): void {
    const time = timeOf(at);
    for (const id of fingerprints) seen.add(id, time);
  }

  function addIds(fingerprints: readonly Fingerprint[], segment: number): void {
    const words = ids.get(segment) ?? [];
    ids.set(segment, words);
    for (const { high, low } of fingerprints) words.push(high, low);
  }

  function receive(record: NewRecord, segment: number, own: MessageIds): void {
    const { message } = record;
    addIds(own, segment);
    last = Math.max(last, record.n);
    const known = entries.get(record.n);
    if (known) {
      // The message was written again, because its old file is about to be cleared.
      known.segment = segment;
      return;
    }
    const duplicate = byEvent.get(message.eventId);
    if (duplicate) finish(duplicate);
    const entry: InboxEntry = {
      n: record.n,
      at: record.at,
      message,
      segment,
      attempts: record.attempts ?? 0,
      parts: record.parts ?? [],
      lastAttempt: record.trying,
      delivered: record.delivered ?? 0,
      ending: record.ending,
      isClaimed: false,
    };
    entries.set(entry.n, entry);
    byEvent.set(message.eventId, entry);
    count(entry, bytesOf(entry));
    enqueue(entry);
  }

  /** Messages do not arrive in order: the queue is sorted by the time of sending. */
  function enqueue(entry: InboxEntry): void {
    const { chatId, createTime } = entry.message;
    const queue = queues.get(chatId) ?? [];
    queues.set(chatId, queue);
    let index = queue.length;
    while (index > 0 && isBefore(createTime, entry.n, queue[index - 1])) index--;
    queue.splice(index, 0, entry);
  }

  function dequeue(entry: InboxEntry): boolean {
    const { chatId } = entry.message;
    const queue = queues.get(chatId) ?? [];
    const index = queue.indexOf(entry);
    if (index === -1) return false;
    queue.splice(index, 1);
    if (queue.length === 0) queues.delete(chatId);
    return true;
  }

  function finish(entry: InboxEntry): void {
    if (!entries.delete(entry.n)) return;
    byEvent.delete(entry.message.eventId);
    dequeue(entry);
    count(entry, -bytesOf(entry));
  }

  function count({ message: { chatId } }: InboxEntry, bytes: number): void {
    unfinishedBytes += bytes;
    const inChat = (chatBytes.get(chatId) ?? 0) + bytes;
    if (inChat > 0) chatBytes.set(chatId, inChat);
    else chatBytes.delete(chatId);
  }

  function finishNumber(n: number): void {
    const entry = entries.get(n);
    if (entry) finish(entry);
  }

  function recordParts(
    entry: InboxEntry,
    from: number,
    parts: readonly Part[],
    ending?: AnswerEnding,
  ): void {
    count(entry, -bytesOf(entry));
    entry.parts = [...entry.parts.slice(0, from), ...parts];
    if (ending) entry.ending = ending;
    count(entry, bytesOf(entry));
  }

  return {
    apply(record, segment) {
      if (record.is === 'received') {
        const message = messageOf(record.message);
        const own = idsOf(message);
        markSeen(own, record.at);
        return receive({ ...record, message }, segment, own);
      }
      if (record.is === 'seen') {
        const known = unpackIds(record.ids);
        markSeen(known, record.at);
        return addIds(known, segment);
      }
      if (record.is === 'done') {
        for (const n of record.all) finishNumber(n);
        return;
      }
      const entry = entries.get(record.n);
      if (record.is === 'parked') {
        const { eventId, messageId, chatId, at } = record;
        const others = parked.filter((other) => other.eventId !== eventId);
        parked = [...others, { eventId, messageId, chatId, at, segment }].slice(-MAX_PARKED);
        if (entry) finish(entry);
        return;
      }
      if (!entry) return;
      switch (record.is) {
        case 'claimed':
          entry.attempts = record.attempt;
          return;
        case 'planned':
          return recordParts(entry, record.from, record.parts, record.ending);
        case 'trying':
          // Keep the time of the first attempt: from then on the part may have been delivered.
          if (entry.lastAttempt?.part !== record.part) {
            entry.lastAttempt = { part: record.part, at: record.at };
          }
          return;
        case 'delivered':
          entry.delivered = Math.max(entry.delivered, record.part + 1);
          return;
        case 'released':
          entry.attempts = Math.max(0, entry.attempts - 1);
          return;
        default:
          record satisfies never;
      }
    },
    insert: receive,
    addIds,
    markSeen,
    unmarkSeen(own) {
      for (const id of own) seen.remove(id);
    },
    hasSeen: (own) => own.some((id) => seen.has(id)),
    next(mayStart) {
      for (const [chatId, queue] of queues) {
        const [first] = queue;
        if (!first || busy.has(chatId) || !mayStart(first.message)) continue;
        queue.shift();
        queues.delete(chatId);
        // Move the chat to the end, so that a busy chat does not starve the others.
        if (queue.length > 0) queues.set(chatId, queue);
        busy.add(chatId);
        first.isClaimed = true;
        return first;
      }
      return undefined;
    },
    takeMessage(message) {
      const entry = byEvent.get(message.eventId);
      if (!entry || !dequeue(entry)) return undefined;
      return entry;
    },
    release(entry) {
      if (entry.isClaimed) busy.delete(entry.message.chatId);
      entry.isClaimed = false;
      if (entries.get(entry.n) === entry) enqueue(entry);
    },
    waiting(chatId) {
      if (chatId !== undefined) return queues.get(chatId)?.length ?? 0;
      let count = 0;
      for (const queue of queues.values()) count += queue.length;
      return count;
    },
    get unfinishedBytes() {
      return unfinishedBytes;
    },
    unfinishedBytesIn: (chatId) => chatBytes.get(chatId) ?? 0,
    get oldestAt() {
      const times = [...queues.values()].flatMap((queue) => queue.map(({ at }) => at));
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
    },
    get parked() {
      return parked;
    },
    unfinished: (segment) =>
      [...entries.values()].filter((entry) => segment === undefined || entry.segment === segment),
    nextNumber() {
      last += 1;
      return last;
    },
    get segments() {
      return [...ids.keys()];
    },
    takeIds(segment) {
      const words = ids.get(segment) ?? [];
      ids.delete(segment);
      return words;
    },
  };
}

/** One record with the whole state of an entry, to be written into another file. */
export function toReceivedRecord(entry: InboxEntry): ReceivedRecord {
  const { n, at, message, attempts, parts, lastAttempt: trying, delivered, ending } = entry;
  return {
    is: 'received',
    n,
    at,
    message,
    attempts,
    parts,
    ...(trying && { trying }),
    delivered,
    ...(ending && { ending }),
  };
}

function isBefore(createTime: number, n: number, other: InboxEntry | undefined): boolean {
  if (!other) return false;
  const before = other.message.createTime;
  return before > createTime || (before === createTime && other.n > n);
}

function bytesOf({ message, parts }: InboxEntry): number {
  return parts.reduce((sum, part) => sum + partBytes(part), messageBytes(message));
}

/** Approximate size of a message, in memory and on disk (bytes). */
export function messageBytes(message: InboundMessage): number {
  const { eventId, messageId, chatId, threadId, rootId, parentId, senderOpenId } = message;
  const ids = [eventId, messageId, chatId, threadId, rootId, parentId, senderOpenId];
  const texts = [message.content, message.messageType, message.senderType, ...ids];
  return (
    OWN_BYTES +
    texts.reduce((sum, text) => sum + (text === undefined ? 0 : Buffer.byteLength(text)), 0) +
    message.mentions.reduce(
      (sum, { key, openId, name }) =>
        sum + 100 + key.length + openId.length + Buffer.byteLength(name),
      0,
    )
  );
}

/** What a message takes beside its texts (bytes). */
const OWN_BYTES = 300;
