/** A message in the answer of the platform's message API, which differs from the event's form. Pure. */
import { z } from 'zod';
import type { InboundMessage } from '../event.ts';
import { milliseconds, optionalId as optional, time } from '../events/event-type.ts';

const itemSchema = z.object({
  message_id: z.string().catch(''),
  chat_id: z.string().catch(''),
  msg_type: z.string().catch('unknown'),
  thread_id: optional,
  root_id: optional,
  parent_id: optional,
  upper_message_id: optional,
  create_time: time,
  deleted: z.boolean().nullish().catch(undefined),
  updated: z.boolean().nullish().catch(undefined),
  sender: z
    .object({ id: optional, id_type: optional, sender_type: optional })
    .nullish()
    .catch(undefined),
  body: z
    .object({ content: z.string().catch('{}') })
    .nullish()
    .catch(undefined),
  mentions: z
    .array(
      z.object({ key: z.string().catch(''), id: optional, name: z.string().nullish().catch('') }),
    )
    .nullish()
    .catch([]),
});

export const itemsSchema = z.object({ items: z.array(itemSchema).nullish().catch([]) });

export interface MessageItem
  extends Pick<
    InboundMessage,
    | 'messageId'
    | 'chatId'
    | 'threadId'
    | 'rootId'
    | 'parentId'
    | 'createTime'
    | 'messageType'
    | 'content'
    | 'mentions'
  > {
  readonly isRecalled: boolean;
  readonly isEdited: boolean;
  /** The open_id of a person, or the App ID (`cli_…`) of an app. */
  readonly senderId: string;
  readonly senderType: string;
  /** The merged message that this one is a child of. */
  readonly upperMessageId: string | undefined;
}

export interface FetchedMessage extends MessageItem {
  /** The messages of a merged one, in the platform's order. */
  readonly children: readonly MessageItem[];
}

export function isFromApp({ senderId, senderType }: MessageItem): boolean {
  return senderType === 'app' || senderId.startsWith('cli_');
}

export function readItem(item: z.infer<typeof itemSchema>): MessageItem {
  return {
    messageId: item.message_id,
    chatId: item.chat_id,
    threadId: item.thread_id || undefined,
    rootId: item.root_id || undefined,
    parentId: item.parent_id || undefined,
    upperMessageId: item.upper_message_id || undefined,
    createTime: milliseconds(item.create_time),
    messageType: item.msg_type,
    content: item.body?.content ?? '{}',
    mentions: (item.mentions ?? []).map(({ key, id, name }) => ({
      key,
      // Here one id, where the event has a set of them.
      openId: id ?? '',
      name: name ?? '',
    })),
    isRecalled: item.deleted === true,
    isEdited: item.updated === true,
    senderId: item.sender?.id ?? '',
    senderType: item.sender?.sender_type ?? '',
  };
}
