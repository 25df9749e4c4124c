/** `configure --section channels.feishu` and `feishu setup`, on a program of Moltbot's shape. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { openTerminal } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';

const program = fileURLToPath(new URL('moltbot-shape.mjs', import.meta.url));
const patience = { timeout: 30_000, interval: 25 };

function run(home: string, ...words: string[]) {
  const env = { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8' };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...words],
      { env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

function terminal(home: string, env: Readonly<Record<string, string>>, ...words: string[]) {
  return openTerminal(words, { home, env, program, columns: 100 });
}

it('leads through the wizard to a written config, and leaves the other sections to the host', async () => {
  const sandbox = await temporarySandbox();
  const home = await temporaryHome();
  const config = join(home, '.clawdbot', 'moltbot.json');
  await mkdir(join(home, '.clawdbot'));
  const known = { appId: sandbox.appId, domain: sandbox.url };
  const gateway = { mode: 'local', auth: { mode: 'token', token: 'made-up' } };
  await writeFile(config, JSON.stringify({ gateway, channels: { feishu: known } }), {
    mode: 0o600,
  });
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['configure', '--section', 'channels.feishu', '--section', 'model'];
  const screen = terminal(home, env, ...words);
  const { type, see, ended } = screen;
  await see('any message');
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  sandbox.say({ text: 'hi there' });
  await see('Write this?');
  type('\r');
  expect(await ended()).toBe(0);
  expect(screen.screen).toContain('CONFIGURED ["model"]');
  expect(screen.screen).toContain('next: moltbot gateway run');
  expect(screen.screen).toContain('moltbot feishu doctor');
  expect(screen.screen).not.toMatch(/moltbot-feishu (?:run|setup|doctor)/);
  expect(screen.raw).not.toContain(sandbox.appSecret);
  const { feishu } = JSON.parse(await readFile(config, 'utf8')).channels;
  expect(feishu).toMatchObject({ appId: sandbox.appId, domain: sandbox.url, enabled: true });
});

it('left at a question, it changes nothing, and the host does not go on', async () => {
  const home = await temporaryHome();
  const words = ['configure', '--section', 'channels.feishu', '--section', 'model'];
  const screen = terminal(home, {}, ...words);
  const { type, see, ended } = screen;
  await see('◆');
  type('\x03');
  expect(await ended()).toBe(130);
  expect(screen.screen).not.toContain('CONFIGURED');
  await expect(readFile(join(home, '.clawdbot', 'moltbot.json'))).rejects.toThrow('ENOENT');
});

it('asks nothing where nobody is, and names what is missing', async () => {
  const home = await temporaryHome();
  const alone = await run(home, 'configure', '--section', 'channels.feishu');
  expect(alone).toMatchObject({ code: 2, stdout: expect.not.stringContaining('CONFIGURED') });
  expect(alone.stderr).toContain('moltbot feishu setup --app-id');
  const half = await run(home, 'configure', '--section', 'channels.feishu', '--section', 'model');
  expect(half).toMatchObject({ code: 2, stdout: expect.not.stringContaining('CONFIGURED') });
  expect(half.stderr).toContain('moltbot feishu setup --app-id');
});

it('names what to run as the host has it, in `feishu setup`, too', async () => {
  const home = await temporaryHome();
  const missing = await run(home, 'feishu', 'setup', '--yes');
  expect(missing).toMatchObject({ code: 2 });
  expect(missing.stderr).toContain('--app-id');
  const doctor = await run(home, 'feishu', 'doctor', '--json');
  expect(doctor.stdout).not.toContain('moltbot-feishu setup');
  expect(doctor.stdout).toContain('moltbot feishu setup');
  const removed = await run(home, 'feishu', 'remove', '--yes');
  expect(removed).toMatchObject({ code: 0 });
});

it('sets up and checks by subcommands with flags of their own', async () => {
  const sandbox = await temporarySandbox();
  const home = await temporaryHome();
  const secretFile = join(home, 'secret');
  await writeFile(secretFile, sandbox.appSecret, { mode: 0o600 });
  const flags = [
    '--app-id',
    sandbox.appId,
    '--app-secret-file',
    secretFile,
    '--domain',
    sandbox.url,
  ];
  const setup = await run(home, 'feishu', 'setup', ...flags, '--yes', '--json');
  expect(setup, setup.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(setup.stdout)).toMatchObject({
    ok: true,
    appId: sandbox.appId,
    // No gateway of this home can start before it is set up.
    next: ['moltbot onboard'],
  });
  const doctor = await run(home, 'feishu', 'doctor', '--json');
  expect(doctor).toMatchObject({ code: 0 });
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
});

it('leaves other sections, wrong sections and the help as they were', async () => {
  const home = await temporaryHome();
  const other = await run(home, 'configure', '--section', 'model', '--section', 'gateway');
  expect(other).toMatchObject({ code: 0, stdout: 'CONFIGURED ["model","gateway"]\n' });
  const wrong = await run(home, 'configure', '--section', 'channels.nonsense');
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toContain('Invalid --section: channels.nonsense');
  const none = await run(home, 'configure');
  expect(none).toMatchObject({ code: 0, stdout: 'CONFIGURED []\n' });
  const help = await run(home, 'configure', '--help');
  expect(help).toMatchObject({ code: 0 });
  expect(help.stdout).toContain('--section <section>');
});
