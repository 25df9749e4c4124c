import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { attachment, labelled } from '../placeholder.ts';
import { asObject, asText } from '../untyped.ts';

/** The platform names it `media`. */
export const videoType: ContentType = {
  names: ['media', 'video'],
  read: (content, { lang }) => {
    const fields = asObject(content);
    return {
      ...labelled(texts.video, asText(fields.file_name), lang),
      attachments: attachment('video', fields),
    };
  },
};
