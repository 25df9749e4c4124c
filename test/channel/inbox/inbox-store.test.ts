import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectInbox } from '../../../src/channel/inbox/directory/inspect-inbox.ts';
import {
  encodeRecord,
  type JournalRecord,
  journalHeader,
} from '../../../src/channel/inbox/directory/records.ts';
import { inbound } from '../messages.ts';
import { any, drain, HOUR, open, place } from './opened-inbox.ts';
import { textParts } from './text-parts.ts';

describe('an inbox', () => {
  it('takes a message once, by its event or by itself, also when two come at once', async () => {
    const inbox = await open(await place());
    const message = inbound();
    const received = await Promise.all([inbox.receive(message), inbox.receive(message)]);
    expect(received).toEqual(['new', 'duplicate']);
    await expect(inbox.receive({ ...message, eventId: 'another' })).resolves.toBe('duplicate');
    await expect(inbox.receive({ ...message, messageId: 'om_x' })).resolves.toBe('duplicate');
    await expect(inbox.receive(inbound())).resolves.toBe('new');
  });

  it('knows a message for longer than the platform sends it again, across restarts', async () => {
    const directory = await place();
    let time = 1_000_000;
    const now = (): number => time;
    const message = inbound();
    const first = await open(directory, { now });
    await first.receive(message);
    await drain(first);
    for (const hours of [2, 4, 7.1]) {
      time = 1_000_000 + hours * HOUR;
      const again = await open(directory, { now });
      await expect(again.receive(message)).resolves.toBe('duplicate');
      await again.receive(inbound());
      await again.close();
    }
    time = 1_000_000 + 24 * HOUR;
    await expect((await open(directory, { now })).receive(message)).resolves.toBe('new');
  });

  it('gives the messages of a chat by the time of sending, one at a time, and chats take turns', async () => {
    const inbox = await open(undefined);
    const say = (chatId: string, createTime: number) => inbound({ chatId, createTime });
    for (const message of [say('a', 3), say('a', 1), say('b', 9), say('a', 2)]) {
      await inbox.receive(message);
    }
    const order: string[] = [];
    const take = async () => {
      const claim = await inbox.claim(any);
      if (claim) order.push(`${claim.message.chatId}${claim.message.createTime}`);
      return claim;
    };
    const [first, second] = [await take(), await take()];
    expect(await take()).toBeUndefined();
    first?.complete();
    second?.complete();
    (await take())?.complete();
    (await take())?.complete();
    expect(order).toEqual(['a1', 'b9', 'a2', 'a3']);
  });

  it('leaves waiting what may not start, and gives out what is taken only once', async () => {
    const inbox = await open(undefined);
    const [held, free] = [inbound({ chatId: 'g', chatType: 'group' }), inbound({ chatId: 'p' })];
    await inbox.receive(held);
    await inbox.receive(free);
    const claim = await inbox.claim((message) => message.chatType === 'p2p');
    expect(claim?.message.eventId).toBe(free.eventId);
    expect([inbox.waiting(), inbox.waiting('p')]).toEqual([1, 0]);
    expect((await inbox.claimMessage(held))?.message.eventId).toBe(held.eventId);
    expect(await inbox.claimMessage(held)).toBeUndefined();
    expect(await inbox.claim(any)).toBeUndefined();
  });

  it('takes no more than it may hold, and more when there is room', async () => {
    const inbox = await open(await place(), { maxWaiting: 2 });
    await inbox.receive(inbound());
    await inbox.receive(inbound());
    const third = inbound();
    await expect(inbox.receive(third)).rejects.toMatchObject({ code: 'inbox-full' });
    (await inbox.claim(any))?.complete();
    await expect(inbox.receive(third)).resolves.toBe('new');
  });

  it('keeps how far an answer has come, and counts turns that a crash cut short', async () => {
    const directory = await place();
    const first = await open(directory);
    await first.receive(inbound());
    const claim = await first.claim(any);
    await claim?.recordParts(0, textParts('one', 'two'));
    await claim?.recordAttempt(0);
    claim?.recordDelivered(0);
    await claim?.recordParts(2, textParts('three'), 'answered');
    await claim?.recordAttempt(1);
    // Nobody says that it ends: as after kill -9.
    const second = await (await open(directory)).claim(any);
    expect(second?.attempt).toBe(2);
    expect(second?.progress).toMatchObject({
      parts: textParts('one', 'two', 'three'),
      delivered: 1,
      lastAttempt: { part: 1 },
      ending: 'answered',
    });
    second?.release();
    expect((await (await open(directory)).claim(any))?.attempt).toBe(2);
  });

  it('reads a journal of release 1.0, which stored the texts of parts alone', async () => {
    const directory = await place();
    const records = [
      { is: 'received', n: 1, at: Date.now(), message: inbound() },
      { is: 'claimed', n: 1, attempt: 1 },
      { is: 'planned', n: 1, from: 0, parts: ['**one**', 'two'], ending: 'answered' },
    ] as unknown as readonly JournalRecord[];
    await writeFile(
      join(directory, '00000001.log'),
      journalHeader + records.map((record) => encodeRecord(record)).join(''),
    );
    const claim = await (await open(directory)).claim(any);
    expect(claim?.progress).toMatchObject({
      parts: [
        { type: 'post', markdown: '**one**' },
        { type: 'post', markdown: 'two' },
      ],
      ending: 'answered',
    });
  });

  it('shows what was parked, across restarts, and gives it out no more', async () => {
    const directory = await place();
    const message = inbound();
    const first = await open(directory);
    await first.receive(message);
    (await first.claim(any))?.park();
    await first.close();
    await (await open(directory)).close();
    const inbox = await open(directory);
    expect(inbox.status.parked).toMatchObject([{ eventId: message.eventId }]);
    await inbox.receive(inbound());
    expect(await inspectInbox(directory)).toMatchObject({
      waiting: 1,
      parked: [{ eventId: message.eventId }],
      damaged: [],
    });
    (await inbox.claim(any))?.complete();
    expect(await inbox.claim(any)).toBeUndefined();
    await expect(inbox.receive(message)).resolves.toBe('duplicate');
  });

  it('shrinks what is finished to its ids, and carries on what is not', async () => {
    const directory = await place();
    const inbox = await open(directory, { segmentBytes: 20_000 });
    const old = inbound({ chatId: 'slow' });
    await inbox.receive(old);
    const slow = await inbox.claim(any);
    const messages = Array.from({ length: 1000 }, () => inbound({ content: 'x'.repeat(500) }));
    for (const message of messages) {
      await inbox.receive(message);
      (await inbox.claim(any))?.complete();
    }
    await inbox.close();
    const sizes = await Promise.all(
      (await readdir(directory)).map(
        async (name) => (await readFile(join(directory, name))).length,
      ),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    expect(slow?.message.eventId).toBe(old.eventId);
    const again = await open(directory);
    expect(await drain(again)).toEqual([old.eventId]);
    for (const message of messages.slice(0, 20)) {
      await expect(again.receive(message)).resolves.toBe('duplicate');
    }
  });
});
