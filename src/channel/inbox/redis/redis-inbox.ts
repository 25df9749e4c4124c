/**
 * The inbox of gateways on several machines: the same contract, stored in Redis or Valkey.
 *
 * Every gateway runs turns. A claim is fenced and lives as long as its gateway, however long the
 * turn takes: each gateway renews its lease every few seconds. Messages that Redis loses after its
 * acknowledgement are lost: with `appendfsync always` none, with `everysec` up to a second before a
 * power loss, without `appendonly` everything since the last snapshot.
 */

import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from '../../../shared/log.ts';
import { pause } from '../../../shared/waiting.ts';
import type { InboundMessage } from '../../message/event.ts';
import { MAX_WAITING_BYTES, MOST_WAITING, REMEMBER_MS } from '../bounds.ts';
import { messageBytes } from '../directory/ledger.ts';
import type { Claim, Inbox, InboxListener, InboxStatus, MayStart } from '../inbox.ts';
import { chatHasItsShare, inboxClosed, inboxFull, redisUnreachable } from '../problems.ts';
import { createRedisClaims } from './redis-claims.ts';
import { openRedisLine } from './redis-line.ts';
import { parkedIn, readKeeping, redisPrefix, riskOf, shownUrl } from './redis-place.ts';
import type { RedisScript } from './redis-scripts.ts';

export interface RedisInboxOptions {
  readonly url: string;
  readonly appId: string;
  readonly listener: InboxListener;
  readonly log: Logger;
  readonly now: () => number;
  readonly times?: Partial<RedisInboxTimes>;
  readonly maxBytes?: number;
}

export interface RedisInboxTimes {
  /** How long after its last renewal a gateway counts as alive (ms). */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** Between two checks for messages that other gateways have left (ms). */
  readonly lookMs: number;
  /** Time-out of one command (ms): shorter than the platform's wait for an acknowledgement. */
  readonly commandMs: number;
}

const redisInboxTimes: RedisInboxTimes = {
  leaseMs: 15_000,
  renewMs: 4000,
  lookMs: 1000,
  commandMs: 2000,
};
const RETRY_MS = { first: 100, most: 2000 } as const;
/** How long closing waits for the last reports (ms). */
const LAST_WORDS_MS = 500;
/** Chats whose count is remembered for `/status`. */
const MOST_COUNTED = 1000;

const received = z.tuple([
  z.enum(['new', 'duplicate', 'full', 'chat-full']),
  z.number(),
  z.number(),
]);

