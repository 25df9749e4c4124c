/** What the command of `run --exec` gets on its standard input, and its JSON Schema. Pure. */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import type { Lang } from '../../shared/text/text.ts';
import { type NoteKind, noteKinds } from '../message/chat-notice.ts';
import { asArray, asObject, asText } from '../message/content/untyped.ts';
import { answeredMessageId, type InboundMessage } from '../message/event.ts';
import { type MediaFailure, mediaFailures } from '../message/media/download.ts';
import type { ReceivedFile } from '../message/media/fetch-files.ts';
import type { Turn } from './agent.ts';

/**
 * What the command of `moltbot-feishu run --exec` reads from its standard input: one JSON document.
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
  readonly version: 2;
  /** A message, a component of a card that a person used, or an entry of the bot's menu. */
  readonly type: 'message' | 'action' | 'menu';
  readonly accountId: string;
  readonly eventId: string;
  /**
   * The message that is answered; for an action its card, absent for a menu. It is the same when a
   * turn runs again after a crash.
   */
  readonly messageId?: string | undefined;
  /** The person's open_id where the chat is not known, as for a menu. */
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
  /** The language that the person seems to write. */
  readonly lang: Lang;
  readonly sender: ExecPerson;
  readonly mentions: readonly ExecMention[];
  /** As Feishu names it: `text`, `post`, `image`, … */
  readonly messageType: string;
  /** Markdown without the mention of the bot; files are numbered references: `[image 1]`. */
  readonly text: string;
  /** The files, in the order of their numbers. They are removed after the turn. */
  readonly attachments: readonly ExecAttachment[];
  /** The message that this one replies to. */
  readonly quote?: ExecQuote | undefined;
  /** Of an action: the component, and what was entered. */
  readonly action?: ExecAction | undefined;
  /** What happened in the chat since its last turn: reactions, edits, recalls. */
  readonly notes: readonly ExecNote[];
}

export interface ExecPerson {
  /** Empty if the platform did not report it. */
  readonly openId: string;
  readonly name?: string | undefined;
}

/** A person or bot that a message mentions. */
export interface ExecMention extends ExecPerson {
  /** The placeholder in the platform's own text: `@_user_1`. */
  readonly key: string;
  readonly name: string;
}

export interface ExecAttachment {
  /** Its number in the text. */
  readonly id: number;
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** Where it is on this disk; absent with `error`. */
  readonly path?: string | undefined;
  readonly name?: string | undefined;
  readonly mime?: string | undefined;
  readonly bytes?: number | undefined;
  /** Of a voice message or video (ms). */
  readonly durationMs?: number | undefined;
  /** The platform's transcript of a voice message. */
  readonly transcript?: string | undefined;
  /** Why there is no file. */
  readonly error?: MediaFailure | undefined;
}

export interface ExecQuote {
  readonly messageId: string;
  readonly sender: ExecPerson;
  readonly text: string;
  readonly attachments: readonly ExecAttachment[];
}

/** As in the platform's event card.action.trigger. */
export interface ExecAction {
  readonly tag?: string | undefined;
  readonly name?: string | undefined;
  readonly value?: unknown;
  /** What was chosen, outside of a form. */
  readonly options?: readonly string[] | undefined;
  readonly input?: string | undefined;
  readonly checked?: boolean | undefined;
  /** By the names of the form's components. */
  readonly form?: Readonly<Record<string, unknown>> | undefined;
}

export interface ExecNote {
  readonly kind: NoteKind;
  readonly messageId?: string | undefined;
  readonly openId?: string | undefined;
  readonly emojiType?: string | undefined;
  readonly isRemoved?: boolean | undefined;
  /** What the message in question says, if it is known. */
  readonly text?: string | undefined;
}

const optional = z.string().optional();
const person = z.object({ openId: z.string(), name: optional });
const attachments = z
  .array(
    z.object({
      id: z.int().describe('Its number in the text.'),
      kind: z.enum(['image', 'file', 'audio', 'video']),
      path: optional.describe('Where it is on this disk until the turn ends; absent with error.'),
      name: optional,
      mime: optional,
      bytes: z.int().optional(),
      durationMs: z.number().optional(),
      transcript: optional.describe('The transcript of a voice message, by Feishu.'),
      error: z.enum(mediaFailures).optional().describe('Why there is no file.'),
    }),
  )
  .readonly();

