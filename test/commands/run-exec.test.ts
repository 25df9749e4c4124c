/** `run --exec` as its operator sees it: commands that fail, that leave children behind, that take their time. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { CTRL_C, openTerminal, type Terminal } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';

async function runIn(
  command: string,
  {
    args = [],
    env = {},
  }: { readonly args?: readonly string[]; readonly env?: Record<string, string> } = {},
): Promise<{ readonly sandbox: Sandbox; readonly home: string; readonly terminal: Terminal }> {
  const sandbox = await temporarySandbox();
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  const { url: domain, appId, appSecret } = sandbox;
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu: { appId, appSecret, domain, streaming: 'off' } } }),
  );
  const terminal = openTerminal(['run', '--exec', command, ...args], { home, env, columns: 200 });
  await terminal.see(args.includes('--json') ? '"event":"ready"' : 'listening as');
  return { sandbox, home, terminal };
}

async function endOf(terminal: Terminal): Promise<number> {
  terminal.kill('SIGTERM');
  return terminal.ended();
}

/** Ended; a container without an init leaves it as a zombie. */
async function isGone(pidPath: string): Promise<void> {
  const pid = (await readFile(pidPath, 'utf8')).trim();
  await waitFor(async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone Z');
    expect(stat).toMatch(/ Z/);
  });
}

it.each([
  ['a child in the background', 'sh -c "echo \\$\\$ > $F; exec sleep 1000"'],
  [
    'a child that left the group and holds the pipe',
    'setsid sh -c "echo \\$\\$ > $F; exec sleep 1000"',
  ],
])('answers, and ends in order, with %s', async (_name, child) => {
  const pidPath = join(await temporaryHome(), 'pid');
  const { sandbox, terminal } = await runIn(`${child} & sleep 0.2; echo ok`, {
    env: { F: pidPath },
  });
  sandbox.say({ text: 'hello' });
  expect(JSON.parse((await sandbox.nextAnswer()).content)).toEqual({ text: 'ok' });
  await terminal.see('answered');
  expect(await endOf(terminal)).toBe(0);
  expect(terminal.screen).not.toContain('Waiting');
  if (child.startsWith('setsid')) process.kill(Number(await readFile(pidPath, 'utf8')));
  await isGone(pidPath);
});

it('ends within the time for it though a command ignores SIGTERM, with its children', async () => {
  const pidPath = join(await temporaryHome(), 'pid');
  const { sandbox, terminal } = await runIn(
    `trap "" TERM INT; (trap "" TERM INT; echo $$ > ${pidPath}; sleep 1000; sleep 1000)`,
  );
  sandbox.say({ text: 'hello' });
  await waitFor(() => readFile(pidPath));
  expect(await endOf(terminal)).toBe(0);
  expect(terminal.screen).toContain('Waiting up to 4 s for 1 running answer(s)');
  await isGone(pidPath);
});

it('says on Ctrl-C that it waits, and stops at once on the second one, children included', async () => {
  const pidPath = join(await temporaryHome(), 'pid');
  const { sandbox, terminal } = await runIn(`echo $$ > ${pidPath}; exec sleep 1000`);
  sandbox.say({ text: 'hello' });
  await waitFor(() => readFile(pidPath));
  terminal.type(CTRL_C);
  await terminal.see('press Ctrl-C again to stop now');
  terminal.type(CTRL_C);
  expect(await terminal.ended()).toBe(130);
  expect(terminal.screen).not.toContain('stopped');
  await isGone(pidPath);
});

it('stops at once on Ctrl-\\, children included', async () => {
  const pidPath = join(await temporaryHome(), 'pid');
  const { sandbox, terminal } = await runIn(`echo $$ > ${pidPath}; exec sleep 1000`);
  sandbox.say({ text: 'hello' });
  await waitFor(() => readFile(pidPath));
  terminal.type('\u001c');
  expect(await terminal.ended()).toBe(130);
  await isGone(pidPath);
});

it('shows its operator which command failed and what it wrote, and the person one sentence', async () => {
  const command = 'printf "\\033]0;evil\\007one\\ntwo $API_TOKEN\\n" >&2; no-such-command';
  const { sandbox, terminal } = await runIn(command, { env: { API_TOKEN: 'tok-0123456789' } });
  sandbox.say({ text: 'hello' });
  const { content } = await sandbox.nextAnswer();
  expect(JSON.parse(content)).toEqual({ text: 'The command behind this bot failed (127).' });
  await terminal.see('The command failed (127): printf');
  await terminal.see(/stderr: .*one/);
  await terminal.see('stderr: two ***');
  await terminal.see(/stderr: .*no-such-command.*not found/);
  expect(await endOf(terminal)).toBe(0);
  expect(terminal.raw).not.toContain('\u001B]0;evil');
  expect(terminal.screen).not.toContain('tok-0123456789');
  // No raw log line among the lines for a person.
  expect(terminal.screen).not.toMatch(/\d{4}-\d\d-\d\dT/);
});

it('tells a program the same', async () => {
  const { sandbox, terminal } = await runIn('echo why >&2; exit 3', { args: ['--json'] });
  sandbox.say({ text: 'hello' });
  await terminal.see('"event":"error"');
  expect(await endOf(terminal)).toBe(0);
  const lines = terminal.screen.split(/\r?\n/).filter((line) => line.startsWith('{'));
  const error = lines.map((line) => JSON.parse(line)).find(({ event }) => event === 'error');
  expect(error.error).toMatchObject({
    code: 'agent-failed',
    message: 'The command failed (3): echo why >&2; exit 3',
    stderr: ['why'],
  });
});
