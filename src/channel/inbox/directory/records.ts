/**
 * The lines of the journal: one record each, checksummed, readable by itself. Pure.
 *
 * A line is 16 hexadecimal digits of the SHA-256 of the rest, a blank, and a JSON object. Torn and
 * changed lines fail their checksum, and the other lines are still read.
 */

import { hash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../../shared/json.ts';
import type { InboundMessage } from '../../message/event.ts';
import { storedPart } from '../part.ts';
import type { Fingerprint, MessageIds } from './seen.ts';

const text = z.string();
const optional = z.string().optional();
const count = z.number().int().nonnegative();

export const messageSchema = z.object({
  /** Absent for messages, and in the records of release 1.0, which has only these. */
  kind: z.enum(['action', 'menu', 'notice']).optional(),
  eventId: text,
  messageId: text,
  targetId: optional,
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
  /** A message arrived; with its progress if it is written again because its file is cleared. */
  z.object({
    is: z.literal('received'),
    n: count,
    at: z.number(),
    message: messageSchema,
    attempts: count.optional(),
    parts: z.array(storedPart).readonly().optional(),
    trying: trying.optional(),
    delivered: count.optional(),
    ending: ending.optional(),
  }),
  z.object({ is: z.literal('claimed'), n: count, attempt: count }),
  z.object({
    is: z.literal('planned'),
    n: count,
    from: count,
    parts: z.array(storedPart).readonly(),
    ending: ending.optional(),
  }),
  z.object({ is: z.literal('trying'), n: count, part: count, at: z.number() }),
  z.object({ is: z.literal('delivered'), n: count, part: count }),
  /** All messages that were finished in one turn of the event loop. */
  z.object({ is: z.literal('done'), all: z.array(count).readonly() }),
  z.object({ is: z.literal('released'), n: count }),
  /** Keeps the ids but not the text: parked messages are listed, their content is not. */
  z.object({
    is: z.literal('parked'),
    n: count,
    at: z.number(),
    eventId: text,
    messageId: text,
    chatId: text,
  }),
  /** Fingerprints of ids that arrived at `at` or before. */
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

/** The record in a line; `undefined` if the line is damaged. */
function decodeRecord(line: string): JournalRecord | undefined {
  const json = line.slice(CHECK_LENGTH + 1);
  if (line[CHECK_LENGTH] !== ' ' || checksum(json) !== line.slice(0, CHECK_LENGTH))
    return undefined;
  // A line with a valid checksum may still not be a record of ours.
  const parsed = recordSchema.safeParse(parseJson(json));
  return parsed.success ? parsed.data : undefined;
}

export interface JournalText {
  readonly records: readonly JournalRecord[];
  /** Damaged lines: changed, cut short, or never finished. */
  readonly damaged: number;
}

/** Reads a file's bytes; finds every intact record, whatever else the file contains. */
export function readJournal(bytes: Uint8Array): JournalText {
  // A changed byte that is not valid UTF-8 becomes U+FFFD, so the checksum differs.
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const last = lines.pop() ?? '';
  const [header, ...rest] = lines;
  const records: JournalRecord[] = [];
  // The last line break ends the file, unless a writer was cut short.
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

/** A parsed message with every optional key present. */
export function messageOf(parsed: z.infer<typeof messageSchema>): InboundMessage {
  return { threadId: undefined, rootId: undefined, parentId: undefined, ...parsed };
}

export function idsOf(message: Pick<InboundMessage, 'eventId' | 'messageId'>): MessageIds {
  return [fingerprint(`event ${message.eventId}`), fingerprint(`message ${message.messageId}`)];
}

/** 64 bits of the SHA-256 of an id: a collision is less likely than a disk error. */
function fingerprint(id: string): Fingerprint {
  const digest = hash('sha256', id, 'binary');
  return { high: wordAt(digest, 0), low: wordAt(digest, 4) };
}

/** Encodes fingerprints as 16 hexadecimal digits each. @param words high and low, in turn */
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

/** Reads four bytes of a binary string as a number. */
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
