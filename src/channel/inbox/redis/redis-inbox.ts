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
import QuickLRU from 'quick-lru';
import { z } from 'zod';
import type { Logger } from '../../../shared/log.ts';
import { backoffMs } from '../../../shared/time/backoff.ts';
import { pause } from '../../../shared/time/waiting.ts';
import type { InboundMessage } from '../../message/event.ts';
import { messageBytes } from '../directory/ledger.ts';
import type { Claim, Inbox, InboxListener, InboxStatus, MayStart } from '../inbox.ts';
import { inboxClosed, inboxFull, inboxFullForChat, redisUnreachable } from '../inbox-errors.ts';
import { ID_RETENTION_MS, MAX_WAITING, MAX_WAITING_BYTES } from '../inbox-limits.ts';
import { createRedisClaims } from './redis-claims.ts';
import { openRedisConnection } from './redis-connection.ts';
import { dataLossRisk, parkedIn, readDurability, redisPrefix, shownUrl } from './redis-location.ts';
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
  readonly pollMs: number;
  /** Time-out of one command (ms): shorter than the platform's wait for an acknowledgement. */
  readonly commandMs: number;
}

const redisInboxTimes: RedisInboxTimes = {
  leaseMs: 15_000,
  renewMs: 4000,
  pollMs: 1000,
  commandMs: 2000,
};
const RETRY = { baseMs: 100, maxMs: 2000 } as const;
/** How long closing waits for the last reports (ms). */
const LAST_REPORTS_TIMEOUT_MS = 500;
/** Chats whose count is remembered for `/status`. */
const MAX_COUNTED_CHATS = 1000;

const receiveReply = z.tuple([
  z.enum(['new', 'duplicate', 'full', 'chat-full']),
  z.number(),
  z.number(),
]);

