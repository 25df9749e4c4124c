/**
 * A real Redis (Debian's package) on loopback, in a directory of its own, to be killed and started
 * again; `REDIS_SERVER=valkey-server` runs the same tests with another program.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Inbox, InboxListener } from '../../../src/channel/inbox/inbox.ts';
import {
  openRedisInbox,
  type RedisInboxOptions,
} from '../../../src/channel/inbox/redis/redis-inbox.ts';
import type { InboundMessage } from '../../../src/channel/message/event.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { cleanUp } from '../harness.ts';
import { inbound } from '../messages.ts';
import { idleListener } from './own-inbox.ts';

const PROGRAM = process.env.REDIS_SERVER ?? 'redis-server';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** kill -9, and up again on the same port with the same data. */
  restart(): Promise<void>;
}

/** Keeps everything it acknowledges, unless a test asks for less. */
const keepsAll = { save: '', appendonly: 'yes', appendfsync: 'always' };

export async function redisServer(
  settings: Readonly<Record<string, string>> = {},
  later: (cleanup: () => unknown) => void = cleanUp,
): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'redis-test-'));
  const port = await freePort();
  const start = async () => {
    const own = { port: String(port), bind: '127.0.0.1', dir: directory, daemonize: 'no' };
    const told = Object.entries({ ...own, ...keepsAll, ...settings });
    const child = spawn(
      PROGRAM,
      told.flatMap(([name, value]) => [`--${name}`, ...value.split(' ')]),
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const ended = once(child, 'exit');
    let isReady = false;
    for await (const line of createInterface({ input: child.stdout })) {
      isReady = line.includes('Ready to accept connections');
      if (isReady) break;
    }
    if (!isReady) throw new Error(`${PROGRAM} did not start`);
    child.stdout.resume();
    return { child, ended };
  };
  let server = await start();
  const kill = async () => {
    server.child.kill('SIGKILL');
    await server.ended;
  };
  later(async () => {
    await kill();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await kill();
      server = await start();
    },
  };
}

export interface Wire {
  readonly url: string;
  /** Nothing goes through any more, or only no answer, and nobody is told: a partition. */
  cut(what?: 'all' | 'answers'): void;
  repair(): void;
}

/** A line to a port that can be cut. */
export async function wireTo(port: number): Promise<Wire> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let cut: 'all' | 'answers' | undefined;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('data', (data) => {
        const isLost = cut === 'all' || (cut === 'answers' && one === far);
        if (!isLost) other.write(data);
      });
      one.on('error', () => one.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp(() => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    server.close();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (what = 'all') => {
      cut = what;
    },
    repair: () => {
      cut = undefined;
      // What was said meanwhile is gone: as after a time-out of the network.
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** An inbox in a Redis, as the runtime opens it, once it is open. */
export async function openInRedis(
  options: Pick<RedisInboxOptions, 'url' | 'appId'> &
    Partial<Pick<RedisInboxOptions, 'now' | 'times' | 'maxBytes'>>,
  onProblem: InboxListener['onProblem'] = () => undefined,
): Promise<Inbox> {
  return new Promise((resolve) => {
    const inbox = openRedisInbox({
      now: Date.now,
      log: silentLogger,
      listener: { ...idleListener, onProblem, onOwner: () => resolve(inbox) },
      ...options,
    });
  });
}

/** Leaves a message in an inbox, as one that came in at that time and that nobody worked on. */
export async function leaveInRedis(
  url: string,
  appId: string,
  at: number,
): Promise<InboundMessage> {
  const inbox = await openInRedis({ url, appId, now: () => at });
  const message = inbound();
  await inbox.receive(message);
  await inbox.close();
  return message;
}
