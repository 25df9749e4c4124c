/**
 * Sends one text outside of a turn: the proof of setup and doctor, the notice of an approval.
 *
 * It takes the same way as an answer, but a person waits for it: it is repeated for seconds only.
 */
import { randomUUID } from 'node:crypto';
import type { SentMessage } from '../../platform/client/answers.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { silentLogger } from '../../shared/log.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import { createDeliverer, type Place } from './deliver.ts';
import { createSendLimiter } from './send-limiter.ts';

export interface Notice {
  readonly client: Pick<PlatformClient, 'createMessage' | 'replyMessage'>;
  readonly target: Place;
  /** Shown as it is, without Markdown. */
  readonly text: string;
  /** At most 50 characters; default: one of its own, so that only its own repetitions are dropped. */
  readonly uuid?: string;
  readonly signal: AbortSignal;
  /** How long it is repeated where that may help (ms). */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 3000;

/** @throws MoltbotFeishuError why it could not be sent */
export async function sendNotice(notice: Notice): Promise<SentMessage> {
  const {
    client,
    target: place,
    text,
    uuid = randomUUID(),
    signal,
    patienceMs = PATIENCE_MS,
  } = notice;
  const deliver = createDeliverer({
    client,
    limiter: createSendLimiter(monotonicNow),
    log: silentLogger,
    monotonic: monotonicNow,
    random: Math.random,
    patienceMs,
  });
  const chatId = place.kind === 'new' ? place.receiveId : place.messageId;
  const part = { type: 'text', text } as const;
  return (await deliver({ part, uuid, places: [place], chatId, signal })).sent;
}
