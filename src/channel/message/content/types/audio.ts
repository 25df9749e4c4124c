import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { plain } from '../piece.ts';
import { filePiece } from '../placeholder.ts';
import { asObject, asText } from '../untyped.ts';

/** A voice message. Feishu's own transcript (`speech_to_text`), where it comes along, is its text. */
export const audioType: ContentType = {
  names: ['audio'],
  read: (content, { lang }) => {
    const fields = asObject(content);
    const transcript = asText(fields.speech_to_text).trim();
    const file = filePiece('audio', fields, { label: texts.audio, lang });
    return transcript === '' ? [file] : [file, plain(` ${transcript}`)];
  },
};
