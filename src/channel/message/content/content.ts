/** Reads any message: every type gives something readable, none throws. Pure. */
import { parseJson } from '../../../shared/json.ts';
import { type Lang, localize, render } from '../../../shared/text.ts';
import type { InboundMessage } from '../event.ts';
import { type Attachment, numbered } from './attachments.ts';
import { MAX_TEXT, startOf } from './bounds.ts';
import { contentTexts as texts } from './content-texts.ts';
import type { ContentType } from './content-type.ts';
import { mentionReader } from './mentions.ts';
import { type Piece, plain, textOf, trimmed, withoutLeadingMentions } from './piece.ts';
import { labelled } from './placeholder.ts';
import { contentTypes } from './types/all.ts';
import { asObject, asText } from './untyped.ts';

export interface ContentOptions {
  /** If known, the mention of the bot is removed. */
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
  /** The number of the first file; 1 unless other texts of the same turn have files, too. */
  readonly firstId?: number;
}

/** What a message says. */
export interface MessageContent {
  /**
   * As Markdown, at most {@link MAX_TEXT} characters; a type without text reads as `[sticker]`,
   * `[file 1: report.pdf]`, ….
   */
  readonly text: string;
  /** The text without its leading mentions, which are not part of a command. */
  readonly command: string;
  /** The images and files of the text, in its order. Each has its placeholder in the text. */
  readonly attachments: readonly Attachment[];
}

/** What is read of a message, from an event or fetched. */
export type ReadableMessage = Pick<InboundMessage, 'messageType' | 'content' | 'mentions'>;

/** A map, since a message type may be any text, `constructor` included. */
const byName: ReadonlyMap<string, ContentType> = new Map(
  contentTypes.flatMap((type) => type.names.map((name) => [name, type] as const)),
);

/** A type that the platform added later: its text, if it has one. */
const unknownType = (name: string): ContentType => ({
  names: [name],
  read: (content, { lang }) =>
    labelled(localize(texts.unknownType, { type: name }), nameIn(content), lang),
});

function nameIn(content: unknown): string {
  const { file_name: fileName, name, topic, summary, text } = asObject(content);
  return [fileName, name, topic, summary, text].map(asText).find((value) => value !== '') ?? '';
}

/**
 * Reads a message.
 *
 * @example
 * readMessage({ messageType: 'text', content: '{"text":"@_user_1 hi"}', mentions }, { botOpenId, lang })
 * // { text: 'hi', command: 'hi', attachments: [] }
 */
export function readMessage(message: ReadableMessage, options: ContentOptions): MessageContent {
  return contentOf(readPieces(message, options), options);
}

/** A message in pieces, from which a text of several messages can be made. */
export function readPieces(
  { messageType, content, mentions }: ReadableMessage,
  { botOpenId, lang }: Omit<ContentOptions, 'firstId'>,
): readonly Piece[] {
  const type = byName.get(messageType) ?? unknownType(messageType);
  return type.read(parseJson(content), { mentions: mentionReader(mentions, botOpenId), lang });
}

/** The text of pieces, within its bounds, and the files that it names. */
export function contentOf(
  pieces: readonly Piece[],
  { lang, firstId }: Pick<ContentOptions, 'lang' | 'firstId'>,
): MessageContent {
  const { pieces: read, attachments } = numbered(bounded(trimmed(pieces), lang), lang, firstId);
  return { text: textOf(read), command: withoutLeadingMentions(read), attachments };
}

/** Longer than the placeholder of any file but for its details, and than the note below. */
const MAX_PLACEHOLDER = 100;

/** Cuts a text that is too long, and says so. */
function bounded(pieces: readonly Piece[], lang: Lang): readonly Piece[] {
  const lengths = pieces.map(lengthOf);
  const length = lengths.reduce((sum, one) => sum + one, 0);
  if (length <= MAX_TEXT) return pieces;
  const most = MAX_TEXT - MAX_PLACEHOLDER;
  const kept: Piece[] = [];
  let used = 0;
  for (const [index, piece] of pieces.entries()) {
    const room = most - used;
    const needed = lengths[index] ?? 0;
    if (needed <= room) kept.push(piece);
    else if (!piece.reference) kept.push({ ...piece, text: startOf(piece.text, room) });
    used += needed;
    if (used >= most) break;
  }
  const cut = localize(texts.cutText, { characters: length - textOf(kept).length });
  return [...kept, plain(`\n[${render(cut, lang)}]`)];
}

function lengthOf({ text, reference }: Piece): number {
  if (!reference) return text.length;
  return reference.details.reduce((sum, detail) => sum + detail.length + 2, MAX_PLACEHOLDER);
}
