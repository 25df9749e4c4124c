/**
 * The lines of the journal: one record each, checksummed, readable by itself. Pure.
 *
 * A line is 16 hexadecimal digits of the SHA-256 of the rest, a blank, and a JSON object. What was
 * torn or changed is told from what is whole line by line; nothing is ever read past its end.
 */

import { hash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../../shared/json.ts';
import type { InboundMessage } from '../../message/event.ts';
import type { Fingerprint, MessageIds } from './seen.ts';

const text = z.string();
const optional = z.string().optional();
const count = z.number().int().nonnegative();

export const messageSchema = z.object({
  eventId: text,
  messageId: text,
  chatId: text,
  chatType: z.enum(['p2p', 'group']),
  threadId: optional,
  rootId: optional,
  parentId: optional,
  createTime: z.number(),
  senderOpenId: text,
  senderType: text,
  messageType: text,
  content: text,
  mentions: z.array(z.object({ key: text, openId: text, name: text })).readonly(),
});

const ending = z.enum(['answered', 'parked']);
const trying = z.object({ part: count, at: z.number() });

const recordSchema = z.discriminatedUnion('is', [
  /** A message came in; with the rest, where it is written down anew because its place is cleared. */
  z.object({
    is: z.literal('received'),
    n: count,
    at: z.number(),
    message: messageSchema,
    attempts: count.optional(),
    parts: z.array(text).readonly().optional(),
    trying: trying.optional(),
    delivered: count.optional(),
    ending: ending.optional(),
  }),
  z.object({ is: z.literal('claimed'), n: count, attempt: count }),
  z.object({
    is: z.literal('planned'),
    n: count,
    from: count,
    parts: z.array(text).readonly(),
    ending: ending.optional(),
  }),
  z.object({ is: z.literal('trying'), n: count, part: count, at: z.number() }),
  z.object({ is: z.literal('delivered'), n: count, part: count }),
  /** All that were finished at one time. */
  z.object({ is: z.literal('done'), all: z.array(count).readonly() }),
  z.object({ is: z.literal('released'), n: count }),
  /** Without the message's text: who is parked is told, what was said is not kept. */
  z.object({
    is: z.literal('parked'),
    n: count,
    at: z.number(),
    eventId: text,
    messageId: text,
    chatId: text,
  }),
  /** Fingerprints of ids that came in by `at` at the latest. */
  z.object({
    is: z.literal('seen'),
    at: z.number(),
    ids: z.string().regex(/^(?:[0-9a-f]{16})*$/),
  }),
]);

export type JournalRecord = z.infer<typeof recordSchema>;
export type ReceivedRecord = Extract<JournalRecord, { is: 'received' }>;

const CHECK_LENGTH = 16;
/** The first line of a file; a later form gets another number. */
export const journalHeader = 'moltbot-feishu inbox 1\n';

export function encodeRecord(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

/** The record in a line; `undefined` where the line is not what was written. */
export function decodeRecord(line: string): JournalRecord | undefined {
  const json = line.slice(CHECK_LENGTH + 1);
  if (line[CHECK_LENGTH] !== ' ' || checksum(json) !== line.slice(0, CHECK_LENGTH))
    return undefined;
  // Whole, but not a record: nobody here wrote it.
  const parsed = recordSchema.safeParse(parseJson(json));
  return parsed.success ? parsed.data : undefined;
}

export interface JournalText {
  readonly records: readonly JournalRecord[];
  /** Lines that are not what was written: changed, cut short, or never finished. */
  readonly damaged: number;
}

/** Reads a file's bytes; whatever is in there, what is whole is found. */
export function readJournal(bytes: Uint8Array): JournalText {
  // A changed byte that is no UTF-8 any more becomes U+FFFD, and the checksum differs.
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const last = lines.pop() ?? '';
  const [header, ...rest] = lines;
  const records: JournalRecord[] = [];
  // Behind the last line break stands nothing, unless a writer was cut short.
  let damaged = last === '' ? 0 : 1;
  for (const line of rest) {
    const record = decodeRecord(line);
    if (record) records.push(record);
    else damaged += 1;
  }
  if (header !== undefined && `${header}\n` !== journalHeader) {
    const record = decodeRecord(header);
    if (record) records.unshift(record);
    damaged += 1;
  }
  return { records, damaged };
}

/** What was parsed, with every key there. */
export function messageOf(parsed: z.infer<typeof messageSchema>): InboundMessage {
  return { threadId: undefined, rootId: undefined, parentId: undefined, ...parsed };
}

export function idsOf(message: Pick<InboundMessage, 'eventId' | 'messageId'>): MessageIds {
  return [fingerprint(`event ${message.eventId}`), fingerprint(`message ${message.messageId}`)];
}

/** 64 bits of the SHA-256 of an id: two of the same are less likely than a disk's own errors. */
function fingerprint(id: string): Fingerprint {
  const digest = hash('sha256', id, 'binary');
  return { high: wordAt(digest, 0), low: wordAt(digest, 4) };
}

/** As they stand in a file: 16 hexadecimal digits each. @param words high and low, in turn */
export function packIds(words: readonly number[]): string {
  const bytes = Buffer.alloc(4 * words.length);
  for (const [at, word] of words.entries()) bytes.writeUInt32BE(word, 4 * at);
  return bytes.toString('hex');
}

export function unpackIds(packed: string): readonly Fingerprint[] {
  const bytes = Buffer.from(packed, 'hex');
  return Array.from({ length: bytes.length / 8 }, (_, at) => ({
    high: bytes.readUInt32BE(8 * at),
    low: bytes.readUInt32BE(8 * at + 4),
  }));
}

/** Four bytes of a text of bytes, as a number. */
function wordAt(bytes: string, at: number): number {
  return (
    ((bytes.charCodeAt(at) << 24) |
      (bytes.charCodeAt(at + 1) << 16) |
      (bytes.charCodeAt(at + 2) << 8) |
      bytes.charCodeAt(at + 3)) >>>
    0
  );
}

function checksum(json: string): string {
  return hash('sha256', json, 'hex').slice(0, CHECK_LENGTH);
}
