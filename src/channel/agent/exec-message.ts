/** What the command of `run --exec` gets on its standard input, and its JSON Schema. Pure. */
import { z } from 'zod';
import type { Lang } from '../../shared/text.ts';
import type { Turn } from './agent.ts';

/**
 * One message, as the command of `moltbot-feishu run --exec` reads it from its standard input.
 *
 * @example
 * ```ts
 * import type { ExecMessage } from 'moltbot-feishu';
 *
 * let input = '';
 * for await (const chunk of process.stdin) input += chunk;
 * const message: ExecMessage = JSON.parse(input);
 * console.log(`You wrote: ${message.text}`);
 * ```
 */
export interface ExecMessage {
  readonly eventId: string;
  /** Identifies the message: it is the same when a turn runs again after a crash. */
  readonly messageId: string;
  readonly accountId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /** The topic, if the message is in one. */
  readonly threadId?: string | undefined;
  /** The first message of a chain of replies. */
  readonly rootId?: string | undefined;
  /** The message that this one replies to. */
  readonly parentId?: string | undefined;
  /** When the message was sent (ms since 1970); 0 if the platform did not report it. */
  readonly createTime: number;
  readonly sender: { readonly openId: string };
  readonly mentions: readonly ExecMention[];
  /** As Feishu names it: `text`, `post`, `image`, … */
  readonly messageType: string;
  /** Markdown without the mention of the bot; a message without text is a placeholder: `[image]`. */
  readonly text: string;
  /** The language that the person seems to write. */
  readonly lang: Lang;
}

/** A person or bot that a message mentions. */
export interface ExecMention {
  /** The placeholder in the platform's own text: `@_user_1`. */
  readonly key: string;
  /** Empty if the platform did not report it. */
  readonly openId: string;
  readonly name: string;
}

const id = z.string().optional();

export const execMessageSchema = z.object({
  eventId: z.string(),
  messageId: z.string().describe('The same when a turn runs again after a crash.'),
  accountId: z.string(),
  chatId: z.string(),
  chatType: z.enum(['p2p', 'group']),
  threadId: id.describe('The topic, if the message is in one.'),
  rootId: id.describe('The first message of a chain of replies.'),
  parentId: id.describe('The message that this one replies to.'),
  createTime: z.number().describe('Milliseconds since 1970; 0 if not reported.'),
  sender: z.object({ openId: z.string() }),
  mentions: z.array(z.object({ key: z.string(), openId: z.string(), name: z.string() })).readonly(),
  messageType: z.string().describe('As Feishu names it: text, post, image, …'),
  text: z.string().describe('Markdown without the mention of the bot.'),
  lang: z.enum(['zh', 'en']).describe('The language that the person seems to write.'),
}) satisfies z.ZodType<ExecMessage>;

export function execMessage({ accountId, message, content, lang }: Turn): ExecMessage {
  return {
    eventId: message.eventId,
    messageId: message.messageId,
    accountId,
    chatId: message.chatId,
    chatType: message.chatType,
    threadId: message.threadId,
    rootId: message.rootId,
    parentId: message.parentId,
    createTime: message.createTime,
    sender: { openId: message.senderOpenId },
    mentions: message.mentions,
    messageType: message.messageType,
    text: content.text,
    lang,
  };
}
