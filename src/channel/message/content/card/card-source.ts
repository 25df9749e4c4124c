/** Finds the card in the content of a message, in whichever form the platform gives it. Pure. */
import { parseJson } from '../../../../shared/json.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from '../untyped.ts';

/** What the platform puts in the place of a card of schema 2.0: it says nothing about the card. */
const UPGRADE_HINT = /请升级至最新版本客户端|upgrade to the latest version.{0,20} to view/i;
/** The hint is one sentence; a longer text is the card's own. */
const MAX_HINT = 100;

export const isUpgradeHint = (text: string): boolean =>
  text.length <= MAX_HINT && UPGRADE_HINT.test(text);

/**
 * The card as it was written (`user_dsl`: a JSON text, or the card itself), else the content, which is
 * the card or the platform's simplified form of it (docs/platform/messages.md#content).
 */
export function cardIn(content: unknown): Fields {
  const fields = asObject(content);
  const { user_dsl: written } = fields;
  if (written === undefined) return fields;
  const card = typeof written === 'string' ? parseJson(written) : written;
  return typeof card === 'object' && card !== null ? asObject(card) : fields;
}

/** The platform's internal form of a card, which is read by its texts only. */
export function internalCard(card: Fields): unknown {
  const source = asText(card.json_card);
  return source === '' ? card.json_card : (parseJson(source) ?? source);
}

/** Where the elements of a card are: schema 2.0, schema 1.0, and 1.0 in several languages. */
export function elementsOf(card: Fields, locale: string): readonly unknown[] {
  const inLanguages = asObject(card.i18n_elements);
  return (
    [
      asObject(card.body).elements,
      card.elements,
      inLanguages[locale],
      ...Object.values(inLanguages),
    ]
      .map(asArray)
      .find((elements) => elements.length > 0) ?? []
  );
}

/** Whether a content has the texts of its card, not only the hint to upgrade the client. */
export function hasCardTexts(content: unknown): boolean {
  const card = cardIn(content);
  const texts = collectTexts(internalCard(card) ?? card);
  return texts.length > 0 && !texts.some(isUpgradeHint);
}
