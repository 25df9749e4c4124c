/** The text of a message that another one answers; a decoration, left out where it cannot be read. */
import { z } from 'zod';
import { readMessage } from '../../channel/message/content/content.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { encodePath } from '../../platform/network/path.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Lang } from '../../shared/text.ts';

/** open.feishu.cn im-v1/message/get */
const messageSchema = z.object({
  items: z
    .array(
      z.object({
        msg_type: z.string(),
        body: z.object({ content: z.string() }).nullish(),
        mentions: z
          .array(
            z.object({ key: z.string(), id: z.string().nullish(), name: z.string().nullish() }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

/** An answer does not wait longer for it (ms). */
const TIMEOUT_MS = 1500;
const MAX_LENGTH = 4000;

export async function readQuotedText(
  client: PlatformClient,
  messageId: string,
  { signal, lang }: { readonly signal: AbortSignal; readonly lang: Lang },
): Promise<string | undefined> {
  try {
    const { items } = await client.call(
      {
        method: 'GET',
        path: encodePath`/open-apis/im/v1/messages/${messageId}`,
        schema: messageSchema,
        family: 'message',
        safeToRepeat: true,
      },
      { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) },
    );
    const [item] = items ?? [];
    if (!item?.body) return undefined;
    const mentions = (item.mentions ?? []).map(({ key, id, name }) => ({
      key,
      openId: id ?? '',
      name: name ?? '',
    }));
    const message = { messageType: item.msg_type, content: item.body.content, mentions };
    return readMessage(message, { botOpenId: undefined, lang }).text.slice(0, MAX_LENGTH);
  } catch (error) {
    signal.throwIfAborted();
    if (isMoltbotFeishuError(error) || (error as Error).name === 'TimeoutError') return undefined;
    throw error;
  }
}
