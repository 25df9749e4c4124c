/**
 * What the records say, taken together: which messages wait, are in hand, and how far each has come.
 *
 * In: records, as they were written. Out: what is next. It opens no file and knows no clock.
 */
import type { InboundMessage } from '../../message/event.ts';
import type { Ending, MayStart, Parked } from '../inbox.ts';
import { idsOf, type JournalRecord, messageOf, type ReceivedRecord, unpackIds } from './records.ts';
import type { Fingerprint, MessageIds, SeenIds } from './seen.ts';

export interface Entry {
  readonly n: number;
  readonly at: number;
  readonly message: InboundMessage;
  /** The file that holds it. */
  segment: number;
  attempts: number;
  parts: readonly string[];
  trying: { readonly part: number; readonly at: number } | undefined;
  delivered: number;
  ending: Ending | undefined;
  isClaimed: boolean;
}

export interface Ledger {
  /** @param segment the file in which the record stands */
  apply(record: JournalRecord, segment: number): void;
  /** As `apply`, of a message that was expected, with its ids ({@link idsOf}) at hand. */
  insert(record: NewRecord, segment: number, ids: MessageIds): void;
  /** As `insert`, of one that needs no turn. */
  note(ids: MessageIds, segment: number): void;
  hasSeen(ids: MessageIds): boolean;
  /** From now on they count as seen, and, with `forget`, as not seen again. */
  expect(ids: MessageIds, at: number): void;
  forget(ids: MessageIds): void;
  /** The next one in line, its chat made busy; nothing is written. */
  next(mayStart: MayStart): Entry | undefined;
  /** This message out of the line, if it waits there. */
  takeOut(message: InboundMessage): Entry | undefined;
  /** The chat is free again; unfinished, the entry stands in line again. */
  letGo(entry: Entry): void;
  waiting(chatId?: string): number;
  /** Bytes of the messages that are not finished, about. */
  readonly liveBytes: number;
  /** Of these, those of one chat. */
  liveBytesIn(chatId: string): number;
  readonly oldestAt: number | undefined;
  readonly parked: readonly (Parked & { readonly segment: number })[];
  /** Every message that is not finished, by age. */
  live(segment?: number): readonly Entry[];
  /** The number for the next message. */
  nextNumber(): number;
  /** The files that hold fingerprints. */
  readonly segments: readonly number[];
  /** Words of the fingerprints that a file holds, in pairs; handed over once: it is about to be cleared. */
  takeIds(segment: number): readonly number[];
}

/** A message that nothing was done for yet. */
export interface NewRecord extends ReceivedRecord {
  readonly message: InboundMessage;
}

/** Parked ones that are shown; older ones make room. */
const MOST_PARKED = 100;

