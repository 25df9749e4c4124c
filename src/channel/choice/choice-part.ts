/** A question with buttons as one message of an answer, and its place in the book once it is sent. */

import { parseJson } from '../../shared/json.ts';
import type { Lang, LocalizedText } from '../../shared/text/text.ts';
import type { ButtonRows } from '../answer/buttons.ts';
import type { Deliver } from '../answer/deliver.ts';
import { parseMarkdown } from '../answer/text/parse/parse.ts';
import { cardContent } from '../answer/text/render/render-card.ts';
import type { Part } from '../inbox/part.ts';
import { type CardForm, wordsPart, writesCards } from './card-part.ts';
import { choiceAsText } from './choice-as-text.ts';
import type { ChoiceBook } from './choice-book.ts';
import {
  type AboveButtons,
  type CardJson,
  choiceCard,
  labelOf,
  literalElement,
  shownRows,
  titleHeader,
  wordsOf,
} from './choice-card.ts';
import { type MayPress, sealChoice } from './sealed-choice.ts';

export interface Question {
  readonly title?: LocalizedText;
  /** Above the buttons. */
  readonly text: string;
  /** Whether the text is shown as it is, without Markdown. */
  readonly isLiteral?: boolean;
  readonly rows: ButtonRows;
  /** Empty if it is not known: the question goes to a person by open_id. */
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group' | 'unknown';
  readonly mayPress: MayPress;
  /** Empty if no one person is asked. */
  readonly askedOpenId: string;
  /** How long the buttons work (ms). */
  readonly forMs: number;
  /** What is asked about, where it has an id of its own. */
  readonly subject?: string;
  /** The language of the text that replaces a refused card. */
  readonly lang: Lang;
}

export interface QuestionMaker {
  readonly key: Buffer;
  readonly newId: () => string;
  /** ms since 1970. */
  readonly now: () => number;
}

/** The usual lifetime of a question (ms); the platform lets cards work for 14 days. */
export const CHOICE_LIFETIME_MS = 24 * 60 * 60_000;

/**
 * The message of a question; `undefined` if no button can be shown.
 *
 * @param form where the account writes posts or texts, the question is one, too
 */
export function choicePart(
  question: Question,
  { key, newId, now }: QuestionMaker,
  form: CardForm,
): Part | undefined {
  const rows = shownRows(question.rows);
  if (rows.length === 0) return undefined;
  const text = choiceAsText({ ...question, rows }, question.lang);
  if (!writesCards(form)) return wordsPart(text, form);
  const { chatId, chatType, mayPress, askedOpenId, subject } = question;
  const cardId = newId();
  const expiresAt = now() + question.forMs;
  const shared = { cardId, chatId, chatType, mayPress, askedOpenId, expiresAt };
  const card = choiceCard({
    above: aboveButtons(question),
    rows,
    seal: (button) =>
      sealChoice(
        {
          ...shared,
          label: labelOf(button),
          says: wordsOf(button),
          isReusable: button.isReusable === true,
        },
        key,
      ),
  });
  return {
    type: 'ready-card',
    card: JSON.stringify(card),
    text,
    choice: { cardId, expiresAt, ...(subject !== undefined && { subject }) },
  };
}

function aboveButtons({ title, text, isLiteral }: Question): AboveButtons {
  const header = title && titleHeader(title);
  if (text.trim() === '') return { header, elements: [] };
  if (isLiteral) return { header, elements: [literalElement(text)] };
  const card = cardContent(parseMarkdown(text));
  const { config, body } = card;
  return { header: header ?? card.header, summary: config.summary, elements: body.elements };
}

/** Delivers as before, and writes the cards with buttons into the book. */
export function rememberingCards(deliver: Deliver, book: ChoiceBook): Deliver {
  return async (delivery) => {
    const delivered = await deliver(delivery);
    const { part } = delivery;
    if (part.type === 'ready-card' && part.choice) {
      const card = parseJson(part.card) as CardJson | undefined;
      book.opened({ ...part.choice, messageId: delivered.sent.messageId, card });
    }
    return delivered;
  };
}
