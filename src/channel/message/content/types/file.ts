import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { filePiece, labelled } from '../pieces/placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const fileType: ContentType = {
  names: ['file'],
  read: (content, { lang }) => [filePiece('file', asObject(content), { label: texts.file, lang })],
};

/** The platform gives out no folder: only its name is known. */
export const folderType: ContentType = {
  names: ['folder'],
  read: (content, { lang }) => labelled(texts.folder, asText(asObject(content).file_name), lang),
};
