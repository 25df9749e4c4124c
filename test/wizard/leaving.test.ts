/** Left at any question, setup has changed nothing; killed at any step, it goes on there the next time. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Text } from '../../src/shared/text/text.ts';
import { CTRL_C, DOWN, ENTER, ESC } from '../support/terminal.ts';
import { bareApp, person, type Stage, stage, texts } from './stage.ts';

/** The questions of the way by paste, each with its answer, in their order. */
const questions = (
  { sandbox }: Stage,
  somebody: ReturnType<typeof person>,
): readonly (readonly [string, Text, () => Promise<void>])[] => [
  ['the way', texts.askMethod, () => somebody.answer(texts.askMethod, DOWN + ENTER)],
  ['App ID', texts.askAppId, () => somebody.answer(texts.askAppId, sandbox.appId + ENTER)],
  [
    'App Secret',
    texts.askAppSecret,
    () => somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER),
  ],
  ['the autopilot', texts.askAutopilot, () => somebody.answer(texts.askAutopilot)],
  ['the proof', texts.waiting, () => somebody.writes()],
  ['the write', texts.askWrite, () => somebody.answer(texts.askWrite)],
];
const names = ['the way', 'App ID', 'App Secret', 'the autopilot', 'the proof', 'the write'];

describe.each(['en', 'zh'] as const)('cancelled in %s', (lang) => {
  it.each(names)('at %s, it leaves everything as it was', async (name) => {
    const scene = await stage({ app: bareApp }, { lang });
    const screen = scene.open();
    const somebody = person(scene, screen);
    for (const [at, question, answer] of questions(scene, somebody)) {
      if (at !== name) {
        await answer();
        continue;
      }
      await somebody.sees(question);
      screen.type(CTRL_C);
      break;
    }
    expect(await screen.ended()).toBe(130);
    expect(screen.screen).toMatch(lang === 'zh' ? /已取消/ : /Cancelled/);
    expect(await readdir(scene.home)).not.toContain('.clawdbot');
  });
});

it('goes back from every question to the one before, and from there forward again', async () => {
  const scene = await stage({ app: bareApp });
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, ESC);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, scene.sandbox.appId + ENTER);
  await somebody.answer(texts.askAppSecret, ESC);
  await somebody.answer(texts.askAppId, ENTER);
  await somebody.answer(texts.askAppSecret, scene.sandbox.appSecret + ENTER);
  await somebody.answer(texts.askAutopilot, ESC);
  await somebody.answer(texts.askAppSecret, scene.sandbox.appSecret + ENTER);
  await somebody.answer(texts.askAutopilot);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
});

describe('killed', () => {
  it.each(['App Secret', 'the autopilot', 'the proof', 'the write'])(
    'at %s of the way by paste, it goes on and ends as an undisturbed run',
    async (name) => {
      const scene = await stage({ app: bareApp });
      const first = scene.open();
      const somebody = person(scene, first);
      for (const [at, question, answer] of questions(scene, somebody)) {
        if (at !== name) {
          await answer();
          continue;
        }
        await somebody.sees(question);
        first.kill('SIGKILL');
        break;
      }
      await first.ended();
      const kept = await progressOf(scene);
      expect(kept).not.toContain(scene.sandbox.appSecret);
      const again = scene.open();
      const returned = person(scene, again);
      await returned.answer(texts.askResume);
      await returned.answer(texts.askAppSecret, scene.sandbox.appSecret + ENTER);
      // What the autopilot did before stands, and is not done twice.
      const hadConsent = name !== 'App Secret' && name !== 'the autopilot';
      if (!hadConsent) await returned.answer(texts.askAutopilot);
      await returned.writes();
      await returned.answer(texts.askWrite);
      expect(await again.ended()).toBe(0);
      expect(await scene.section()).toEqual({
        enabled: true,
        appId: scene.sandbox.appId,
        appSecret: scene.sandbox.appSecret,
        domain: scene.sandbox.url,
      });
      const published = scene.sandbox
        .calls()
        .filter(({ path, method }) => method === 'POST' && path.endsWith('/publish'));
      expect(published).toHaveLength(1);
    },
  );

  it('after a scan, the app is not lost, and no second one is created', async () => {
    const scene = await stage({ registration: { intervalS: 0.05 } });
    const first = scene.open('--scan', '--bot-name', 'Moltbot');
    const app = await person(scene, first).scans();
    await person(scene, first).sees(texts.waiting);
    first.kill('SIGKILL');
    await first.ended();
    expect(await progressOf(scene)).not.toContain(app.appSecret);
    expect(await scene.section()).toMatchObject({ appId: app.appId });
    const calls = scene.sandbox.calls().length;
    const again = scene.open();
    const returned = person(scene, again);
    await returned.answer(texts.askResume);
    await returned.writes(app.appId);
    await returned.answer(texts.askWrite);
    expect(await again.ended()).toBe(0);
    expect(await scene.section()).toMatchObject({
      enabled: true,
      appId: app.appId,
      appSecret: app.appSecret,
    });
    const later = scene.sandbox.calls().slice(calls);
    expect(later.filter(({ path }) => path.startsWith('/oauth/v1/app/registration'))).toEqual([]);
  });
});

describe('an account that is finished', () => {
  it('is shown, and left as it is by reads alone', async () => {
    const scene = await finished();
    const before = scene.sandbox.calls().length;
    const text = await readFile(scene.config, 'utf8');
    const screen = scene.open();
    const somebody = person(scene, screen);
    await somebody.answer(texts.askTask);
    await somebody.answer(texts.askWrite).catch(() => undefined);
    expect(await screen.ended()).toBe(0);
    const calls = scene.sandbox.calls().slice(before);
    const writes = calls.filter(
      ({ method, path }) => method !== 'GET' && !/tenant_access_token|ws\/endpoint/.test(path),
    );
    expect(writes).toEqual([]);
    expect(await readFile(scene.config, 'utf8')).toBe(text);
  });
});

async function finished(): Promise<Stage> {
  const scene = await stage();
  const screen = scene.open('--app-id', scene.sandbox.appId);
  const somebody = person(scene, screen);
  await somebody.answer(texts.askAppSecret, scene.sandbox.appSecret + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  return scene;
}

/** Everything that setup remembers outside the config. */
async function progressOf({ home }: Stage): Promise<string> {
  const folder = join(home, '.config', 'moltbot-feishu');
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('\n');
}

it('ends at once by Ctrl-C between two prompts, as it does at one', async () => {
  const scene = await stage();
  const { config } = scene;
  await mkdir(dirname(config), { recursive: true });
  await writeFile(config, '{}\n', { mode: 0o600 });
  const screen = scene.open('--host', 'clawdbot');
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.writes();
  // Another writer holds the config: nothing asks and nothing is drawn while setup waits for it.
  const release = await lock(config, { lockfilePath: `${config}.lock`, realpath: false });
  onTestFinished(() => release().catch(() => undefined));
  await somebody.answer(texts.askWrite);
  await screen.see(`◇  ${texts.askWrite.en.slice(0, 12)}`);
  screen.type(CTRL_C);
  expect(await screen.ended()).toBe(130);
  await somebody.sees(texts.cancelledProgress);
  expect(await readFile(config, 'utf8')).toBe('{}\n');
  // The terminal is as it was: the cursor is shown.
  expect(screen.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(
    screen.raw.lastIndexOf('\u001b[?25l'),
  );
});
