import type { ContentType } from '../content-type.ts';
import { asObject, asText } from '../untyped.ts';

/** Links arrive as Markdown (`[text](url)`); all other styles are lost. */
export const textType: ContentType = {
  names: ['text'],
  read: (content, { mentions }) => mentions.pieces(asText(asObject(content).text)),
};
