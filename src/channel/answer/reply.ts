/**
 * Sends an answer: blocks are joined, split into parts, and sent in order, each part at most once.
 *
 * In: blocks of text. Out: messages in the chat of the question. Each part is recorded before it is
 * sent, and its `uuid` is made from the event: so a repetition within the hour sends nothing new
 * (docs/platform/messages.md#sending), even after a crash.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformClient } from '../../platform/client/client.ts';
import { UUID_WINDOW_MS } from '../../platform/limits.ts';
import { ageOf } from '../../shared/clock.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { AnswerEnding, Claim } from '../inbox/inbox.ts';
import type { InboundMessage } from '../message/event.ts';
import type { SendLimiter } from './send-limiter.ts';
import { answerContent, answerParts } from './text/content.ts';
import { MAX_ANSWER_MESSAGES } from './text/limits.ts';
import { type OutgoingContent, plainContent } from './text/outgoing.ts';

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
  readonly client: PlatformClient;
  readonly claim: Claim;
  readonly sendLimiter: SendLimiter;
  readonly replyInThread: boolean;
  /** The text that the rest of a long answer was left out. */
  readonly leftOut: () => string;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** The question was withdrawn: an answer would only repeat its text (docs/platform/messages.md#when-a-send-is-refused). */
const withdrawnCodes = new Set([230011, 230110, 230111, 231003]);
/** The chat has no threads, or this one is gone: the answer goes to the chat (docs/platform/messages.md#when-a-send-is-refused). */
const threadlessCodes = new Set([230019, 230071, 230072, 230075]);
/** The platform refuses the post: the answer is sent as plain text. */
const postRefusedCodes = new Set([230001, 230025, 230099]);

/** Retries end within the hour for which a `uuid` counts; later ones could send twice (ms). */
const RETRY_WINDOW_MS = UUID_WINDOW_MS - 10 * 60_000;
/** Unsent characters at which a fast agent has to wait. */
const MAX_PENDING_CHARACTERS = 256 * 1024;
/** The wait if the platform names none (at least 1 s for a chat's limit: docs/platform/errors.md#rate-limits). */
const MIN_RATE_LIMIT_WAIT_MS = 1000;
/** The first wait after a network failure (ms). */
const MIN_RETRY_WAIT_MS = 200;
const MAX_RETRY_WAIT_MS = 30_000;

/** The rate limits of one chat (docs/platform/errors.md#rate-limits); all others are the app's or the organization's. */
const chatLimitCodes = new Set([230020, 11233]);

type Route = 'thread' | 'reply' | 'chat';

/** A topic is answered in the topic, even in direct chats (im/v1/messages/:message_id/reply). */
function firstRoute({ chatType, threadId }: InboundMessage, replyInThread: boolean): Route {
  if (replyInThread || threadId !== undefined) return 'thread';
  return chatType === 'p2p' ? 'chat' : 'reply';
}

export function createReplier(options: ReplierOptions): Replier {
  const { claim, now, log } = options;
  const { message: inbound, progress } = claim;
  /** Parts recorded so far; `parts` counts the delivered ones. */
  let planned = progress.lastAttempt || progress.ending ? progress.parts.length : 0;
  let parts = planned === 0 ? 0 : progress.delivered;
  let pending: string[] = [];
  let ending: AnswerEnding | undefined;
  let isFull = false;
  let sending: Promise<void> | undefined;
  const failures: unknown[] = [];
  let route = firstRoute(inbound, options.replyInThread);

  async function sendPart(part: number, text: string): Promise<void> {
    const uuid = partUuid(inbound.eventId, part);
    let content = answerContent(text);
    for (;;) {
      try {
        await sendWithRetries(options, route, part, { ...content, uuid });
        parts = part + 1;
        claim.recordDelivered(part);
        return;
      } catch (error) {
        const code = isMoltbotFeishuError(error) ? (error.feishuCode ?? 0) : 0;
        if (threadlessCodes.has(code) && route !== 'chat') {
          route = route === 'thread' ? 'reply' : 'chat';
        } else if (postRefusedCodes.has(code) && content.msgType === 'post') {
          content = plainContent(text);
        } else throw error;
      }
    }
  }

  /** Sends all pending blocks as one text; records it first, so that it survives a crash. */
  async function sendPending(): Promise<void> {
    for (;;) {
      if (isFull) pending = [];
      if (isFull || (pending.length === 0 && ending === undefined)) return;
      await options.sendLimiter.acquire(inbound.chatId, options.signal);
      const text = pending.join('\n\n');
      pending = [];
      // An earlier run has used up the limit: only the notice that ends the answer is left to send.
      const messagesLeft = planned > MAX_ANSWER_MESSAGES ? 1 : MAX_ANSWER_MESSAGES - planned;
      const { parts: chunks, isCutOff } = answerParts(text, options.leftOut, messagesLeft);
      isFull ||= isCutOff;
      const chunkEnding = isCutOff ? (ending ?? 'answered') : ending;
      const from = planned;
      planned += chunks.length;
      await claim.recordParts(from, chunks, chunkEnding);
      for (const [index, chunk] of chunks.entries()) {
        if (index > 0) await options.sendLimiter.acquire(inbound.chatId, options.signal);
        await sendPart(from + index, chunk);
      }
      if (chunkEnding !== undefined) return;
    }
  }

  function startSending(): Promise<void> {
    sending ??= sendPending()
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => {
        sending = undefined;
      });
    return sending;
  }

  async function sendAll(): Promise<void> {
    // A block may arrive while a round ends, so this needs a loop.
    while (failures.length === 0 && (sending || pending.length > 0)) await startSending();
    throwFailure();
  }

  function throwFailure(): void {
    if (failures.length > 0) throw failures[0];
  }

  return {
    async write(block) {
      throwFailure();
      if (isFull) return;
      pending.push(block);
      void startSending();
      const size = pending.reduce((sum, text) => sum + text.length, 0);
      if (size > MAX_PENDING_CHARACTERS) await sendAll();
    },
    async finish(blocks, finalEnding = 'answered') {
      pending.push(...blocks);
      if (sending) await sending;
      throwFailure();
      // The answer has its ending already.
      if (isFull) return;
      ending = finalEnding;
      if (pending.length === 0) await claim.recordParts(planned, [], finalEnding);
      else await startSending();
      throwFailure();
    },
    async resume() {
      let isComplete = progress.ending !== undefined;
      for (const [part, text] of progress.parts.entries()) {
        if (part < progress.delivered) continue;
        const { lastAttempt: trying } = progress;
        if (trying?.part === part && !isUuidValid(trying.at, now())) {
          // It may have been delivered and its `uuid` has expired: skipping it cannot send it twice.
          log.warn('a part is not sent again', { messageId: inbound.messageId, part });
          isComplete = false;
          parts = part + 1;
          continue;
        }
        await options.sendLimiter.acquire(inbound.chatId, options.signal);
        await sendPart(part, text);
      }
      return isComplete;
    },
    get isFull() {
      return isFull;
    },
    get parts() {
      return parts;
    },
  };
}

