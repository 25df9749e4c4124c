/** Reads any message: every type gives something readable, none throws. Pure. */
import { parseJson } from '../../../shared/json.ts';
import { oneLine } from '../../../shared/text/one-line.ts';
import { type Lang, localize } from '../../../shared/text/text.ts';
import type { InboundMessage } from '../event.ts';
import { type Attachment, numbered } from './attachments.ts';
import { MAX_TEXT } from './bounds.ts';
import { contentTexts as texts } from './content-texts.ts';
import type { ContentType } from './content-type.ts';
import { boundedPieces } from './pieces/bounded-pieces.ts';
import { mentionReader } from './pieces/mentions.ts';
import { type Piece, textOf, trimmed, withoutLeadingMentions } from './pieces/piece.ts';
import { labelled } from './pieces/placeholder.ts';
import { contentTypes } from './types/all.ts';
import { asObject, asText, collectTexts } from './untyped.ts';

export interface ContentOptions {
  /** If known, the mention of the bot is removed. */
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
  /** The number of the first file; 1 unless other texts of the same turn have files, too. */
  readonly firstId?: number;
  /** The longest text (characters); default {@link MAX_TEXT}. */
  readonly maxText?: number;
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

const MAX_TYPE = 100;

/** A type that the platform added later: its texts, if it has any. */
const unknownType = (name: string): ContentType => ({
  names: [name],
  read: (content, { lang }) => {
    const { file_name: fileName, name: own, summary } = asObject(content);
    const said = [...[fileName, own, summary].map(asText), ...collectTexts(content)];
    const label = said.some((text) => text.trim() !== '') ? texts.unknownType : texts.unsupported;
    const type = oneLine(name, MAX_TYPE) || 'unknown';
    return labelled(localize(label, { type }), [...new Set(said)].join(' '), lang);
  },
});

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
  { botOpenId, lang }: Pick<ContentOptions, 'botOpenId' | 'lang'>,
): readonly Piece[] {
  // The platform sends no content of a message that was recalled meanwhile.
  if (content === '') return labelled(texts.recalled, '', lang);
  const type = byName.get(messageType) ?? unknownType(messageType);
  return type.read(parsedContent(content), {
    mentions: mentionReader(mentions, { botOpenId, lang }),
    lang,
  });
}

/** A content that is no JSON, or only a JSON text, is a text at least. */
function parsedContent(content: string): unknown {
  const parsed = parseJson(content);
  const text = parsed === undefined ? content : parsed;
  return typeof text === 'string' ? { text, content: text } : parsed;
}

/** The text of pieces, within its bounds, and the files that it names. */
export function contentOf(
  pieces: readonly Piece[],
  { lang, firstId, maxText = MAX_TEXT }: Omit<ContentOptions, 'botOpenId'>,
): MessageContent {
  const kept = boundedPieces(trimmed(pieces), maxText, lang);
  const { pieces: read, attachments } = numbered(kept, lang, firstId);
  return { text: textOf(read), command: withoutLeadingMentions(read), attachments };
}