/** @param timeOf a record's time (ms since 1970) by the clock of `seen` */
export function createLedger(seen: SeenIds, timeOf: (at: number) => number = (at) => at): Ledger {
  const entries = new Map<number, Entry>();
  const byEvent = new Map<string, Entry>();
  const lines = new Map<string, Entry[]>();
  const busy = new Set<string>();
  /** Of each file the words of its fingerprints, in pairs: as objects they would take five times as much. */
  const ids = new Map<number, number[]>();
  let parked: (Parked & { readonly segment: number })[] = [];
  const chatBytes = new Map<string, number>();
  let liveBytes = 0;
  let last = 0;

  function see(fingerprints: readonly Fingerprint[], at: number): void {
    const time = timeOf(at);
    for (const id of fingerprints) seen.add(id, time);
  }

  function note(fingerprints: readonly Fingerprint[], segment: number): void {
    const words = ids.get(segment) ?? [];
    ids.set(segment, words);
    for (const { high, low } of fingerprints) words.push(high, low);
  }

  function receive(record: NewRecord, segment: number, own: MessageIds): void {
    const { message } = record;
    note(own, segment);
    last = Math.max(last, record.n);
    const before = entries.get(record.n);
    if (before) {
      // Written anew, because the place where it stood is to be cleared.
      before.segment = segment;
      return;
    }
    const twin = byEvent.get(message.eventId);
    if (twin) finish(twin);
    const entry: Entry = {
      n: record.n,
      at: record.at,
      message,
      segment,
      attempts: record.attempts ?? 0,
      parts: record.parts ?? [],
      trying: record.trying,
      delivered: record.delivered ?? 0,
      ending: record.ending,
      isClaimed: false,
    };
    entries.set(entry.n, entry);
    byEvent.set(message.eventId, entry);
    count(entry, bytesOf(entry));
    enqueue(entry);
  }

  /** Delivery keeps no order: among those that wait, the time of sending does. */
  function enqueue(entry: Entry): void {
    const { chatId, createTime } = entry.message;
    const line = lines.get(chatId) ?? [];
    lines.set(chatId, line);
    let index = line.length;
    while (index > 0 && isBefore(createTime, entry.n, line[index - 1])) index--;
    line.splice(index, 0, entry);
  }

  function dequeue(entry: Entry): boolean {
    const { chatId } = entry.message;
    const line = lines.get(chatId) ?? [];
    const index = line.indexOf(entry);
    if (index === -1) return false;
    line.splice(index, 1);
    if (line.length === 0) lines.delete(chatId);
    return true;
  }

  function finish(entry: Entry): void {
    if (!entries.delete(entry.n)) return;
    byEvent.delete(entry.message.eventId);
    dequeue(entry);
    count(entry, -bytesOf(entry));
  }

  function count({ message: { chatId } }: Entry, bytes: number): void {
    liveBytes += bytes;
    const inChat = (chatBytes.get(chatId) ?? 0) + bytes;
    if (inChat > 0) chatBytes.set(chatId, inChat);
    else chatBytes.delete(chatId);
  }

  function finishNumber(n: number): void {
    const entry = entries.get(n);
    if (entry) finish(entry);
  }

  function plan(entry: Entry, from: number, parts: readonly string[], ending?: Ending): void {
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
        see(own, record.at);
        return receive({ ...record, message }, segment, own);
      }
      if (record.is === 'seen') {
        const known = unpackIds(record.ids);
        see(known, record.at);
        return note(known, segment);
      }
      if (record.is === 'done') {
        for (const n of record.all) finishNumber(n);
        return;
      }
      const entry = entries.get(record.n);
      if (record.is === 'parked') {
        const { eventId, messageId, chatId, at } = record;
        const others = parked.filter((other) => other.eventId !== eventId);
        parked = [...others, { eventId, messageId, chatId, at, segment }].slice(-MOST_PARKED);
        if (entry) finish(entry);
        return;
      }
      if (!entry) return;
      switch (record.is) {
        case 'claimed':
          entry.attempts = record.attempt;
          return;
        case 'planned':
          return plan(entry, record.from, record.parts, record.ending);
        case 'trying':
          // Since when it may have arrived: tried again, it is no younger.
          if (entry.trying?.part !== record.part) {
            entry.trying = { part: record.part, at: record.at };
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
    note,
    expect: see,
    forget(own) {
      for (const id of own) seen.remove(id);
    },
    hasSeen: (own) => own.some((id) => seen.has(id)),
    next(mayStart) {
      for (const [chatId, line] of lines) {
        const [first] = line;
        if (!first || busy.has(chatId) || !mayStart(first.message)) continue;
        line.shift();
        lines.delete(chatId);
        // To the end of the line, so that a busy chat does not starve the others.
        if (line.length > 0) lines.set(chatId, line);
        busy.add(chatId);
        first.isClaimed = true;
        return first;
      }
      return undefined;
    },
    takeOut(message) {
      const entry = byEvent.get(message.eventId);
      if (!entry || !dequeue(entry)) return undefined;
      return entry;
    },
    letGo(entry) {
      if (entry.isClaimed) busy.delete(entry.message.chatId);
      entry.isClaimed = false;
      if (entries.get(entry.n) === entry) enqueue(entry);
    },
    waiting(chatId) {
      if (chatId !== undefined) return lines.get(chatId)?.length ?? 0;
      let count = 0;
      for (const line of lines.values()) count += line.length;
      return count;
    },
    get liveBytes() {
      return liveBytes;
    },
    liveBytesIn: (chatId) => chatBytes.get(chatId) ?? 0,
    get oldestAt() {
      const times = [...lines.values()].flatMap((line) => line.map(({ at }) => at));
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
    },
    get parked() {
      return parked;
    },
    live: (segment) =>
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

/** The record that says everything about an entry, to be written in another place. */
export function asReceived(entry: Entry): ReceivedRecord {
  const { n, at, message, attempts, parts, trying, delivered, ending } = entry;
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

function isBefore(createTime: number, n: number, other: Entry | undefined): boolean {
  if (!other) return false;
  const before = other.message.createTime;
  return before > createTime || (before === createTime && other.n > n);
}

function bytesOf({ message, parts }: Entry): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), messageBytes(message));
}

/** About what a message takes, here and where it is kept (bytes). */
export function messageBytes({ content, mentions }: InboundMessage): number {
  return mentions.reduce(
    (sum, { key, openId, name }) =>
      sum + 100 + key.length + openId.length + Buffer.byteLength(name),
    500 + Buffer.byteLength(content),
  );
}
