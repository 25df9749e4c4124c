/**
 * Replaces the keys of mentions (`@_user_1`) by names, and removes the mention of the bot.
 *
 * In: the message's mentions. Out: a reader that splits texts and elements into pieces, which
 * separate a command from the mentions before it. Linear in the number of mentions.
 */
import type { Mention } from '../event.ts';
import { type Piece, plain } from './piece.ts';

export interface MentionReader {
  /** Splits a text with keys. A key without a mention in the message stays as it is. */
  pieces(text: string): readonly Piece[];
  /** The piece of an element that names one person by key, open_id or `all`. */
  piece(id: string, name: string): Piece;
}

/** A mention of everyone has this key and is not listed in `mentions`. */
const EVERYONE = '@_all';

/** Matches whole keys only (`@_user_12`, `@_allocator`), and one blank after them. */
const KEY = /(@_\w+)([^\S\r\n]?)/g;

export function mentionReader(
  mentions: readonly Mention[],
  botOpenId: string | undefined,
): MentionReader {
  const byId = new Map<string, Mention>();
  for (const mention of mentions) {
    for (const id of [mention.key, mention.openId]) {
      if (id !== '' && !byId.has(id)) byId.set(id, mention);
    }
  }
  const isBot = (openId: string): boolean => openId !== '' && openId === botOpenId;

  function named(key: string): string | undefined {
    const mention = byId.get(key);
    if (!mention) return key === EVERYONE ? '@all' : undefined;
    return isBot(mention.openId) ? '' : `@${mention.name || mention.openId || mention.key}`;
  }

  return {
    pieces(text) {
      const pieces: Piece[] = [];
      let end = 0;
      for (const match of text.matchAll(KEY)) {
        const [whole, key = '', blank = ''] = match;
        const name = named(key);
        if (name === undefined) continue;
        if (match.index > end) pieces.push(plain(text.slice(end, match.index)));
        end = match.index + whole.length;
        // The blank after the bot's mention is removed with it.
        pieces.push({ text: name === '' ? '' : name + blank, isMention: true });
      }
      if (end < text.length) pieces.push(plain(text.slice(end)));
      return pieces;
    },
    piece(id, name) {
      const mention = byId.get(id);
      const openId = mention?.openId || id;
      if (isBot(openId)) return { text: '', isMention: true };
      const isEveryone = id === EVERYONE || id === 'all';
      const said = isEveryone ? 'all' : name || mention?.name || openId;
      return { text: said === '' ? '' : `@${said}`, isMention: true };
    },
  };
}
