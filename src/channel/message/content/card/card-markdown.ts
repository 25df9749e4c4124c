/** The Markdown of cards, whose own tags are not Markdown. Pure. */
import type { ReadContext } from '../content-type.ts';
import { partsOf } from '../pieces/code-parts.ts';
import { markdownPieces } from '../pieces/markdown-pieces.ts';
import type { Piece } from '../pieces/piece.ts';
import { link } from '../styled-text.ts';
import { timeText } from '../time-text.ts';

/** A link, a time, a person, or another tag of cards; no alternative runs over a `<`. */
const TAGS =
  /<(a|link)\b([^<>]*)>([^<>]*)<\/\1>|<(local_datetime|person)\b([^<>]*)>|<(\/?)(font|text_tag|number_tag|raw|person|local_datetime|br)\b[^<>]*>/;

/** The pieces of a `markdown` element or a `lark_md` text; images of cards are not given out. */
export function cardMarkdown(text: string, { mentions, lang }: ReadContext): readonly Piece[] {
  let markdown = '';
  let end = 0;
  for (const part of partsOf(text, TAGS)) {
    if (!part.mark) continue;
    markdown += text.slice(end, part.start) + withoutTag(part.mark);
    end = part.end;
  }
  return markdownPieces(markdown + text.slice(end), { mentions, lang, hasFiles: false });
}

function withoutTag(found: RegExpExecArray): string {
  const [, , address = '', label = '', valued, attributes = '', , tag] = found;
  if (label !== '' || address !== '') return link(label, valueIn(address, LINK));
  if (valued === 'local_datetime') return timeText(valueIn(attributes, TIME));
  if (valued === 'person') return `<at id=${valueIn(attributes, ID)}></at>`;
  return tag === 'br' ? '\n' : '';
}

const LINK = /\b(?:href|url)=["']?([^\s"']*)/;
const TIME = /\bmillisecond=["']?(\d*)/;
const ID = /\bid=["']?([^\s"']*)/;

const valueIn = (attributes: string, name: RegExp): string => name.exec(attributes)?.[1] ?? '';
