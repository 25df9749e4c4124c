/** The plugin in the real Clawdbot, which is Moltbot under its former name: one gateway for all. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { sentText } from '../../channel/harness.ts';
import { runProgram } from '../../support/program.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, installPlugin, makeHost, patience } from './gateway.ts';
import { type Answer, type MockModel, startMockModel } from './mock-model.ts';

const paragraph = (name: string) =>
  `${name} paragraph of the answer, said at length. `.repeat(6).trim();
const wrongSecret = 'not-the-secret-of-this-app-0000';
const longAnswer = [paragraph('First'), paragraph('Second'), 'The end.'].join('\n\n');

let sandbox: Sandbox;
let second: { appId: string; appSecret: string };
let third: { appId: string; appSecret: string };
let model: MockModel;
let host: Host;

/** What a test says decides what the model answers. */
function answerTo(said: string): Answer {
  if (said.includes('tell me at length')) return { text: longAnswer, pieceMs: 60 };
  if (said.includes('think slowly')) return { text: 'slow thought', delayMs: 30_000 };
  return {
    text: `pong ${/ping-[\w-]+/.exec(said.split('respond to this').at(-1) ?? '')?.[0] ?? ''}`,
  };
}

beforeAll(async () => {
  // Every permission there is, that for all of a group's messages included.
  const scopes = appManifest.scopes.map(({ scope }) => scope);
  sandbox = await startSandbox({ redeliveryMs: [3000, 20_000, 60_000, 180_000], app: { scopes } });
  second = sandbox.createApp({ name: 'Second Bot' });
  third = sandbox.createApp({ name: 'Third Bot' });
  model = await startMockModel(answerTo);
  host = await makeHost('clawdbot', model.baseUrl, { FEISHU_SECOND: second.appSecret });
  await installPlugin(host);
  await host.edit((config) => {
    config.channels = {
      feishu: {
        appId: sandbox.appId,
        appSecret: sandbox.appSecret,
        domain: sandbox.url,
        // OpenClaw's test has the cards.
        streaming: 'block',
        accounts: {
          second: {
            appId: second.appId,
            appSecret: { source: 'env', provider: 'default', id: 'FEISHU_SECOND' },
            dmPolicy: 'pairing',
          },
          mistyped: { appId: third.appId, appSecret: wrongSecret },
        },
      },
    };
  });
  await host.startGateway();
  await connected();
}, 400_000);

afterAll(async () => {
  await host?.remove();
  await model?.close();
  await sandbox?.close();
});

async function connected(): Promise<void> {
  await waitFor(() => {
    expect(sandbox.connections(sandbox.appId)).toBe(1);
    expect(sandbox.connections(second.appId)).toBe(1);
  }, patience);
}

const answersIn = (chatId: string) =>
  sandbox.messages({ chatId, fromBot: true }).map(({ content }) => sentText(content));

async function answered(chatId: string, ...texts: readonly string[]): Promise<void> {
  await waitFor(() => expect(answersIn(chatId)).toEqual(texts), patience);
}

/** Something said later by the same person has been answered: what came before is through. */
async function settled(chatId: string, from: { openId: string }): Promise<void> {
  const before = answersIn(chatId).length;
  sandbox.say({ chatId, from, text: 'ping-settled' });
  await waitFor(() => expect(answersIn(chatId).length).toBeGreaterThan(before), patience);
}

it('answers a direct message in blocks, in order, each text once, and marks it meanwhile', async () => {
  const marks: number[] = [];
  const stop = sandbox.watch(({ reactions }) => marks.push(reactions.length));
  const { chatId } = sandbox.say({ text: 'tell me at length' });
  await answered(chatId, paragraph('First'), paragraph('Second'), 'The end.');
  await waitFor(() => expect(marks.at(-1)).toBe(0), patience);
  expect(marks).toContain(1);
  stop();
  await settled(chatId, sandbox.user);
  expect(answersIn(chatId)).toHaveLength(4);
});

