/** What may be sent as which type: the checks of im/v1/messages on `content` (docs/platform/messages.md#sending). */
import {
  CARD_BODY_BYTES,
  CARD_ELEMENTS,
  CARD_TABLES,
  TEXT_BODY_BYTES,
} from '../../platform/limits.ts';
import { type Answer, invalidParameter, refusal } from '../http/answers.ts';
import { isRecord, parseObject } from '../http/call.ts';

/** Which key the content of a plain media message must hold. */
const keyOf: Readonly<Record<string, string>> = {
  text: 'text',
  image: 'image_key',
  file: 'file_key',
  audio: 'file_key',
  media: 'file_key',
  sticker: 'file_key',
  share_chat: 'chat_id',
  share_user: 'user_id',
};

/** The refusal that a message meets for its type or content; `undefined` where it may be sent. */
export function refusalForContent(msgType: string, content: unknown): Answer | undefined {
  if (typeof content !== 'string') return invalidParameter('content is not a string');
  const bytes = Buffer.byteLength(content);
  if (bytes > (msgType === 'text' ? TEXT_BODY_BYTES : CARD_BODY_BYTES)) {
    return refusal(230025, 'The length of the message content reaches its limit.');
  }
  const value = parseObject(content);
  if (!value) return invalidParameter('content is not a string in json format');
  if (msgType === 'post') return refusalForPost(value);
  if (msgType === 'interactive') return refusalForCard(value);
  const key = keyOf[msgType];
  if (key === undefined) return invalidParameter(`invalid msg_type: ${msgType}`);
  if (typeof value[key] === 'string' && value[key] !== '') return undefined;
  return invalidParameter(`${msgType} content must contain ${key}`);
}

function refusalForPost(value: Record<string, unknown>): Answer | undefined {
  const locales = Object.values(value);
  const isPost = (locale: unknown): boolean =>
    isRecord(locale) &&
    Array.isArray(locale.content) &&
    locale.content.every(
      (paragraph: unknown) =>
        Array.isArray(paragraph) &&
        paragraph.every((element) => isRecord(element) && typeof element.tag === 'string'),
    );
  if (locales.length > 0 && locales.every(isPost)) return undefined;
  return invalidParameter('invalid message content: post needs {locale: {content: [[{tag}]]}}');
}

function refusalForCard(card: Record<string, unknown>): Answer | undefined {
  if (card.type === 'card' || card.type === 'template') {
    return isRecord(card.data) ? undefined : cardRefusal(200621, 'parse card json err');
  }
  const elements = isRecord(card.body) ? card.body.elements : card.elements;
  const isCard = Array.isArray(elements) || isRecord(card.i18n_elements) || isRecord(card.header);
  if (!isCard) return cardRefusal(200621, 'parse card json err');
  const { tags, tables } = countIn(elements);
  if (tables > CARD_TABLES) return cardRefusal(11310, 'card table number over limit');
  if (tags > CARD_ELEMENTS) return cardRefusal(11310, 'element exceeds the limit');
  return undefined;
}

function cardRefusal(errCode: number, errMsg: string): Answer {
  return refusal(
    230099,
    `Failed to create card content, ext=ErrCode: ${errCode}; ErrMsg: ${errMsg}`,
  );
}

function countIn(value: unknown): { tags: number; tables: number } {
  const count = { tags: 0, tables: 0 };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isRecord(node)) return;
    if (typeof node.tag === 'string') count.tags += 1;
    if (node.tag === 'table') count.tables += 1;
    if (node.tag === 'markdown' && typeof node.content === 'string') {
      count.tables += markdownTables(node.content);
    }
    Object.values(node).forEach(visit);
  };
  visit(value);
  return count;
}

/** Counts the tables of a Markdown text: each has exactly one delimiter row. */
function markdownTables(markdown: string): number {
  return markdown.split('\n').filter(isDelimiterRow).length;
}

function isDelimiterRow(line: string): boolean {
  const row = line.trim().replace(/^\|/, '');
  return row.includes('|') && row.replace(/\|$/, '').split('|').every(isDelimiterCell);
}

function isDelimiterCell(cell: string): boolean {
  return /^:?-{2,}:?$/.test(cell.trim());
}
