/** A card as one message of an answer, in the form in which the account writes. Pure. */
import { type AnswerStyle, partOf } from '../answer/parts.ts';
import { parseMarkdown } from '../answer/text/parse/parse.ts';
import type { Part } from '../inbox/part.ts';
import { collectTexts } from '../message/content/untyped.ts';
import type { CardJson } from './choice-card.ts';

/** How an account shows what could be a card. */
export type CardForm = Pick<AnswerStyle, 'renderMode'>;

/** The message of a card that is sent as it is. One of JSON 1.0 is shown by clients of every age. */
export function cardPart(card: CardJson, form: CardForm): Part {
  const text = collectTexts(card).join('\n\n');
  if (writesCards(form) || card.schema !== '2.0') {
    return { type: 'ready-card', card: JSON.stringify(card), text };
  }
  return wordsPart(text, form);
}

/** The Markdown that takes a card's place, as a post or a text. */
export function wordsPart(markdown: string, { renderMode }: CardForm): Part {
  return partOf(parseMarkdown(markdown), renderMode);
}

export function writesCards({ renderMode }: CardForm): boolean {
  return renderMode === 'auto' || renderMode === 'card';
}
