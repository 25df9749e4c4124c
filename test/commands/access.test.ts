import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { startRun } from '../support/run-process.ts';
import { temporarySandbox } from '../support/sandbox.ts';

async function homeWith(section: object): Promise<string> {
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  await writeFile(pathIn(home), JSON.stringify({ channels: { feishu: section } }), { mode: 0o600 });
  return home;
}

const pathIn = (home: string): string => join(home, '.clawdbot', 'moltbot.json');

const appOf = ({ appId, appSecret, url }: Sandbox) => ({ appId, appSecret, domain: url });

it('in groups, `run` answers those whom groupSenderAllowFrom names, and nobody else', async () => {
  const sandbox = await temporarySandbox();
  const section = { ...appOf(sandbox), groupSenderAllowFrom: ['ou_boss'] };
  const run = startRun(await homeWith(section), '--echo');
  await run.event('ready');
  const team = { chatType: 'group', chatId: 'oc_team', mentionBot: true } as const;
  sandbox.say({ ...team, text: 'stranger', from: { openId: 'ou_stranger' } });
  expect(await run.event('ignored')).toMatchObject({ reason: 'sender-not-allowed' });
  sandbox.say({ ...team, text: 'boss', from: { openId: 'ou_boss' } });
  expect(JSON.parse((await sandbox.nextAnswer()).content)).toEqual({ text: 'boss' });
  sandbox.say({ text: 'direct', from: { openId: 'ou_stranger' } });
  await run.event('answered', 2);
});

it('a person whose direct chat is off gets no answer there', async () => {
  const sandbox = await temporarySandbox();
  const section = { ...appOf(sandbox), dms: { ou_stranger: { enabled: false } } };
  const run = startRun(await homeWith(section), '--echo');
  await run.event('ready');
  sandbox.say({ text: 'hello', from: { openId: 'ou_stranger' } });
  expect(await run.event('ignored')).toMatchObject({ reason: 'person-disabled' });
  sandbox.say({ text: 'hello', from: { openId: 'ou_boss' } });
  await run.event('answered');
});

it('names every wrong value and every unknown access key at once, as text and as JSON, in run, doctor and setup', async () => {
  const section = {
    appId: 'cli_a1b2c3d4e5f60718',
    appSecret: 'the-secret-of-the-app',
    dmpolicy: 'allowlist',
    allowfrom: ['ou_boss'],
    groupPolicy: 'closed',
    mediaMaxMb: -1,
    groups: { oc_1: { allowedUsers: ['ou_boss'] } },
  };
  const home = await homeWith(section);
  const keys = ['groupPolicy', 'mediaMaxMb', 'dmpolicy', 'allowfrom', 'groups.oc_1.allowedUsers'];
  const dotted = keys.map((key) => `channels.feishu.${key}`);
  for (const words of [
    ['run', '--echo'],
    ['setup', '--yes'],
  ]) {
    const text = await runProgram(words, { home });
    expect(text.code).toBe(5);
    const json = await runProgram([...words, '--json'], { home });
    expect(json.code).toBe(5);
    const { error } = JSON.parse(json.stdout);
    expect(error).toMatchObject({ code: 'config-invalid', keys: dotted });
    for (const said of [text.stderr, error.message]) {
      expect(dotted.filter((key) => !said.includes(key))).toEqual([]);
    }
  }
  const before = await readFile(pathIn(home), 'utf8');
  const fixed = await runProgram(['doctor', '--fix', '--yes', '--json'], { home });
  expect(fixed.code).toBe(1);
  const { first, mended } = JSON.parse(fixed.stdout);
  expect(first.id).toBe('config');
  expect(dotted.filter((key) => !first.detail.includes(key))).toEqual([]);
  expect(mended).toEqual([]);
  expect(await readFile(pathIn(home), 'utf8')).toBe(before);
});

it('takes the card of an older config as it is meant, and warns of nothing', async () => {
  const sandbox = await temporarySandbox();
  const section = {
    ...appOf(sandbox),
    streaming: 'card',
    accounts: { default: { streaming: 'card' } },
  };
  const home = await homeWith(section);
  const run = startRun(home, '--exec', 'sleep 2; echo done');
  await run.event('ready');
  expect(run.stderr()).not.toContain('streaming');
  sandbox.say({ text: 'hello' });
  await run.event('answered');
  expect(sandbox.messages({ fromBot: true })).toMatchObject([{ msgType: 'interactive' }]);
  const { stdout } = await runProgram(['doctor', '--fix', '--yes', '--json'], { home });
  expect(stdout).not.toContain('streaming');
  const { feishu } = JSON.parse(await readFile(pathIn(home), 'utf8')).channels;
  expect(feishu).toMatchObject(section);
});

it('warns of each other unknown key in run and doctor, and repairs only what is misspelt', async () => {
  const sandbox = await temporarySandbox();
  const unknown = { colour: 1, typingReactions: false, textChunklimit: 2000 };
  const home = await homeWith({ ...appOf(sandbox), ...unknown });
  const run = startRun(home, '--echo');
  await run.event('ready');
  for (const key of Object.keys(unknown)) {
    expect(run.stderr()).toContain(`! channels.feishu.${key} is not a known key`);
  }
  const doctor = JSON.parse((await runProgram(['doctor', '--json'], { home })).stdout);
  const [{ checks }] = doctor.accounts;
  const config = checks.find(({ id }: { id: string }) => id === 'config');
  expect(config.status).toBe('warn');
  expect(Object.keys(unknown).filter((key) => !config.detail.includes(key))).toEqual([]);

  const fixed = await runProgram(['doctor', '--fix', '--yes', '--json'], { home });
  expect(JSON.parse(fixed.stdout).mended).toHaveLength(2);
  const { feishu } = JSON.parse(await readFile(pathIn(home), 'utf8')).channels;
  expect(feishu).toEqual({
    ...appOf(sandbox),
    colour: 1,
    typingReaction: false,
    textChunkLimit: 2000,
  });
});