/**
 * Whether a `uuid` that was first used at `at` still counts. The clock may have been set since, so
 * a time far in the future counts as too old.
 */
function isUuidValid(at: number, now: number): boolean {
  return Math.abs(now - at) <= RETRY_WINDOW_MS;
}

/** Whether an answer failed because its question was withdrawn. */
export function isWithdrawn(error: MoltbotFeishuError): boolean {
  return withdrawnCodes.has(error.feishuCode ?? 0);
}

/** Stable across restarts; 40 of the 50 characters that a `uuid` may have. */
function partUuid(eventId: string, part: number): string {
  return createHash('sha256').update(`${eventId}#${part}`).digest('hex').slice(0, 40);
}

/** Sends a part, and retries while the platform asks to wait. The same `uuid` makes that safe. */
async function sendWithRetries(
  options: ReplierOptions,
  route: Route,
  part: number,
  content: OutgoingContent & { readonly uuid: string },
): Promise<void> {
  const { claim, sendLimiter, signal, log, now, monotonic } = options;
  const { messageId, chatId } = claim.message;
  const { lastAttempt: trying } = claim.progress;
  // The hour of the `uuid` began with the first attempt, perhaps in an earlier run.
  const startedAt = monotonic() - (trying?.part === part ? ageOf(trying.at, now()) : 0);
  for (let attempt = 1; ; attempt++) {
    try {
      // Checked before each attempt: another gateway may have taken over during the wait.
      await claim.recordAttempt(part);
      await sendOnce(options, route, content);
      return;
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.details.retryable !== true) throw error;
      const isRateLimited = error.code === 'rate-limited';
      const minWaitMs = isRateLimited ? MIN_RATE_LIMIT_WAIT_MS : MIN_RETRY_WAIT_MS;
      const backoffMs = Math.min(minWaitMs * 2 ** (attempt - 1), MAX_RETRY_WAIT_MS);
      const waitMs = error.retryAfterMs ?? Math.ceil(backoffMs * (0.75 + options.random() / 2));
      if (signal.aborted || monotonic() + waitMs - startedAt > RETRY_WINDOW_MS) throw error;
      log.warn('an answer waits', { messageId, error: error.code, code: error.feishuCode, waitMs });
      // A chat's own limit holds back that chat, the app's all of them.
      const isChatLimit = chatLimitCodes.has(error.feishuCode ?? 0);
      if (isRateLimited) sendLimiter.pauseFor(waitMs, isChatLimit ? chatId : undefined);
      else await delay(waitMs, undefined, { signal });
      await sendLimiter.acquire(chatId, signal);
    }
  }
}

async function sendOnce(
  { client, claim, signal }: ReplierOptions,
  route: Route,
  part: OutgoingContent & { readonly uuid: string },
): Promise<void> {
  const { chatId: receiveId, messageId } = claim.message;
  // One attempt only: retries go through the limiter that all messages share.
  const options = { signal, attempts: 1 } as const;
  if (route === 'chat') {
    await client.createMessage({ receiveIdType: 'chat_id', receiveId, ...part }, options);
  } else {
    const replyInThread = route === 'thread';
    await client.replyMessage({ messageId, replyInThread, ...part }, options);
  }
}
