/**
 * Gives the files of a text their numbers and placeholders (`[image 1]`, `[file 2: report.pdf]`), and
 * replaces the placeholder of a file that could not be fetched. Pure, linear.
 */

import { oneLine } from '../../../shared/text/one-line.ts';
import { type Lang, localize, render, type Text } from '../../../shared/text/text.ts';
import { contentTexts as texts } from './content-texts.ts';
import { type Piece, plain, type Resource } from './pieces/piece.ts';
import { placeholder } from './pieces/placeholder.ts';

/** A file of a message, and its place in the text. */
export interface Attachment extends Resource {
  /** 1, 2, 3, …, in the order of the text. */
  readonly id: number;
  /** The exact text in brackets at the file's place: `[image 1]`, `[file 2: report.pdf]`. */
  readonly placeholder: string;
}

/** The most files of a message; the text names the others without a number. */
const MAX_ATTACHMENTS = 50;

const MAX_REASON = 500;

export interface NumberedPieces {
  readonly pieces: readonly Piece[];
  readonly attachments: readonly Attachment[];
}

const resourceLabels: Readonly<Record<Resource['kind'], Text>> = {
  image: texts.image,
  file: texts.file,
  audio: texts.audio,
  video: texts.video,
};

/**
 * Replaces each reference by its placeholder. A file that occurs twice has one number.
 *
 * @param firstId the number of the first file, if other texts of the same turn have files, too
 */
export function numbered(pieces: readonly Piece[], lang: Lang, firstId = 1): NumberedPieces {
  const attachments = new Map<string, Attachment>();
  const written = pieces.map(({ text }) => text).join('');

  function placeholderOf(id: number, kind: Resource['kind'], details: readonly string[]): string {
    const label = localize(texts.numbered, { label: localize(resourceLabels[kind]), id });
    const usual = placeholder(label, details, lang);
    // The sender may have typed the same text.
    if (!written.includes(usual)) return usual;
    return placeholder(label, [...details, render(texts.attached, lang)], lang);
  }

  const read = pieces.map((piece): Piece => {
    if (!piece.reference) return piece;
    const { resource, details } = piece.reference;
    const key = JSON.stringify([resource.messageId, resource.key]);
    const known = attachments.get(key);
    if (known) return plain(known.placeholder);
    if (attachments.size >= MAX_ATTACHMENTS) {
      const left = [...details, render(localize(texts.tooMany, { most: MAX_ATTACHMENTS }), lang)];
      return plain(placeholder(resourceLabels[resource.kind], left, lang));
    }
    const id = firstId + attachments.size;
    const attachment = {
      id,
      ...resource,
      placeholder: placeholderOf(id, resource.kind, details),
    };
    attachments.set(key, attachment);
    return plain(attachment.placeholder);
  });
  return { pieces: read, attachments: [...attachments.values()] };
}

/**
 * The text with the reason at the place of each file that could not be fetched.
 *
 * @param reasonOf the reason in the reader's language; `undefined` for a file that was fetched
 * @example
 * withAttachmentErrors('see [image 1]', attachments, () => 'larger than 20 MB')
 * // 'see [image 1: larger than 20 MB]'
 */
export function withAttachmentErrors(
  text: string,
  attachments: readonly Attachment[],
  reasonOf: (attachment: Attachment) => string | undefined,
): string {
  const byId = new Map(attachments.map((one) => [one.id, one]));
  let replaced = '';
  let end = 0;
  for (const { 1: id, index } of text.matchAll(PLACEHOLDER_START)) {
    const attachment = byId.get(Number(id));
    // The name of a file may hold the placeholder of another one: only whole placeholders count.
    if (!attachment || index < end || !text.startsWith(attachment.placeholder, index)) continue;
    replaced += text.slice(end, index) + failed(attachment, reasonOf);
    end = index + attachment.placeholder.length;
  }
  return replaced + text.slice(end);
}

/** The label and the number of a placeholder. */
const PLACEHOLDER_START = /\[[^[\]\d]{1,30} (\d{1,4})/g;

function failed(
  attachment: Attachment,
  reasonOf: (attachment: Attachment) => string | undefined,
): string {
  const { placeholder: usual } = attachment;
  const reason = oneLine(reasonOf(attachment) ?? '', MAX_REASON);
  if (reason === '') return usual;
  // A label has no colon: the first one is before the details.
  return `${usual.slice(0, -1)}${usual.includes(': ') ? ', ' : ': '}${reason}]`;
}
