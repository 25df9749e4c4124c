/** What strangers, servers and files say, as the real program prints it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { cliPath, runProgram } from '../support/program.ts';
import { temporarySandbox } from '../support/sandbox.ts';

const HOSTILE = 'H\u001b]0;title\u0007\u009b31m\u202egpj\r\nFAKE\u2028\u200b\u{e0041}H';
const SHOWN = 'H\\u{1b}]0;title\\u{7}\\u{9b}31m\\u{202e}gpj\\r\\nFAKE\\u{2028}\\u{200b}\\u{e0041}H';

function expectSafe(text: string): void {
  const unsafe = text.match(/[^\P{C}\n]|\u2028|\u2029/gu) ?? [];
  expect(unsafe, text).toEqual([]);
  expect(text).not.toMatch(/^\W*FAKE/m);
}

async function homeWith(feishu: object, file = 'moltbot.json'): Promise<string> {
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  await writeFile(join(home, '.clawdbot', file), JSON.stringify({ channels: { feishu } }), {
    mode: 0o600,
  });
  return home;
}

it.each([['--verbose'], ['--verbose', '--json']])(
  'run %s %s: names, ids and texts',
  async (...flags) => {
    const sandbox = await temporarySandbox({ app: { name: HOSTILE } });
    const { appId, appSecret, url: domain } = sandbox;
    const home = await homeWith({ appId, appSecret, domain });
    const child = spawn(process.execPath, [cliPath, 'run', ...flags], {
      env: { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let written = '';
    const seen = async (text: RegExp): Promise<void> => {
      while (!text.test(written)) await once(child.stdout, 'data');
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        written += text;
      });
    }
    await seen(/listening as|"ready"/);
    sandbox.say({ text: HOSTILE });
    await seen(/answered/);
    child.kill('SIGTERM');
    await once(child, 'close');
    expectSafe(written);
    if (!flags.includes('--json')) expect(written).toContain(`“${SHOWN}”`);
    else
      for (const line of written.split('\n').filter((one) => one.startsWith('{'))) JSON.parse(line);
  },
);

it('doctor: the name of the bot, the platform’s words, keys of the config', async () => {
  const sandbox = await temporarySandbox({ app: { name: HOSTILE } });
  const { appId, appSecret, url: domain } = sandbox;
  const home = await homeWith({ appId, appSecret, domain, [HOSTILE]: true });
  const match = { path: '/open-apis/application/v6/scopes' };
  sandbox.fault({ match, do: { kind: 'answer', body: { code: 1, msg: HOSTILE } } } as never);
  for (const flags of [[], ['--json']]) {
    const { stdout, stderr } = await runProgram(['doctor', ...flags], { home });
    expectSafe(stdout);
    expectSafe(stderr);
  }
});

it.each([
  ['a word', [HOSTILE]],
  ['a flag', ['doctor', `--${HOSTILE}`]],
  ['a path', ['doctor', '--config', `/tmp/${HOSTILE.replaceAll('/', '')}.json`]],
  ['an account', ['setup', '--account', HOSTILE, '--yes']],
  ['a domain', ['setup', '--domain', `http://${HOSTILE}`, '--yes', '--app-id', HOSTILE]],
  ['a choice', ['setup', '--dm-policy', HOSTILE]],
  ['a port', ['sandbox', '--port', HOSTILE]],
])('arguments: %s', async (_what, words) => {
  const home = await temporaryHome();
  for (const flags of [[], ['--json']]) {
    const { stdout, stderr } = await runProgram([...words, ...flags], { home });
    expectSafe(stdout);
    expectSafe(stderr);
  }
});

it.each([
  ['HTTPS_PROXY', `http://${HOSTILE}:1`],
  ['CLAWDBOT_CONFIG_PATH', `/nowhere/${HOSTILE}`],
  ['FEISHU_APP_ID', HOSTILE],
])('environment: %s', async (name, value) => {
  const home = await temporaryHome();
  const env = { FEISHU_APP_SECRET: 'x'.repeat(32), [name]: value };
  for (const words of [['setup', '--yes'], ['doctor'], ['run'], ['remove', '--yes']]) {
    const { stdout, stderr } = await runProgram(words, { home, env });
    expectSafe(stdout);
    expectSafe(stderr);
  }
});

it('a config that does not parse, in a folder with a hostile name', async () => {
  const home = join(await temporaryHome(), HOSTILE.replaceAll('/', ''));
  await mkdir(join(home, '.clawdbot'), { recursive: true });
  await writeFile(join(home, '.clawdbot', 'moltbot.json'), `{\n"${HOSTILE}" \u001b[2J x`);
  for (const words of [['doctor'], ['run'], ['remove', '--yes'], ['setup', '--yes']]) {
    const { stdout, stderr } = await runProgram(words, { home });
    expectSafe(stdout);
    expectSafe(stderr);
  }
});
