/** What a person says, as the content of a message: every type that a client can send. */
import { cardEventContent } from '../api/cards/card-content.ts';
import type { SandboxApp } from '../state/app-state.ts';
import type { Mention } from '../state/chats.ts';
import { type KnownPerson, type Person, personIds } from './person.ts';

/** One of these, apart from `text`, which goes along with `images` and `files`. */
export interface SaidContent {
  readonly text?: string;
  /** The content of a message of `messageType` as it is: any type that has no field here. */
  readonly content?: object;
  /** Of `content`; `post` by default. */
  readonly messageType?: string;
  /** Keys of `putResource`. One alone is an image message, otherwise they are in a post. */
  readonly images?: readonly string[];
  /** Keys of `putResource`. One alone is a file message, otherwise they are beside a post. */
  readonly files?: readonly string[];
  /** A voice message: the key of a file. */
  readonly audio?: {
    readonly key: string;
    readonly durationMs?: number;
    /** The platform's own transcript, which not all voice messages have. */
    readonly speechToText?: string;
  };
  /** A video: the keys of a file and of its cover, an image. */
  readonly video?: {
    readonly key: string;
    readonly coverKey?: string;
    readonly durationMs?: number;
  };
  /** The key of a sticker: any text, because stickers cannot be downloaded. */
  readonly sticker?: string;
  /** A card as it is written; the event and im/v1/messages show it in their own forms. */
  readonly card?: object;
  /** Messages forwarded as one; each may be one of these itself. */
  readonly merged?: readonly MergedMessage[];
}

export interface MergedMessage extends SaidContent {
  readonly from?: Person;
  /** ms; without it, a second after the one before. */
  readonly createTime?: number;
}

export interface ReadContent {
  readonly msgType: string;
  readonly content: string;
  /** What the event has instead of `content`. */
  readonly eventContent?: string;
}

/** Reads the content and type of a message; `nameOf` gives the file name of a resource. */
export function readContent(
  said: SaidContent,
  mentions: readonly Mention[],
  nameOf: (key: string) => string,
): ReadContent {
  const of = (msgType: string, content: object): ReadContent => ({
    msgType,
    content: JSON.stringify(withMentions(content, mentions)),
  });
  if (said.merged) return of('merge_forward', { content: 'Merged and Forwarded Message' });
  if (said.card) {
    const card = of('interactive', said.card);
    return { ...card, eventContent: cardEventContent(card.content) };
  }
  if (said.sticker !== undefined) return of('sticker', { file_key: said.sticker });
  if (said.audio) {
    const { key, durationMs = 1000, speechToText } = said.audio;
    const transcript = speechToText !== undefined && { speech_to_text: speechToText };
    return of('audio', { file_key: key, duration: durationMs, ...transcript });
  }
  if (said.video) {
    const { key, coverKey, durationMs = 1000 } = said.video;
    const cover = coverKey !== undefined && { image_key: coverKey };
    const name = nameOf(key);
    return of('media', { file_key: key, file_name: name, duration: durationMs, ...cover });
  }
  if (said.content) return of(said.messageType ?? 'post', said.content);
  const { images = [], files = [] } = said;
  const named = files.map((key) => ({ file_key: key, file_name: nameOf(key) }));
  const [image] = images;
  const [file] = named;
  const text = said.text ?? '';
  if (images.length + files.length === 0) return of(said.messageType ?? 'text', { text });
  if (images.length + files.length > 1 || text !== '' || mentions.length > 0) {
    // Mentions have a paragraph of their own before the first image.
    const opening = mentions.length > 0 ? [[]] : [];
    const paragraphs = [
      ...(text === ''
        ? opening
        : text.split('\n').map((line) => [{ tag: 'text', text: line, style: [] }])),
      ...images.map((key) => [{ tag: 'img', image_key: key }]),
    ];
    return of('post', { title: '', content: paragraphs, ...(file && { files: named }) });
  }
  return file ? of('file', file) : of('image', { image_key: image });
}

/** The mentions of a message, with their keys in order: the bot first, where it is one of them. */
export function mentionsOf(
  app: SandboxApp,
  withBot: boolean,
  others: readonly Pick<KnownPerson, 'openId' | 'name'>[],
): Mention[] {
  const bot = withBot ? [{ openId: app.botOpenId, name: app.state.name }] : [];
  return [...bot, ...others].map(({ openId, name }, index) => ({
    key: `@_user_${index + 1}`,
    id: personIds(openId),
    name,
    tenant_key: app.tenantKey,
  }));
}

/** Puts the mentions before a text, or before the first paragraph of a post; others hold none. */
export function withMentions(content: object, mentions: readonly Mention[]): object {
  if (mentions.length === 0) return content;
  if ('text' in content) {
    return { ...content, text: [...mentions.map(({ key }) => key), content.text].join(' ') };
  }
  const elements = mentions.map(({ key, name }) => ({ tag: 'at', user_id: key, user_name: name }));
  const post = content as { readonly content?: unknown; readonly content_v2?: unknown };
  return {
    ...content,
    ...(Array.isArray(post.content) && { content: startingWith(elements, post.content) }),
    ...(Array.isArray(post.content_v2) && { content_v2: startingWith(elements, post.content_v2) }),
  };
}

function startingWith(elements: readonly object[], paragraphs: readonly unknown[]): unknown[] {
  const [first, ...rest] = paragraphs;
  return [[...elements, ...(Array.isArray(first) ? first : [])], ...rest];
}
