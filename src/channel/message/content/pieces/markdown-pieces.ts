/** Makes images and mentions in Feishu's Markdown (`md`) readable; code stays unchanged. Pure. */
import type { Lang } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import { partsOf } from './code-parts.ts';
import type { MentionReader } from './mentions.ts';
import { type Piece, plain } from './piece.ts';
import { filePiece } from './placeholder.ts';

/** An image with its key, or a person with their id; neither runs over another one. */
const MARKS = /!\[([^[\]\n]*)\]\((img_[^()\s]*)\)|<at\b([^<>]*)>([^<>]*)<\/at>/;

export interface MarkdownContext {
  readonly mentions: MentionReader;
  readonly lang: Lang;
  /** Whether the platform gives out the images of this text. */
  readonly hasFiles: boolean;
}

export function markdownPieces(
  text: string,
  { mentions, lang, hasFiles }: MarkdownContext,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const until = (index: number): void => {
    if (index > end) pieces.push(...mentions.pieces(text.slice(end, index)));
  };
  for (const part of partsOf(text, MARKS)) {
    until(part.start);
    end = part.end;
    if (!part.mark) {
      pieces.push(plain(text.slice(part.start, part.end)));
      continue;
    }
    const [, said = '', key, attributes = '', name = ''] = part.mark;
    if (key === undefined) pieces.push(mentions.piece(idIn(attributes), name));
    else {
      const fields = hasFiles ? { image_key: key } : {};
      pieces.push(filePiece('image', fields, { label: texts.image, lang, said }));
    }
  }
  until(text.length);
  return pieces;
}

/** `user_id="ou_…"` in posts, `id=ou_…` in cards. */
function idIn(attributes: string): string {
  return /\bid=["']?([^\s"'=]*)/.exec(attributes.replace('user_id', 'id'))?.[1] ?? '';
}
