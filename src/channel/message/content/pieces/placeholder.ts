/** The words in brackets for what has no text of its own: `[sticker]`, `[folder: plans]`. Pure. */

import { oneLine } from '../../../../shared/text/one-line.ts';
import { type Lang, type LocalizedText, render, type Text } from '../../../../shared/text/text.ts';
import { MAX_TEXT } from '../bounds.ts';
import { durationText } from '../duration-text.ts';
import { asText, type Fields } from '../untyped.ts';
import { type Piece, plain, type Resource, referencePiece } from './piece.ts';

/** The longest name of a file in the text (characters). */
const MAX_NAME = 500;

export function placeholder(
  label: LocalizedText | Text,
  details: string | readonly string[],
  lang: Lang,
): string {
  const name = render(label, lang);
  const known = [details]
    .flat()
    .map((detail) => oneLine(detail, MAX_TEXT))
    .filter(Boolean);
  return known.length === 0 ? `[${name}]` : `[${name}: ${known.join(', ')}]`;
}

/** A message that is only a placeholder. */
export function labelled(
  label: LocalizedText | Text,
  details: string | readonly string[],
  lang: Lang,
): readonly Piece[] {
  return [plain(placeholder(label, details, lang))];
}

/** A file with the platform's transcript, if it is a voice message that has one. */
export function spokenFile(file: Piece): readonly Piece[] {
  const transcript = file.reference?.resource.transcript;
  return transcript === undefined ? [file] : [file, plain(` ${transcript}`)];
}

/**
 * The piece of an element or a message that is a file. Without a key the platform gives out no bytes,
 * and the file gets no number.
 *
 * @param said what else names the file, if it has no name
 */
export function filePiece(
  kind: Resource['kind'],
  fields: Fields,
  { label, lang, said = '' }: { readonly label: Text; readonly lang: Lang; readonly said?: string },
): Piece {
  const key = asText(kind === 'image' ? fields.image_key : fields.file_key);
  const name = asText(fields.file_name);
  const durationMs = Number(fields.duration);
  const hasDuration = Number.isFinite(durationMs) && durationMs > 0;
  const shown = oneLine(name || said, MAX_NAME);
  const details = [shown, hasDuration ? durationText(durationMs) : ''].filter(Boolean);
  if (key === '') return plain(placeholder(label, details, lang));
  const transcript = asText(fields.speech_to_text).trim();
  return referencePiece(
    {
      kind,
      key,
      ...(name !== '' && { name }),
      ...(hasDuration && { durationMs }),
      ...(transcript !== '' && { transcript }),
    },
    details,
  );
}
