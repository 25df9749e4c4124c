/** Reads an inbox in Redis from outside: it writes nothing and does not disturb the gateways. */
import { z } from 'zod';
import type { InboxStatus } from '../inbox.ts';
import { redisUnreachable } from '../problems.ts';
import { openRedisLine } from './redis-line.ts';
import { parkedIn, type RedisKeeping, readKeeping, redisPrefix, shownUrl } from './redis-place.ts';

export interface RedisInboxReport extends Pick<InboxStatus, 'waiting' | 'oldestAt' | 'parked'> {
  /** The URL without what may be secret in it. */
  readonly place: string;
  /** `undefined`: Redis does not report it. */
  readonly keeping: RedisKeeping | undefined;
}

export interface InspectRedisOptions {
  readonly url: string;
  readonly appId: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Time-out of one command (ms); connecting has its own, longer one. */
const COMMAND_MS = 3000;
const reply = z.tuple([z.number(), z.coerce.number(), z.array(z.string())]);

/** @throws MoltbotFeishuError `inbox-unwritable`: `details` has `place` and `reason` */
export async function inspectRedisInbox(options: InspectRedisOptions): Promise<RedisInboxReport> {
  const { url, appId, now, signal } = options;
  const place = shownUrl(url);
  // Only one attempt: the first failed connection rejects instead of being retried.
  let up: () => void = () => undefined;
  let down: (error: unknown) => void = () => undefined;
  const isUp = new Promise<void>((resolve, reject) => {
    [up, down] = [resolve, reject];
  });
  const line = await openRedisLine({ url, timeoutMs: COMMAND_MS, onUp: up, onDown: down });
  signal.addEventListener('abort', down, { once: true });
  try {
    await isUp;
    const answer = await line.run('inspect', redisPrefix(appId));
    const [waiting, cameAt, parked] = reply.parse(answer);
    return {
      place,
      waiting,
      oldestAt: waiting > 0 ? cameAt : undefined,
      parked: parkedIn(parked, now()),
      keeping: await readKeeping(line),
    };
  } catch (error) {
    throw redisUnreachable(place, error);
  } finally {
    signal.removeEventListener('abort', down);
    await line.close();
  }
}
