/** A home that cannot be written, guided: setup continues without saved progress, or ends before it changes anything. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Text } from '../../src/shared/text/text.ts';
import { CTRL_C, DOWN, ENTER, UP } from '../support/terminal.ts';
import { person, type Stage, stage, texts } from './stage.ts';

/** A directory that lets nothing be created in it, until the test ends. */
async function close(directory: string, mode = 0o555): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, mode);
  onTestFinished(() => chmod(directory, 0o755));
}

it.each([
  ['~/.config is a file', ({ home }: Stage) => writeFile(join(home, '.config'), '')],
  [
    'a file has the name of its directory',
    async ({ home }: Stage) => {
      await mkdir(join(home, '.config'));
      await writeFile(join(home, '.config', 'moltbot-feishu'), '');
    },
  ],
  [
    'its directory is read-only',
    ({ home }: Stage) => close(join(home, '.config', 'moltbot-feishu'), 0o500),
  ],
] as const)('goes on without saved progress where %s, and says so', async (_name, spoil) => {
  const scene = await stage();
  const { sandbox } = scene;
  await spoil(scene);
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.sees(texts.progressNotKept);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
  await somebody.answer(texts.askAppSecret, `wrong${ENTER}`);
  await somebody.sees(texts.wrongSecret);
  await somebody.sees(texts.askAppSecret);
  screen.type(CTRL_C);
  // No promise that the next run continues.
  expect(await screen.ended()).toBe(130);
  expect(screen.screen).toContain(texts.cancelled.en);
  expect(screen.screen).not.toContain(texts.cancelledProgress.en);

  const again = scene.open('--app-id', sandbox.appId);
  const returned = person(scene, again);
  await returned.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  await returned.writes();
  await returned.answer(texts.askWrite);
  expect(await again.ended()).toBe(0);
  expect(await scene.section()).toMatchObject({ enabled: true, appId: sandbox.appId });
});

const ways: readonly (readonly [string, readonly (readonly [Text, string])[]])[] = [
  [
    'by a scan',
    [
      [texts.askMethod, ENTER],
      [texts.askBotName, ENTER],
    ],
  ],
  [
    'by paste',
    [
      [texts.askMethod, DOWN + ENTER],
      [texts.askAppId, `cli_a1b2c3d4e5f60718${ENTER}`],
      [texts.askAppSecret, `q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1${ENTER}`],
    ],
  ],
  ['through the console', [[texts.askMethod, DOWN + DOWN + ENTER]]],
];

it.each(ways)('ends with 5, %s, before anything is created or sent', async (_name, answers) => {
  const places: readonly (readonly [string, (scene: Stage) => Promise<void>])[] = [
    ['HOME is read-only', ({ home }) => close(home)],
    ['the directory of the config is read-only', ({ config }) => close(dirname(config))],
    [
      'the config is read-only',
      async ({ config }) => {
        await mkdir(dirname(config), { recursive: true });
        await writeFile(config, '{"a": 1}\n', { mode: 0o444 });
      },
    ],
  ];
  const wrong: unknown[] = [];
  for (const [name, spoil] of places) {
    const scene = await stage({ registration: { intervalS: 0.05 } });
    await spoil(scene);
    const screen = scene.open();
    const somebody = person(scene, screen);
    for (const [question, keys] of answers) await somebody.answer(question, keys);
    await somebody.sees(texts.askRetry);
    // The last choice is to leave.
    screen.type(UP + ENTER);
    const code = await screen.ended();
    const calls = scene.sandbox.calls().map(({ path }) => path);
    const isCrash = /fault of moltbot-feishu|at .*\.js:\d+/.test(screen.screen);
    if (code !== 5 || calls.length > 0 || isCrash) wrong.push([name, code, calls, screen.screen]);
    const text = await readFile(scene.config, 'utf8').catch(() => undefined);
    if (text !== undefined && text !== '{"a": 1}\n') wrong.push([name, text]);
  }
  expect(wrong).toEqual([]);
});
