/** One message as the platform has it now (open.feishu.cn, im/v1/messages/:message_id). */
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { codeOf, isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { answerTimeout } from '../../../shared/time/waiting.ts';
import { createPermissionWarner } from '../../missing-permission.ts';
import { type FetchedMessage, itemsSchema, readItem } from './message-item.ts';

/**
 * The message and, if it is a merged one, its children behind it; `undefined` where it cannot be
 * read. Rejects only on abort.
 */
export type FetchMessage = (
  messageId: string,
  signal: AbortSignal,
) => Promise<FetchedMessage | undefined>;

/** An answer does not wait longer for it (ms). */
const TIMEOUT_MS = 1500;

export function createMessageFetcher(options: {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly log: Logger;
}): FetchMessage {
  const { client, log } = options;
  const warn = createPermissionWarner(log, 'quoted and merged messages cannot be read');
  return async (messageId, signal) => {
    try {
      const { items } = await client.call(
        {
          method: 'GET',
          // Cards come as they were written; without it those of version 2.0 come as a hint to upgrade.
          path: `${encodePath`/open-apis/im/v1/messages/${messageId}`}?card_msg_content_type=user_card_content`,
          schema: itemsSchema,
          family: 'message',
          safeToRepeat: true,
        },
        { signal: AbortSignal.any([signal, answerTimeout(TIMEOUT_MS)]) },
      );
      const messages = (items ?? []).map(readItem);
      // The order is not promised.
      const message = messages.find((one) => one.messageId === messageId) ?? messages[0];
      return message && { ...message, children: messages.filter((one) => one !== message) };
    } catch (error) {
      signal.throwIfAborted();
      const isExpected = isMoltbotFeishuError(error) || (error as Error).name === 'TimeoutError';
      if (!isExpected) throw error;
      warn(error);
      log.info('a message could not be read', { messageId, error: codeOf(error) });
      return undefined;
    }
  };
}
