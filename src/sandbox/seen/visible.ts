/** What a client shows of a message's content: text, buttons, and the line in the list of chats. */
import { isFields } from '../../shared/fields.ts';
import { type CardJson, visit } from '../cards/card-tree.ts';
import { parseObject } from '../http/call.ts';

export interface SeenElement {
  /** Its element_id; empty where it has none. */
  readonly id: string;
  readonly tag: string;
  readonly text: string;
}

export interface SeenButton {
  readonly label: string;
  readonly disabled: boolean;
}

export interface Visible {
  readonly title: string;
  /** What can be read without a click, one line a component; Markdown as it was written. */
  readonly text: string;
  /** The texts one by one. Those in a folded panel are marked by `isFolded` and not in `text`. */
  readonly elements: readonly (SeenElement & { readonly isFolded: boolean })[];
  readonly buttons: readonly SeenButton[];
  /** What a client before 7.20 shows. */
  readonly oldClient: string;
  /** What the list of chats shows unless the card is generating. */
  readonly preview: string;
}

/** What clients before 7.20 show instead of a card 2.0. */
const upgradeHint = '请升级至最新版本客户端，以查看内容';
const previewCharacters = 100;
/** A text cannot be empty; this is put in place of an empty one. */
const invisible = '\u200B';

const labels: ReadonlyMap<string, string> = new Map([
  ['image', '[图片]'],
  ['file', '[文件]'],
  ['audio', '[语音]'],
  ['media', '[视频]'],
  ['sticker', '[表情]'],
  ['interactive', '[卡片]'],
  ['merge_forward', '[合并转发]'],
]);

export function visibleIn(msgType: string, content: string): Visible {
  const value = parseObject(content) ?? {};
  if (msgType === 'interactive') return visibleCard(value);
  const { title, text } =
    msgType === 'post' ? postText(value) : { title: '', text: plain(String(value.text ?? '')) };
  const label = labels.get(msgType) ?? `[${msgType}]`;
  const shown = msgType === 'text' || msgType === 'post' ? text : label;
  return {
    title,
    text: shown,
    elements: [{ id: '', tag: msgType, text: shown, isFolded: false }],
    buttons: [],
    oldClient: shown,
    preview: shown.slice(0, previewCharacters),
  };
}

function visibleCard(card: CardJson): Visible {
  const title = isFields(card.header) ? textOf(card.header.title) : '';
  const body = isFields(card.body) ? card.body.elements : card.elements;
  const elements = readable(body, false);
  const text = elements
    .flatMap((each) => (each.isFolded || !each.text ? [] : [each.text]))
    .join('\n');
  const summary =
    isFields(card.config) && isFields(card.config.summary) ? card.config.summary.content : '';
  return {
    title,
    text,
    elements,
    buttons: buttonsIn(body),
    oldClient: card.schema === '2.0' ? [title, upgradeHint].filter(Boolean).join('\n') : text,
    preview:
      (typeof summary === 'string' && summary) ||
      (title || text || '[卡片]').slice(0, previewCharacters),
  };
}

function readable(list: unknown, isFolded: boolean): Visible['elements'] {
  if (!Array.isArray(list)) return [];
  return list.filter(isFields).flatMap((element) => {
    const id = idOf(element) || idOf(element.text);
    const tag = String(element.tag);
    const header = isFields(element.header) ? textOf(element.header.title) : '';
    const text = tag === 'table' ? tableText(element) : ownText(element) || header;
    const folds = isFolded || (tag === 'collapsible_panel' && element.expanded !== true);
    const own =
      tag === 'button' || (text === '' && tag !== 'markdown') ? [] : [{ id, tag, text, isFolded }];
    return [...own, ...readable(element.elements, folds), ...readable(columnsOf(element), folds)];
  });
}

function idOf(value: unknown): string {
  return isFields(value) && typeof value.element_id === 'string' ? value.element_id : '';
}

const columnsOf = (element: CardJson): unknown => (element.tag === 'table' ? [] : element.columns);

function ownText(element: CardJson): string {
  if (element.tag === 'img') return `[${textOf(element.alt) || '图片'}]`;
  return textOf(element.content) || textOf(element.text);
}

function tableText({ columns, rows }: CardJson): string {
  const names = (Array.isArray(columns) ? columns.filter(isFields) : []).map(({ name }) =>
    String(name),
  );
  const cells = (row: unknown): string =>
    names.map((name) => (isFields(row) ? String(row[name] ?? '') : '')).join('\t');
  const heads = (Array.isArray(columns) ? columns.filter(isFields) : []).map(
    ({ name, display_name }) => String(display_name ?? name),
  );
  return [heads.join('\t'), ...(Array.isArray(rows) ? rows : []).map(cells)].join('\n');
}

function buttonsIn(elements: unknown): SeenButton[] {
  const buttons: SeenButton[] = [];
  visit(elements, (node) => {
    if (node.tag !== 'button') return;
    buttons.push({ label: textOf(node.text), disabled: node.disabled === true });
  });
  return buttons;
}

function postText(value: CardJson): { readonly title: string; readonly text: string } {
  const post = Object.values(value).find(isFields) ?? value;
  const paragraphs = Array.isArray(post.content) ? post.content.filter(Array.isArray) : [];
  const text = paragraphs
    .map((paragraph) => paragraph.filter(isFields).map(postElement).join(''))
    .join('\n');
  return { title: typeof post.title === 'string' ? post.title : '', text };
}

function postElement({ tag, text, user_name, user_id }: CardJson): string {
  if (tag === 'at') return `@${String(user_name ?? user_id ?? '')}`;
  if (tag === 'img') return '[图片]';
  if (tag === 'media') return '[视频]';
  return typeof text === 'string' ? plain(text) : '';
}

/** Mentions as a client shows them. */
function plain(text: string): string {
  return text.replace(/<at user_id="[^"<>]*">([^<>]*)<\/at>/g, '@$1');
}

function textOf(text: unknown): string {
  const content = isFields(text) ? text.content : text;
  return typeof content === 'string' ? content.replaceAll(invisible, '') : '';
}
