import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asObject } from '../untyped.ts';

/** Links arrive as Markdown (`[text](url)`); all other styles are lost. */
export const textType: ContentType = {
  names: ['text'],
  read: (content, { mentions, lang }) => {
    const { text } = asObject(content);
    return typeof text === 'string' ? mentions.pieces(text) : labelled(texts.empty, '', lang);
  },
};
