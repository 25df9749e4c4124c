import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asObject, asText, collectTexts } from '../untyped.ts';

/** The question and its options; results are not in the message. */
export const pollType: ContentType = {
  names: ['vote'],
  read: (content, { lang }) => {
    const { topic, options } = asObject(content);
    const choices = collectTexts(options).join(' / ');
    const said = [asText(topic), choices].filter((part) => part !== '').join(' – ');
    return labelled(texts.poll, said, lang);
  },
};
