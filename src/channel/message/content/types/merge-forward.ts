import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';

/** The event names no child: its text is the same for every merged message. */
export const mergeForwardType: ContentType = {
  names: ['merge_forward'],
  read: (_content, { lang }) => labelled(texts.forwarded, '', lang),
};
