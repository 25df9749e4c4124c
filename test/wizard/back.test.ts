/** Back is one step, loses nothing that was proved, and is offered only where there is something behind. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Text } from '../../src/shared/text/text.ts';
import { DOWN, ENTER, ESC } from '../support/terminal.ts';
import { type Row, walk } from './rows.ts';
import { bareApp, person, stage, texts } from './stage.ts';

it('is exactly one question back from every question of the way by paste', async () => {
  const scene = await stage({ app: bareApp });
  const { sandbox } = scene;
  const secret: readonly [Text, string] = [texts.askAppSecretAgain, ENTER];
  const rows: readonly Row[] = [
    { at: texts.askMethod, keys: DOWN + ENTER },
    { at: texts.askAppId, back: [[texts.askMethod, DOWN + ENTER]], keys: sandbox.appId + ENTER },
    { at: texts.askAppSecret, back: [[texts.askAppId, ENTER]], keys: sandbox.appSecret + ENTER },
    { at: texts.askAutopilot, back: [secret], keys: ENTER },
    // The autopilot is done and is not asked for again.
    { at: texts.waiting, back: [secret] },
    { at: texts.askWrite, back: [[texts.askProved, ENTER]], keys: DOWN + ENTER },
    { at: texts.askDmPolicy, back: [[texts.askWrite, DOWN + ENTER]], keys: DOWN + ENTER },
    // Who proved the app is suggested.
    { at: texts.askAllowFrom, back: [[texts.askDmPolicy, DOWN + ENTER]], keys: ENTER },
    { at: texts.askWrite, back: [[texts.askAllowFrom, ENTER]] },
    {
      at: texts.askWrite,
      back: [
        [texts.askAllowFrom, ESC],
        [texts.askDmPolicy, ESC],
        [texts.askProved, ENTER],
        [texts.askDmPolicy, ENTER],
        [texts.askAllowFrom, ENTER],
      ],
      keys: ENTER,
    },
  ];
  const screen = scene.open();
  await walk(scene, screen, rows);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({
    dmPolicy: 'allowlist',
    allowFrom: [sandbox.user.openId],
  });
  // One message was enough.
  expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
});

it('leads to the proof and keeps it, or tests again, and from a test to the same question', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
  await somebody.answer(texts.askProved, DOWN + ENTER);
  await somebody.sees(texts.waiting);
  screen.type(ESC);
  await somebody.answer(texts.askProved, DOWN + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(sandbox.messages({ fromBot: true })).toHaveLength(2);
});

it('leads from the message to the app that the scan made', async () => {
  const scene = await stage({ registration: { intervalS: 0.05 } });
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askMethod);
  await somebody.answer(texts.askBotName);
  const app = await somebody.scans();
  await somebody.sees(texts.waiting);
  screen.type(ESC);
  // The app has its name: only the way is behind it.
  await somebody.answer(texts.askAgain, ESC);
  await somebody.answer(texts.askMethod);
  await somebody.answer(texts.askAgain);
  await somebody.writes(app.appId);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ appId: app.appId });
});

it('is not offered at the message where the flags answered everything before it', async () => {
  const scene = await stage({ app: bareApp });
  const { sandbox } = scene;
  const file = join(scene.home, 'secret');
  await writeFile(file, sandbox.appSecret, { mode: 0o600 });
  const screen = scene.open('--app-id', sandbox.appId, '--app-secret-file', file);
  const somebody = person(scene, screen);
  await somebody.answer(texts.askAutopilot);
  await somebody.sees(texts.waiting);
  expect(screen.screen).not.toContain(texts.escBack.en);
  screen.type(ESC);
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
  await somebody.sees(texts.askProved);
  expect(screen.screen.slice(screen.screen.lastIndexOf(texts.askProved.en))).not.toContain(
    texts.escBack.en,
  );
  screen.type(ENTER);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
});

it('leads from the way of another account to its name, and from there to the account of before', async () => {
  const scene = await stage();
  const { sandbox, config } = scene;
  const section = { enabled: true, appId: sandbox.appId, appSecret: sandbox.appSecret };
  await mkdir(dirname(config));
  await writeFile(config, JSON.stringify({ channels: { feishu: section } }));
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askTask, DOWN.repeat(6) + ENTER);
  await somebody.answer(texts.askAccount, `work${ENTER}`);
  await somebody.answer(texts.askMethod, ESC);
  await somebody.answer(texts.askAccount, ESC);
  await somebody.answer(texts.askTask, DOWN.repeat(7) + ENTER);
  expect(await screen.ended()).toBe(0);
});

it('keeps the accepted secret and the proof over the way back and forward', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
  await somebody.answer(texts.askProved, ESC);
  await somebody.answer(texts.askAppSecretAgain, ESC);
  await somebody.answer(texts.askAppId, ENTER);
  await somebody.answer(texts.askAppSecretAgain, ENTER);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ appSecret: sandbox.appSecret });
  // One message was enough.
  expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
});

it('asks for another proof where the way back led to another app', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const other = sandbox.createApp({});
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
  await somebody.answer(texts.askProved, ESC);
  await somebody.answer(texts.askAppSecretAgain, ESC);
  await somebody.answer(texts.askAppId, `${'\u007F'.repeat(20)}${other.appId}${ENTER}`);
  await somebody.answer(texts.askAppSecret, other.appSecret + ENTER);
  await somebody.writes(other.appId);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ appId: other.appId });
});

it('is not offered at the first question, where Esc changes nothing', async () => {
  const scene = await stage();
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.sees(texts.askMethod);
  screen.type(ESC);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  expect(screen.screen).not.toContain(texts.escBack.en);
  await somebody.sees(texts.askAppId);
  await screen.see(texts.escBack.en);
  screen.type('\u0003');
  expect(await screen.ended()).toBe(130);
});

it('continues with the domain, the account and the host of a run that was cancelled', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open('--account', 'work', '--host', 'openclaw');
  const somebody = person(scene, screen);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
  await somebody.sees(texts.askAppSecret);
  screen.type('\u0003');
  expect(await screen.ended()).toBe(130);
  await somebody.sees(texts.cancelledProgress);

  const again = scene.openBare('setup', '--no-start');
  const returned = person(scene, again);
  await returned.sees(texts.earlierRun);
  await returned.answer(texts.askResume);
  // The link to the secret is that of the brand.
  await again.see(`${sandbox.url}/app/${sandbox.appId}/baseinfo`);
  await returned.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await returned.writes();
  await returned.answer(texts.askWrite);
  expect(await again.ended()).toBe(0);
  const path = join(scene.home, '.openclaw', 'openclaw.json');
  const written = JSON.parse(await readFile(path, 'utf8'));
  expect(written.channels.feishu.accounts.work).toMatchObject({
    appId: sandbox.appId,
    domain: sandbox.url,
  });
});

it('is asked the secret again at once after a rejected one; other ways are behind Esc', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open('--app-id', 'cli_a1b2c3d4e5f60718');
  const somebody = person(scene, screen);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.sees(texts.wrongAppId);
  await somebody.answer(texts.askAppId, `${'\u007F'.repeat(20)}${sandbox.appId}${ENTER}`);
  await somebody.answer(texts.askAppSecret, `wrong${ENTER}`);
  await somebody.sees(texts.wrongSecret);
  await somebody.answer(texts.askAppSecret, ESC);
  await somebody.answer(texts.askAppId, ESC);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, ENTER);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(screen.screen).not.toContain(texts.askRetry.en);
});
