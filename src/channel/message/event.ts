/** Parses the event `im.message.receive_v1`, as the SDK flattens it: once, into types. */
import { z } from 'zod';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text.ts';
import { channelTexts as texts } from '../texts.ts';

export interface Mention {
  /** The placeholder of the mention in the text: `@_user_1`. */
  readonly key: string;
  /** Empty if the platform did not report it. */
  readonly openId: string;
  readonly name: string;
}

export interface InboundMessage {
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /**
   * The id of the message's topic, from the event. From the turn on it is also set if only the kind
   * of the group shows the topic; then it may be the id of the topic's first message (topic-of.ts).
   */
  readonly threadId: string | undefined;
  readonly rootId: string | undefined;
  readonly parentId: string | undefined;
  /** When the message was sent (ms since 1970); 0 if the platform did not report it. */
  readonly createTime: number;
  /** Empty if the platform did not report it. */
  readonly senderOpenId: string;
  /** `user`, or `app` for a bot. */
  readonly senderType: string;
  readonly messageType: string;
  /** JSON text; its shape depends on the type. */
  readonly content: string;
  readonly mentions: readonly Mention[];
}

const id = z.string().min(1);
const optionalId = z.string().nullish().catch(undefined);

/** node-sdk@1.74.0 flattens header and event into one object; there is no `event` wrapper. */
const messageEvent = z.object({
  event_id: optionalId,
  sender: z.object({
    sender_id: z.object({ open_id: optionalId }).nullish().catch(undefined),
    sender_type: z.string().catch('user'),
  }),
  message: z.object({
    message_id: id,
    chat_id: id,
    chat_type: z.string().catch('group'),
    thread_id: optionalId,
    root_id: optionalId,
    parent_id: optionalId,
    create_time: z.union([z.string(), z.number()]).nullish().catch(undefined),
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

/**
 * Reads one event.
 *
 * @throws MoltbotFeishuError `event-malformed` with the path, never the content; a redelivery would
 *   be just as unreadable
 */
export function parseMessageEvent(event: unknown): InboundMessage {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) throw malformedError(parsed.error.issues[0]?.path ?? []);
  const { event_id: eventId, sender, message } = parsed.data;
  return {
    // Without an event_id, use the message_id, which is unique, too.
    eventId: eventId || message.message_id,
    messageId: message.message_id,
    chatId: message.chat_id,
    // Every other kind of chat follows the stricter rules of groups.
    chatType: message.chat_type === 'p2p' ? 'p2p' : 'group',
    threadId: message.thread_id || undefined,
    rootId: message.root_id || undefined,
    parentId: message.parent_id || undefined,
    createTime: parseMilliseconds(message.create_time),
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

function parseMilliseconds(value: string | number | null | undefined): number {
  const time = Number(value);
  return Number.isSafeInteger(time) ? time : 0;
}

function malformedError(path: readonly PropertyKey[]): MoltbotFeishuError {
  const place = path.map(String).join('.') || 'event';
  return new MoltbotFeishuError({
    code: 'event-malformed',
    exitCode: ExitCode.unavailable,
    what: localize(texts.eventMalformed, { place }),
    details: { retryable: false, place },
  });
}
