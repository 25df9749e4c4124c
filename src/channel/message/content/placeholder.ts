/** The words in brackets for what has no text of its own: `[sticker]`, `[folder: plans]`. Pure. */
import { type Lang, type LocalizedText, render, type Text } from '../../../shared/text.ts';
import { oneLine } from './bounds.ts';
import { durationText } from './duration-text.ts';
import { type Piece, plain, type Resource, referencePiece } from './piece.ts';
import { asText, type Fields } from './untyped.ts';

/** The longest detail beside a label (characters). */
const MAX_DETAIL = 2000;

export function placeholder(
  label: LocalizedText | Text,
  details: string | readonly string[],
  lang: Lang,
): string {
  const name = render(label, lang);
  const known = [details]
    .flat()
    .map((detail) => oneLine(detail, MAX_DETAIL))
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
  const details = [name || said, hasDuration ? durationText(durationMs) : ''].filter(Boolean);
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
