import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { attachment, labelled } from '../placeholder.ts';
import { asObject } from '../untyped.ts';

export const imageType: ContentType = {
  names: ['image'],
  read: (content, { lang }) => ({
    ...labelled(texts.image, '', lang),
    attachments: attachment('image', asObject(content)),
  }),
};
