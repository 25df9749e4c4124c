/** What a runtime leaves beside its inbox, for whoever looks from outside. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createRunRecorder, RECORD_FILE, readRunRecord } from '../../src/channel/run-record.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { silentLogger } from '../../src/shared/log.ts';
import { temporaryHome } from '../support/home.ts';
import { waitFor } from '../support/wait-for.ts';
import { accountOf, channelWith, noLimits, sandboxWith } from './harness.ts';

afterEach(() => void vi.useRealTimers());

const times = { sendLimits: noLimits, recordEveryMs: 1 };

async function running(sandbox: Sandbox, place: string) {
  const directory = join(place, sandbox.appId);
  const watched = channelWith([accountOf(sandbox)], { inbox: place, times });
  await watched.event('ready');
  const record = () => readRunRecord(directory);
  return { ...watched, directory, record };
}

it('holds the last times and the state of the line, and nothing else', async () => {
  const sandbox = await sandboxWith();
  const { channel, directory, event, record } = await running(sandbox, await temporaryHome());
  await waitFor(async () => expect((await record())?.state).toBe('connected'));
  expect(await record()).not.toHaveProperty('lastEventAt');
  sandbox.say({ text: 'a private sentence' });
  await event('answered');
  const { lastEventAt, lastAnswerAt } = channel.accounts[0] ?? {};
  await waitFor(async () =>
    expect(await record()).toMatchObject({ state: 'connected', lastEventAt, lastAnswerAt }),
  );
  await channel.stop();
  const path = join(directory, RECORD_FILE);
  expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).toEqual([
    'state',
    'since',
    'lastEventAt',
    'lastAnswerAt',
  ]);
  expect(await record()).toMatchObject({ state: 'stopped', lastEventAt, lastAnswerAt });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await readdir(directory)).filter((name) => name.endsWith('.new'))).toEqual([]);
});

it('keeps the times of the run before, until there are newer ones', async () => {
  const sandbox = await sandboxWith();
  const place = await temporaryHome();
  const first = await running(sandbox, place);
  sandbox.say({ text: 'hello' });
  await first.event('answered');
  await first.channel.stop();
  const left = await first.record();
  expect(left?.lastAnswerAt).toBeGreaterThan(0);

  const second = await running(sandbox, place);
  await waitFor(async () =>
    expect(await second.record()).toEqual({
      ...left,
      state: 'connected',
      since: expect.anything(),
    }),
  );
});

it('is the record of the process that works, not of one that hands over', async () => {
  const sandbox = await sandboxWith();
  const place = await temporaryHome();
  const owner = await running(sandbox, place);
  await waitFor(async () => expect((await owner.record())?.state).toBe('connected'));
  const guest = await running(sandbox, place);
  await waitFor(() => expect(guest.channel.accounts[0]?.inbox?.role).toBe('hands over'));
  await guest.channel.stop();
  expect((await owner.record())?.state).toBe('connected');
});

it('is written with one timer however many events there are, and none after the end', async () => {
  const directory = await temporaryHome();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const recorder = createRunRecorder({ directory, now: Date.now, log: silentLogger });
  recorder.messageReceived();
  expect(vi.getTimerCount()).toBe(0);
  recorder.startWriting();
  await vi.runAllTimersAsync();
  for (let count = 0; count < 10_000; count++) recorder.messageReceived();
  expect(vi.getTimerCount()).toBe(1);
  const written = await readRunRecord(directory);
  vi.advanceTimersByTime(4_999);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(vi.getTimerCount()).toBe(0);
  recorder.messageAnswered();
  await recorder.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(await readRunRecord(directory)).toMatchObject({ lastAnswerAt: Date.now() });
  expect(written?.lastAnswerAt).toBeUndefined();
  // An inbox that opens while it is being closed.
  recorder.startWriting();
  expect(vi.getTimerCount()).toBe(0);
});

it('goes on where it cannot be written', async () => {
  const directory = await temporaryHome();
  await mkdir(join(directory, `${RECORD_FILE}.new`));
  const recorder = createRunRecorder({ directory, now: Date.now, log: silentLogger });
  recorder.startWriting();
  recorder.messageReceived();
  await recorder.close();
  expect(await readRunRecord(directory)).toBeUndefined();
});

it.each([
  ['nothing', undefined],
  ['no JSON', '{"state":"conn'],
  ['no object', '[]'],
  ['a state that there is not', '{"state":"asleep","since":1}'],
  ['a time that is none', '{"state":"connected","since":1,"lastEventAt":"yesterday"}'],
])('is no record where there is %s', async (_name, text) => {
  const directory = await temporaryHome();
  if (text !== undefined) await writeFile(join(directory, RECORD_FILE), text);
  expect(await readRunRecord(directory)).toBeUndefined();
});
