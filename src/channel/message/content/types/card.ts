import { parseJson } from '../../../../shared/json.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../placeholder.ts';
import { asObject, asText, collectTexts } from '../untyped.ts';

/** What the platform puts in the place of a card of schema 2.0: it says nothing about the card. */
const UPGRADE_HINT = /请升级至最新版本客户端|upgrade to the latest version/i;

/** A card's texts. A card of schema 2.0 may come as it was written, in `user_dsl`. */
export const cardType: ContentType = {
  names: ['interactive', 'card'],
  read: (content, { lang }) => {
    const written = writtenCard(asObject(content).user_dsl);
    const said = collectTexts(written ?? content).filter((text) => !UPGRADE_HINT.test(text));
    return labelled(texts.card, said.join(' '), lang);
  },
};

function writtenCard(source: unknown): unknown {
  return asText(source) === '' ? source : parseJson(asText(source));
}
