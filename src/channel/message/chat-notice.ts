/**
 * What happened in a chat and starts no turn: recalls, edits, reactions, the bot's coming and going.
 *
 * A notice passes the inbox as a message does: so it is handled once, by the process that runs the
 * turns, and acknowledged when it is stored.
 */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import type { InboundMessage } from './event.ts';

/** The kinds of notices, in the order of their declarations below. */
export const chatNoticeKinds = [
  'recalled',
  'edited',
  'reaction',
  'bot-added',
  'bot-removed',
  'chat-opened',
  'chat-disbanded',
] as const;

export type ChatNoticeKind = (typeof chatNoticeKinds)[number];

const text = z.string();

const chatNoticeSchema = z.discriminatedUnion('kind', [
  /** A person withdrew a message. */
  z.object({ kind: z.literal('recalled'), messageId: text, chatId: text }),
  /** A person changed a message; the new text has to be fetched. */
  z.object({ kind: z.literal('edited'), messageId: text }),
  z.object({
    kind: z.literal('reaction'),
    messageId: text,
    /** As Feishu names it: `THUMBSUP`, `OK`, … */
    emojiType: text,
    isRemoved: z.boolean(),
    openId: text,
  }),
  z.object({ kind: z.literal('bot-added'), chatId: text, openId: text }),
  z.object({ kind: z.literal('bot-removed'), chatId: text, openId: text }),
  /** A person opened the direct chat; `isFirst` where nothing was written in it before. */
  z.object({ kind: z.literal('chat-opened'), chatId: text, openId: text, isFirst: z.boolean() }),
  z.object({ kind: z.literal('chat-disbanded'), chatId: text }),
]);

export type ChatNotice = z.infer<typeof chatNoticeSchema>;

/** The kinds that an agent learns of at the next turn. */
export const noteKinds = [
  'recalled',
  'edited',
  'reaction',
  'bot-added',
] as const satisfies readonly ChatNoticeKind[];

export type NoteKind = (typeof noteKinds)[number];

export type NoteNotice = Extract<ChatNotice, { kind: NoteKind }>;

/** The notice in what the inbox kept; `undefined` for everything else. */
export function chatNoticeOf({ kind, content }: InboundMessage): ChatNotice | undefined {
  if (kind !== 'notice') return undefined;
  const parsed = chatNoticeSchema.safeParse(parseJson(content));
  return parsed.success ? parsed.data : undefined;
}
