import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspectInbox } from '../../../src/channel/inbox/directory/inspect-inbox.ts';
import { nodeJournalFiles } from '../../../src/channel/inbox/directory/journal-files.ts';
import {
  type JournalInbox,
  openJournalInbox,
} from '../../../src/channel/inbox/directory/journal-inbox.ts';
import {
  encodeRecord,
  type JournalRecord,
  journalHeader,
} from '../../../src/channel/inbox/directory/records.ts';
import type { InboxListener } from '../../../src/channel/inbox/inbox.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { inbound } from '../messages.ts';
import { fragileJournalFiles } from './fragile-journal-files.ts';
import { idleListener } from './own-inbox.ts';
import { textParts } from './text-parts.ts';

const HOUR = 60 * 60_000;
const any = (): boolean => true;

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'inbox-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

interface Opened extends JournalInbox {
  readonly problems: (MoltbotFeishuError | undefined)[];
}

async function open(
  directory: string | undefined,
  options: Partial<Parameters<typeof openJournalInbox>[0]> = {},
): Promise<Opened> {
  const problems: Opened['problems'] = [];
  const listener: InboxListener = {
    ...idleListener,
    onProblem: (problem) => problems.push(problem),
  };
  const now = Date.now;
  const inbox = await openJournalInbox({
    files: nodeJournalFiles,
    now,
    listener,
    ...options,
    directory,
  });
  onTestFinished(() => inbox.close());
  return Object.defineProperties({ problems }, Object.getOwnPropertyDescriptors(inbox)) as Opened;
}

/** Everything that waits, in the order in which it is given out. */
async function drain(inbox: JournalInbox): Promise<string[]> {
  const order: string[] = [];
  for (let claim = await inbox.claim(any); claim; claim = await inbox.claim(any)) {
    order.push(claim.message.eventId);
    claim.complete();
  }
  return order;
}

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

/** A directory with three messages: one answered, one half answered, one waiting; as a crash leaves it. */
async function crashed(): Promise<{ directory: string; name: string; bytes: Buffer }> {
  const directory = await place();
  const inbox = await open(directory);
  for (const chatId of ['a', 'b', 'c']) await inbox.receive(inbound({ chatId, eventId: chatId }));
  (await inbox.claim(any))?.complete();
  const half = await inbox.claim(any);
  await half?.recordParts(0, textParts('one', 'two'), 'answered');
  await half?.recordAttempt(0);
  half?.recordDelivered(0);
  await half?.recordAttempt(1);
  const [name = ''] = (await readdir(directory)).filter((entry) => entry.endsWith('.log'));
  return { directory, name, bytes: await readFile(join(directory, name)) };
}

