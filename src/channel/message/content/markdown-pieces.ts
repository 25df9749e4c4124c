/** Makes images and mentions in Feishu's Markdown (`md`) readable; code stays unchanged. Pure. */
import { type Lang, render } from '../../../shared/text.ts';
import { channelTexts as texts } from '../../texts.ts';
import { type MentionReader, type Piece, plain } from './mentions.ts';

/** Code, an image with its key, or a person with their id; no alternative runs over another one. */
const PARTS = /`+[^`]*`+|!\[([^[\]\n]*)\]\(img_[^()\s]*\)|<at\b([^<>]*)>([^<>]*)<\/at>/g;

export function markdownPieces(
  text: string,
  mentions: MentionReader,
  lang: Lang,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const until = (index: number): void => {
    if (index > end) pieces.push(...mentions.pieces(text.slice(end, index)));
  };
  for (const match of text.matchAll(PARTS)) {
    const [whole, alt = '', attributes, name = ''] = match;
    until(match.index);
    end = match.index + whole.length;
    if (whole.startsWith('`')) pieces.push(plain(whole));
    else if (whole.startsWith('!')) pieces.push(plain(image(alt, lang)));
    else pieces.push(mentions.piece(idIn(attributes ?? ''), name));
  }
  until(text.length);
  return pieces;
}

function image(alt: string, lang: Lang): string {
  const label = render(texts.image, lang);
  return alt.trim() === '' ? `[${label}]` : `[${label}: ${alt}]`;
}

/** `user_id="ou_…"` in posts, `id=ou_…` in cards. */
function idIn(attributes: string): string {
  return /\bid=["']?([^\s"'=]*)/.exec(attributes.replace('user_id', 'id'))?.[1] ?? '';
}
