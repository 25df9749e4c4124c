/** Back is one step, loses nothing that was proved, and is offered only where there is something behind. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DOWN, ENTER, ESC } from '../support/terminal.ts';
import { person, stage, texts } from './stage.ts';

it('goes from who may talk to the write question, and from the list to who may talk', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askWay, DOWN + ENTER);
  await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite, DOWN + ENTER);
  await somebody.answer(texts.askDmPolicy, ESC);
  await somebody.answer(texts.askWrite, DOWN + ENTER);
  await somebody.answer(texts.askDmPolicy, DOWN + ENTER);
  await somebody.answer(texts.askAllowFrom, ESC);
  await somebody.answer(texts.askDmPolicy, DOWN + ENTER);
  // Who proved the app is suggested.
  await screen.see(sandbox.user.openId);
  screen.type(ENTER);
  // Back from the write question asks again what was asked last, with what was chosen.
  await somebody.answer(texts.askWrite, ESC);
  await somebody.answer(texts.askDmPolicy, ENTER);
  await somebody.answer(texts.askAllowFrom, ENTER);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({
    dmPolicy: 'allowlist',
    allowFrom: [sandbox.user.openId],
  });
  expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
});

it('keeps the accepted secret and the proof over the way back and forward', async () => {
  const scene = await stage();
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askWay, DOWN + ENTER);
  await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
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
  await somebody.answer(texts.askWay, DOWN + ENTER);
  await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite, ESC);
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
  await somebody.sees(texts.askWay);
  screen.type(ESC);
  await somebody.answer(texts.askWay, DOWN + ENTER);
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
  await somebody.answer(texts.askWay, DOWN + ENTER);
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
  await somebody.answer(texts.askWay, DOWN + ENTER);
  await somebody.answer(texts.askAppId, ENTER);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(screen.screen).not.toContain(texts.askRetry.en);
});
