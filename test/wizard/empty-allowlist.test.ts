/** A rule that lets nobody in is asked about. */
import { expect, it } from 'vitest';
import { person, stage, texts } from './stage.ts';

it('asks who is let in, where a flag asks for a list and nobody is on it', async () => {
  const scene = await stage({}, { env: {} });
  const { sandbox } = scene;
  const screen = scene.open('--app-id', sandbox.appId, '--dm-policy', 'allowlist');
  const somebody = person(scene, screen);
  await somebody.answer(texts.askAppSecret, `${sandbox.appSecret}\r`);
  await somebody.writes();
  await somebody.answer(texts.askAllowFrom);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({
    dmPolicy: 'allowlist',
    allowFrom: [sandbox.user.openId],
  });
});