it('answers in a group only when it is mentioned, knows what was said before, and stays in a topic', async () => {
  const from = { openId: 'ou_alice', name: 'Alice' };
  const chat = { chatId: 'oc_group', chatType: 'group', from } as const;
  sandbox.say({ ...chat, text: 'the password is swordfish' });
  const asked = sandbox.say({ ...chat, text: 'ping-group', mentionBot: true });
  await answered('oc_group', 'pong ping-group');
  const [answer] = sandbox.messages({ chatId: 'oc_group', fromBot: true });
  expect(answer?.replyTo).toBe(asked.messageId);
  expect(model.prompts.at(-1)).toContain('the password is swordfish');
  expect(model.prompts.at(-1)).toContain('Alice');
  const topic = { ...chat, text: 'ping-topic', mentionBot: true, threadId: 'omt_topic' };
  sandbox.say({ ...topic, rootId: asked.messageId, parentId: asked.messageId });
  await answered('oc_group', 'pong ping-group', 'pong ping-topic');
  expect(sandbox.messages({ chatId: 'oc_group', fromBot: true }).at(-1)?.threadId).toBe(
    'omt_topic',
  );
});

it('pairs: a code once, approved without a restart, and told', async () => {
  const from = { openId: 'ou_stranger', name: 'Stranger' };
  const { chatId } = sandbox.say({ text: 'ping-1', from, appId: second.appId });
  await waitFor(() => expect(answersIn(chatId)).toHaveLength(1), patience);
  const code = /Pairing code: ([A-Z0-9]{8})/.exec(answersIn(chatId)[0] ?? '')?.[1] ?? '';
  expect(code).not.toBe('');
  sandbox.say({ text: 'ping-2', from, appId: second.appId });
  const approval = await host.cli('pairing', 'approve', 'feishu', code);
  expect(approval, approval.stderr).toMatchObject({ code: 0 });
  await waitFor(() => expect(answersIn(chatId)[1]).toContain('approved'), patience);
  sandbox.say({ text: 'ping-3', from, appId: second.appId });
  await waitFor(() => expect(answersIn(chatId)[2]).toBe('pong ping-3'), patience);
  expect(
    sandbox.messages({ chatId, fromBot: true }).every(({ appId }) => appId === second.appId),
  ).toBe(true);
});

it('answers in the topic of a direct chat, in a session of its own', async () => {
  const from = { openId: 'ou_topical', name: 'Topical' };
  const first = sandbox.say({ text: 'the word is heron', from });
  await answered(first.chatId, 'pong');
  sandbox.say({ text: 'ping-topic', from, threadId: 'omt_direct', rootId: first.messageId });
  await answered(first.chatId, 'pong', 'pong ping-topic');
  const last = sandbox.messages({ chatId: first.chatId, fromBot: true }).at(-1);
  expect(last?.threadId).toBe('omt_direct');
  expect(model.prompts.at(-1)).toContain('the word is heron');
  expect(model.prompts.at(-1)).not.toContain('"role":"assistant"');
  sandbox.say({ text: 'ping-quote', from, rootId: first.messageId, parentId: first.messageId });
  await answered(first.chatId, 'pong', 'pong ping-topic', 'pong ping-quote');
  expect(sandbox.messages({ chatId: first.chatId, fromBot: true }).at(-1)?.threadId).toBe(
    undefined,
  );
  sandbox.say({ text: '/status', from, threadId: 'omt_direct' });
  await waitFor(() => expect(answersIn(first.chatId)[3]).toMatch(/mock-1/), patience);
  expect(sandbox.messages({ chatId: first.chatId, fromBot: true }).at(-1)?.threadId).toBe(
    'omt_direct',
  );
});

it('obeys a command behind mentions', async () => {
  const from = { openId: 'ou_mentioner', name: 'Mentioner' };
  const { chatId } = sandbox.say({ text: '@_all /status', from });
  await waitFor(() => expect(answersIn(chatId).at(-1)).toMatch(/mock-1/), patience);
});

