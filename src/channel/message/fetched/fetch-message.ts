/** Fetches a message that an event only names: a quoted one, the parts of a merged one, a card. */
import { z } from 'zod';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { codeOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { type FetchedMessage, parseMessageItem } from './message-item.ts';

export interface FetchOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** A turn does not wait longer for it (ms). */
const TIMEOUT_MS = 1500;

const answerSchema = z.object({ items: z.array(z.unknown()).nullish().catch(undefined) });

/**
 * The message and, if it is a merged one, its parts, all in one answer.
 *
 * @returns `undefined` if the platform does not give it, or not in time
 * @throws only the reason of the signal
 */
export async function fetchMessage(
  messageId: string,
  { client, log, signal }: FetchOptions,
): Promise<readonly FetchedMessage[] | undefined> {
  try {
    const { items } = await client.call(
      {
        method: 'GET',
        path: encodePath`/open-apis/im/v1/messages/${messageId}`,
        // Without it a card of schema 2.0 is only a hint to upgrade.
        query: { card_msg_content_type: 'user_card_content' },
        schema: answerSchema,
        family: 'message',
        safeToRepeat: true,
      },
      { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) },
    );
    const messages = (items ?? []).flatMap((item) => parseMessageItem(item) ?? []);
    return messages.length === 0 ? undefined : messages;
  } catch (error) {
    signal.throwIfAborted();
    log.info('a message could not be fetched', { messageId, error: codeOf(error) });
    return undefined;
  }
}
