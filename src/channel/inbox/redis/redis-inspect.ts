/** Reads an inbox in Redis from outside: it writes nothing and does not disturb the gateways. */
import { z } from 'zod';
import type { InboxStatus } from '../inbox.ts';
import { redisUnreachable } from '../inbox-errors.ts';
import { openRedisConnection } from './redis-connection.ts';
import {
  parkedIn,
  type RedisDurability,
  readDurability,
  redisPrefix,
  shownUrl,
} from './redis-location.ts';

export interface RedisInboxReport extends Pick<InboxStatus, 'waiting' | 'oldestAt' | 'parked'> {
  /** The URL without what may be secret in it. */
  readonly location: string;
  /** `undefined`: Redis does not report it. */
  readonly durability: RedisDurability | undefined;
}

export interface InspectRedisOptions {
  readonly url: string;
  readonly appId: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Time-out of one command (ms); connecting has its own, longer one. */
const COMMAND_TIMEOUT_MS = 3000;
const reply = z.tuple([z.number(), z.coerce.number(), z.array(z.string())]);

/** @throws MoltbotFeishuError `inbox-unwritable`: `details` has `place` and `reason` */
export async function inspectRedisInbox(options: InspectRedisOptions): Promise<RedisInboxReport> {
  const { url, appId, now, signal } = options;
  const location = shownUrl(url);
  // Only one attempt: the first failed connection rejects instead of being retried.
  let up: () => void = () => undefined;
  let down: (error: unknown) => void = () => undefined;
  const isUp = new Promise<void>((resolve, reject) => {
    [up, down] = [resolve, reject];
  });
  const connection = await openRedisConnection({
    url,
    timeoutMs: COMMAND_TIMEOUT_MS,
    onUp: up,
    onDown: down,
  });
  signal.addEventListener('abort', down, { once: true });
  try {
    await isUp;
    const answer = await connection.run('inspect', redisPrefix(appId));
    const [waiting, cameAt, parked] = reply.parse(answer);
    return {
      location,
      waiting,
      oldestAt: waiting > 0 ? cameAt : undefined,
      parked: parkedIn(parked, now()),
      durability: await readDurability(connection),
    };
  } catch (error) {
    throw redisUnreachable(location, error);
  } finally {
    signal.removeEventListener('abort', down);
    await connection.close();
  }
}
