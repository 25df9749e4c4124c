/** The event `im.message.receive_v1` as the SDK hands it over (flattened), parsed once and typed from there on. */
import { z } from 'zod';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { channelTexts as texts } from './texts.ts';

export interface Mention {
  /** The key in the text that stands for it: `@_user_1`. */
  readonly key: string;
  readonly openId: string;
  readonly name: string;
}

export interface InboundMessage {
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  readonly threadId: string | undefined;
  readonly rootId: string | undefined;
  readonly parentId: string | undefined;
  /** When the message was sent (ms since 1970). */
  readonly createTime: number;
  readonly senderOpenId: string;
  /** `user`, or `app` for a bot. */
  readonly senderType: string;
  readonly messageType: string;
  /** JSON text; its shape depends on the type. */
  readonly content: string;
  readonly mentions: readonly Mention[];
}

const id = z.string().min(1);
const optionalId = z.string().nullish();

/** node-sdk@1.74.0 flattens header and event into one object; there is no `event` wrapper. */
const messageEvent = z.object({
  event_id: z.string().optional(),
  uuid: z.string().optional(),
  sender: z.object({
    sender_id: z.object({ open_id: optionalId }).nullish(),
    sender_type: z.string().catch('user'),
  }),
  message: z.object({
    message_id: id,
    chat_id: id,
    chat_type: z.string().catch('group'),
    thread_id: optionalId,
    root_id: optionalId,
    parent_id: optionalId,
    create_time: z.union([z.string(), z.number()]).nullish(),
    message_type: z.string().catch('unknown'),
    content: z.string().catch('{}'),
    mentions: z
      .array(
        z.object({
          key: z.string().catch(''),
          name: z.string().catch(''),
          id: z.object({ open_id: optionalId }).nullish().catch(undefined),
        }),
      )
      .nullish()
      .catch([]),
  }),
});

/** Throws `event-malformed`: an event that cannot be read now cannot be read on its fifth delivery either. */
export function parseMessageEvent(event: unknown): InboundMessage {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) {
    throw new MoltbotFeishuError({
      code: 'event-malformed',
      exitCode: ExitCode.internal,
      what: texts.eventMalformed,
    });
  }
  const { event_id, sender, message } = parsed.data;
  return {
    // Without an event_id the message_id serves: it is as unique, only coarser.
    eventId: event_id || message.message_id,
    messageId: message.message_id,
    chatId: message.chat_id,
    chatType: message.chat_type === 'p2p' ? 'p2p' : 'group',
    threadId: message.thread_id || undefined,
    rootId: message.root_id || undefined,
    parentId: message.parent_id || undefined,
    createTime: Number(message.create_time) || 0,
    senderOpenId: sender.sender_id?.open_id ?? '',
    senderType: sender.sender_type,
    messageType: message.message_type,
    content: message.content,
    mentions: (message.mentions ?? []).map((mention) => ({
      key: mention.key,
      name: mention.name,
      openId: mention.id?.open_id ?? '',
    })),
  };
}
