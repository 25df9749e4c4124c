/** One message as `GET im/v1/messages/:message_id` gives it. Pure. */
import { z } from 'zod';
import type { ReadableMessage } from '../content/content.ts';

/** A message that was fetched; an event has other fields (event.ts). */
export interface FetchedMessage extends ReadableMessage {
  readonly messageId: string;
  /** `ou_…` of a person, `cli_…` of an app; empty if the platform did not report it. */
  readonly senderId: string;
  readonly isFromApp: boolean;
  /** When the message was sent (ms since 1970); 0 if the platform did not report it. */
  readonly createTime: number;
  /** The merged message that this one is a part of. */
  readonly upperMessageId: string | undefined;
  readonly isRecalled: boolean;
}

const text = z.string().catch('');

/** Unlike in events, `id` is a text, and an app is the sender by its App ID (im-v1/message/get). */
const messageItem = z.object({
  message_id: z.string().min(1),
  msg_type: z.string().catch('unknown'),
  create_time: z.union([z.string(), z.number()]).nullish().catch(undefined),
  upper_message_id: z.string().nullish().catch(undefined),
  deleted: z.boolean().nullish().catch(undefined),
  sender: z.object({ id: text, sender_type: text }).nullish().catch(undefined),
  body: z.object({ content: text }).nullish().catch(undefined),
  mentions: z
    .array(z.object({ key: text, id: text, name: text }))
    .nullish()
    .catch(undefined),
});

/** @returns `undefined` for an item without an id, which nothing can name */
export function parseMessageItem(item: unknown): FetchedMessage | undefined {
  const { success, data } = messageItem.safeParse(item);
  if (!success) return undefined;
  const createTime = Number(data.create_time);
  const senderId = data.sender?.id ?? '';
  return {
    messageId: data.message_id,
    messageType: data.msg_type,
    content: data.body?.content ?? '',
    mentions: (data.mentions ?? []).map(({ key, id, name }) => ({ key, openId: id, name })),
    senderId,
    isFromApp: data.sender?.sender_type === 'app' || senderId.startsWith('cli_'),
    createTime: Number.isSafeInteger(createTime) ? createTime : 0,
    upperMessageId: data.upper_message_id || undefined,
    isRecalled: data.deleted === true,
  };
}
