/** Reads any message as text: every type gives something readable, none throws. Pure. */
import { parseJson } from '../../../shared/json.ts';
import { type Lang, localize, render, type Text } from '../../../shared/text.ts';
import { channelTexts as texts } from '../../texts.ts';
import type { InboundMessage } from '../event.ts';
import { mentionReader, textOf, withoutLeadingMentions } from './mentions.ts';
import { readPost } from './post.ts';
import { asObject, asText, collectTexts } from './untyped.ts';

export interface ContentOptions {
  /** If known, the mention of the bot is removed. */
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
}

/** A map, since a message type may be any text, `constructor` included. */
const placeholders: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    image: texts.image,
    file: texts.file,
    audio: texts.audio,
    media: texts.video,
    sticker: texts.sticker,
    interactive: texts.card,
    share_chat: texts.sharedChat,
    share_user: texts.sharedUser,
    location: texts.location,
    merge_forward: texts.forwarded,
    system: texts.system,
    video_chat: texts.videoChat,
    todo: texts.todo,
    vote: texts.vote,
    hongbao: texts.redPacket,
    folder: texts.folder,
    share_calendar_event: texts.calendarEvent,
    calendar: texts.calendarEvent,
    general_calendar: texts.calendarEvent,
  } satisfies Record<string, Text>),
);

/** The longest part of a card, a vote or a task that is repeated beside its placeholder (characters). */
const MAX_DETAIL = 2000;

/** The text of a message. */
export interface MessageText {
  /** As Markdown; a type without text reads as `[image]`, `[file: report.pdf]`, …. */
  readonly text: string;
  /** The text without its leading mentions, which are not part of a command. */
  readonly command: string;
}

export function readMessage(
  message: Pick<InboundMessage, 'messageType' | 'content' | 'mentions'>,
  { botOpenId, lang }: ContentOptions,
): MessageText {
  const { messageType } = message;
  const content = parseJson(message.content);
  if (messageType !== 'text' && messageType !== 'post') {
    const text = placeholder(messageType, content, lang);
    return { text, command: text };
  }
  const mentions = mentionReader(message.mentions, botOpenId);
  const pieces =
    messageType === 'text'
      ? mentions.pieces(asText(asObject(content).text))
      : readPost(content, { mentions, lang });
  return { text: textOf(pieces).trim(), command: withoutLeadingMentions(pieces) };
}

/** Like {@link readMessage}, but returns only the text. */
export function readText(
  message: Pick<InboundMessage, 'messageType' | 'content' | 'mentions'>,
  options: ContentOptions,
): string {
  return readMessage(message, options).text;
}

function placeholder(type: string, content: unknown, lang: Lang): string {
  const known = placeholders.get(type);
  const label = render(known ?? localize(texts.unknownType, { type }), lang);
  const detail = detailIn(type, content).slice(0, MAX_DETAIL);
  return detail === '' ? `[${label}]` : `[${label}: ${detail}]`;
}

/** The part of the content that a person would read. */
function detailIn(type: string, content: unknown): string {
  const fields = asObject(content);
  const named = [fields.file_name, fields.name, fields.topic, fields.summary].map(asText);
  const name = named.find((value) => value !== '');
  if (name !== undefined) return name;
  const hasProse = ['interactive', 'vote', 'todo', 'hongbao'].includes(type);
  return hasProse ? collectTexts(content).join(' ').trim() : asText(fields.text);
}
