import { expect, it, onTestFinished, vi } from 'vitest';
import type { AccountEvent } from '../../src/channel/account.ts';
import type { Agent } from '../../src/channel/agent.ts';
import { echoAgent } from '../../src/channel/agent.ts';
import { startChannel } from '../../src/channel/runtime.ts';
import { resolveAccount } from '../../src/config/accounts.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { silentLogger } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';

async function running(agent: Agent) {
  const sandbox = await startSandbox({ redeliveryMs: [150, 300, 600, 1_200, 2_400, 4_800] });
  const events: AccountEvent[] = [];
  const channel = startChannel({
    accounts: [
      {
        account: resolveAccount({ appId: sandbox.appId, domain: sandbox.url }, 'default'),
        appSecret: new Secret(sandbox.appSecret),
      },
    ],
    agent,
    lang: 'en',
    env: {},
    log: silentLogger,
    onEvent: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await channel.stop();
    await sandbox.close();
  });
  await vi.waitFor(
    () => expect(events.some((event) => event.event === 'ready')).toBe(true),
    10_000,
  );
  return { sandbox, events, channel };
}

const patience = { timeout: 60_000, interval: 50 };

it('answers 1,000 messages of 50 chats once each and in order, through doubled events and ten dropped lines', async () => {
  const { sandbox, events } = await running(echoAgent);
  const chats = Array.from({ length: 50 }, (_, index) => `oc_chat${index}`);
  const said = new Map<string, string[]>(chats.map((chatId) => [chatId, []]));
  for (let round = 0; round < 20; round++) {
    for (const chatId of chats) {
      const text = `${chatId} says ${round}`;
      said.get(chatId)?.push(text);
      sandbox.say({
        chatId,
        chatType: 'p2p',
        text,
        deliver: 'twice',
        from: { openId: `ou_${chatId}` },
      });
    }
    if (round % 2 === 1) {
      const reconnections = () =>
        events.filter((event) => event.event === 'state' && event.state === 'connected').length;
      const before = reconnections();
      sandbox.dropConnections();
      await vi.waitFor(() => expect(reconnections()).toBeGreaterThan(before), patience);
      // The platform sends again what the lost line had swallowed; order holds among what has arrived.
      const expected = (round + 1) * chats.length;
      await vi.waitFor(() => {
        const acked = sandbox.deliveries().filter((delivery) => delivery.ackCode === 200);
        expect(new Set(acked.map((delivery) => delivery.eventId)).size).toBe(expected);
      }, patience);
    }
  }
  await vi.waitFor(() => expect(sandbox.messages({ fromBot: true })).toHaveLength(1_000), patience);
  for (const chatId of chats) {
    const answers = sandbox
      .messages({ chatId, fromBot: true })
      .map((message) => JSON.parse(message.content).text);
    expect(answers).toEqual(said.get(chatId));
  }
});

it('acknowledges at once while the agent is still at work, and does not keep other chats waiting', async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { sandbox } = await running({
    async *answer(turn) {
      if (turn.text === 'slow') await released;
      yield turn.text;
    },
  });
  const slow = sandbox.say({ text: 'slow', chatId: 'oc_slow', chatType: 'p2p' });
  const quick = sandbox.say({ text: 'quick', chatId: 'oc_quick', chatType: 'p2p' });
  await vi.waitFor(() => {
    for (const { eventId } of [slow, quick]) {
      const delivery = sandbox.deliveries().find((candidate) => candidate.eventId === eventId);
      expect(delivery?.ackCode).toBe(200);
    }
    expect(sandbox.messages({ chatId: 'oc_quick', fromBot: true })).toHaveLength(1);
  }, patience);
  expect(sandbox.messages({ chatId: 'oc_slow', fromBot: true })).toHaveLength(0);
  release();
  await vi.waitFor(
    () => expect(sandbox.messages({ chatId: 'oc_slow', fromBot: true })).toHaveLength(1),
    patience,
  );
});

it('answers a direct message while the bot does not know itself yet, and the group afterwards', async () => {
  const sandbox = await startSandbox();
  const fault = sandbox.fault({
    match: { path: '/open-apis/bot/v3/info' },
    do: { kind: 'status', status: 500 },
  });
  const channel = startChannel({
    accounts: [
      {
        account: resolveAccount({ appId: sandbox.appId, domain: sandbox.url }, 'default'),
        appSecret: new Secret(sandbox.appSecret),
      },
    ],
    agent: echoAgent,
    lang: 'en',
    env: {},
    log: silentLogger,
  });
  onTestFinished(async () => {
    await channel.stop();
    await sandbox.close();
  });
  await vi.waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  const group = sandbox.say({ text: 'in a group', chatType: 'group', mentionBot: true });
  const direct = sandbox.say({ text: 'direct', chatType: 'p2p' });
  await vi.waitFor(
    () => expect(sandbox.messages({ chatId: direct.chatId, fromBot: true })).toHaveLength(1),
    patience,
  );
  expect(sandbox.messages({ chatId: group.chatId, fromBot: true })).toHaveLength(0);
  fault.clear();
  await vi.waitFor(
    () => expect(sandbox.messages({ chatId: group.chatId, fromBot: true })).toHaveLength(1),
    patience,
  );
});

it('lets one broken account break alone', async () => {
  const sandbox = await startSandbox();
  const events: AccountEvent[] = [];
  const channel = startChannel({
    accounts: [
      {
        account: resolveAccount({ appId: 'cli_00', domain: sandbox.url }, 'default'),
        appSecret: new Secret('whatever'),
      },
      {
        account: {
          ...resolveAccount({ appId: sandbox.appId, domain: sandbox.url }, 'default'),
          id: 'good',
        },
        appSecret: new Secret(sandbox.appSecret),
      },
    ],
    agent: echoAgent,
    lang: 'en',
    env: {},
    log: silentLogger,
    onEvent: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await channel.stop();
    await sandbox.close();
  });
  await vi.waitFor(() => {
    expect(events).toContainEqual(expect.objectContaining({ event: 'ready', account: 'good' }));
    expect(events).toContainEqual(
      expect.objectContaining({
        event: 'error',
        account: 'default',
        error: expect.objectContaining({ code: 'app-id-invalid' }),
      }),
    );
  }, patience);
});
