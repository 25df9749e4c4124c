import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { attachment, labelled } from '../placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const fileType: ContentType = {
  names: ['file'],
  read: (content, { lang }) => {
    const fields = asObject(content);
    return {
      ...labelled(texts.file, asText(fields.file_name), lang),
      attachments: attachment('file', fields),
    };
  },
};

/** The platform gives out no folder: only its name is known. */
export const folderType: ContentType = {
  names: ['folder'],
  read: (content, { lang }) => labelled(texts.folder, asText(asObject(content).file_name), lang),
};
