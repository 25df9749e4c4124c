/** The words in brackets for what has no text of its own: `[image]`, `[file: report.pdf]`. Pure. */
import { type Lang, type LocalizedText, render, type Text } from '../../../shared/text.ts';
import type { Attachment, Reading } from './content-type.ts';
import { plain } from './mentions.ts';
import { asText, type Fields } from './untyped.ts';

/** The longest detail beside a label (characters). */
const MAX_DETAIL = 2000;

export function placeholder(label: LocalizedText | Text, detail: string, lang: Lang): string {
  const name = render(label, lang);
  const shown = detail.trim().slice(0, MAX_DETAIL);
  return shown === '' ? `[${name}]` : `[${name}: ${shown}]`;
}

/** A message that is only a placeholder. */
export function labelled(
  label: LocalizedText | Text,
  details: string | readonly string[],
  lang: Lang,
): Reading {
  const known = [details].flat().filter((detail) => detail.trim() !== '');
  return { pieces: [plain(placeholder(label, known.join(', '), lang))] };
}

/** The attachment of an element or a message that has a key; without a key there is none. */
export function attachment(kind: Attachment['kind'], fields: Fields): readonly Attachment[] {
  const key = asText(kind === 'image' ? fields.image_key : fields.file_key);
  if (key === '') return [];
  const name = asText(fields.file_name);
  const durationMs = Number(fields.duration);
  return [
    {
      kind,
      key,
      ...(name !== '' && { name }),
      ...(Number.isFinite(durationMs) && durationMs > 0 && { durationMs }),
    },
  ];
}
