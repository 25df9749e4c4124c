import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Claim, Inbox } from '../../../src/channel/inbox/inbox.ts';
import { openRedisConnection } from '../../../src/channel/inbox/redis/redis-connection.ts';
import type { RedisInboxTimes } from '../../../src/channel/inbox/redis/redis-inbox.ts';
import { redisPrefix } from '../../../src/channel/inbox/redis/redis-location.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';
import { cleanUp, sandboxWith } from '../harness.ts';
import { nothingWrong, startLoad, underLoad, wrongsOf } from '../load.ts';
import { inbound } from '../messages.ts';
import { configure, sleepyEcho, startRuntime } from '../runtime-process.ts';
import { fill, sizes } from './filling.ts';
import { openInRedis, redisServer, wireTo } from './redis-server.ts';
import { textParts } from './text-parts.ts';

const appId = 'cli_0123456789abcdef';
const any = (): boolean => true;
const quick: RedisInboxTimes = { leaseMs: 1000, renewMs: 100, pollMs: 50, commandMs: 1000 };

interface Gateway {
  readonly inbox: Inbox;
  readonly problems: (string | undefined)[];
}

async function gateway(url: string, times: RedisInboxTimes = quick): Promise<Gateway> {
  const problems: (string | undefined)[] = [];
  const inbox = await openInRedis({ url, appId, times }, (problem) => problems.push(problem?.code));
  cleanUp(() => inbox.close());
  return { inbox, problems };
}

async function claimed(inbox: Inbox): Promise<Claim> {
  return waitFor(async () => (await inbox.claim(any)) ?? expect.fail('nothing to claim'), {
    timeout: 10_000,
    interval: 20,
  });
}