/** Never throws: while Redis is unreachable no event is acknowledged, and the listener knows. */
export function openRedisInbox(options: RedisInboxOptions): Inbox {
  const { appId, listener, log, now, maxBytes = MAX_WAITING_BYTES } = options;
  const times = { ...redisInboxTimes, ...options.times };
  const prefix = redisPrefix(appId);
  const location = shownUrl(options.url);
  const owner = randomBytes(8).toString('hex');
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  const waitingByChat = new QuickLRU<string, number>({ maxSize: MAX_COUNTED_CHATS });
  let problem: InboxStatus['problem'];
  let waiting = 0;
  let parked: InboxStatus['parked'] = [];
  let claiming: Promise<unknown> = Promise.resolve();
  let isUp = false;

  const claims = createRedisClaims({
    report: (words) => runUntilDone('report', words),
    now,
    onPark: (entry) => {
      parked = [entry, ...parked].slice(0, 100);
    },
    onEnd: () => listener.onClaimable(),
  });
  const connection = openRedisConnection({
    url: options.url,
    timeoutMs: times.commandMs,
    onUp: () => {
      isUp = true;
      void onConnected().catch(onFailure);
    },
    onDown: onFailure,
  });
  const renewing = setInterval(() => void renew().catch(onFailure), times.renewMs);
  const polling = setInterval(() => listener.onClaimable(), times.pollMs);

  async function onConnected(): Promise<void> {
    await renew();
    const redis = await connection;
    parked = parkedIn(await redis.command(['LRANGE', `${prefix}parked`, '0', '-1']), now());
    listener.onOwner();
    const durability = await readDurability(redis);
    if (!durability) log.debug('how Redis keeps its data is not known');
    else if (dataLossRisk(durability))
      log.warn('Redis may lose acknowledged messages', { ...durability });
  }

  async function renew(): Promise<void> {
    if (!isUp || signal.aborted) return;
    const px = String(times.leaseMs);
    await (await connection).command(['SET', `${prefix}owner:${owner}`, '1', 'PX', px]);
    onRecovery();
  }

  function onFailure(error: unknown): void {
    if (signal.aborted) return;
    const next = redisUnreachable(location, error);
    const isChange = problem === undefined;
    problem = next;
    if (isChange) listener.onProblem(next);
  }

  function onRecovery(): void {
    if (!problem) return;
    problem = undefined;
    listener.onProblem(undefined);
    listener.onClaimable();
  }

  async function runOnce(script: RedisScript, args: readonly string[]): Promise<unknown> {
    try {
      const answer = await (await connection).run(script, prefix, args);
      onRecovery();
      return answer;
    } catch (error) {
      onFailure(error);
      throw error;
    }
  }

  /** Retries until the script succeeds or the inbox is closed; these scripts may run twice. */
  async function runUntilDone(script: RedisScript, args: readonly string[]): Promise<unknown> {
    for (let failures = 1; ; failures++) {
      if (signal.aborted) throw inboxClosed();
      try {
        return await runOnce(script, args);
      } catch {
        // `once` has reported the error; `pause` rejects only on abort, which the loop checks.
        await pause(backoffMs(failures, RETRY), signal);
      }
    }
  }

  function read(answer: unknown): Claim | undefined {
    const { claim, waiting: count } = claims.read(answer);
    waiting = count;
    return claim;
  }

  /** Runs one request at a time: `held` does not contain a claim that is still in flight. */
  function requestClaim(
    script: 'claim' | 'take',
    args: () => readonly string[],
  ): Promise<Claim | undefined> {
    const asked = claiming.then(async () =>
      signal.aborted || !isUp ? undefined : read(await runOnce(script, args())),
    );
    // `once` has reported the error, and the next check retries.
    claiming = asked.catch(() => undefined);
    return asked.catch(() => undefined);
  }

  function claimMessage(message: InboundMessage): Promise<Claim | undefined> {
    return requestClaim('take', () => [owner, message.eventId]);
  }

  /** Ends a message without a turn; if another gateway claims it, its turn does the same. */
  async function finishWithoutTurn(message: InboundMessage): Promise<void> {
    const claim = await claimMessage(message);
    claim?.complete();
  }

  return {
    async receive(message) {
      if (signal.aborted) throw inboxClosed();
      const [is, inChat, inAll] = receiveReply.parse(
        await runOnce('receive', [
          message.eventId,
          message.messageId,
          message.chatId,
          message.chatType,
          String(message.createTime),
          JSON.stringify(message),
          String(ID_RETENTION_MS),
          String(MAX_WAITING),
          String(now()),
          String(messageBytes(message)),
          String(maxBytes),
        ]).catch((error: unknown) => {
          throw redisUnreachable(location, error);
        }),
      );
      waiting = inAll;
      waitingByChat.set(message.chatId, inChat);
      if (is === 'full') throw inboxFull(MAX_WAITING);
      if (is === 'chat-full') throw inboxFullForChat(inChat);
      if (is !== 'new') return is;
      if (listener.onReceived(message)) listener.onWaiting(message);
      else void finishWithoutTurn(message);
      return is;
    },
    claim: (mayStart: MayStart) =>
      requestClaim('claim', () => [
        owner,
        mayStart({ chatType: 'group' }) ? '1' : '0',
        ...claims.claimedNumbers,
      ]),
    claimMessage,
    waiting: (chatId) => (chatId === undefined ? waiting : (waitingByChat.get(chatId) ?? 0)),
    get status() {
      const role = signal.aborted ? 'closed' : 'works';
      return { role, waiting, parked, problem } as const;
    },
    async close() {
      clearInterval(renewing);
      clearInterval(polling);
      // Send the last reports if Redis is reachable.
      const last = Promise.allSettled([claiming, claims.flush()]);
      // Stopping may take 5 s in total, and the turns have used most of it.
      if (!problem)
        await Promise.race([last, delay(Math.min(times.commandMs, LAST_REPORTS_TIMEOUT_MS))]);
      closing.abort();
      const redis = await connection;
      if (isUp && !problem)
        await redis.command(['DEL', `${prefix}owner:${owner}`]).catch(() => undefined);
      await redis.close();
      await last;
    },
  };
}
