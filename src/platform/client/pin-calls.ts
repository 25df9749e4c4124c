/** Pinned messages of a chat (open.feishu.cn, im-v1/pin). */
import { z } from 'zod';
import { encodePath } from '../network/path.ts';
import { acceptedAnswer } from './answers.ts';
import type { PlatformClient } from './client.ts';

type Client = Pick<PlatformClient, 'call'>;

const pinsAnswer = z.object({
  items: z.array(z.object({ message_id: z.string(), create_time: z.string().catch('') })).nullish(),
  has_more: z.boolean().nullish(),
});

const MAX_PAGE = 50;

export async function pinMessage(
  client: Client,
  messageId: string,
  signal: AbortSignal,
): Promise<void> {
  await client.call(
    {
      method: 'POST',
      path: '/open-apis/im/v1/pins',
      body: { message_id: messageId },
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
}

export async function unpinMessage(
  client: Client,
  messageId: string,
  signal: AbortSignal,
): Promise<void> {
  await client.call(
    {
      method: 'DELETE',
      path: encodePath`/open-apis/im/v1/pins/${messageId}`,
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
}

/** The newest pinned messages of a chat, 50 at most; `pinnedAt` in ms since 1970. */
export async function listPins(
  client: Client,
  chatId: string,
  signal: AbortSignal,
): Promise<{
  readonly pins: readonly { readonly messageId: string; readonly pinnedAt: number }[];
  readonly hasMore: boolean;
}> {
  const answer = await client.call(
    {
      method: 'GET',
      path: '/open-apis/im/v1/pins',
      query: { chat_id: chatId, page_size: String(MAX_PAGE) },
      schema: pinsAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
  const pins = (answer.items ?? []).map(({ message_id: messageId, create_time: at }) => ({
    messageId,
    pinnedAt: Number(at) || 0,
  }));
  return { pins, hasMore: answer.has_more === true };
}
