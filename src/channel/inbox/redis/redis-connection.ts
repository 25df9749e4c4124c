/**
 * The connection to Redis: runs scripts, each with a time-out, and reconnects if Redis is silent.
 *
 * Each client has one connection. A lost, silent, or never ready connection is replaced by a new
 * client, so an unnoticed network partition ends as soon as the network works again.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '../../../shared/time/backoff.ts';
import { pause } from '../../../shared/time/waiting.ts';
import { type RedisScript, redisScripts } from './redis-scripts.ts';

export interface RedisConnection {
  /** @throws the error of the client or Redis; after `ETIMEDOUT` the script may still have run */
  run(script: RedisScript, prefix: string, args?: readonly string[]): Promise<unknown>;
  command(args: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface RedisConnectionOptions {
  readonly url: string;
  /** Time-out of one command (ms). */
  readonly timeoutMs: number;
  /** Commands can be sent; again after each `onDown`. */
  readonly onUp: () => void;
  readonly onDown: (error: unknown) => void;
}

interface ClientConnection {
  readonly send: (args: readonly string[]) => Promise<unknown>;
  readonly drop: (error: Error) => void;
  /** Replies so far, including errors. */
  replies: number;
}

const MAX_WAIT_MS = 2000;
const CONNECT_TIMEOUT_MS = 5000;

/** Loads the client on first use, so that other inboxes do not pay for it. */
export async function openRedisConnection(
  options: RedisConnectionOptions,
): Promise<RedisConnection> {
  const { createClient } = await import('@redis/client');
  const closing = new AbortController();
  const { signal } = closing;
  let current: ClientConnection | undefined;
  let drop: (error: Error) => void = () => undefined;
  let failures = 0;

  /** Runs one connection from its opening to its loss. @throws the reason of the loss */
  async function connect(): Promise<never> {
    const client = createClient({
      url: options.url,
      RESP: 2,
      socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
    });
    const lost = new Promise<never>((_, reject) => {
      drop = reject;
    });
    client.on('error', drop);
    const connecting = client.connect();
    try {
      await within(CONNECT_TIMEOUT_MS, Promise.race([connecting, lost]));
      failures = 0;
      current = { send: (args) => client.sendCommand([...args]), drop, replies: 0 };
      options.onUp();
      return await lost;
    } finally {
      current = undefined;
      client.destroy();
      // A connection that was given up while opening may still open: destroy it then.
      void connecting.then(
        () => client.destroy(),
        () => undefined,
      );
    }
  }

  async function keepConnected(): Promise<void> {
    while (!signal.aborted) {
      await connect().catch((error: unknown) => {
        if (!signal.aborted) options.onDown(error);
      });
      await pause(backoffMs(++failures, { baseMs: 50, maxMs: MAX_WAIT_MS }), signal);
    }
  }

  async function command(args: readonly string[]): Promise<unknown> {
    const connection = current;
    // Refuse at once without a connection: the platform sends the event again.
    if (!connection) throw failure('ENOTCONN', 'there is no connection to Redis');
    const before = connection.replies;
    const answer = connection.send(args).finally(() => {
      connection.replies += 1;
    });
    try {
      return await within(options.timeoutMs, answer);
    } catch (error) {
      // A slow Redis still sends other replies; a cut connection sends none.
      if (error instanceof Error && connection.replies === before) connection.drop(error);
      throw error;
    }
  }

  const ended = keepConnected();
  return {
    command,
    async run(script, prefix, args = []) {
      const rest = ['1', prefix, ...args];
      try {
        return await command(['EVALSHA', sha1(script), ...rest]);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return command(['EVAL', redisScripts[script], ...rest]);
      }
    },
    async close() {
      closing.abort();
      drop(failure('ECANCELED', 'the line was closed'));
      await ended;
    },
  };
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(ms, undefined, { signal: over.signal }).then(
    () => {
      throw failure('ETIMEDOUT', 'Redis did not answer in time');
    },
    // Answered before.
    () => answer,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}

function failure(code: string, text: string): Error {
  return Object.assign(new Error(text), { code });
}

const hashes = new Map<RedisScript, string>();

function sha1(script: RedisScript): string {
  const known = hashes.get(script) ?? createHash('sha1').update(redisScripts[script]).digest('hex');
  hashes.set(script, known);
  return known;
}
