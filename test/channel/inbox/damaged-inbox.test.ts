import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inbound } from '../messages.ts';
import { fragileJournalFiles } from './fragile-journal-files.ts';
import { any, drain, open, place } from './opened-inbox.ts';
import { textParts } from './text-parts.ts';

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
