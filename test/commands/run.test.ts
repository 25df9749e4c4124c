import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { startRun } from '../support/run-process.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { waitFor } from '../support/wait-for.ts';

async function homeFor(sandbox: Sandbox, more: object = {}): Promise<string> {
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  const feishu = { appId: sandbox.appId, appSecret: sandbox.appSecret, domain: sandbox.url };
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu: { ...feishu, ...more } } }),
    { mode: 0o600 },
  );
  return home;
}

it('answers by echo, tells ids and no text, and ends in order on SIGTERM', async () => {
  const sandbox = await temporarySandbox();
  const run = startRun(await homeFor(sandbox), '--echo');
  expect(await run.event('ready')).toMatchObject({
    account: 'default',
    bot: { name: 'Sandbox Bot' },
  });
  const said = sandbox.say({ text: 'a private sentence' });
  expect(JSON.parse((await sandbox.nextAnswer()).content)).toEqual({ text: 'a private sentence' });
  expect(await run.event('received')).toMatchObject({
    account: 'default',
    eventId: said.eventId,
    messageId: said.messageId,
    chatId: said.chatId,
  });
  await run.event('answered');
  run.child.kill('SIGTERM');
  expect(await run.exit()).toBe(0);
  expect(run.lines.at(-1)).toEqual({ event: 'stopped' });
  const shown = JSON.stringify(run.lines) + run.stderr();
  expect(shown).not.toContain('a private sentence');
  expect(shown).not.toContain(sandbox.appSecret);
  await waitFor(() => expect(sandbox.connections()).toBe(0));
});

it('gives a message to a command as JSON, and its output back; the secret is not in its environment', async () => {
  const sandbox = await temporarySandbox();
  // The answer as a text, however long the command takes to end.
  const home = await homeFor(sandbox, { streaming: 'off' });
  const seen = join(home, 'seen.json');
  const script = join(home, 'agent.mjs');
  await writeFile(
    script,
    `import { readFileSync, writeFileSync } from 'node:fs';
     const turn = JSON.parse(readFileSync(0, 'utf8'));
     writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ turn, env: process.env }));
     console.log('you said ' + turn.text);`,
  );
  const run = startRun(home, '--exec', `"${process.execPath}" "${script}"`);
  await run.event('ready');
  const said = sandbox.say({ text: 'hello' });
  expect(JSON.parse((await sandbox.nextAnswer()).content)).toEqual({ text: 'you said hello' });
  const { turn, env } = JSON.parse(await readFile(seen, 'utf8'));
  expect(turn).toMatchObject({
    eventId: said.eventId,
    messageId: said.messageId,
    chatId: said.chatId,
    chatType: 'p2p',
    text: 'hello',
    sender: { openId: sandbox.user.openId },
  });
  expect(JSON.stringify(env)).not.toContain(sandbox.appSecret);
});

it('acknowledges while a command takes its time, and takes it along when it stops', async () => {
  const sandbox = await temporarySandbox();
  const run = startRun(await homeFor(sandbox), '--exec', 'sleep 600');
  await run.event('ready');
  for (const person of ['ou_a', 'ou_b', 'ou_c']) {
    sandbox.say({ text: 'wait', from: { openId: person } });
  }
  await waitFor(
    () => expect(sandbox.deliveries().map(({ ackCode }) => ackCode)).toEqual([200, 200, 200]),
    { timeout: 10_000 },
  );
  run.child.kill('SIGTERM');
  expect(await run.exit()).toBe(0);
});

it('leaves behind when it last heard and answered, and the doctor says so', async () => {
  const sandbox = await temporarySandbox();
  const home = await homeFor(sandbox);
  const run = startRun(home);
  await run.event('ready');
  sandbox.say({ text: 'hello' });
  await run.event('answered');
  const traffic = async () => {
    const { stdout } = await runProgram(['doctor', '--json'], { home, env: { PATH: '' } });
    const { checks } = JSON.parse(stdout).accounts[0];
    return checks.find(({ id }: { id: string }) => id === 'traffic');
  };
  run.child.kill('SIGTERM');
  await run.exit();
  expect(await traffic()).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(
      /^last message \d+ min ago, last answer \d+ min ago; nothing runs here now$/,
    ),
  });
});

it('says that another run owns the inbox, and that it takes over when that one has stopped', async () => {
  const sandbox = await temporarySandbox();
  const home = await homeFor(sandbox);
  const first = startRun(home, '--exec', 'echo first');
  await first.event('ready');
  const second = startRun(home, '--exec', 'echo second');
  expect(await second.event('inbox')).toMatchObject({ state: 'shared' });
  await second.event('ready');
  first.child.kill('SIGTERM');
  expect(await first.exit()).toBe(0);
  expect(await second.event('inbox', 2)).toMatchObject({ state: 'taken-over' });
  sandbox.say({ text: 'hello' });
  expect((await sandbox.nextAnswer()).content).toContain('second');
});

it('says in the chat that a command failed, and goes on', async () => {
  const sandbox = await temporarySandbox();
  const run = startRun(await homeFor(sandbox), '--exec', 'exit 3');
  await run.event('ready');
  sandbox.say({ text: 'hello' });
  expect((await sandbox.nextAnswer()).content).toContain('failed (3)');
  expect((await run.event('error')).error).toMatchObject({ code: 'agent-failed' });
  sandbox.say({ text: 'again' });
  await run.event('error', 2);
});

it.each([
  ['a secret that Feishu rejects', { appSecret: 'not-the-secret' }, 3, 'credentials-rejected'],
  ['an App ID that cannot be one', { appId: 'cli_short' }, 5, undefined],
  ['no account at all', { enabled: false }, 5, 'no-account'],
])('ends by itself with %s', async (_name, more, exitCode, code) => {
  const sandbox = await temporarySandbox();
  const home = await homeFor(sandbox, more);
  const { code: exit, stdout } = await runProgram(['run', '--json'], { home });
  expect(exit).toBe(exitCode);
  if (code) expect(stdout).toContain(`"code":"${code}"`);
});
