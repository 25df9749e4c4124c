/** A received post (rich text) as plain text with a little Markdown: title, paragraphs, every tag. Pure. */
import { type Lang, render } from '../shared/text.ts';
import type { Mention } from './event.ts';
import { channelTexts as texts } from './texts.ts';
import { asArray, asObject, asText, type Fields } from './untyped.ts';

export interface PostOptions {
  readonly mentions: readonly Mention[];
  readonly botOpenId: string | undefined;
  readonly lang: Lang;
  /** Puts names in the place of `@_user_n` keys. */
  readonly named: (text: string) => string;
}

/** Received posts have no locale level; those of some clients do (`zh_cn`). */
export function readPost(content: unknown, options: PostOptions): string {
  const fields = asObject(content);
  const post = Array.isArray(fields.content)
    ? fields
    : asObject(
        Object.values(fields).find((locale) => Array.isArray(asObject(locale).content)) ?? fields,
      );
  const paragraphs = asArray(post.content).map((paragraph) =>
    asArray(paragraph)
      .map((element) => readElement(asObject(element), options))
      .join(''),
  );
  const title = asText(post.title);
  return [...(title === '' ? [] : [title]), ...paragraphs].join('\n');
}

function readElement(element: Fields, options: PostOptions): string {
  const text = asText(element.text);
  switch (element.tag) {
    case 'a':
      return readLink(text, asText(element.href));
    case 'at':
      return readMention(element, options);
    case 'img':
      return `[${render(texts.image, options.lang)}]`;
    case 'media':
      return `[${render(texts.video, options.lang)}]`;
    case 'emotion':
      return `:${asText(element.emoji_type)}:`;
    case 'hr':
      return '---';
    case 'code_block':
      return `\n\`\`\`${asText(element.language).toLowerCase()}\n${text.replace(/\n$/, '')}\n\`\`\`\n`;
    default:
      // text, md, and whatever comes later: its text is what can be said of it.
      return options.named(text || asText(element.content));
  }
}

function readLink(text: string, href: string): string {
  if (href === '' || text === href) return text || href;
  return text === '' ? href : `[${text}](${href})`;
}

/** `user_id` holds the key of a mention (`@_user_1`), or an open_id. */
function readMention(element: Fields, { mentions, botOpenId }: PostOptions): string {
  const key = asText(element.user_id);
  const mention = mentions.find((candidate) => candidate.key === key || candidate.openId === key);
  const openId = mention?.openId ?? key;
  if (openId !== '' && openId === botOpenId) return '';
  if (key === '@_all' || key === 'all') return '@all';
  return `@${asText(element.user_name) || mention?.name || openId}`;
}
