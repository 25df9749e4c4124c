/**
 * Replaces the keys of mentions (`@_user_1`) by names, and removes the mention of the bot.
 *
 * In: the message's mentions. Out: a reader that splits texts and elements into pieces, which
 * separate a command from the mentions before it. Linear in the number of mentions.
 */
import { type Lang, render } from '../../../../shared/text/text.ts';
import type { Mention } from '../../event.ts';
import { contentTexts as texts } from '../content-texts.ts';
import { type Piece, plain } from './piece.ts';

export interface MentionReader {
  /** Splits a text with keys. A key without a mention in the message stays as it is. */
  pieces(text: string): readonly Piece[];
  /** The piece of an element that names one person by key, open_id or `all`. */
  piece(id: string, name: string): Piece;
}

/** A mention of everyone by key, or by the id of an element; mostly it is not listed in `mentions`. */
const everyone = new Set<string | undefined>(['@_all', '@all', 'all']);

/** Matches whole keys only (`@_user_12`, `@_allocator`), and one blank after them. */
const KEY = /(@_\w+)([^\S\r\n]?)/g;

export function mentionReader(
  mentions: readonly Mention[],
  { botOpenId, lang }: { readonly botOpenId: string | undefined; readonly lang: Lang },
): MentionReader {
  const byId = new Map<string, Mention>();
  for (const mention of mentions) {
    for (const id of [mention.key, mention.openId]) {
      if (id !== '' && !byId.has(id)) byId.set(id, mention);
    }
  }

  /** Empty for the bot itself; `undefined` for an id that is none of the message's. */
  function named(id: string, elementName: string): string | undefined {
    const mention = byId.get(id);
    if (everyone.has(id) || everyone.has(mention?.openId)) {
      return `@${render(texts.everyone, lang)}`;
    }
    const openId = mention?.openId || id;
    if (openId === botOpenId) return '';
    const name = elementName || mention?.name || mention?.openId;
    // Of a person who is neither named nor identified, the key is all there is.
    if (name === '') return id;
    return name === undefined ? undefined : `@${name}`;
  }

  return {
    pieces(text) {
      const pieces: Piece[] = [];
      let end = 0;
      for (const match of text.matchAll(KEY)) {
        const [whole, key = '', blank = ''] = match;
        const name = named(key, '');
        if (name === undefined) continue;
        pieces.push(plain(text.slice(end, match.index)));
        end = match.index + whole.length;
        // The blank after the bot's mention is removed with it.
        pieces.push({ text: name === '' ? '' : name + blank, isMention: true });
      }
      pieces.push(plain(text.slice(end)));
      return pieces;
    },
    piece(id, name) {
      const said = named(id, name) ?? (id === '' ? '' : `@${id}`);
      return { text: said, isMention: true };
    },
  };
}
