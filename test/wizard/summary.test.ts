/** What setup says before it writes, while others are online, and at its end. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { channelTexts } from '../../src/channel/channel-texts.ts';
import { localize, render } from '../../src/shared/text/text.ts';
import { runProgram } from '../support/program.ts';
import { CTRL_C, DOWN, ENTER } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';
import { bareApp, person, type Stage, stage, texts } from './stage.ts';

/** The same app in the config of another host. */
async function elsewhere({ home, sandbox }: Stage): Promise<string> {
  const path = join(home, '.openclaw', 'openclaw.json');
  const { appId, appSecret, url: domain } = sandbox;
  await mkdir(dirname(path), { recursive: true });
  const feishu = { enabled: true, appId, appSecret, domain };
  await writeFile(path, JSON.stringify({ channels: { feishu } }));
  return path;
}

it('names another host with the same app before it writes, with the choice', async () => {
  const scene = await stage();
  const path = await elsewhere(scene);
  const screen = scene.open('--host', 'moltbot');
  const somebody = person(scene, screen);
  await somebody.pastes();
  await screen.see(path);
  await somebody.answer(texts.askShared);
  // Another app: the way is asked again.
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, ENTER);
  await somebody.answer(texts.askAppSecretAgain, ENTER);
  await somebody.answer(texts.askShared, DOWN + ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
});

it('warns of another host with the same app when nobody can be asked', async () => {
  const scene = await stage();
  const { sandbox, home } = scene;
  const path = await elsewhere(scene);
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['setup', '--domain', sandbox.url, '--yes', '--json', '--host', 'moltbot'];
  const { code, stdout } = await runProgram(words, { home, env });
  expect(code).toBe(0);
  const sharing = JSON.parse(stdout).steps.find(({ id }: { id: string }) => id === 'sharing');
  expect(sharing).toMatchObject({ status: 'warn' });
  expect(sharing.detail).toContain(path);
});

it('warns of another account with the same app', async () => {
  const { sandbox, home } = await stage();
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['setup', '--domain', sandbox.url, '--yes', '--json', '--host', 'none'];
  const setUp = async (...more: string[]) => {
    const { code, stdout } = await runProgram([...words, ...more], { home, env });
    expect(code).toBe(0);
    return JSON.parse(stdout).steps.find(({ id }: { id: string }) => id === 'sharing');
  };
  expect(await setUp()).toBeUndefined();
  // The same account again is no second one.
  expect(await setUp()).toBeUndefined();
  const sharing = await setUp('--account', 'work');
  expect(sharing).toMatchObject({ status: 'warn', detail: expect.stringContaining('default') });
  expect(sharing.fix).toMatch(/moltbot-feishu remove .*--account default/);
  const removed = await runProgram(['remove', '--all', '--yes', '--json'], { home, env });
  const { stays } = JSON.parse(removed.stdout);
  expect(stays.filter(({ what }: { what: string }) => what === 'app')).toHaveLength(1);
});

it('says which domain to give where the endpoint belongs to the other brand', async () => {
  const { sandbox, home } = await stage();
  sandbox.fault({
    match: { path: '/callback/ws/endpoint' },
    do: { kind: 'code', code: 1000040351, msg: 'incorrect domain' },
  });
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['setup', '--domain', sandbox.url, '--yes', '--host', 'none'];
  const { code, stdout, stderr } = await runProgram(words, { home, env });
  expect(code).toBe(6);
  expect(stdout + stderr).toContain('--domain lark');
  expect(stdout + stderr).not.toContain('Look up');
});

it.each(['en', 'zh'] as const)(
  'ends in %s with the time and the last state of each step',
  async (lang) => {
    const scene = await stage({ app: bareApp }, { lang, size: { columns: 80, rows: 24 } });
    const screen = scene.open();
    const somebody = person(scene, screen);
    await somebody.pastes();
    await somebody.answer(texts.askAutopilot);
    await somebody.writes();
    await somebody.answer(texts.askWrite);
    await somebody.sees(texts.doneIn);
    expect(await screen.ended()).toBe(0);
    const end = screen.screen.slice(screen.screen.lastIndexOf('└'));
    // Everything was looked at in the end.
    expect(end).not.toContain(lang === 'zh' ? '未检查' : 'Not checked');
    // Each mark has one meaning: ◆ and ◇ belong to questions alone.
    const marked = [...screen.screen.matchAll(/^[◆◇] {2}(\S.*)$/gm)].map(([, text = '']) => text);
    const asked = [
      texts.askMethod,
      texts.askAppId,
      texts.askAppSecret,
      texts.askAutopilot,
      texts.askWrite,
    ];
    const strange = marked.filter((text) => !asked.some((ask) => text.startsWith(ask[lang])));
    expect(strange).toEqual([]);
    if (lang === 'zh') expect(screen.screen).not.toMatch(/^[✓–!✗] {2}[a-z]/m);
  },
);

it('starts the bot after it said that it echoes, and the shell is free after Ctrl-C', async () => {
  const scene = await stage();
  const screen = scene.openBare('setup', '--domain', scene.sandbox.url, '--host', 'none');
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.writes();
  await screen.see(texts.writeAndRun.en);
  screen.type(ENTER);
  // The bot itself says that it is there.
  const ready = localize(channelTexts.lineReady, {
    account: 'default',
    bot: scene.sandbox.botName(),
  });
  await screen.see(render(ready, 'en'));
  screen.type(CTRL_C);
  await screen.see(channelTexts.lineStopped.en);
  // As `run` ends.
  expect(await screen.ended()).toBe(0);
});

it('says who else is online before it waits for a message', async () => {
  const scene = await stage();
  const { sandbox, home } = scene;
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  await runProgram(['setup', '--domain', sandbox.url, '--yes', '--host', 'none'], { home, env });
  const gateway = scene.openBare('run', '--echo');
  await waitFor(() => expect(sandbox.connections(sandbox.appId)).toBe(1), 20_000);
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askTask, DOWN + ENTER);
  await screen.see('Online with this app besides setup: 1');
  await somebody.sees(texts.waiting);
  screen.type(CTRL_C);
  expect(await screen.ended()).toBe(130);
  gateway.type(CTRL_C);
  expect(await gateway.ended()).toBe(0);
});
