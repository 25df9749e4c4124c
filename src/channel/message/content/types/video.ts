import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { filePiece } from '../pieces/placeholder.ts';
import { asObject } from '../untyped.ts';

/** The platform names it `media`. */
export const videoType: ContentType = {
  names: ['media', 'video'],
  read: (content, { lang }) => [
    filePiece('video', asObject(content), { label: texts.video, lang }),
  ],
};
