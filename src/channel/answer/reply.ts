/**
 * Sends an answer: blocks are joined, split into parts, and sent in order, each part at most once.
 *
 * In: blocks of text. Out: messages in the chat of the question. Each part is recorded before it is
 * sent, and its `uuid` is made from the event: so a repetition within the hour sends nothing new
 * (docs/platform/messages.md#sending), even after a crash.
 */
import { createHash } from 'node:crypto';
import { ageOf } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { AnswerEnding, Claim } from '../inbox/inbox.ts';
import type { Part } from '../inbox/part.ts';
import { answeredMessageId, type InboundMessage } from '../message/event.ts';
import { BlockBuffer } from './block-buffer.ts';
import { type Deliver, PATIENCE_MS, type Place, type Places } from './deliver.ts';
import { answerParts } from './parts.ts';
import type { SendLimiter } from './send-limiter.ts';
import { MAX_ANSWER_MESSAGES } from './text/limits.ts';

export interface Replier {
  /**
   * Takes a block. It is sent at once, or together with the blocks written while earlier ones are
   * being sent. Resolves when there is room for more.
   *
   * @throws MoltbotFeishuError an error of this or an earlier block that no retry fixes
   */
  write(block: string): Promise<void>;
  /** Takes the last blocks; resolves when all parts are delivered. @throws as {@link write} */
  finish(blocks: readonly string[], ending?: AnswerEnding): Promise<void>;
  /**
   * Continues where an earlier run was cut off: sends the recorded parts, from the first one not
   * known to be delivered. @returns whether the answer is whole
   */
  resume(): Promise<boolean>;
  /** Messages sent so far, including those of earlier runs. */
  readonly parts: number;
  /** Whether the answer has reached its maximum of messages: later blocks are left out. */
  readonly isFull: boolean;
}

export interface ReplierOptions {
  readonly claim: Claim;
  /** The message that is answered, with its topic. */
  readonly message: InboundMessage;
  readonly deliver: Deliver;
  readonly limiter: SendLimiter;
  readonly replyInThread: boolean;
  /** The text that the rest of a long answer was left out. */
  readonly leftOut: () => string;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}

export function createReplier(options: ReplierOptions): Replier {
  const { claim, message, limiter, now, monotonic, signal } = options;
  const { eventId, messageId, chatId } = message;
  const { progress } = claim;
  let places = placesFor(message, options.replyInThread);
  /** Parts recorded so far; `delivered` counts those that were sent. */
  let planned = progress.lastAttempt || progress.ending ? progress.parts.length : 0;
  let delivered = planned === 0 ? 0 : progress.delivered;
  let isFull = false;

  async function sendPart(index: number, part: Part): Promise<void> {
    const { lastAttempt } = progress;
    // The hour of the `uuid` began with the first attempt, perhaps in an earlier run.
    const age = lastAttempt?.part === index ? ageOf(lastAttempt.at, now()) : 0;
    ({ places } = await options.deliver({
      part,
      uuid: partUuid(eventId, index),
      places,
      chatId,
      signal,
      firstTriedAt: monotonic() - age,
      // Before each attempt: another gateway may have taken the message over meanwhile.
      beforeAttempt: () => claim.recordAttempt(index),
    }));
    delivered = index + 1;
    claim.recordDelivered(index);
  }

  /** Sends the gathered blocks as one text; records its parts first, so that they survive a crash. */
  async function sendGathered(gathered: BlockBuffer, ending?: AnswerEnding): Promise<void> {
    if (!gathered.isEmpty && !isFull) await limiter.acquire(chatId, signal);
    const text = gathered.take();
    if (isFull) return;
    // An earlier run has used up the limit: only the notice that ends the answer is left to send.
    const room = planned > MAX_ANSWER_MESSAGES ? 1 : MAX_ANSWER_MESSAGES - planned;
    const { parts, isCutOff } = answerParts(text, options.leftOut, room);
    isFull = isCutOff;
    const from = planned;
    planned += parts.length;
    await claim.recordParts(from, parts, isCutOff ? (ending ?? 'answered') : ending);
    for (const [index, part] of parts.entries()) {
      if (index > 0) await limiter.acquire(chatId, signal);
      await sendPart(from + index, part);
    }
  }
  const buffer = new BlockBuffer((gathered) => sendGathered(gathered));

  return {
    async write(block) {
      if (!isFull) await buffer.write(block);
    },
    async finish(blocks, ending = 'answered') {
      await buffer.idle();
      // The answer has its ending already.
      if (isFull) return;
      buffer.add(blocks);
      await sendGathered(buffer, ending);
    },
    async resume() {
      let isWhole = progress.ending !== undefined;
      for (const [index, part] of progress.parts.entries()) {
        if (index < progress.delivered) continue;
        const { lastAttempt } = progress;
        if (lastAttempt?.part === index && !isRecent(lastAttempt.at, now())) {
          // It may have been delivered and its `uuid` has expired: skipping it cannot send it twice.
          options.log.warn('a part is not sent again', { messageId, part: index });
          isWhole = false;
          delivered = index + 1;
          continue;
        }
        await limiter.acquire(chatId, signal);
        await sendPart(index, part);
      }
      return isWhole;
    },
    get isFull() {
      return isFull;
    },
    get parts() {
      return delivered;
    },
  };
}

/**
 * A topic is answered in the topic, even in direct chats (im/v1/messages/:message_id/reply). Where
 * the chat has no threads, the answer quotes the message or, at last, goes to the chat.
 */
function placesFor(message: InboundMessage, replyInThread: boolean): Places {
  const { chatType, chatId, threadId } = message;
  const messageId = answeredMessageId(message);
  const chat = placeOf(chatId);
  if (messageId === undefined) return [chat];
  const inThread = { kind: 'reply', messageId, inThread: true } as const;
  const reply = { kind: 'reply', messageId, inThread: false } as const;
  if (replyInThread || threadId !== undefined) return [inThread, reply, chat];
  return chatType === 'p2p' ? [chat] : [reply, chat];
}

/** A person whose chat is not known is written to by open_id. */
function placeOf(id: string): Place {
  const receiveIdType = id.startsWith('ou_') ? 'open_id' : 'chat_id';
  return { kind: 'new', receiveIdType, receiveId: id };
}

/**
 * Whether a `uuid` that was first used at `at` still counts. The clock may have been set since, so
 * a time far in the future counts as too old.
 */
function isRecent(at: number, now: number): boolean {
  return Math.abs(now - at) <= PATIENCE_MS;
}

/** Stable across restarts; 40 of the 50 characters that a `uuid` may have. */
function partUuid(eventId: string, part: number): string {
  return createHash('sha256').update(`${eventId}#${part}`).digest('hex').slice(0, 40);
}
