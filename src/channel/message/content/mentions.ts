/**
 * Mentions in what a person wrote: their keys (`@_user_1`) become names, the bot's own goes.
 *
 * In: the mentions that the message has. Out: a reader that takes texts and elements apart into
 * pieces, so that a command can be told from the mentions before it. Linear, however many there are.
 */
import type { Mention } from '../event.ts';

/** A part of a message's text. */
export interface Piece {
  readonly text: string;
  /** A mention of a person; the bot's own mention has no text. */
  readonly isMention: boolean;
}

export interface MentionReader {
  /** A text with keys in it. A key that the message does not have stays as it is. */
  pieces(text: string): readonly Piece[];
  /** An element that names one person by key, open_id or `all`. */
  piece(id: string, name: string): Piece;
}

/** The platform lists everyone in no `mentions`: the key alone says it. */
const EVERYONE = '@_all';

/** Whole keys only (`@_user_12`, `@_allocator`), with one blank behind them. */
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
        // The blank behind the bot's own mention goes with it.
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

export function plain(text: string): Piece {
  return { text, isMention: false };
}

/** What remains behind the mentions that a message begins with: where a command is looked for. */
export function withoutLeadingMentions(pieces: readonly Piece[]): string {
  const first = pieces.findIndex(({ text, isMention }) => !isMention && text.trim() !== '');
  return first === -1 ? '' : textOf(pieces.slice(first)).trim();
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
