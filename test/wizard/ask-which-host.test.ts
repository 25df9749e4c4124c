/** No host on PATH, and the directories of several in the HOME: the host is asked for. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENTER } from '../support/terminal.ts';
import { person, stage, texts } from './stage.ts';

const DOWN = '\u001B[B';

it('asks which host the config is for, and writes the file that this one reads', async () => {
  const scene = await stage({}, { env: {} });
  for (const name of ['.clawdbot', '.openclaw']) await mkdir(join(scene.home, name));
  await writeFile(join(scene.home, '.clawdbot', 'clawdbot.json'), '{}\n');
  const screen = scene.open('--app-id', scene.sandbox.appId, '--dm-policy', 'open');
  const somebody = person(scene, screen);
  await somebody.answer(texts.askWhichHost, DOWN + ENTER);
  await somebody.answer(texts.askAppSecret, `${scene.sandbox.appSecret}\r`);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  // Without the flag, a later run would look at the other file.
  expect(screen.screen.replace(/\s+/g, ' ')).toContain(
    `moltbot-feishu run --config ${join(scene.home, '.openclaw', 'openclaw.json')}`,
  );
  const written = JSON.parse(
    await readFile(join(scene.home, '.openclaw', 'openclaw.json'), 'utf8'),
  );
  expect(written.channels.feishu.appId).toBe(scene.sandbox.appId);
  expect(await readFile(join(scene.home, '.clawdbot', 'clawdbot.json'), 'utf8')).toBe('{}\n');
});
