/** What a message says, as plain text: every type gives something readable, none throws. Pure. */
import { type Lang, render, message as says, type Text } from '../shared/text.ts';
import type { InboundMessage, Mention } from './event.ts';
import { channelTexts as texts } from './texts.ts';

export interface ContentOptions {
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
}

type Fields = Readonly<Record<string, unknown>>;

const placeholders: Readonly<Record<string, Text>> = {
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
};

export function readText(message: InboundMessage, options: ContentOptions): string {
  const content = parseObject(message.content);
  switch (message.messageType) {
    case 'text':
      return withNames(asText(content.text), message.mentions, options.botOpenId).trim();
    case 'post':
      return readPost(content, message.mentions, options).trim();
    default: {
      const placeholder = Object.hasOwn(placeholders, message.messageType)
        ? placeholders[message.messageType]
        : undefined;
      const name = asText(content.file_name) || asText(content.name) || asText(content.text);
      const label = placeholder
        ? render(placeholder, options.lang)
        : render(says(texts.unknownType, { type: message.messageType }), options.lang);
      return name ? `[${label}: ${name}]` : `[${label}]`;
    }
  }
}

/** The bot's own mention is taken out; the others read as `@Name`. */
function withNames(
  text: string,
  mentions: readonly Mention[],
  botOpenId: string | undefined,
): string {
  return text.replace(/(@_(?:user_\d+|all))([^\S\r\n]?)/g, (whole, key: string, blank: string) => {
    if (key === '@_all') return `@all${blank}`;
    const mention = mentions.find((candidate) => candidate.key === key);
    if (!mention) return whole;
    return mention.openId !== '' && mention.openId === botOpenId
      ? ''
      : `@${mention.name || mention.openId}${blank}`;
  });
}

/** Received posts have no locale level; those of some clients do (`zh_cn`). */
function readPost(content: Fields, mentions: readonly Mention[], options: ContentOptions): string {
  const post = Array.isArray(content.content)
    ? content
    : asObject(Object.values(content).find((value) => Array.isArray(asObject(value).content)));
  const lines = asArray(post.content).map((line) =>
    asArray(line)
      .map((element) => readElement(asObject(element), mentions, options))
      .join(''),
  );
  const title = asText(post.title);
  return [...(title ? [title] : []), ...lines].join('\n');
}

function readElement(
  element: Fields,
  mentions: readonly Mention[],
  { botOpenId, lang }: ContentOptions,
): string {
  const text = asText(element.text);
  switch (element.tag) {
    case 'a':
      return text && asText(element.href)
        ? `[${text}](${asText(element.href)})`
        : text || asText(element.href);
    case 'at': {
      const key = asText(element.user_id);
      const mention = mentions.find(
        (candidate) => candidate.key === key || candidate.openId === key,
      );
      const openId = mention?.openId ?? key;
      if (botOpenId !== undefined && openId === botOpenId) return '';
      return `@${asText(element.user_name) || mention?.name || (key === '@_all' || key === 'all' ? 'all' : openId)}`;
    }
    case 'img':
      return `[${render(texts.image, lang)}]`;
    case 'media':
      return `[${render(texts.video, lang)}]`;
    case 'emotion':
      return `:${asText(element.emoji_type)}:`;
    case 'hr':
      return '---';
    case 'code_block':
      return `\n\`\`\`${asText(element.language).toLowerCase()}\n${text}\n\`\`\`\n`;
    default:
      return withNames(text, mentions, botOpenId);
  }
}

function parseObject(json: string): Fields {
  try {
    return asObject(JSON.parse(json));
  } catch {
    // Not JSON: the type alone still gives a readable placeholder.
    return {};
  }
}

function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
