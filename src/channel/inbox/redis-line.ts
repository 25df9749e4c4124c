/** The line to Redis: scripts run, within a time, over a client that connects again by itself. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type RedisScript, redisScripts } from './redis-scripts.ts';

export interface RedisLine {
  /** @throws what the client, or Redis, says; `TimeoutError` after `timeoutMs`: it may have happened */
  run(script: RedisScript, prefix: string, args: readonly string[]): Promise<unknown>;
  command(args: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface RedisLineOptions {
  readonly url: string;
  /** For one command, waiting for the line included (ms). */
  readonly timeoutMs: number;
  readonly onUp: () => void;
  readonly onDown: (error: unknown) => void;
}

const LONGEST_WAIT_MS = 2000;
const CONNECT_MS = 5000;

/** Loads the client on first use: nobody else pays for it. */
export async function openRedisLine(options: RedisLineOptions): Promise<RedisLine> {
  const { createClient } = await import('@redis/client');
  const client = createClient({
    url: options.url,
    RESP: 2,
    // What could not be sent now is refused now: the platform sends it again.
    disableOfflineQueue: true,
    pingInterval: 5000,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (retries) => Math.min(LONGEST_WAIT_MS, 50 * 2 ** retries),
    },
  });
  client.on('error', options.onDown);
  client.on('ready', options.onUp);
  // It goes on trying, and tells by `error` and `ready`.
  void client.connect().catch(options.onDown);

  async function command(args: readonly string[]): Promise<unknown> {
    const over = new AbortController();
    const late = delay(options.timeoutMs, undefined, { signal: over.signal }).then(
      () => {
        throw Object.assign(new Error('Redis did not answer in time'), { code: 'ETIMEDOUT' });
      },
      // Answered before.
      () => undefined,
    );
    try {
      return await Promise.race([client.sendCommand([...args]), late]);
    } finally {
      over.abort();
    }
  }

  return {
    command,
    async run(script, prefix, args) {
      const rest = ['1', prefix, ...args];
      try {
        return await command(['EVALSHA', sha1(script), ...rest]);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return command(['EVAL', redisScripts[script], ...rest]);
      }
    },
    close: async () => {
      client.destroy();
    },
  };
}

const hashes = new Map<RedisScript, string>();

function sha1(script: RedisScript): string {
  const known = hashes.get(script) ?? createHash('sha1').update(redisScripts[script]).digest('hex');
  hashes.set(script, known);
  return known;
}