it('obeys host commands of those who may give them, typed on a Chinese keyboard, too', async () => {
  const from = { openId: 'ou_commander', name: 'Commander' };
  const { chatId } = sandbox.say({ text: '／status', from });
  await waitFor(() => expect(answersIn(chatId)[0]).toMatch(/mock-1/), patience);
});

it('lets a slow turn delay neither acknowledgements nor other chats', async () => {
  const slow = sandbox.say({ text: 'think slowly', from: { openId: 'ou_slow', name: 'Slow' } });
  const quick = { openId: 'ou_quick', name: 'Quick' };
  await waitFor(() => expect(model.prompts.at(-1)).toContain('think slowly'), patience);
  const { chatId } = sandbox.say({ text: 'ping-quick', from: quick });
  await answered(chatId, 'pong ping-quick');
  expect(answersIn(slow.chatId)).toEqual([]);
  await answered(slow.chatId, 'slow thought');
});

it('answers each of 200 messages of 20 people once, in order, from one account each', async () => {
  const people = Array.from({ length: 20 }, (_, index) => ({
    openId: `ou_person${index}`,
    name: `Person ${index}`,
  }));
  const chats = new Map<string, string[]>();
  for (let round = 0; round < 10; round++) {
    for (const from of people) {
      const said = `ping-${from.openId.slice(3)}-${round}`;
      const { chatId } = sandbox.say({ text: said, from });
      chats.set(chatId, [...(chats.get(chatId) ?? []), `pong ${said}`]);
    }
  }
  for (const [chatId, expected] of chats) await answered(chatId, ...expected);
  const latest = sandbox.deliveries().filter(({ ackedAt }) => ackedAt !== undefined);
  const slowest = Math.max(...latest.map(({ sentAt, ackedAt = 0 }) => ackedAt - sentAt));
  // Feishu sends again after 3 s.
  expect(slowest).toBeLessThan(3000);
});

it('shows in the status what works, and the cause and the fix of what does not', async () => {
  sandbox.configureApp({ scopes: ['im:message', 'im:message:send_as_bot'] }, second.appId);
  const json = await host.cli('channels', 'status', '--probe', '--json');
  const status = JSON.parse(json.stdout.slice(json.stdout.indexOf('{'))) as {
    channelAccounts: { feishu: Record<string, unknown>[] };
  };
  const byId = new Map(status.channelAccounts.feishu.map((one) => [one.accountId, one]));
  expect(byId.get('default')).toMatchObject({
    running: true,
    connected: true,
    probe: { ok: true },
  });
  expect(byId.get('default')?.lastInboundAt).toBeTypeOf('number');
  expect(byId.get('mistyped')).toMatchObject({ probe: { ok: false } });
  const text = await host.cli('channels', 'status', '--probe');
  expect(text.stdout).toMatch(/feishu mistyped: credentials: .*10014/i);
  expect(text.stdout).toMatch(/feishu second: permissions: .*im:chat:readonly.*auth\?q=/s);
  expect(text.stdout).not.toContain('feishu default:');
});

it('shows in the status that the platform is away, and is connected again by itself', async () => {
  sandbox.refuse(true);
  sandbox.dropConnections();
  const text = await host.cli('channels', 'status', '--probe');
  expect(text.stdout).toMatch(/feishu default: .*(?:refused|reach)/i);
  sandbox.refuse(false);
  await connected();
  const { chatId } = sandbox.say({ text: 'ping-again' });
  await waitFor(() => expect(answersIn(chatId).at(-1)).toBe('pong ping-again'), patience);
});

/** How often the account has begun to connect: each restart is one more. */
const starts = async (account: string) =>
  (await host.log()).split(`[${account}] long connection state=connecting attempt=0`).length - 1;

