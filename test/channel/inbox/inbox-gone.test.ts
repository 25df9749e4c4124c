/** The inbox directory is deleted or replaced while a runtime works on it. */
import { mkdir, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Agent } from '../../../src/channel/agent/agent.ts';
import { isOwned } from '../../../src/channel/inbox/directory/ownership.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, noLimits, sandboxWith, sentText } from '../harness.ts';
import { inbound } from '../messages.ts';
import { configure, startRuntime } from '../runtime-process.ts';
import { openOwnInbox } from './own-inbox.ts';

const quick = { sendLimits: noLimits, reconnectWaits: { firstMs: 0, minMs: 0, maxMs: 0 } };
const patience = { timeout: 15_000 };

const losses: readonly (readonly [string, (directory: string) => Promise<void>])[] = [
  ['deleted', (directory) => rm(directory, { recursive: true })],
  ['deleted with the one above it', (directory) => rm(join(directory, '..'), { recursive: true })],
  ['moved away', (directory) => rename(directory, `${directory}.old`)],
  [
    'replaced by an empty one',
    async (directory) => {
      await rename(directory, `${directory}.old`);
      await mkdir(directory);
    },
  ],
  [
    'there, its journal cut short',
    async (directory) => {
      for (const name of await readdir(directory)) {
        if (name.endsWith('.log')) await truncate(join(directory, name));
      }
    },
  ],
  [
    'emptied of its journal',
    async (directory) => {
      for (const name of await readdir(directory)) {
        if (name.endsWith('.log')) await rm(join(directory, name));
      }
    },
  ],
];

it.each(losses)(
  'is %s: it is made again, what waits is kept, and it is reported once',
  async (_name, lose) => {
    const sandbox = await sandboxWith({ redeliveryMs: [200, 200, 200] });
    const place = join(await temporaryHome(), 'inbox');
    const directory = join(place, sandbox.appId);
    let goOn: () => void = () => undefined;
    const isFree = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const agent: Agent = {
      async *answer({ content: { text } }) {
        if (text.startsWith('slow')) await isFree;
        yield text;
      },
    };
    const { event, events, logs } = channelWith([accountOf(sandbox)], {
      inbox: place,
      agent,
      times: quick,
    });
    await event('ready');
    // One is being answered, and one waits behind it.
    sandbox.say({ text: 'slow 1' });
    sandbox.say({ text: 'slow 2' });
    await event('received', 2);
    await lose(directory);
    sandbox.say({ text: 'other', from: { openId: 'ou_other' } });
    await waitFor(() => expect(sandbox.deliveries().at(-1)?.ackCode).toBe(200), patience);
    expect((await readdir(directory)).some((name) => name.endsWith('.log'))).toBe(true);
    await waitFor(
      () =>
        expect(
          events.at(-1)?.event !== undefined &&
            events.some((one) => one.event === 'inbox' && one.is === 'well-again'),
        ).toBe(true),
      patience,
    );
    const gone = events.filter((one) => one.event === 'error').map(({ error }) => error.code);
    // What is left of a journal that was cut short does not begin as one.
    expect(gone.filter((code) => code !== 'inbox-damaged')).toEqual(['inbox-gone']);
    expect(await isOwned(directory)).toBe(true);
    goOn();
    await event('answered', 3);
    const answers = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
    expect(answers.sort()).toEqual(['other', 'slow 1', 'slow 2']);
    expect(logs.filter(({ level }) => level === 'error')).toEqual([]);
  },
);

it('survives a kill afterwards with what was waiting before', async () => {
  const sandbox = await sandboxWith();
  const home = await temporaryHome();
  await configure(home, sandbox, { inbox: join(home, 'inbox') });
  const directory = join(home, 'inbox', sandbox.appId);
  const first = startRuntime(home, { exec: 'sleep 1000' });
  await first.line(({ event }) => event === 'ready');
  for (const text of ['one', 'two', 'three']) sandbox.say({ text });
  await waitFor(
    () => expect(sandbox.deliveries().map(({ ackCode }) => ackCode)).toEqual([200, 200, 200]),
    patience,
  );
  await rm(directory, { recursive: true });
  await first.line(({ event, state }) => event === 'inbox' && state === 'well-again');
  await first.kill();
  const second = startRuntime(home);
  // A start says what an earlier run left.
  const left = await second.line(({ event, state }) => event === 'inbox' && state === 'left-over');
  expect(left.waiting).toBe(3);
  const answers: string[] = [];
  while (answers.length < 3) answers.push(sentText((await sandbox.nextAnswer()).content));
  expect(answers).toEqual(['one', 'two', 'three']);
  expect(await second.stop()).toBe(0);
}, 60_000);

it('a second process does not own the app beside the first, and says that it passes messages on', async () => {
  const sandbox = await sandboxWith();
  const home = await temporaryHome();
  await configure(home, sandbox, { inbox: join(home, 'inbox') });
  const directory = join(home, 'inbox', sandbox.appId);
  const first = startRuntime(home);
  await first.line(({ event }) => event === 'ready');
  // The first process may write into it while it goes.
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  const second = startRuntime(home);
  await second.line(({ event }) => event === 'ready');
  await Promise.race(
    [first, second].map((run) =>
      run.line(({ event, state }) => event === 'inbox' && state === 'shared'),
    ),
  );
  // One of them makes the directory again; the names in it change while it does.
  await waitFor(async () => expect((await readdir(directory)).join()).toContain('owner.'));
  for (let count = 0; count < 6; count++) sandbox.say({ text: `message ${count}` });
  const answers: string[] = [];
  while (answers.length < 6) answers.push(sentText((await sandbox.nextAnswer()).content));
  expect(new Set(answers).size).toBe(6);
  expect(await first.stop()).toBe(0);
  expect(await second.stop()).toBe(0);
}, 60_000);

it('leaves no folder in the temporary directory where the path is too long for a socket', async () => {
  const temporary = await temporaryHome();
  const directory = join(await temporaryHome(), 'a-long-name'.repeat(12));
  await mkdir(directory, { recursive: true });
  const { TMPDIR } = process.env;
  process.env.TMPDIR = temporary;
  try {
    const inbox = await openOwnInbox(directory);
    expect(await inbox.receive(inbound())).toBe('new');
    expect((await stat(join(temporary, (await readdir(temporary))[0] ?? '?'))).mode & 0o777).toBe(
      0o700,
    );
    await inbox.close();
    expect(await readdir(temporary)).toEqual([]);
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
});

it('removes the folder of a socket that a killed process has left, and no other', async () => {
  const temporary = await temporaryHome();
  const directory = await temporaryHome();
  for (const [number, folder] of [
    [1, 'feishu-dead'],
    [2, 'someone-else'],
    [3, 'feishu-full'],
  ] as const) {
    await mkdir(join(directory, `owner.${number}`));
    await mkdir(join(temporary, folder));
    const address = join(temporary, folder, 's');
    await writeFile(join(directory, `owner.${number}`, 'address'), address);
  }
  await writeFile(join(temporary, 'feishu-full', 'not-ours'), '');
  const inbox = await openOwnInbox(directory);
  await inbox.close();
  expect((await readdir(temporary)).sort()).toEqual(['feishu-full', 'someone-else']);
});
