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
import { joinedLines, plain } from '../piece.ts';
import { placeholder } from '../placeholder.ts';
import { asArray, asObject, collectTexts } from '../untyped.ts';

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
    const lines = collectTexts(elements).some(isUpgradeHint) ? [] : elementLines(elements, context);
    const internal =
      lines.length === 0
        ? (internalCard(card) ?? asObject(card.data).template_variable)
        : undefined;
    const said = collectTexts(internal).filter((text) => !isUpgradeHint(text));
    return joinedLines([
      [plain(placeholder(texts.card, shown, lang))],
      ...lines,
      ...said.map((text) => context.mentions.pieces(text)),
    ]);
  },
};

/** Whether the content of a message is all that is known of it; a card may need a call. */
export function isWholeCard(message: { readonly messageType: string; readonly content: string }) {
  return !names.includes(message.messageType) || hasCardTexts(parseJson(message.content));
}
