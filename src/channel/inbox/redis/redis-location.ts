/** The location of one app's inbox in Redis, its display form, and how safely Redis stores it. */
import { z } from 'zod';
import type { Parked } from '../inbox.ts';
import { SHOW_PARKED_MS } from '../inbox-limits.ts';
import type { RedisConnection } from './redis-connection.ts';

/** All keys of one app are in one slot of a cluster. */
export function redisPrefix(appId: string): string {
  return `{feishu-inbox:${appId}}:`;
}

/** The URL without possible secrets: an unencoded password may look like a path. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return 'redis://?';
  const { protocol, host, pathname, search, hash } = new URL(url);
  const isPlain = /^\/?\d*$/.test(pathname) && search === '' && hash === '';
  return isPlain ? `${protocol}//${host}${pathname}` : `${protocol}//?`;
}

const parkedEntry = z.object({
  eventId: z.string(),
  messageId: z.string(),
  chatId: z.string(),
  at: z.number(),
});

/** The parked messages that are still shown, newest first. */
export function parkedIn(answer: unknown, now: number): readonly Parked[] {
  return z
    .array(z.string())
    .parse(answer)
    .map((json) => parkedEntry.parse(JSON.parse(json)))
    .filter(({ at }) => now - at < SHOW_PARKED_MS);
}

/** The settings that decide how safely Redis stores acknowledged data. */
export interface RedisDurability {
  readonly appendonly: string;
  readonly appendfsync: string;
  readonly maxmemoryPolicy: string;
}

/** @returns `undefined` if Redis does not report it: managed services hide their configuration */
export async function readDurability(
  connection: RedisConnection,
): Promise<RedisDurability | undefined> {
  const setting = async (name: string) => {
    const [, value] = z.array(z.string()).parse(await connection.command(['CONFIG', 'GET', name]));
    return z.string().parse(value);
  };
  try {
    const [appendonly, appendfsync, maxmemoryPolicy] = await Promise.all([
      setting('appendonly'),
      setting('appendfsync'),
      setting('maxmemory-policy'),
    ]);
    return { appendonly, appendfsync, maxmemoryPolicy };
  } catch {
    // CONFIG is refused, renamed, or unknown: an unknown setting is not reported as a fault.
    return undefined;
  }
}

/** What Redis may lose: data it has no room for, all since a snapshot, or unsynced data. */
export type DataLossRisk = 'evicts' | 'in-memory' | 'unsynced';

/** The gravest risk; `undefined`: Redis keeps all acknowledged data. */
export function dataLossRisk(durability: RedisDurability): DataLossRisk | undefined {
  if (durability.maxmemoryPolicy !== 'noeviction') return 'evicts';
  if (durability.appendonly !== 'yes') return 'in-memory';
  return durability.appendfsync === 'always' ? undefined : 'unsynced';
}
