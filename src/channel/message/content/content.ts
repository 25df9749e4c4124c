/** Reads any message: every type gives something readable, none throws. Pure. */
import { parseJson } from '../../../shared/json.ts';
import { type Lang, localize } from '../../../shared/text.ts';
import type { InboundMessage } from '../event.ts';
import { contentTexts as texts } from './content-texts.ts';
import type { Attachment, ContentType } from './content-type.ts';
import { mentionReader, textOf, withoutLeadingMentions } from './mentions.ts';
import { labelled } from './placeholder.ts';
import { contentTypes } from './types/all.ts';
import { asObject, asText } from './untyped.ts';

export interface ContentOptions {
  /** If known, the mention of the bot is removed. */
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
}

/** What a message says. */
export interface MessageContent {
  /** As Markdown; a type without text reads as `[image]`, `[file: report.pdf]`, …. */
  readonly text: string;
  /** The text without its leading mentions, which are not part of a command. */
  readonly command: string;
  /** The images and files that the text names, in its order. */
  readonly attachments: readonly Attachment[];
}

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
export function readMessage(
  { messageType, content, mentions }: Pick<InboundMessage, 'messageType' | 'content' | 'mentions'>,
  { botOpenId, lang }: ContentOptions,
): MessageContent {
  const type = byName.get(messageType) ?? unknownType(messageType);
  const { pieces, attachments = [] } = type.read(parseJson(content), {
    mentions: mentionReader(mentions, botOpenId),
    lang,
  });
  return { text: textOf(pieces).trim(), command: withoutLeadingMentions(pieces), attachments };
}
