/**
 * The parts of one answer: recorded, then sent in order, each at most once.
 *
 * In: parts with their numbers. Out: messages. A part's `uuid` is made from the event and its number,
 * so that a repetition within the hour sends nothing new (docs/platform/messages.md#sending), even
 * after a crash.
 */
import { createHash } from 'node:crypto';
import type { SentMessage } from '../../platform/client/answers.ts';
import { ageOf } from '../../shared/time/clock.ts';
import type { AnswerEnding, Claim } from '../inbox/inbox.ts';
import type { Part } from '../inbox/part.ts';
import { answeredMessageId, type InboundMessage } from '../message/event.ts';
import { type Deliver, PATIENCE_MS, type Place, type Places } from './deliver.ts';
import type { SendLimiter } from './send-limiter.ts';

export interface PartSender {
  /** How many parts are recorded. */
  readonly planned: number;
  /** How many parts are delivered. */
  readonly delivered: number;
  /** Replaces the parts from index `from` on; resolves when they are recorded. */
  record(from: number, parts: readonly Part[], ending?: AnswerEnding): Promise<void>;
  /** Sends a recorded part. The caller holds a slot of the limiter. */
  send(index: number, part: Part): Promise<SentMessage>;
  /** Like `send`, for a part that is not complete with its message: {@link settle} follows. */
  open(index: number, part: Part): Promise<SentMessage>;
  settle(index: number): void;
  /** Waits until the chat may get a message. */
  acquire(): Promise<void>;
  /** Whether the platform would know a part that an earlier run tried, if it is sent again. */
  knows(index: number): 'not-tried' | 'yes' | 'no-longer';
}

export interface PartSenderOptions {
  readonly claim: Claim;
  /** The message that is answered, with its topic. */
  readonly message: InboundMessage;
  readonly deliver: Deliver;
  readonly limiter: SendLimiter;
  readonly replyInThread: boolean;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}

export function createPartSender(options: PartSenderOptions): PartSender {
  const { claim, message, now, monotonic, signal } = options;
  const { eventId, chatId } = message;
  const { progress } = claim;
  let places = placesFor(message, options.replyInThread);
  let planned = progress.lastAttempt || progress.ending ? progress.parts.length : 0;
  let delivered = planned === 0 ? 0 : progress.delivered;

  async function open(index: number, part: Part): Promise<SentMessage> {
    const { lastAttempt } = progress;
    // The hour of the `uuid` began with the first attempt, perhaps in an earlier run.
    const age = lastAttempt?.part === index ? ageOf(lastAttempt.at, now()) : 0;
    const delivery = await options.deliver({
      part,
      uuid: partUuid(eventId, index),
      places,
      chatId,
      signal,
      firstTriedAt: monotonic() - age,
      // Before each attempt: another gateway may have taken the message over meanwhile.
      beforeAttempt: () => claim.recordAttempt(index),
    });
    places = delivery.places;
    return delivery.sent;
  }

  function settle(index: number): void {
    delivered = index + 1;
    claim.recordDelivered(index);
  }

  return {
    get planned() {
      return planned;
    },
    get delivered() {
      return delivered;
    },
    record(from, parts, ending) {
      planned = from + parts.length;
      return claim.recordParts(from, parts, ending);
    },
    async send(index, part) {
      const sent = await open(index, part);
      settle(index);
      return sent;
    },
    open,
    settle,
    acquire: () => options.limiter.acquire(chatId, signal),
    knows(index) {
      const { lastAttempt } = progress;
      if (lastAttempt?.part !== index) return 'not-tried';
      return isRecent(lastAttempt.at, now()) ? 'yes' : 'no-longer';
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
