/**
 * The golden corpus: messages of every type and what they read as. `UPDATE_CORPUS=1` writes the
 * results; each change of them is read before it is committed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { contentTypes } from '../../../../src/channel/message/content/types/all.ts';
import type { Mention } from '../../../../src/channel/message/event.ts';

interface Entry {
  readonly name: string;
  readonly messageType: string;
  /** The JSON text itself, or what it says. */
  readonly content: unknown;
  readonly mentions?: readonly Mention[];
  readonly lang?: 'en' | 'zh';
  readonly text?: string;
  readonly attachments?: readonly unknown[];
}

const folder = new URL('./corpus/', import.meta.url);
const files = readdirSync(folder).map((name) => {
  const url = new URL(name, folder);
  return { name, url, entries: JSON.parse(readFileSync(url, 'utf8')) as readonly Entry[] };
});

function read({ messageType, content, mentions = [], lang = 'en' }: Entry) {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  const message = { messageType, content: json, mentions };
  const { text, attachments } = readMessage(message, { botOpenId: 'ou_bot', lang });
  return { text, attachments };
}

it('every message of the corpus reads as reviewed', () => {
  if (process.env.UPDATE_CORPUS === '1') {
    for (const { url, entries } of files) {
      const results = entries.map((entry) => ({ ...entry, ...read(entry) }));
      writeFileSync(url, `${JSON.stringify(results, undefined, 2)}\n`);
    }
    return;
  }
  const all = files.flatMap(({ name: file, entries }) => entries.map((entry) => ({ file, entry })));
  expect(all.length).toBeGreaterThanOrEqual(150);
  const place = ({ file, entry }: (typeof all)[number]) => `${file}: ${entry.name}`;
  const actual = all.map((one) => [place(one), read(one.entry)]);
  const expected = all.map((one) => {
    const { text, attachments } = one.entry;
    return [place(one), { text, attachments }];
  });
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
});

it('every message type has a message in the corpus', () => {
  const messageTypes = new Set(
    files.flatMap(({ entries }) => entries.map(({ messageType }) => messageType)),
  );
  const names = contentTypes.flatMap((type) => type.names);
  expect(names.filter((name) => !messageTypes.has(name))).toEqual([]);
});
