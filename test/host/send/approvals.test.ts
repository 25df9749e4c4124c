/** Approvals that a host asks for: their end finds their card, also one that is still on its way. */
import { expect, it } from 'vitest';
import { PluginMemory } from '../../../src/host/plugin-memory.ts';
import { sendPayload } from '../../../src/host/send/send.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { cleanUp } from '../../channel/harness.ts';

const request = [
  '🔒 Exec approval required',
  'ID: 3f2c-11',
  'Command: make __all__',
  'Expires in: 120s',
  'Reply with: /approve <id> allow-once|deny',
].join('\n');
const expired = '⏱️ Exec approval expired. ID: 3f2c-11';

async function host() {
  const scopes = appManifest.scopes.map(({ scope }) => scope);
  const sandbox = await startSandbox({ app: { scopes } });
  cleanUp(() => sandbox.close());
  const { appId, appSecret, url: domain } = sandbox;
  const from = { openId: 'ou_alice', name: 'Alice' };
  sandbox.say({ chatId: 'oc_team', chatType: 'group', from, text: 'hello' });
  const memory = new PluginMemory();
  const send = (text: string, keys: object = {}) => {
    const cfg = { channels: { feishu: { appId, appSecret, domain, ...keys } } };
    return sendPayload(memory, { cfg, to: 'chat:oc_team', text, payload: { text } });
  };
  return { sandbox, memory, send, sent: () => sandbox.messages({ fromBot: true }) };
}

it('ends a card that is still being sent, and says nothing beside it', async () => {
  const { sandbox, memory, send, sent } = await host();
  const slow = { path: '/im/v1/messages', method: 'POST' };
  sandbox.fault({ match: slow, times: 1, do: { kind: 'delay', ms: 300 } });
  const [asked, ended] = await Promise.all([send(request), send(expired)]);
  expect(ended.messageId).toBe(asked.messageId);
  expect(sent().map(({ msgType }) => msgType)).toEqual(['interactive']);
  const card = memory.choiceBookOf(sandbox.appId).about('approval:3f2c-11');
  expect(card?.decision).toMatchObject({ by: 'host' });
  expect(memory.asking.size).toBe(0);
});

it('says the end in words where the card could not be sent', async () => {
  const { sandbox, memory, send, sent } = await host();
  const refused = {
    kind: 'code',
    code: 230002,
    msg: 'Bot/User can NOT be out of the chat.',
  } as const;
  sandbox.fault({ match: { path: '/im/v1/messages' }, times: 1, do: refused });
  const [asked, ended] = await Promise.allSettled([send(request), send(expired)]);
  expect([asked.status, ended.status]).toEqual(['rejected', 'fulfilled']);
  expect(sent().map(({ msgType }) => msgType)).toEqual(['text']);
  expect(memory.asking.size).toBe(0);
});

it('asks in words where the account writes posts, and heeds a change of that at once', async () => {
  const { send, sent } = await host();
  for (const renderMode of ['auto', 'post', 'text']) await send(request, { renderMode });
  expect(sent().map(({ msgType }) => msgType)).toEqual(['interactive', 'post', 'text']);
  for (const { content } of sent().slice(1)) {
    expect(content).toContain('make __all__');
    expect(content).toContain('/approve 3f2c-11 deny');
  }
});
