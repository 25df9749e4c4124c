import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const redPacketType: ContentType = {
  names: ['hongbao'],
  read: (content, { lang }) => labelled(texts.redPacket, asText(asObject(content).text), lang),
};
