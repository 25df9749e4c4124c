import type { Part } from '../../inbox/part.ts';
import { ANSWER_LIMITS } from '../text/limits.ts';
import type { MarkdownDocument } from '../text/parse/document.ts';
import { parseMarkdown } from '../text/parse/parse.ts';
import { cardContent } from '../text/render/render-card.ts';
import type { OutgoingContent, PartFormat } from './format.ts';
import { postFormat } from './post.ts';

/** The platform does not take the content as a card, or the app may not send one (docs/platform/errors.md). */
export const cardRefusals: ReadonlySet<number> = new Set([
  11310, 100290, 200380, 200381, 200570, 200621, 200622, 200860, 200861, 200914, 200915, 230001,
  230025, 230028, 230099, 300305, 99991672,
]);

/** Markdown as a card 2.0; one that is too large, or refused, becomes a post. */
export const cardFormat: PartFormat<Extract<Part, { type: 'card' }>> = {
  content(part) {
    return (
      cardMessage(parseMarkdown(part.markdown, part.mentions)) ?? postFormat.content(asPost(part))
    );
  },
  fallback: { refusals: cardRefusals, part: asPost },
};

function asPost(part: Extract<Part, { type: 'card' }>): Extract<Part, { type: 'post' }> {
  return { ...part, type: 'post' };
}

/** The message with the card of a document; `undefined` if it would be too long. */
export function cardMessage(document: MarkdownDocument): OutgoingContent | undefined {
  const content = JSON.stringify(cardContent(document));
  const isTooLong = Buffer.byteLength(JSON.stringify(content)) > ANSWER_LIMITS.bytes;
  return isTooLong ? undefined : { msgType: 'interactive', content };
}
