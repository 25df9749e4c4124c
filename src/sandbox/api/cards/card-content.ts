/**
 * The content of a card as im/v1/messages answers it, by `card_msg_content_type`
 * (docs/platform/messages.md#content).
 */
import { isFields } from '../../../shared/fields.ts';
import { parseObject } from '../../http/call.ts';
import { isCardV2 } from './card-version.ts';

/** What the simplified form of a card 2.0 holds instead of it, beside a picture. */
const upgradeHint = '请升级至最新版本客户端，以查看内容';

/**
 * `user_card_content` gives the card as written, `raw_card_content` the platform's internal form;
 * without one of them there is the simplified form. A content that is no written card, such as the
 * one of an event, is given as it is.
 */
export function cardContentAs(form: string | undefined, content: string): string {
  const card = parseObject(content);
  if (!card || !isWritten(card)) return content;
  if (form === 'user_card_content') {
    return isCardV2(content) ? JSON.stringify({ user_dsl: content }) : content;
  }
  if (form === 'raw_card_content') {
    return JSON.stringify({ json_card: JSON.stringify(internal(card)) });
  }
  return JSON.stringify(isCardV2(content) ? hintFor(card) : simplified(card));
}

/** The content of a card in an event: a card 2.0 comes as written (observed). */
export function cardEventContent(content: string): string {
  const form = cardContentAs(undefined, content);
  if (!isCardV2(content)) return form;
  return JSON.stringify({ ...parseObject(form), user_dsl: content });
}

/** A simplified card has paragraphs of elements; a written one has elements. */
function isWritten(card: Record<string, unknown>): boolean {
  const { elements } = card;
  const isSimplified = Array.isArray(elements) && elements.some((row) => Array.isArray(row));
  return !isSimplified && card.user_dsl === undefined && card.json_card === undefined;
}

function hintFor(card: Record<string, unknown>): object {
  const image = { tag: 'img', image_key: 'img_v3_000000000000000000000000000000000g' };
  return { title: titleOf(card), elements: [[image], [{ tag: 'text', text: upgradeHint }]] };
}

function simplified(card: Record<string, unknown>): object {
  const elements = Array.isArray(card.elements) ? card.elements : [];
  return { title: titleOf(card), elements: elements.flatMap(simplifiedElement) };
}

function titleOf({ header }: Record<string, unknown>): string {
  return isFields(header) ? textOf(header.title) : '';
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return isFields(value) && typeof value.content === 'string' ? value.content : '';
}

/** The paragraphs that an element of a card 1.0 becomes. */
function simplifiedElement(element: unknown): object[][] {
  if (!isFields(element)) return [];
  const text = (value: unknown): object => ({ tag: 'text', text: textOf(value) });
  switch (element.tag) {
    case 'markdown':
      return [[text(element.content)]];
    case 'div': {
      const fields = Array.isArray(element.fields) ? element.fields : [];
      const texts = [element.text, ...fields.map((field) => (isFields(field) ? field.text : ''))];
      return [texts.filter((value) => textOf(value) !== '').map(text)];
    }
    case 'hr':
      return [[{ tag: 'hr' }]];
    case 'img':
      return [[{ tag: 'img', image_key: element.img_key }]];
    case 'note':
      return [
        [{ tag: 'note', elements: childrenOf(element).map((child) => text(noteText(child))) }],
      ];
    case 'action':
      return [childrenOf(element).map(simplifiedControl)];
    default:
      return childrenOf(element).flatMap(simplifiedElement);
  }
}

const noteText = (child: unknown): unknown => (isFields(child) ? child.content : '');

function simplifiedControl(control: unknown): object {
  if (!isFields(control)) return { tag: 'text', text: '' };
  const { tag, type, text, placeholder } = control;
  return { tag, text: textOf(text) || textOf(placeholder), ...(type !== undefined && { type }) };
}

function childrenOf({ elements, actions, columns }: Record<string, unknown>): unknown[] {
  return [elements, actions, columns].flatMap((list) => (Array.isArray(list) ? list : []));
}

/** Every component with its fields below `property`. */
function internal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(internal);
  if (!isFields(value)) return value;
  const { tag, ...fields } = value;
  const inner = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, internal(field)]),
  );
  return tag === undefined ? inner : { tag, property: inner };
}
