import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asObject, asText } from '../untyped.ts';

/** The platform's usual text is the same for every red packet. */
const FIXED = '[红包]';

export const redPacketType: ContentType = {
  names: ['hongbao'],
  read: (content, { lang }) => {
    const text = asText(asObject(content).text);
    return labelled(texts.redPacket, text === FIXED ? '' : text, lang);
  },
};
