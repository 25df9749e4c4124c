/** Completes the content of a message whose event does not have all of it. */
import type { Lang } from '../../../shared/text/text.ts';
import { contentOf, type MessageContent, readPieces } from '../content/content.ts';
import { isWholeCard } from '../content/types/card.ts';
import type { Inbound } from '../inbound.ts';
import type { FetchMessage } from './fetch-message.ts';
import { isMerged, MAX_MERGED_TEXT, mergedPieces } from './merged.ts';
import { type NameOf, senderNames } from './sender-names.ts';

export interface ContentExpanderOptions {
  readonly fetchMessage: FetchMessage;
  readonly nameOf: NameOf;
  /** The language of placeholders, as for the content itself. */
  readonly lang: Lang;
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
  const { fetchMessage, nameOf, lang } = options;

  async function read(
    { message, content }: Pick<Inbound, 'message' | 'content'>,
    signal: AbortSignal,
  ): Promise<MessageContent> {
    const fetched = await fetchMessage(message.messageId, signal);
    if (!fetched || fetched.isRecalled) return content;
    // No command: the words are not the sender's own.
    const { command } = content;
    if (!isMerged(fetched)) {
      const card = readPieces(fetched, { botOpenId: undefined, lang });
      return { ...contentOf(card, { lang }), command };
    }
    const names = await senderNames([fetched, ...fetched.children], nameOf, signal);
    const merged = mergedPieces(fetched, { names, lang });
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
