import type { Part } from '../../inbox/part.ts';
import { ANSWER_LIMITS } from '../text/limits.ts';
import { wireBytes } from '../text/wire-bytes.ts';
import { cardRefusals } from './card.ts';
import type { PartFormat } from './format.ts';
import { postFormat } from './post.ts';

/** A card that is sent as it was made; one that is too large, or refused, becomes its text. */
export const readyCardFormat: PartFormat<Extract<Part, { type: 'ready-card' }>> = {
  content(part) {
    if (wireBytes(part.card) > ANSWER_LIMITS.bytes) return postFormat.content(textOf(part));
    return { msgType: 'interactive', content: part.card };
  },
  fallback: { refusals: cardRefusals, part: textOf },
};

function textOf({ text }: { readonly text: string }): Extract<Part, { type: 'post' }> {
  return { type: 'post', markdown: text };
}
