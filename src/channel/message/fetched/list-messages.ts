/** Messages for a reader that wants to know why one cannot be read (open.feishu.cn, im-v1/message). */
import { z } from 'zod';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { itemsSchema, type MessageItem, readItem } from './message-item.ts';

type Client = Pick<PlatformClient, 'call'>;

const asWritten = { card_msg_content_type: 'user_card_content' };

/** @throws MoltbotFeishuError what the platform says @returns `undefined` if there is no such message */
export async function fetchItem(
  client: Client,
  messageId: string,
  signal: AbortSignal,
): Promise<MessageItem | undefined> {
  const { items } = await client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/im/v1/messages/${messageId}`,
      query: asWritten,
      schema: itemsSchema,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
  const messages = (items ?? []).map(readItem);
  return messages.find((message) => message.messageId === messageId) ?? messages[0];
}

const pageSchema = itemsSchema.extend({ has_more: z.boolean().nullish().catch(undefined) });

export interface MessageRange {
  /** `thread`: a topic, which takes no times. */
  readonly container: { readonly type: 'chat' | 'thread'; readonly id: string };
  /** 50 at most. */
  readonly limit: number;
  /** Seconds since 1970. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** The newest messages of a chat or topic, the newest first. @throws MoltbotFeishuError */
export async function listMessages(
  client: Client,
  { container, limit, from, until }: MessageRange,
  signal: AbortSignal,
): Promise<{ readonly messages: readonly MessageItem[]; readonly hasMore: boolean }> {
  const { items, has_more: hasMore } = await client.call(
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages',
      query: {
        container_id_type: container.type,
        container_id: container.id,
        sort_type: 'ByCreateTimeDesc',
        page_size: String(limit),
        ...(from !== undefined && { start_time: String(from) }),
        ...(until !== undefined && { end_time: String(until) }),
        ...asWritten,
      },
      schema: pageSchema,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
  return { messages: (items ?? []).map(readItem), hasMore: hasMore === true };
}