it('counts a change of the sessions from the next message on, without a restart', async () => {
  const [sam, tom] = ['ou_sam', 'ou_tom'].map((openId) => ({ openId, name: openId }));
  const scope = (dmScope: string) =>
    host.edit((config) => {
      config.session.dmScope = dmScope;
    });
  let round = 0;
  /** Whether one person's words are in the other's conversation. */
  async function areShared(): Promise<boolean> {
    round += 1;
    for (const [from, said] of [
      [sam, `ping-sam-${round} bird-${round}`],
      [tom, `ping-tom-${round}`],
    ] as const) {
      const { chatId } = sandbox.say({ text: said, ...(from && { from }) });
      const expected = `pong ${said.split(' ')[0]}`;
      await waitFor(() => expect(answersIn(chatId).at(-1)).toBe(expected), patience);
    }
    return model.prompts.at(-1)?.includes(`bird-${round}`) === true;
  }
  const before = await starts('default');
  expect(await areShared()).toBe(false);
  await scope('main');
  await waitFor(async () => expect(await areShared()).toBe(true), patience);
  await scope('per-channel-peer');
  await waitFor(async () => expect(await areShared()).toBe(false), patience);
  expect(await starts('default')).toBe(before);
});

it('takes up what setup writes while the gateway runs', async () => {
  const before = await starts('default');
  const words = ['setup', '--yes', '--json', '--config', host.configPath, '--host', 'none'];
  const policy = ['--dm-policy', 'allowlist', '--allow-from', sandbox.user.openId];
  const ended = await runProgram([...words, '--app-id', sandbox.appId, ...policy], {
    home: host.home,
    env: { FEISHU_APP_SECRET: sandbox.appSecret },
  });
  expect(ended, ended.stderr + ended.stdout).toMatchObject({ code: 0 });
  await waitFor(async () => expect(await starts('default')).toBe(before + 1), patience);
  await connected();
  const stranger = sandbox.say({ text: 'ping-no', from: { openId: 'ou_nobody', name: 'No' } });
  const known = sandbox.say({ text: 'ping-yes' });
  await waitFor(() => expect(answersIn(known.chatId).at(-1)).toBe('pong ping-yes'), patience);
  expect(answersIn(stranger.chatId)).toEqual([]);
});

it('closes the door while the config cannot be read, says why, and opens it again', async () => {
  const good = await readFile(host.configPath, 'utf8');
  await writeFile(host.configPath, `${good.slice(0, -4)} oops`);
  await waitFor(() => expect(sandbox.connections(sandbox.appId)).toBe(0), patience);
  await waitFor(
    async () =>
      expect(await host.log()).toContain('no message is answered until the config is corrected'),
    patience,
  );
  const { chatId } = sandbox.say({ text: 'ping-closed' });
  await writeFile(host.configPath, good);
  await waitFor(() => expect(answersIn(chatId).at(-1)).toBe('pong ping-closed'), patience);
});

it('leaves nothing behind when it is stopped, and answers afterwards what came meanwhile', async () => {
  // How long that takes is the whole host's, and the machine's: some 2 s on a quiet one.
  console.info(`the gateway stopped in ${await host.stopGateway()} ms`);
  expect(sandbox.connections()).toBe(0);
  const { chatId } = sandbox.say({ text: 'ping-meanwhile' });
  await host.startGateway();
  await waitFor(() => expect(answersIn(chatId).at(-1)).toBe('pong ping-meanwhile'), patience);
  await settled(chatId, sandbox.user);
  expect(answersIn(chatId).filter((text) => text === 'pong ping-meanwhile')).toHaveLength(1);
});

it('has written no secret to its log, and left no rejection unhandled', async () => {
  const log = await host.log();
  for (const secret of [sandbox.appSecret, second.appSecret, third.appSecret, wrongSecret]) {
    expect(log).not.toContain(secret);
  }
  expect(log).not.toMatch(/unhandled/i);
});
