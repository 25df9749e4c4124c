import { parseJson } from '../../../../shared/json.ts';
import { elementLines, localeOf, textIn } from '../card/card-elements.ts';
import {
  cardIn,
  elementsOf,
  hasCardTexts,
  internalCard,
  isUpgradeHint,
} from '../card/card-source.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { joinedLines, plain } from '../pieces/piece.ts';
import { placeholder } from '../pieces/placeholder.ts';
import { asArray, asObject, collectTexts, type Fields } from '../untyped.ts';

const names = ['interactive', 'card'];

/** A card of schema 1.0 or 2.0, as it was written or in the platform's simplified form. */
export const cardType: ContentType = {
  names,
  read: (content, context) => {
    const { lang } = context;
    const card = cardIn(content);
    const header = asObject(card.header);
    const title = textIn(header.title, lang) || textIn(card.title, lang);
    const tags = asArray(header.text_tag_list).map((tag) => textIn(asObject(tag).text, lang));
    const details = [title, textIn(header.subtitle, lang), ...tags];
    const shown = details.filter((detail) => !isUpgradeHint(detail));
    const elements = elementsOf(card, localeOf(lang));
    // The hint to upgrade the client comes with an image, which is none of the card either.
    const inElements = collectTexts(elements);
    const isHint = inElements.length > 0 && inElements.every(isUpgradeHint);
    const lines = isHint ? [] : elementLines(elements, context);
    const said = lines.length === 0 ? otherTexts(card, title) : [];
    return joinedLines([
      [plain(placeholder(texts.card, shown, lang))],
      ...lines,
      ...said.map((text) => context.mentions.pieces(text)),
    ]);
  },
};

/** The texts of a card without elements: the platform's internal form, or a template's values. */
function otherTexts(card: Fields, title: string): readonly string[] {
  const whole = title === '' ? card : undefined;
  const values = internalCard(card) ?? asObject(card.data).template_variable ?? whole;
  return [...new Set(collectTexts(values))].filter((text) => !isUpgradeHint(text));
}

/** Whether the content of a message is all that is known of it; a card may need a call. */
export function isWholeCard(message: { readonly messageType: string; readonly content: string }) {
  return !names.includes(message.messageType) || hasCardTexts(parseJson(message.content));
}