/** Never throws: while Redis is unreachable no event is acknowledged, and the listener knows. */
export function openRedisInbox(options: RedisInboxOptions): Inbox {
  const { appId, listener, log, now, maxBytes = MAX_WAITING_BYTES } = options;
  const times = { ...redisInboxTimes, ...options.times };
  const prefix = redisPrefix(appId);
  const place = shownUrl(options.url);
  const owner = randomBytes(8).toString('hex');
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  const counted = new Map<string, number>();
  let problem: InboxStatus['problem'];
  let waiting = 0;
  let parked: InboxStatus['parked'] = [];
  let claiming: Promise<unknown> = Promise.resolve();
  let isUp = false;

  const claims = createRedisClaims({
    report: (words) => patiently('report', words),
    now,
    onPark: (entry) => {
      parked = [entry, ...parked].slice(0, 100);
    },
    onEnd: () => listener.onClaimable(),
  });
  const line = openRedisLine({
    url: options.url,
    timeoutMs: times.commandMs,
    onUp: () => {
      isUp = true;
      void arrive().catch(fail);
    },
    onDown: fail,
  });
  const renewing = setInterval(() => void renew().catch(fail), times.renewMs);
  const looking = setInterval(() => listener.onClaimable(), times.lookMs);

  async function arrive(): Promise<void> {
    await renew();
    const redis = await line;
    parked = parkedIn(await redis.command(['LRANGE', `${prefix}parked`, '0', '-1']), now());
    listener.onOwner();
    const keeping = await readKeeping(redis);
    if (!keeping) log.debug('how Redis keeps its data is not known');
    else if (riskOf(keeping)) log.warn('Redis may lose acknowledged messages', { ...keeping });
  }

  async function renew(): Promise<void> {
    if (!isUp || signal.aborted) return;
    const px = String(times.leaseMs);
    await (await line).command(['SET', `${prefix}owner:${owner}`, '1', 'PX', px]);
    recover();
  }

  function fail(error: unknown): void {
    if (signal.aborted) return;
    const next = redisUnreachable(place, error);
    const isNews = problem === undefined;
    problem = next;
    if (isNews) listener.onProblem(next);
  }

  function recover(): void {
    if (!problem) return;
    problem = undefined;
    listener.onProblem(undefined);
    listener.onClaimable();
  }

  async function once(script: RedisScript, args: readonly string[]): Promise<unknown> {
    try {
      const answer = await (await line).run(script, prefix, args);
      recover();
      return answer;
    } catch (error) {
      fail(error);
      throw error;
    }
  }

  /** Retries until the script succeeds or the inbox is closed; these scripts may run twice. */
  async function patiently(script: RedisScript, args: readonly string[]): Promise<unknown> {
    for (let failures = 0; ; failures++) {
      if (signal.aborted) throw inboxClosed();
      try {
        return await once(script, args);
      } catch {
        // `once` has reported the error; `pause` rejects only on abort, which the loop checks.
        const ms = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** failures);
        await pause(ms, signal);
      }
    }
  }

  function read(answer: unknown): Claim | undefined {
    const { claim, waiting: count } = claims.read(answer);
    waiting = count;
    return claim;
  }

  /** Runs one request at a time: `held` does not contain a claim that is still in flight. */
  function ask(
    script: 'claim' | 'take',
    args: () => readonly string[],
  ): Promise<Claim | undefined> {
    const asked = claiming.then(async () =>
      signal.aborted || !isUp ? undefined : read(await once(script, args())),
    );
    // `once` has reported the error, and the next check retries.
    claiming = asked.catch(() => undefined);
    return asked.catch(() => undefined);
  }

  function take(message: InboundMessage): Promise<Claim | undefined> {
    return ask('take', () => [owner, message.eventId]);
  }

  /** Ends a message without a turn; if another gateway claims it, its turn does the same. */
  async function dismiss(message: InboundMessage): Promise<void> {
    const claim = await take(message);
    claim?.complete();
  }

  function count(chatId: string, inChat: number): void {
    counted.delete(chatId);
    counted.set(chatId, inChat);
    const [oldest] = counted.keys();
    if (counted.size > MOST_COUNTED && oldest !== undefined) counted.delete(oldest);
  }

  return {
    async receive(message) {
      if (signal.aborted) throw inboxClosed();
      const [is, inChat, inAll] = received.parse(
        await once('receive', [
          message.eventId,
          message.messageId,
          message.chatId,
          message.chatType,
          String(message.createTime),
          JSON.stringify(message),
          String(REMEMBER_MS),
          String(MOST_WAITING),
          String(now()),
          String(messageBytes(message)),
          String(maxBytes),
        ]).catch((error: unknown) => {
          throw redisUnreachable(place, error);
        }),
      );
      waiting = inAll;
      count(message.chatId, inChat);
      if (is === 'full') throw inboxFull(MOST_WAITING);
      if (is === 'chat-full') throw chatHasItsShare(inChat);
      if (is !== 'new') return is;
      if (listener.onReceived(message)) listener.onWaiting(message);
      else void dismiss(message);
      return is;
    },
    claim: (mayStart: MayStart) =>
      ask('claim', () => [owner, mayStart({ chatType: 'group' }) ? '1' : '0', ...claims.held]),
    claimMessage: take,
    waiting: (chatId) => (chatId === undefined ? waiting : (counted.get(chatId) ?? 0)),
    get status() {
      const role = signal.aborted ? 'closed' : 'works';
      return { role, waiting, parked, problem } as const;
    },
    async close() {
      clearInterval(renewing);
      clearInterval(looking);
      // Send the last reports if Redis is reachable.
      const last = Promise.allSettled([claiming, claims.settle()]);
      // Stopping may take 5 s in total, and the turns have used most of it.
      if (!problem) await Promise.race([last, delay(Math.min(times.commandMs, LAST_WORDS_MS))]);
      closing.abort();
      const redis = await line;
      if (isUp && !problem)
        await redis.command(['DEL', `${prefix}owner:${owner}`]).catch(() => undefined);
      await redis.close();
      await last;
    },
  };
}
