import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { filePiece } from '../pieces/placeholder.ts';
import { asObject } from '../untyped.ts';

export const imageType: ContentType = {
  names: ['image'],
  read: (content, { lang }) => [
    filePiece('image', asObject(content), { label: texts.image, lang }),
  ],
};
