/**
 * The content of a message as others see it: what a bot sends as text or post comes back with keys
 * for its mentions, without locale, and with Markdown as text (docs/platform/messages.md#content).
 */
import { isFields } from '../../../shared/fields.ts';
import { parseObject } from '../../http/call.ts';
import type { Mention, StoredMessage } from '../../state/chats.ts';
import { cardContentAs } from '../cards/card-content.ts';

export interface ShownContent {
  readonly content: string;
  readonly mentions: readonly Mention[];
}

/** What a reader gets instead of the content of a recalled message. */
const recalledText = 'This message was recalled';

export interface ShownOptions {
  /** `card_msg_content_type` of the call. */
  readonly cardForm: string | undefined;
  readonly nameOf: (openId: string) => string | undefined;
}

export function shownContent(message: StoredMessage, options: ShownOptions): ShownContent {
  const { content, mentions, msgType, fromBot } = message;
  if (message.deleted) return { content: recalledText, mentions: [] };
  if (msgType === 'interactive') {
    return { content: cardContentAs(options.cardForm, content), mentions };
  }
  const value = parseObject(content);
  if (!fromBot || !value) return { content, mentions };
  const found = collectedMentions(options.nameOf);
  if (msgType === 'text' && typeof value.text === 'string') {
    const text = found.inText(value.text);
    return { content: JSON.stringify({ ...value, text }), mentions: found.mentions };
  }
  if (msgType !== 'post') return { content, mentions };
  const shown = shownPost(Object.values(value).find(isFields) ?? {}, found);
  return { content: JSON.stringify(shown), mentions: found.mentions };
}

interface CollectedMentions {
  readonly mentions: readonly Mention[];
  keyOf(id: string, name: string): string;
  /** Replaces the tags of mentions by their keys. */
  inText(text: string): string;
}

function collectedMentions(nameOf: ShownOptions['nameOf']): CollectedMentions {
  const mentions: Mention[] = [];
  function keyOf(id: string, name: string): string {
    if (id === 'all') return '@_all';
    const known = mentions.find((mention) => mention.id.open_id === id);
    if (known) return known.key;
    const key = `@_user_${mentions.length + 1}`;
    const ids = { open_id: id, union_id: id.replace(/^ou_/, 'on_'), user_id: '' };
    mentions.push({ key, id: ids, name: name || (nameOf(id) ?? ''), tenant_key: '' });
    return key;
  }
  return {
    mentions,
    keyOf,
    inText: (text) =>
      text.replace(/<at user_id="([^"<>]*)">([^<>]*)<\/at>/g, (_, id: string, name: string) =>
        keyOf(id, name),
      ),
  };
}

/** A post as it comes back; `content_v2` keeps the Markdown where there is any. */
function shownPost(post: Record<string, unknown>, found: CollectedMentions): object {
  const paragraphs = Array.isArray(post.content) ? post.content.filter(Array.isArray) : [];
  const shown = paragraphs.map((paragraph) =>
    paragraph.map((element: unknown) => shownElement(element, found)),
  );
  const isMarkdown = (element: unknown): boolean => isFields(element) && element.tag === 'md';
  return {
    title: typeof post.title === 'string' ? post.title : '',
    content: shown.flatMap(withoutMarkdown),
    ...(shown.some((paragraph) => paragraph.some(isMarkdown)) && { content_v2: shown }),
  };
}

function shownElement(element: unknown, found: CollectedMentions): unknown {
  if (!isFields(element)) return element;
  if (element.tag === 'md') return { ...element, text: found.inText(String(element.text ?? '')) };
  if (element.tag !== 'at') return element;
  const id = String(element.user_id ?? '');
  const key = found.keyOf(id, String(element.user_name ?? ''));
  const name = found.mentions.find((mention) => mention.key === key)?.name ?? '';
  return { ...element, user_id: key, user_name: name };
}

/** Each line of Markdown becomes a paragraph of its own. */
function withoutMarkdown(paragraph: readonly unknown[]): unknown[][] {
  const lines: unknown[][] = [[]];
  for (const element of paragraph) {
    if (!isFields(element) || element.tag !== 'md') {
      lines.at(-1)?.push(element);
      continue;
    }
    for (const [index, text] of String(element.text).split('\n').entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push({ tag: 'text', text, style: [] });
    }
  }
  return lines;
}
