/** Where in Redis the inbox of one app is, how that place is shown, and how well it is kept there. */
import { z } from 'zod';
import { SHOW_PARKED_MS } from '../bounds.ts';
import type { Parked } from '../inbox.ts';
import type { RedisLine } from './redis-line.ts';

/** All keys of one app are in one slot of a cluster. */
export function redisPrefix(appId: string): string {
  return `{feishu-inbox:${appId}}:`;
}

/** The URL without what may be secret in it: a password that is not encoded may look like a place. */
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

/** The parked that are still shown, newest first. */
export function parkedIn(answer: unknown, now: number): readonly Parked[] {
  return z
    .array(z.string())
    .parse(answer)
    .map((json) => parkedEntry.parse(JSON.parse(json)))
    .filter(({ at }) => now - at < SHOW_PARKED_MS);
}

/** What a Redis does with what it has acknowledged, in its own words. */
export interface RedisKeeping {
  readonly appendonly: string;
  readonly appendfsync: string;
  readonly maxmemoryPolicy: string;
}

/** @returns `undefined` where Redis does not tell: a managed one hides its configuration */
export async function readKeeping(line: RedisLine): Promise<RedisKeeping | undefined> {
  const setting = async (name: string) => {
    const [, value] = z.array(z.string()).parse(await line.command(['CONFIG', 'GET', name]));
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
    // Refused, renamed, or unknown there: not known is not told as a fault.
    return undefined;
  }
}

/** What a Redis may lose: what it has no room for, all since a snapshot, or what is not synced yet. */
export type RedisRisk = 'evicts' | 'in-memory' | 'unsynced';

/** The gravest; `undefined`: what it has acknowledged it keeps. */
export function riskOf(keeping: RedisKeeping): RedisRisk | undefined {
  if (keeping.maxmemoryPolicy !== 'noeviction') return 'evicts';
  if (keeping.appendonly !== 'yes') return 'in-memory';
  return keeping.appendfsync === 'always' ? undefined : 'unsynced';
}
