/**
 * Answers on their way out: chunked, in order, each part sent at most once.
 *
 * In: blocks of text. Out: messages in the chat of the question. The `uuid` of a part is made from
 * the event, so that sending it again within the hour sends nothing new (feishu-wire, "Sending").
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformClient } from '../platform/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import { chunkText } from './chunk.ts';
import type { InboundMessage } from './event.ts';
import {
  chunkLimits,
  hasMarkdown,
  type OutgoingContent,
  plainContent,
  richContent,
} from './markdown.ts';

export interface Replier {
  /**
   * Sends one block; resolves when the platform has taken all of it.
   *
   * @throws MoltbotFeishuError what no waiting mends
   */
  send(block: string): Promise<void>;
  /** Messages sent so far. */
  readonly parts: number;
}

export interface ReplierOptions {
  readonly client: PlatformClient;
  readonly inbound: InboundMessage;
  readonly replyInThread: boolean;
  readonly log: Logger;
  readonly now: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** The question was withdrawn: an answer would only repeat it (shelf 5.3: stop replying). */
const withdrawnCodes = new Set([230011, 230110, 230111, 231003]);
/** No threads here, or this one is gone: the answer still belongs in the chat (shelf 5.3). */
const threadlessCodes = new Set([230019, 230071, 230072, 230075]);
/** The platform does not take this post: its text still says everything. */
const postRefusedCodes = new Set([230001, 230025, 230099]);

/** Well within the hour for which a `uuid` counts; later, a repetition could send twice. */
const GIVE_UP_MS = 10 * 60_000;
/** Where the platform does not say how long (shelf 5.2: at least 1 s for a chat's limit). */
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

type Route = 'thread' | 'reply' | 'chat';

export function createReplier(options: ReplierOptions): Replier {
  const { inbound } = options;
  let parts = 0;
  let route: Route =
    inbound.chatType === 'p2p'
      ? 'chat'
      : options.replyInThread || inbound.threadId !== undefined
        ? 'thread'
        : 'reply';

  async function sendPart(text: string): Promise<void> {
    const uuid = partUuid(inbound.eventId, parts);
    let content = hasMarkdown(text) ? richContent(text) : plainContent(text);
    for (;;) {
      try {
        await sendPatiently(options, route, { ...content, uuid });
        parts += 1;
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

  return {
    async send(block) {
      for (const chunk of chunkText(block, chunkLimits(block))) await sendPart(chunk);
    },
    get parts() {
      return parts;
    },
  };
}

/** Whether an answer failed because its question was taken back. */
export function isWithdrawn(error: MoltbotFeishuError): boolean {
  return withdrawnCodes.has(error.feishuCode ?? 0);
}

/** Stable across restarts; 40 of the 50 characters that a `uuid` may have. */
function partUuid(eventId: string, part: number): string {
  return createHash('sha256').update(`${eventId}#${part}`).digest('hex').slice(0, 40);
}

/** Sends, and waits where the platform says "later". The same `uuid` makes repeating safe. */
async function sendPatiently(
  options: ReplierOptions,
  route: Route,
  part: OutgoingContent & { readonly uuid: string },
): Promise<void> {
  const { inbound, signal, log, now } = options;
  const startedAt = now();
  for (let attempt = 1; ; attempt++) {
    try {
      await sendOnce(options, route, part);
      return;
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.details.retryable !== true) throw error;
      const grown = Math.min(SHORTEST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
      const waitMs = error.retryAfterMs ?? Math.ceil(grown * (0.75 + options.random() / 2));
      if (signal.aborted || now() + waitMs - startedAt > GIVE_UP_MS) throw error;
      const { messageId } = inbound;
      log.warn('an answer waits', { messageId, error: error.code, code: error.feishuCode, waitMs });
      await delay(waitMs, undefined, { signal });
    }
  }
}

async function sendOnce(
  { client, inbound, signal }: ReplierOptions,
  route: Route,
  part: OutgoingContent & { readonly uuid: string },
): Promise<void> {
  const { chatId: receiveId, messageId } = inbound;
  if (route === 'chat') {
    await client.createMessage({ receiveIdType: 'chat_id', receiveId, ...part }, { signal });
  } else {
    const replyInThread = route === 'thread';
    await client.replyMessage({ messageId, replyInThread, ...part }, { signal });
  }
}
