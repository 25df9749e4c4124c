/**
 * Answers on their way out: chunked, in order, each part sent at most once.
 *
 * In: blocks of text. Out: messages in the chat of the question. The `uuid` of a part is made from
 * the event, so that sending it again sends nothing new (im/v1/messages: 1 h, 50 characters).
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformClient } from '../platform/client.ts';
import { isMoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import { chunkText } from './chunk.ts';
import type { InboundMessage } from './event.ts';

/** Far below the platform's 30 KB for a post even in Chinese (3 bytes a character), and still readable. */
const CHUNK_CHARACTERS = 4_000;
/** How often a part is tried again where the platform says "later". */
const MAX_WAITS = 20;
const SHORTEST_WAIT_MS = 1_000;

export interface Replier {
  /** Sends one block; resolves when the platform has taken all of it. */
  send(block: string): Promise<void>;
  /** Messages sent so far. */
  readonly parts: number;
}

export interface ReplierOptions {
  readonly client: PlatformClient;
  readonly inbound: InboundMessage;
  readonly replyInThread: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export function createReplier(options: ReplierOptions): Replier {
  let parts = 0;
  return {
    async send(block) {
      for (const chunk of chunkText(block, CHUNK_CHARACTERS)) {
        await sendPart(options, chunk, partUuid(options.inbound.eventId, parts));
        parts++;
      }
    },
    get parts() {
      return parts;
    },
  };
}

/** 32 hex digits of the event and its part: stable across restarts, within the 50 characters. */
export function partUuid(eventId: string, part: number): string {
  return createHash('sha256').update(`${eventId}#${part}`).digest('hex').slice(0, 32);
}

async function sendPart(options: ReplierOptions, text: string, uuid: string): Promise<void> {
  const { client, inbound, signal, log } = options;
  const body = { ...messageBody(text), uuid };
  let toMessage = inbound.chatType === 'group';
  for (let waits = 0; ; ) {
    try {
      if (toMessage) {
        const replyInThread = options.replyInThread || inbound.threadId !== undefined;
        await client.replyMessage(
          { messageId: inbound.messageId, replyInThread, ...body },
          { signal },
        );
      } else {
        await client.createMessage(
          { receiveIdType: 'chat_id', receiveId: inbound.chatId, ...body },
          { signal },
        );
      }
      return;
    } catch (error) {
      if (!isMoltbotFeishuError(error) || signal.aborted) throw error;
      if (toMessage && isGone(error.feishuCode)) {
        toMessage = false;
        continue;
      }
      if (error.details.retryable !== true || ++waits > MAX_WAITS) throw error;
      const waitMs = error.retryAfterMs ?? Math.min(SHORTEST_WAIT_MS * 2 ** (waits - 1), 30_000);
      log.warn('an answer waits', {
        messageId: inbound.messageId,
        error: error.code,
        code: error.feishuCode,
        waitMs,
      });
      await delay(waitMs, undefined, { signal });
    }
  }
}

/** Recalled, deleted, or the topic is gone: the answer still belongs in the chat (open-platform 5.3). */
function isGone(code: number | undefined): boolean {
  return code === 230011 || code === 230110 || code === 231003 || code === 230019;
}

/** Plain text as text; what would show its Markdown raw as a post with one `md` element. */
export function messageBody(text: string): { readonly msgType: string; readonly content: string } {
  if (!hasMarkdown(text))
    return { msgType: 'text', content: JSON.stringify({ text: escapeMentions(text) }) };
  return {
    msgType: 'post',
    content: JSON.stringify({ zh_cn: { content: [[{ tag: 'md', text }]] } }),
  };
}

export function hasMarkdown(text: string): boolean {
  return /^ {0,3}(?:```|~~~|#{1,6} \S|\|.*\|\s*$|> \S)|\*\*\S[^\n]*?\*\*|`[^`\n]+`|\[[^\]\n]+\]\(https?:[^)\s]+\)/m.test(
    text,
  );
}

/** A text message turns `<at …>` into a mention: an echo must not ping people. */
function escapeMentions(text: string): string {
  return text.replace(/<(\/?at\b)/gi, '<\u200B$1');
}
