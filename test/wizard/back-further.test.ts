/** Back from the questions that only some runs ask: moving an account, the console pages, an approval. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import type { Text } from '../../src/shared/text/text.ts';
import { DOWN, ENTER, ESC } from '../support/terminal.ts';
import { type Row, walk } from './rows.ts';
import { bareApp, stage, texts } from './stage.ts';

/** The second choice of a page: it is done. */
const DONE = DOWN + ENTER;

it('leads from the host to which an account moves to the task, and from the write to the host', async () => {
  const scene = await stage();
  const { sandbox, config, home } = scene;
  const section = {
    enabled: true,
    appId: sandbox.appId,
    appSecret: sandbox.appSecret,
    domain: sandbox.url,
  };
  await mkdir(dirname(config));
  await writeFile(config, JSON.stringify({ channels: { feishu: section } }), { mode: 0o600 });
  const before = await readFile(config, 'utf8');
  const screen = scene.open();
  const move: readonly [Text, string] = [texts.askTask, DOWN.repeat(5) + ENTER];
  await walk(scene, screen, [
    { at: texts.askTask, keys: move[1] },
    { at: texts.askHost, back: [move], keys: DOWN.repeat(2) + ENTER },
    {
      at: texts.askWrite,
      back: [
        [texts.askHost, ESC],
        [texts.askTask, move[1]],
        [texts.askHost, DOWN.repeat(2) + ENTER],
      ],
      keys: ENTER,
    },
  ]);
  expect(await screen.ended()).toBe(0);
  const written = JSON.parse(await readFile(join(home, '.openclaw', 'openclaw.json'), 'utf8'));
  expect(written.channels.feishu).toMatchObject(section);
  // The account of before stays, and the way back left nothing in it.
  expect(await readFile(config, 'utf8')).toBe(before);
});

it('leads from each page of the console to the page before it', async () => {
  const scene = await stage({ app: { ...bareApp, scopes: [] } });
  const { sandbox } = scene;
  const screen = scene.open('--guided', '--app-id', sandbox.appId);
  const configure = (change: Parameters<typeof sandbox.configureApp>[0]) => () =>
    sandbox.configureApp(change);
  const page: readonly [Text, string] = [texts.askDone, DONE];
  const pages: readonly [Text, Parameters<typeof sandbox.configureApp>[0]][] = [
    [texts.bot1, { bot: true }],
    [texts.scopes1, { pendingScopes: everydayScopes }],
    [
      texts.firstVersionWhy,
      { published: true, events: [], scopes: everydayScopes, pendingScopes: [] },
    ],
    [texts.events1, { eventMode: 'websocket' }],
    [texts.callbacks1, { callbackMode: 'websocket' }],
    [texts.version1, { events: ['im.message.receive_v1'], callbacks: ['card.action.trigger'] }],
  ];
  const rows = pages.map(([after, change], index): Row => {
    const [before] = pages[index - 1] ?? [];
    return {
      after,
      at: texts.askDone,
      back: before ? [[before, ''], page] : [[texts.askAppSecretAgain, ENTER]],
      meanwhile: configure(change),
      keys: DONE,
    };
  });
  await walk(scene, screen, [
    { at: texts.askAppSecret, keys: sandbox.appSecret + ENTER },
    ...rows,
    { at: texts.waiting, back: [[texts.version1, ''], page] },
    { at: texts.askWrite, keys: ENTER },
  ]);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ appId: sandbox.appId, enabled: true });
});

it('leads from an approval to the secret, and from its wait to the choice', async () => {
  const app = {
    ...bareApp,
    scopes: ['application:application:patch'],
    reviewRequired: true,
  } as const;
  const scene = await stage({ app });
  const { sandbox } = scene;
  const screen = scene.open('--app-id', sandbox.appId);
  await walk(scene, screen, [
    { at: texts.askAppSecret, keys: sandbox.appSecret + ENTER },
    { at: texts.askAutopilot, keys: ENTER },
    { at: texts.askWait, back: [[texts.askAppSecretAgain, ENTER]], keys: ENTER },
    {
      at: texts.waitingApproval,
      back: [[texts.askWait, ENTER]],
      meanwhile: () => void sandbox.reviewVersion(true),
    },
    // Approved: nothing is left to wait for.
    { at: texts.waiting, back: [[texts.askAppSecretAgain, ENTER]] },
    { at: texts.askWrite, keys: ENTER },
  ]);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ enabled: true });
  const published = sandbox
    .calls()
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/publish'));
  expect(published).toHaveLength(1);
});
