import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { cliPath } from '../support/program.ts';

const patience = { timeout: 20_000, interval: 25 };
const ENTER = '\r';
const CTRL_C = '\x03';

/** The real program in a pseudo-terminal. */
function terminal(args: readonly string[], home: string) {
  const pty = spawn(process.execPath, [cliPath, ...args], {
    cols: 80,
    rows: 40,
    env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm-256color', LANG: 'en_US.UTF-8' },
  });
  let screen = '';
  let exitCode: number | undefined;
  pty.onData((data) => {
    screen += data;
  });
  pty.onExit((exit) => {
    exitCode = exit.exitCode;
  });
  onTestFinished(() => {
    if (exitCode === undefined) pty.kill('SIGKILL');
  });
  let read = 0;
  return {
    get screen() {
      return screen;
    },
    type: (keys: string) => pty.write(keys),
    /** Waits until this text has appeared since the last wait. */
    async see(text: string) {
      await vi.waitFor(() => expect(screen.slice(read)).toContain(text), patience);
      read = screen.indexOf(text, read) + text.length;
    },
    async ended() {
      await vi.waitFor(() => expect(exitCode, screen.slice(-2_000)).toBeDefined(), patience);
      return exitCode;
    },
  };
}

const words = {
  en: {
    proof: 'any message',
    policy: 'Who may talk',
    write: 'Write this?',
    start: 'Start the bot here',
    cancelled: 'Cancelled',
  },
  zh: {
    proof: '发送任意消息',
    policy: '谁可以与机器人对话',
    write: '写入以上更改',
    start: '现在就在此启动',
    cancelled: '已取消',
  },
} as const;

async function started(lang: 'en' | 'zh') {
  const home = await temporaryHome();
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const screen = terminal(['setup', '--lang', lang, '--domain', sandbox.url, '--no-start'], home);
  return { home, sandbox, screen, config: join(home, '.clawdbot', 'moltbot.json') };
}

async function pasteCredentials(screen: ReturnType<typeof terminal>, sandbox: Sandbox) {
  await screen.see('App ID');
  await screen.see('◆');
  screen.type(sandbox.appId + ENTER);
  await screen.see('App Secret');
  screen.type(sandbox.appSecret + ENTER);
}

describe.each(['en', 'zh'] as const)('the guided setup, in %s', (lang) => {
  it('goes from pasted credentials through a live message to a written config', async () => {
    const { sandbox, screen, config } = await started(lang);
    await pasteCredentials(screen, sandbox);
    await screen.see(words[lang].proof);
    await vi.waitFor(() => expect(sandbox.connections()).toBe(1), patience);
    sandbox.say({ text: 'hi there', chatType: 'p2p' });
    await screen.see(words[lang].policy);
    expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
    screen.type(ENTER);
    await screen.see(words[lang].write);
    screen.type(ENTER);
    expect(await screen.ended()).toBe(0);
    const { feishu } = JSON.parse(await readFile(config, 'utf8')).channels;
    expect(feishu).toMatchObject({
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      dmPolicy: 'open',
    });
    expect(screen.screen).not.toContain(sandbox.appSecret);
  });

  it.each(['app-id', 'secret', 'proof', 'policy', 'write'])(
    'cancelled at %s, it leaves everything as it was',
    async (at) => {
      const { home, sandbox, screen } = await started(lang);
      await screen.see('App ID');
      await screen.see('◆');
      if (at !== 'app-id') {
        screen.type(sandbox.appId + ENTER);
        await screen.see('App Secret');
      }
      if (at === 'proof') {
        screen.type(sandbox.appSecret + ENTER);
        await screen.see(words[lang].proof);
      }
      if (at === 'policy' || at === 'write') {
        screen.type(sandbox.appSecret + ENTER);
        await screen.see(words[lang].proof);
        await vi.waitFor(() => expect(sandbox.connections()).toBe(1), patience);
        sandbox.say({ text: 'hi', chatType: 'p2p' });
        await screen.see(words[lang].policy);
      }
      if (at === 'write') {
        screen.type(ENTER);
        await screen.see(words[lang].write);
      }
      screen.type(CTRL_C);
      expect(await screen.ended()).toBe(130);
      await screen.see(words[lang].cancelled);
      expect(await readdir(home)).not.toContain('.clawdbot');
    },
  );
});

it('says why the platform cannot be reached, and lets the person try again', async () => {
  const { sandbox, screen } = await started('en');
  sandbox.refuse(true);
  await pasteCredentials(screen, sandbox);
  await screen.see('refused the connection');
  await screen.see('What now?');
  sandbox.refuse(false);
  screen.type(ENTER);
  await screen.see(words.en.proof);
});