describe('an inbox in Redis', () => {
  it('takes a message once, whoever receives it, and gives it to one', async () => {
    const { url } = await redisServer();
    const [a, b] = [await gateway(url), await gateway(url)];
    const message = inbound();
    const all = await Promise.all([a, b, a].map(({ inbox }) => inbox.receive(message)));
    expect(all.filter((is) => is === 'new')).toHaveLength(1);
    await expect(b.inbox.receive({ ...message, eventId: 'another' })).resolves.toBe('duplicate');
    const claims = await Promise.all([a.inbox.claim(any), b.inbox.claim(any)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(claims.find(Boolean)?.message).toEqual(message);
  });

  it.each(sizes)(
    'is bounded in bytes, and fair, and gives room back, whatever takes them: %s',
    async (_name, patch) => {
      const { url } = await redisServer();
      const inbox = await openInRedis({ url, appId, times: quick, maxBytes: 1024 * 1024 });
      cleanUp(() => inbox.close());
      for (let round = 0; round < 2; round++) {
        const first = await fill(inbox, 'loud', patch);
        expect(first).toBeGreaterThan(3);
        expect(first).toBeLessThan(12);
        for (let chat = 0; chat < 10; chat++) await fill(inbox, `chat ${chat}`, patch);
        await expect(inbox.receive(inbound({ chatId: 'quiet' }))).resolves.toBe('new');
        while (inbox.waiting() > 0) (await claimed(inbox)).complete();
      }
    },
    60_000,
  );

  it('keeps a chat in order across gateways, one message at a time', async () => {
    const { url } = await redisServer();
    const [a, b] = [await gateway(url), await gateway(url)];
    const say = (chatId: string, createTime: number) => inbound({ chatId, createTime });
    for (const message of [say('a', 3), say('a', 1), say('b', 9)]) await a.inbox.receive(message);
    await b.inbox.receive(say('a', 2));
    const first = await claimed(a.inbox);
    const other = await claimed(b.inbox);
    expect([first.message.createTime, other.message.createTime]).toEqual([1, 9]);
    expect(await b.inbox.claim(any)).toBeUndefined();
    first.complete();
    const second = await claimed(b.inbox);
    expect(second.message.createTime).toBe(2);
    second.release();
    expect((await claimed(a.inbox)).message.createTime).toBe(2);
  });

  it('keeps how far an answer has come when its gateway dies, and lets the dead one say no more', async () => {
    const server = await redisServer();
    const wire = await wireTo(server.port);
    const [a, b] = [await gateway(wire.url), await gateway(server.url)];
    await a.inbox.receive(inbound());
    const before = await claimed(a.inbox);
    await before.recordParts(0, textParts('one', 'two'), 'answered');
    await before.recordAttempt(0);
    before.recordDelivered(0);
    await before.recordAttempt(1);
    expect(await b.inbox.claim(any)).toBeUndefined();
    wire.cut();
    const after = await claimed(b.inbox);
    expect(after.attempt).toBe(2);
    expect(after.progress).toMatchObject({
      parts: textParts('one', 'two'),
      lastAttempt: { part: 1 },
      delivered: 1,
      ending: 'answered',
    });
    await expect(a.inbox.receive(inbound())).rejects.toMatchObject({ code: 'inbox-unwritable' });
    wire.repair();
    await expect(before.recordAttempt(1)).rejects.toMatchObject({ code: 'claim-lost' });
    await waitFor(() => expect(a.problems.at(-1)).toBeUndefined());
    after.complete();
    await expect(a.inbox.receive(inbound())).resolves.toBe('new');
  });

  it('does not count a turn that it gave out and nobody heard of', async () => {
    const server = await redisServer();
    const wire = await wireTo(server.port);
    const long = { ...quick, leaseMs: 60_000 };
    const [a, b] = [await gateway(wire.url, long), await gateway(server.url, long)];
    // Redis knows the script from here on.
    expect(await a.inbox.claim(any)).toBeUndefined();
    await b.inbox.receive(inbound());
    wire.cut('answers');
    expect(await a.inbox.claim(any)).toBeUndefined();
    // It is given out all the same.
    expect(await b.inbox.claim(any)).toBeUndefined();
    wire.repair();
    expect((await claimed(a.inbox)).attempt).toBe(1);
  });

  it('lets a word that comes late undo nothing that was said after it', async () => {
    const { url } = await redisServer();
    const { inbox } = await gateway(url);
    await inbox.receive(inbound());
    let line: ReturnType<typeof openRedisConnection> | undefined;
    await new Promise<void>((resolve) => {
      const onDown = () => undefined;
      line = openRedisConnection({ url, timeoutMs: 5000, onUp: resolve, onDown });
    });
    const redis = (await line) ?? expect.fail();
    cleanUp(() => redis.close());
    const run = (script: 'claim' | 'report', ...args: string[]) =>
      redis.run(script, redisPrefix(appId), args);
    const [n, token] = (await run('claim', 'a gateway that dies', '1')) as [string, string];
    const words = [
      ['1', 'plan', '0', '', 'one'],
      ['2', 'trying', '0', '1000'],
      ['3', 'delivered', '0'],
      ['4', 'plan', '1', 'answered', 'two'],
      ['5', 'trying', '1', '2000'],
      ['6', 'delivered', '1'],
    ] as const;
    for (const word of [...words, ...words.slice(0, 3)]) {
      expect(await run('report', n, token, ...word)).toBe('ok');
    }
    // Release 1.0 stored the texts alone.
    expect((await claimed(inbox)).progress).toEqual({
      parts: [
        { type: 'post', markdown: 'one' },
        { type: 'post', markdown: 'two' },
      ],
      lastAttempt: { part: 1, at: 2000 },
      delivered: 2,
      ending: 'answered',
    });
  });

  it('has everything again after Redis was killed, and shows what was parked', async () => {
    const server = await redisServer();
    const a = await gateway(server.url);
    const [parked, waiting] = [inbound({ chatId: 'x' }), inbound({ chatId: 'y' })];
    await a.inbox.receive(parked);
    await a.inbox.receive(waiting);
    (await claimed(a.inbox)).park();
    await waitFor(async () =>
      expect((await gateway(server.url)).inbox.status.parked).toHaveLength(1),
    );
    await server.restart();
    const b = await gateway(server.url);
    await expect(b.inbox.receive(waiting)).resolves.toBe('duplicate');
    expect((await claimed(b.inbox)).message).toEqual(waiting);
    expect(b.inbox.status.parked).toMatchObject([{ eventId: parked.eventId }]);
  });
});

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 3);

it(`answers exactly once with two processes on Redis, ${KILLS} times kill -9, Redis too`, {
  timeout: 180_000 + KILLS * 15_000,
}, async () => {
  const server = await redisServer();
  const sandbox = await sandboxWith({ redeliveryMs: [300, ...Array<number>(200).fill(1500)] });
  const homes = [await temporaryHome(), await temporaryHome()];
  for (const home of homes) await configure(home, sandbox, { inbox: server.url });
  const platform = underLoad(sandbox);
  const load = startLoad(platform);
  const start = (which: number) => startRuntime(homes[which] ?? '', { exec: sleepyEcho });
  const both = [start(0), start(1)];
  for (let kill = 0; kill < KILLS; kill++) {
    const which = Math.random() < 0.5 ? 0 : 1;
    await Promise.all(both.map((one) => one.line(({ event }) => event === 'ready')));
    await delay(Math.random() * 4000);
    await both[which]?.kill();
    if (kill % 3 === 1) await server.restart();
    both[which] = start(which);
  }
  const about = { redis: true, processes: 2, kills: KILLS };
  expect(await wrongsOf(platform, load, both, about)).toEqual(nothingWrong);
});
