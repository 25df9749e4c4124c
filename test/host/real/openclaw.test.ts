/** The same plugin in OpenClaw, the successor of Moltbot: it loads, answers, pairs, tells, and stops. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { sentText } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, installPlugin, makeHost, patience } from './gateway.ts';
import { type MockModel, startMockModel } from './mock-model.ts';

const paragraph = (name: string) =>
  `${name} paragraph of the answer, said at length. `.repeat(6).trim();
const longAnswer = [paragraph('First'), paragraph('Second'), 'The end.'].join('\n\n');

let sandbox: Sandbox;
let second: { appId: string; appSecret: string };
let model: MockModel;
let host: Host;

beforeAll(async () => {
  sandbox = await startSandbox({ redeliveryMs: [3000, 20_000, 60_000, 180_000] });
  second = sandbox.createApp({ name: 'Second Bot' });
  model = await startMockModel((said) =>
    said.includes('tell me at length') ? { text: longAnswer, pieceMs: 60 } : { text: 'pong' },
  );
  host = await makeHost('openclaw', model.baseUrl, { FEISHU_SECOND: second.appSecret });
  const secretFile = join(host.home, 'feishu-secret');
  await writeFile(secretFile, `${sandbox.appSecret}\n`, { mode: 0o600 });
  await installPlugin(host);
  await host.edit((config) => {
    config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
    // The config holds no secret: only references, as the host's own channels take them.
    config.secrets = {
      providers: { one: { source: 'file', path: secretFile, mode: 'singleValue' } },
    };
    const appSecret = { source: 'env', provider: 'default', id: 'FEISHU_SECOND' };
    config.channels = {
      feishu: {
        appId: sandbox.appId,
        appSecret: { source: 'file', provider: 'one', id: 'value' },
        domain: sandbox.url,
        accounts: { second: { appId: second.appId, appSecret, dmPolicy: 'pairing' } },
      },
    };
  });
  await host.startGateway();
  await waitFor(() => {
    expect(sandbox.connections(sandbox.appId)).toBe(1);
    expect(sandbox.connections(second.appId)).toBe(1);
  }, patience);
});

afterAll(async () => {
  await host?.remove();
  await model?.close();
  await sandbox?.close();
});

const answersIn = (chatId: string) =>
  sandbox.messages({ chatId, fromBot: true }).map(({ content }) => sentText(content));

async function answered(chatId: string, ...texts: readonly string[]): Promise<void> {
  await waitFor(() => expect(answersIn(chatId)).toEqual(texts), patience);
}

it('shows an answer in a card that grows by what the agent writes, and is closed', async () => {
  const { chatId } = sandbox.say({ text: 'tell me at length' });
  await answered(chatId, longAnswer);
  sandbox.say({ chatId, text: 'ping' });
  await answered(chatId, longAnswer, 'pong');
  const [card] = sandbox.seen(chatId).filter(({ fromBot }) => fromBot);
  const texts = card?.changes.map(({ text }) => text) ?? [];
  const grown = texts.filter(
    (text) => text !== '' && longAnswer.startsWith(text.split('\n')[0] ?? ''),
  );
  expect(grown.length).toBeGreaterThan(2);
  expect(card?.changes.at(-1)).toMatchObject({ isGenerating: false });
});

it('answers in a group when it is mentioned', async () => {
  const chat = { chatId: 'oc_group', chatType: 'group' } as const;
  const { messageId } = sandbox.say({ ...chat, text: 'ping', mentionBot: true });
  await answered('oc_group', 'pong');
  expect(sandbox.messages({ chatId: 'oc_group', fromBot: true })[0]?.replyTo).toBe(messageId);
});

it('pairs: a code, approved without a restart, and told', async () => {
  const from = { openId: 'ou_stranger', name: 'Stranger' };
  const { chatId } = sandbox.say({ text: 'ping', from, appId: second.appId });
  await waitFor(() => expect(answersIn(chatId)).toHaveLength(1), patience);
  const code = /code:\s*(?:```\s*)?([A-Z0-9]{8})/i.exec(answersIn(chatId)[0] ?? '')?.[1] ?? '';
  expect(code, answersIn(chatId)[0]).not.toBe('');
  const words = ['pairing', 'approve', 'feishu', code, '--account', 'second'];
  const approval = await host.cli(...words);
  expect(approval, approval.stderr).toMatchObject({ code: 0 });
  // The host says there why, where it could not tell the person.
  const said = approval.stdout + approval.stderr;
  await waitFor(() => expect(answersIn(chatId)[1] ?? said).toContain('approved'), patience);
  sandbox.say({ text: 'ping', from, appId: second.appId });
  await waitFor(() => expect(answersIn(chatId)[2]).toBe('pong'), patience);
});

it('shows a working account as such', async () => {
  const { stdout } = await host.cli('channels', 'status', '--probe', '--json');
  const status = JSON.parse(stdout.slice(stdout.indexOf('{')));
  expect(status.channelAccounts.feishu[0]).toMatchObject({ running: true, probe: { ok: true } });
});

it('leaves nothing behind when it is stopped, and no secret in its log', async () => {
  await host.stopGateway();
  expect(sandbox.connections()).toBe(0);
  const log = await host.log();
  expect(log).not.toContain(sandbox.appSecret);
  expect(log).not.toContain(second.appSecret);
});
