import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';

/** The platform gives out no sticker. */
export const stickerType: ContentType = {
  names: ['sticker'],
  read: (_content, { lang }) => labelled(texts.sticker, '', lang),
};
