/** Changes of messages that this app has sent (open.feishu.cn, im-v1/message). */
import { encodePath } from '../network/path.ts';
import { acceptedAnswer } from './answers.ts';
import type { CallOptions, PlatformClient } from './client.ts';

type Client = Pick<PlatformClient, 'call'>;

/** Replaces the content of a card, up to 14 days after it was sent. */
export async function updateCard(
  client: Client,
  { messageId, card }: { readonly messageId: string; readonly card: object },
  signal: AbortSignal,
): Promise<void> {
  await client.call(
    {
      method: 'PATCH',
      path: encodePath`/open-apis/im/v1/messages/${messageId}`,
      body: { content: JSON.stringify(card) },
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
}

/** Replaces the content of a text or post of this app; a message takes 20 edits. */
export async function editMessage(
  client: Client,
  message: { readonly messageId: string; readonly msgType: string; readonly content: string },
  signal: AbortSignal,
): Promise<void> {
  await client.call(
    {
      method: 'PUT',
      path: encodePath`/open-apis/im/v1/messages/${message.messageId}`,
      body: { msg_type: message.msgType, content: message.content },
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: false,
    },
    { signal },
  );
}

/** Recalls a message. One that is gone already is refused. */
export async function recallMessage(
  client: Client,
  messageId: string,
  options: CallOptions,
): Promise<void> {
  await client.call(
    {
      method: 'DELETE',
      path: encodePath`/open-apis/im/v1/messages/${messageId}`,
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    options,
  );
}
