/** Completes the content of a message whose event does not have all of it. */
import type { PlatformClient } from '../../../platform/client/client.ts';
import type { Logger } from '../../../shared/log.ts';
import type { Lang } from '../../../shared/text.ts';
import { contentOf, type MessageContent, readPieces } from '../content/content.ts';
import { isWholeCard } from '../content/types/card.ts';
import type { Inbound } from '../inbound.ts';
import { fetchMessage } from './fetch-message.ts';
import { isMerged, MAX_MERGED_TEXT, mergedPieces } from './merged.ts';
import { type NameOf, senderNames } from './sender-names.ts';

export interface ContentExpanderOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly nameOf: NameOf;
  /** The language of placeholders, as for the content itself. */
  readonly lang: Lang;
  readonly log: Logger;
}

export interface ContentExpander {
  /**
   * The content of a message with its forwarded messages, or with the card as it was written. Calls
   * the platform only where the event has neither; called after policy.
   *
   * @returns the content as it is where nothing is missing, or the platform does not give it in time
   * @throws only the reason of the signal
   */
  expand(
    inbound: Pick<Inbound, 'message' | 'content'>,
    signal: AbortSignal,
  ): Promise<MessageContent>;
}

export function createContentExpander(options: ContentExpanderOptions): ContentExpander {
  const { client, nameOf, lang, log } = options;

  async function read(
    { message, content }: Pick<Inbound, 'message' | 'content'>,
    signal: AbortSignal,
  ): Promise<MessageContent> {
    const { messageId } = message;
    const items = await fetchMessage(messageId, { client, log, signal });
    const fetched = items?.find((item) => item.messageId === messageId) ?? items?.[0];
    if (!items || !fetched || fetched.isRecalled) return content;
    // No command: the words are not the sender's own.
    const { command } = content;
    if (!isMerged(fetched)) {
      const card = readPieces(fetched, { botOpenId: undefined, lang });
      return { ...contentOf(card, { lang }), command };
    }
    const names = await senderNames(items, nameOf, signal);
    const merged = mergedPieces(fetched, items, { names, lang, isOwn: true });
    return { ...contentOf(merged, { lang, maxText: MAX_MERGED_TEXT }), command };
  }

  return {
    async expand(inbound, signal) {
      const { message, content } = inbound;
      const isComplete = !isMerged(message) && isWholeCard(message);
      return isComplete ? content : read(inbound, signal);
    },
  };
}
