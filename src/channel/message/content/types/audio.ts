import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { filePiece, spokenFile } from '../pieces/placeholder.ts';
import { asObject } from '../untyped.ts';

/** A voice message. Feishu's own transcript (`speech_to_text`), where it comes along, is its text. */
export const audioType: ContentType = {
  names: ['audio'],
  read: (content, { lang }) =>
    spokenFile(filePiece('audio', asObject(content), { label: texts.audio, lang })),
};
