/** `setup --sandbox`: the whole way without an app; in a terminal without a browser, and unattended. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proofTexts } from '../../src/wizard/steps/proof/proof-texts.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { openTerminal } from '../support/terminal.ts';

/** A HOME with a config of the person's own, a folder for temporary files, and variables that name more. */
async function usedHome() {
  const home = await temporaryHome();
  const temporary = join(home, 'tmp');
  await mkdir(temporary);
  await mkdir(join(home, '.clawdbot'));
  const config = join(home, '.clawdbot', 'moltbot.json');
  await writeFile(config, '{"channels":{}}', { mode: 0o600 });
  const env = {
    TMPDIR: temporary,
    MOLTBOT_CONFIG_PATH: config,
    XDG_CONFIG_HOME: join(home, 'xdg'),
    FEISHU_APP_SECRET: 'of the person',
    HTTPS_PROXY: 'http://proxy.invalid:8080',
  };
  const files = async () => (await readdir(home, { recursive: true })).sort();
  const before = await files();
  return {
    home,
    env,
    async isUntouched() {
      expect(await files()).toEqual(before);
      expect(await readFile(config, 'utf8')).toBe('{"channels":{}}');
    },
  };
}

describe('setup --sandbox without a terminal', () => {
  it.each([
    ['en', /your message was answered in [\d.]+ s/, 'Nothing was left behind', 'grows'],
    ['zh', /消息已在 [\d.]+ 秒内得到回复/, '未留下任何内容', '逐步生成'],
  ])('shows an answer and leaves nothing behind (%s)', async (lang, answered, nothing, said) => {
    const { home, env, isUntouched } = await usedHome();
    const { code, stdout, stderr } = await runProgram(['setup', '--sandbox', '--lang', lang], {
      home,
      env,
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(answered);
    for (const text of [nothing, said, 'npx moltbot-feishu setup']) expect(stdout).toContain(text);
    // The text of the card is there once, and no mark of it is closed too early.
    expect(stdout.split('`moltbot-feishu run --exec').length).toBe(2);
    expect(stdout + stderr).not.toMatch(/proxy\.invalid|--host|moltbot-feishu run$/m);
    await isUntouched();
  });

  it('reports the proof as JSON, and nothing else on stdout', async () => {
    const { home, env, isUntouched } = await usedHome();
    const { code, stdout, stderr } = await runProgram(['setup', '--sandbox', '--json'], {
      home,
      env,
    });
    expect(code, stderr).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ ok: true, next: ['npx moltbot-feishu setup'] });
    expect(document.steps.at(-1)).toMatchObject({ id: 'proof', status: 'ok' });
    expect(stderr).toContain('Nothing was left behind');
    await isUntouched();
  });

  it('only plans in a dry run', async () => {
    const { home, env, isUntouched } = await usedHome();
    const { code, stdout } = await runProgram(['setup', '--sandbox', '--dry-run'], { home, env });
    expect(code).toBe(0);
    expect(stdout).toContain('dry run');
    expect(stdout).not.toContain('you: ');
    await isUntouched();
  });

  it('brings its own app', async () => {
    const { home } = await usedHome();
    const args = ['setup', '--sandbox', '--app-id', 'cli_0123456789abcdef', '--json'];
    const { code, stdout } = await runProgram(args, { home });
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.message).toContain('--sandbox, which brings its own app');
  });
});

describe('setup --sandbox in a terminal without a browser', () => {
  it('is confirmed by a key, and chats here', async () => {
    const { home, env, isUntouched } = await usedHome();
    const terminal = openTerminal(['setup', '--sandbox'], { home, env });
    await terminal.see('[y] confirm here');
    terminal.type('y');
    await terminal.see('Open the chat page in a browser:');
    terminal.type('hello there\r');
    await terminal.see('You wrote `hello there`');
    await terminal.see('[A table] [A picture] [A file]');
    await terminal.see('the bot works');
    terminal.type('/click A picture\r');
    await terminal.see('[图片]');
    terminal.type('/quit\r');
    await terminal.see('Nothing was left behind');
    await terminal.see('npx moltbot-feishu setup');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.screen).not.toContain(proofTexts.waiting.en);
    await isUntouched();
  });

  it('leaves nothing behind where it is cancelled', async () => {
    const { home, env, isUntouched } = await usedHome();
    const terminal = openTerminal(['setup', '--sandbox'], { home, env });
    await terminal.see('[y] confirm here');
    terminal.type('\u0003');
    await terminal.see('Nothing was left behind');
    expect(await terminal.ended()).toBe(130);
    await isUntouched();
  });

  it.each([
    ['the scan', [], '[y] confirm here', 'y', 'Open the chat page'],
    ['the guided steps', ['--guided'], 'Step 1 of 6', '\u001B[B\r', 'Step 2 of 6'],
  ])(
    'says of no app or answer that the next setup has it (%s)',
    async (_, flags, first, keys, then) => {
      const { home, env, isUntouched } = await usedHome();
      const terminal = openTerminal(['setup', '--sandbox', ...flags], { home, env });
      await terminal.see(first);
      terminal.type(keys);
      await terminal.see(then);
      terminal.type('\u0003');
      await terminal.see('Nothing was left behind');
      await terminal.ended();
      expect(terminal.screen).not.toMatch(/continues from here|keeps the app|kept for/);
      await isUntouched();
    },
  );
});
