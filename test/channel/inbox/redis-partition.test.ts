import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Agent } from '../../../src/channel/agent/agent.ts';
import type { RedisInboxTimes } from '../../../src/channel/inbox/redis/redis-inbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import {
  accountOf,
  channelWith,
  noLimits,
  sandboxWith,
  sentText,
  type Watched,
} from '../harness.ts';
import {
  accountOfLoad,
  BEGUN,
  nothingWrong,
  startLoad,
  underLoad,
  untilAnswered,
} from '../load.ts';
import { redisServer, wireTo } from './redis-server.ts';

const redisInbox: RedisInboxTimes = { leaseMs: 2500, renewMs: 300, pollMs: 50, commandMs: 1000 };
const times = {
  sendLimits: noLimits,
  reconnectWaits: { firstMs: 0, minMs: 0, maxMs: 0 },
  redisInbox,
};
const redeliveryMs = [300, ...Array<number>(200).fill(500)];
const patience = { timeout: 30_000, interval: 20 };

const gateway = (sandbox: Sandbox, inbox: string, agent?: Agent) =>
  channelWith([accountOf(sandbox)], { inbox, times, ...(agent && { agent }) });

/** Repeats each message; the first one only when it is let go. */
function heldEcho() {
  let letGo: () => void = () => undefined;
  let begin: () => void = () => undefined;
  const open = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let isFirst = true;
  const agent: Agent = {
    async *answer({ content: { text } }) {
      const waits = isFirst;
      isFirst = false;
      begin();
      if (waits) await open;
      yield text;
    },
  };
  return { agent, begun, letGo };
}

const problemOf = ({ channel }: Watched) => channel.accounts[0]?.inbox?.problem?.code;
const answersIn = (sandbox: Sandbox) =>
  sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
const sending = /\/im\/v1\/messages(?:\?|$)/;
const sendsIn = (sandbox: Sandbox) =>
  sandbox.calls().filter(({ path }) => sending.test(path)).length;

it('acknowledges nothing while it is cut off, loses what it had in hand, and goes on afterwards', async () => {
  const server = await redisServer();
  const wire = await wireTo(server.port);
  const sandbox = await sandboxWith({ redeliveryMs });
  const { agent, begun, letGo } = heldEcho();
  const cutOff = gateway(sandbox, wire.url, agent);
  await cutOff.event('ready');
  sandbox.say({ text: 'in hand' });
  await begun;

  wire.cut();
  const texts = Array.from({ length: 6 }, (_, index) => `said in the dark ${index}`);
  const said = texts.map((text, index) =>
    sandbox.say({ text, from: { openId: `ou_person${index}` } }),
  );
  const codesOf = ({ eventId }: (typeof said)[number]) =>
    sandbox
      .deliveries()
      .filter((delivery) => delivery.eventId === eventId && delivery.ackCode !== undefined)
      .map(({ ackCode }) => ackCode);
  await waitFor(() => {
    for (const one of said) expect(codesOf(one).length).toBeGreaterThan(1);
  }, patience);
  expect(new Set(said.flatMap(codesOf))).toEqual(new Set([500]));
  expect(problemOf(cutOff)).toBe('inbox-unwritable');

  const other = gateway(sandbox, server.url);
  await waitFor(() => expect(answersIn(sandbox)).toHaveLength(7), patience);
  letGo();
  wire.repair();
  await waitFor(
    () => expect(cutOff.logs.map(({ text }) => text)).toContain('taken over by another gateway'),
    patience,
  );
  await other.channel.stop();
  sandbox.say({ text: 'after it' });
  await waitFor(() => expect(answersIn(sandbox)).toContain('after it'), patience);
  expect(answersIn(sandbox).sort()).toEqual(['after it', 'in hand', ...texts]);
});

it('does not try again to send what another gateway has taken over meanwhile', async () => {
  const server = await redisServer();
  const wire = await wireTo(server.port);
  const sandbox = await sandboxWith({ redeliveryMs });
  const fault = sandbox.fault({
    match: { path: sending },
    do: { kind: 'status', status: 502 },
  });
  const cutOff = gateway(sandbox, wire.url);
  await cutOff.event('ready');
  sandbox.say({ text: 'question' });
  await waitFor(() => expect(sendsIn(sandbox)).toBeGreaterThan(0), patience);

  wire.cut();
  await waitFor(() => expect(problemOf(cutOff)).toBe('inbox-unwritable'), patience);
  fault.clear();
  gateway(sandbox, server.url);
  await waitFor(() => expect(answersIn(sandbox)).toEqual(['question']), patience);
  const sends = sendsIn(sandbox);
  wire.repair();
  await waitFor(
    () => expect(cutOff.logs.map(({ text }) => text)).toContain('taken over by another gateway'),
    patience,
  );
  expect(sendsIn(sandbox)).toBe(sends);
});

it('answers everything once and in order, though Redis is killed under load', async () => {
  const server = await redisServer();
  const sandbox = await sandboxWith({ redeliveryMs });
  const agent: Agent = {
    async *answer({ content: { text } }) {
      const begun = Date.now();
      await delay(Number(text.split(' ').at(-1)) * 1000);
      yield `${text}${BEGUN}${begun}`;
    },
  };
  const both = [gateway(sandbox, server.url, agent), gateway(sandbox, server.url, agent)];
  for (const one of both) await one.event('ready');
  const platform = underLoad(sandbox);
  const load = startLoad(platform, { everyMs: 25, slowestS: 0.5 });
  for (let kills = 1; kills <= 5; kills++) {
    await waitFor(() => expect(load.said.length).toBeGreaterThan(kills * 40), patience);
    await server.restart();
  }
  await load.stop();
  await untilAnswered(platform, load.said);
  const { counts, wrong } = accountOfLoad(platform, load.said);
  expect(counts.parked).toBe(0);
  expect(wrong).toEqual(nothingWrong);
});