async function opened(name: string, bytes: Uint8Array) {
  const directory = await mkdtemp(join(tmpdir(), 'inbox-bytes-'));
  try {
    await writeFile(join(directory, name), bytes);
    const inbox = await open(directory);
    const { problems } = inbox;
    const order = await drain(inbox);
    await inbox.close();
    const names = await readdir(directory);
    const again = await open(directory);
    const afterwards = again.problems.length;
    await again.close();
    return { order, problems, names, afterwards };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('a damaged inbox', () => {
  it('opens when cut off at any byte: what stands whole before is there, in order', async () => {
    const { name, bytes } = await crashed();
    const whole = await opened(name, bytes);
    expect(whole.order).toEqual(['b', 'c']);
    expect(whole.problems).toEqual([]);
    for (let length = 0; length < bytes.length; length += 7) {
      const { order, problems, afterwards } = await opened(name, bytes.subarray(0, length));
      const received = bytes.subarray(0, length).toString().split('\n').slice(0, -1);
      const isThere = (id: string) =>
        received.some(
          (line) => line.includes('"is":"received"') && line.includes(`"eventId":"${id}"`),
        );
      const isDone = received.some((line) => line.includes('"is":"done"'));
      expect(order).toEqual(['a', 'b', 'c'].filter((id) => isThere(id) && !(id === 'a' && isDone)));
      const isTorn = length > 0 && bytes[length - 1] !== 10;
      expect(problems.map((problem) => problem?.code)).toEqual(isTorn ? ['inbox-damaged'] : []);
      expect(afterwards).toBe(0);
    }
  }, 120_000);

  it('says so when any bits are flipped, sets the file aside, and keeps the other records', async () => {
    const { name, bytes } = await crashed();
    const lines = bytes.toString().trimEnd().split('\n').length;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ mask;
          const { problems, names, afterwards } = await opened(name, changed);
          expect(problems.map((problem) => problem?.code)).toEqual(['inbox-damaged']);
          expect(problems[0]?.details.damaged).toBeLessThanOrEqual(2);
          expect(names).toContain(`${name}.damaged`);
          expect(afterwards).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
    expect(lines).toBeGreaterThan(8);
  }, 120_000);

  it('opens whatever stands in its files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect((await opened('00000001.log', bytes)).order).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});

describe('an inbox on a disk with faults', () => {
  it('acknowledges nothing that it could not keep, says why, and goes on when there is space', async () => {
    const directory = await place();
    const disk = fragileJournalFiles();
    const inbox = await open(directory, { files: disk.files });
    await inbox.receive(inbound({ eventId: 'before' }));
    disk.fail('write', 'ENOSPC');
    const message = inbound({ eventId: 'refused' });
    await expect(inbox.receive(message)).rejects.toMatchObject({ code: 'inbox-unwritable' });
    await expect(inbox.receive(message)).rejects.toMatchObject({ details: { reason: 'ENOSPC' } });
    expect(inbox.status.problem?.code).toBe('inbox-unwritable');
    disk.repair();
    await expect(inbox.receive(message)).resolves.toBe('new');
    expect(inbox.problems.map((problem) => problem?.code)).toEqual(['inbox-unwritable', undefined]);
    await inbox.close();
    expect(await drain(await open(directory))).toEqual(['before', 'refused']);
  });

  it('starts no turn that it could not count, until it can', async () => {
    const disk = fragileJournalFiles();
    const inbox = await open(await place(), { files: disk.files });
    await inbox.receive(inbound());
    disk.fail('write', 'EROFS');
    let isClaimed = false;
    const claiming = inbox.claim(any).then((claim) => {
      isClaimed = true;
      return claim;
    });
    await disk.failed(3);
    expect(isClaimed).toBe(false);
    disk.repair();
    expect((await claiming)?.attempt).toBe(1);
  });

  it('loses nothing that was acknowledged when the power goes at any moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 5 }), { minLength: 5, maxLength: 40 }),
        async (steps) => {
          const directory = await mkdtemp(join(tmpdir(), 'inbox-power-'));
          const disk = fragileJournalFiles();
          const kept: string[] = [];
          const inbox = await open(directory, { files: disk.files, segmentBytes: 3000 });
          const finished = new Set<string>();
          for (const step of steps) {
            if (step === 0) {
              const claim = await inbox.claim(any);
              if (claim) finished.add(claim.message.eventId);
              claim?.complete();
              continue;
            }
            const burst = Array.from({ length: step }, () => inbound({ chatId: `c${step}` }));
            const all = burst.map(async (message) => {
              // Refused when the power is gone: then it counts for nothing.
              const isKept = await inbox.receive(message).then(
                () => true,
                () => false,
              );
              if (isKept) kept.push(message.eventId);
            });
            if (step !== 5) await Promise.all(all);
            else await all[0];
          }
          const acknowledged = [...kept];
          await disk.losePower();
          const again = await open(directory);
          const there = new Set(await drain(again));
          for (const eventId of acknowledged) {
            const isKnown = there.has(eventId) || finished.has(eventId);
            if (!isKnown) throw new Error(`${eventId} is lost`);
          }
          for (const eventId of acknowledged) {
            const again2 = inbound({ eventId, messageId: `other ${eventId}` });
            expect(await again.receive(again2)).toBe('duplicate');
          }
          await again.close();
          await rm(directory, { recursive: true, force: true });
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('cannot be opened where no directory can be: it says so', async () => {
    const directory = await place();
    await writeFile(join(directory, 'file'), '');
    await expect(open(join(directory, 'file', 'inbox'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await mkdir(join(directory, 'ok'));
    await open(join(directory, 'ok'));
  });
});