export const execMessageSchema = z.object({
  version: z.literal(2),
  type: z.enum(['message', 'action', 'menu']),
  accountId: z.string(),
  eventId: z.string(),
  messageId: optional.describe('The message that is answered; the same after a crash.'),
  chatId: z.string(),
  chatType: z.enum(['p2p', 'group']),
  threadId: optional.describe('The topic, if the message is in one.'),
  rootId: optional.describe('The first message of a chain of replies.'),
  parentId: optional.describe('The message that this one replies to.'),
  createTime: z.number().describe('Milliseconds since 1970; 0 if not reported.'),
  lang: z.enum(['zh', 'en']).describe('The language that the person seems to write.'),
  sender: person,
  mentions: z.array(z.object({ key: z.string(), openId: z.string(), name: z.string() })).readonly(),
  messageType: z.string().describe('As Feishu names it: text, post, image, …'),
  text: z.string().describe('Markdown; files are numbered references: [image 1].'),
  attachments,
  quote: z
    .object({ messageId: z.string(), sender: person, text: z.string(), attachments })
    .optional(),
  action: z
    .object({
      tag: optional,
      name: optional,
      value: z.unknown().optional(),
      options: z.array(z.string()).readonly().optional(),
      input: optional,
      checked: z.boolean().optional(),
      form: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  notes: z
    .array(
      z.object({
        kind: z.enum(noteKinds),
        messageId: optional,
        openId: optional,
        emojiType: optional,
        isRemoved: z.boolean().optional(),
        text: optional,
      }),
    )
    .readonly()
    .describe('What happened in the chat since its last turn.'),
});

export function execMessage(turn: Turn): ExecMessage {
  const { accountId, message, content, lang, quote } = turn;
  const { kind } = message;
  return {
    version: 2,
    type: kind === 'action' || kind === 'menu' ? kind : 'message',
    accountId,
    eventId: message.eventId,
    messageId: answeredMessageId(message),
    ...placeOf(message),
    lang,
    sender: { openId: message.senderOpenId, name: turn.senderName },
    mentions: message.mentions,
    messageType: message.messageType,
    text: content.text,
    attachments: turn.attachments.map(execAttachment),
    quote: quote && {
      messageId: quote.messageId,
      sender: quote.sender,
      text: quote.text,
      attachments: quote.attachments.map(execAttachment),
    },
    action: kind === 'action' ? execAction(message.content) : undefined,
    notes: turn.notes.map(({ notice, text }) => ({ ...notice, text })),
  };
}

/** Where and when a message was sent: alike in both versions of the document. */
function placeOf({ chatId, chatType, threadId, rootId, parentId, createTime }: InboundMessage) {
  return { chatId, chatType, threadId, rootId, parentId, createTime };
}

function execAttachment(file: ReceivedFile): ExecAttachment {
  const { id, kind, path, name, mime, bytes, durationMs, transcript, failure } = file;
  return { id, kind, path, name, mime, bytes, durationMs, transcript, error: failure };
}

function execAction(content: string): ExecAction {
  const { tag, name, value, option, options, input_value, checked, form_value } = asObject(
    parseJson(content),
  );
  const chosen = [option, ...asArray(options)].filter((one) => typeof one === 'string');
  return {
    tag: textOrNone(tag),
    name: textOrNone(name),
    value,
    options: chosen.length > 0 ? chosen : undefined,
    input: textOrNone(input_value),
    checked: typeof checked === 'boolean' ? checked : undefined,
    form: form_value === undefined ? undefined : asObject(form_value),
  };
}

const textOrNone = (value: unknown): string | undefined => asText(value) || undefined;

/** The document of release 1.0, which `run --exec-version 1` gives: texts alone. */
export function execMessageV1({ accountId, message, content, lang }: Turn): object {
  return {
    eventId: message.eventId,
    messageId: answeredMessageId(message) ?? message.messageId,
    accountId,
    ...placeOf(message),
    sender: { openId: message.senderOpenId },
    mentions: message.mentions,
    messageType: message.messageType,
    text: content.text,
    lang,
  };
}
