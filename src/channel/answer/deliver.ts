/**
 * Delivers one part of an answer: as one message, in the best form and place that the platform accepts.
 *
 * In: a part, the places where it may go, and the limiter that all messages of the app share. Out: the
 * message in Feishu. A refused format or place is replaced by the next one; while the platform asks to
 * wait, the part is tried again, which its `uuid` makes safe.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SentMessage } from '../../platform/client/answers.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { UUID_WINDOW_MS } from '../../platform/limits.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { backoffMs } from '../../shared/time/backoff.ts';
import type { Part } from '../inbox/part.ts';
import { contentOf, fallbackOf } from './formats/all.ts';
import type { OutgoingContent } from './formats/format.ts';
import type { SendLimiter } from './send-limiter.ts';

/** Where a message goes. */
export type Place =
  | { readonly kind: 'reply'; readonly messageId: string; readonly inThread: boolean }
  | {
      readonly kind: 'new';
      readonly receiveIdType: 'chat_id' | 'open_id' | 'union_id';
      readonly receiveId: string;
    };

/** From the best place to the last resort. */
export type Places = readonly [Place, ...Place[]];

export interface Delivery {
  readonly part: Part;
  /** At most 50 characters; the platform sends nothing new for the same one within the hour. */
  readonly uuid: string;
  readonly places: Places;
  /** Whose limit counts: the chat, or the person of a direct message. */
  readonly chatId: string;
  readonly signal: AbortSignal;
  /** When the uuid was first used, by the monotonic clock (ms); default: now. */
  readonly firstTriedAt?: number;
  /** Runs before each attempt; a rejection ends the delivery. */
  readonly beforeAttempt?: () => Promise<void>;
}

export interface Delivered {
  readonly sent: SentMessage;
  /** The places that are left: later parts of the answer begin with the one that took this part. */
  readonly places: Places;
}

export interface DelivererOptions {
  readonly client: Pick<PlatformClient, 'createMessage' | 'replyMessage'>;
  readonly limiter: SendLimiter;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** How long a delivery is repeated (ms); default: as long as its uuid counts. */
  readonly patienceMs?: number;
}

/**
 * The caller holds a slot of the limiter for the first attempt; the delivery waits for those of its
 * repetitions.
 *
 * @throws MoltbotFeishuError what no other form, place or repetition helps against
 */
export type Deliver = (delivery: Delivery) => Promise<Delivered>;

/** The chat has no threads, or this one is gone (docs/platform/messages.md#when-a-send-is-refused). */
const threadlessCodes = new Set([230019, 230071, 230072, 230075]);
/** The message that is replied to was withdrawn: a reply would only repeat its text. */
const withdrawnCodes = new Set([230011, 230110, 230111, 231003]);
/** The limits of one chat (docs/platform/errors.md#rate-limits); all others are of the app or the organization. */
const chatLimitCodes = new Set([230020, 11233]);

/** Repetitions end within the hour for which a `uuid` counts; later ones could send twice (ms). */
export const PATIENCE_MS = UUID_WINDOW_MS - 10 * 60_000;
/** The first wait if the platform names none: its limits of a chat count by the second (ms). */
const MIN_LIMIT_WAIT_MS = 1000;
/** The first wait after a network failure (ms). */
const MIN_REPEAT_MS = 200;
const MAX_WAIT_MS = 30_000;

export function createDeliverer(options: DelivererOptions): Deliver {
  const { log, monotonic, limiter, patienceMs = PATIENCE_MS } = options;

  async function attempt(place: Place, message: SendableMessage, signal: AbortSignal) {
    const { client } = options;
    // One attempt only: repetitions go through the limiter that all messages share.
    const call = { signal, attempts: 1 } as const;
    if (place.kind === 'new') {
      const { receiveIdType, receiveId } = place;
      return client.createMessage({ receiveIdType, receiveId, ...message }, call);
    }
    const { messageId, inThread: replyInThread } = place;
    return client.replyMessage({ messageId, replyInThread, ...message }, call);
  }

  /** Sends to one place, and repeats while the platform asks to wait. */
  async function send(
    place: Place,
    message: SendableMessage,
    { chatId, signal, beforeAttempt, firstTriedAt }: Delivery & { firstTriedAt: number },
  ): Promise<SentMessage> {
    for (let count = 1; ; count++) {
      try {
        await beforeAttempt?.();
        return await attempt(place, message, signal);
      } catch (error) {
        if (!isMoltbotFeishuError(error) || error.details.retryable !== true) throw error;
        const waitMs = waitAfter(error, count, options.random);
        if (signal.aborted || monotonic() + waitMs - firstTriedAt > patienceMs) throw error;
        log.warn('a message waits', { chatId, error: error.code, code: error.feishuCode, waitMs });
        if (error.code !== 'rate-limited') await delay(waitMs, undefined, { signal });
        // A chat's own limit holds back that chat, the app's all of them.
        else if (chatLimitCodes.has(error.feishuCode ?? 0)) limiter.pauseFor(waitMs, chatId);
        else limiter.pauseFor(waitMs);
        await limiter.acquire(chatId, signal);
      }
    }
  }

  return async (delivery) => {
    const timed = { ...delivery, firstTriedAt: delivery.firstTriedAt ?? monotonic() };
    let { part, places } = delivery;
    for (;;) {
      const [place] = places;
      try {
        const message = { ...contentOf(part), uuid: delivery.uuid };
        return { sent: await send(place, message, timed), places };
      } catch (error) {
        const code = isMoltbotFeishuError(error) ? (error.feishuCode ?? 0) : 0;
        const otherPlaces = threadlessCodes.has(code) ? rest(places) : undefined;
        const otherPart = fallbackOf(part, code);
        if (otherPlaces) places = otherPlaces;
        else if (otherPart) part = otherPart;
        else throw error;
      }
    }
  };
}

type SendableMessage = OutgoingContent & { readonly uuid: string };

function rest([, ...others]: Places): Places | undefined {
  const [next, ...later] = others;
  return next && [next, ...later];
}

/** As long as the platform asks; else the longer the more attempts have failed. */
function waitAfter(error: MoltbotFeishuError, count: number, random: () => number): number {
  const baseMs = error.code === 'rate-limited' ? MIN_LIMIT_WAIT_MS : MIN_REPEAT_MS;
  const waitMs = backoffMs(count, { baseMs, maxMs: MAX_WAIT_MS });
  return error.retryAfterMs ?? Math.ceil(waitMs * (0.75 + random() / 2));
}

/** Whether an answer failed because its question was withdrawn. */
export function isWithdrawn(error: MoltbotFeishuError): boolean {
  return withdrawnCodes.has(error.feishuCode ?? 0);
}
