/** What may be sent as which type: the checks of im/v1/messages on `content` (docs/platform/messages.md#sending). */

import { CARD_BODY_BYTES, TEXT_BODY_BYTES } from '../../../platform/limits.ts';
import { isFields } from '../../../shared/fields.ts';
import { cardFault, messageRefusal } from '../../cards/card-faults.ts';
import { faultInCard } from '../../cards/check-card.ts';
import type { MarkdownRules } from '../../cards/markdown-rules.ts';
import { type Answer, invalidParameter, refusal } from '../../http/answers.ts';
import { parseObject } from '../../http/call.ts';
import { refusalForDivider } from './system-message.ts';

/** Which key the content of a plain media message must hold. */
const keyOf: ReadonlyMap<string, string> = new Map([
  ['text', 'text'],
  ['image', 'image_key'],
  ['file', 'file_key'],
  ['audio', 'file_key'],
  ['media', 'file_key'],
  ['sticker', 'file_key'],
  ['share_chat', 'chat_id'],
  ['share_user', 'user_id'],
]);

/** The refusal that a message meets for its type or content; `undefined` where it may be sent. */
export function refusalForContent(
  msgType: string,
  content: unknown,
  rules: MarkdownRules,
): Answer | undefined {
  if (typeof content !== 'string') return invalidParameter('content is not a string');
  const bytes = Buffer.byteLength(content);
  if (bytes > (msgType === 'text' ? TEXT_BODY_BYTES : CARD_BODY_BYTES)) {
    return refusal(230025, 'The length of the message content reaches its limit.');
  }
  const value = parseObject(content);
  if (!value) return invalidParameter('content is not a string in json format');
  if (msgType === 'post') return refusalForPost(value);
  if (msgType === 'interactive') return refusalForCard(value, rules);
  if (msgType === 'system') return refusalForDivider(value);
  const key = keyOf.get(msgType);
  if (key === undefined) return invalidParameter(`invalid msg_type: ${msgType}`);
  if (typeof value[key] === 'string' && value[key] !== '') return undefined;
  return invalidParameter(`${msgType} content must contain ${key}`);
}

function refusalForPost(value: Record<string, unknown>): Answer | undefined {
  const locales = Object.values(value);
  const isPost = (locale: unknown): boolean =>
    isFields(locale) &&
    Array.isArray(locale.content) &&
    locale.content.every(
      (paragraph: unknown) =>
        Array.isArray(paragraph) &&
        paragraph.every((element) => isFields(element) && typeof element.tag === 'string'),
    );
  if (locales.length > 0 && locales.every(isPost)) return undefined;
  return invalidParameter('invalid message content: post needs {locale: {content: [[{tag}]]}}');
}

function refusalForCard(card: Record<string, unknown>, rules: MarkdownRules): Answer | undefined {
  if (card.type === 'card' || card.type === 'template') {
    return isFields(card.data)
      ? undefined
      : messageRefusal(cardFault(200621, 'parse card json err'));
  }
  const fault = faultInCard(card, rules);
  if (fault?.code !== 300305) return fault && messageRefusal(fault);
  return messageRefusal(cardFault(11310, 'element exceeds the limit'));
}
