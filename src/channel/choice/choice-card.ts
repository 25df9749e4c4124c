/** A card with buttons, and the same card when the choice is made or expired. Pure. */
import { isFields } from '../../shared/fields.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import { type LocalizedText, render, type Text } from '../../shared/text/text.ts';
import type { ButtonRows, ChoiceButton } from '../answer/buttons.ts';
import { inBothLanguages } from '../answer/formats/both-languages.ts';
import { choiceTexts as texts } from './choice-texts.ts';
import { cardIdIn, type SealedChoice } from './sealed-choice.ts';

/** A card of JSON 2.0 (docs/platform/media-and-cards.md#cards). */
export type CardJson = Readonly<Record<string, unknown>>;

/** The header and the elements of a card without its buttons. */
export interface AboveButtons {
  readonly header?: object | undefined;
  /** What the list of chats shows. */
  readonly summary?: object | undefined;
  readonly elements: readonly object[];
}

export interface ChoiceCardParts {
  /** What is above the buttons. */
  readonly above: AboveButtons;
  readonly rows: ButtonRows;
  readonly seal: (button: ChoiceButton) => SealedChoice;
}

const MAX_BUTTONS = 40;
const MAX_LABEL_LENGTH = 100;
const MAX_VALUE_LENGTH = 4000;
const MAX_CARD_DEPTH = 20;

/** The buttons that a card can show: without empty ones, and no more than a card holds. */
export function shownRows(rows: ButtonRows): ButtonRows {
  let left = MAX_BUTTONS;
  return rows
    .map((row) => {
      const shown = row.filter(isShown).slice(0, left);
      left -= shown.length;
      return shown;
    })
    .filter((row) => row.length > 0);
}

/** What a press of the button says. */
export function wordsOf({ value, text }: Pick<ChoiceButton, 'value' | 'text'>): string {
  return value?.trim() || labelOf({ text }).en;
}

export function labelOf({ text }: Pick<ChoiceButton, 'text'>): Text {
  const both = typeof text === 'string' ? { en: text, zh: text } : text;
  return {
    en: oneLine(both.en, MAX_LABEL_LENGTH),
    zh: oneLine(both.zh, MAX_LABEL_LENGTH),
  };
}

export function choiceCard({ above, rows, seal }: ChoiceCardParts): CardJson {
  const { header, summary, elements } = above;
  return {
    schema: '2.0',
    // Who forwards the card does not forward the right to press.
    config: { update_multi: true, enable_forward_interaction: false, ...(summary && { summary }) },
    ...(header && { header: { ...header, template: 'orange' } }),
    body: { elements: [...elements, ...rows.map((row) => rowElement(row, seal))] },
  };
}

export function titleHeader(title: LocalizedText): object {
  return { title: plainText(title) };
}

/** A text shown as it is, in the reader's language. */
export function literalElement(text: LocalizedText | string): object {
  const shown = typeof text === 'string' ? { tag: 'plain_text', content: text } : plainText(text);
  return { tag: 'div', text: shown };
}

/**
 * The card without the buttons of this choice, with a sentence in their place; `undefined` if it
 * has none of them.
 */
export function settledCard(
  card: CardJson,
  cardId: string,
  note: LocalizedText,
): CardJson | undefined {
  let isNoted = false;

  function kept(value: unknown, depth: number): readonly unknown[] {
    if (Array.isArray(value)) return [value.flatMap((entry) => kept(entry, depth + 1))];
    if (!isFields(value) || depth > MAX_CARD_DEPTH) return [value];
    if (value.tag === 'button' && cardIdOf(value) === cardId) return [];
    const entries = Object.entries(value).map(([name, field]) => [name, kept(field, depth + 1)[0]]);
    const fields = Object.fromEntries(entries) as Record<string, unknown>;
    const wasHolder = value.tag === 'column' || value.tag === 'column_set';
    const held = value.tag === 'column' ? fields.elements : fields.columns;
    return wasHolder && Array.isArray(held) && held.length === 0 ? [] : [fields];
  }

  function noted(elements: unknown): readonly unknown[] {
    if (!Array.isArray(elements)) return [];
    return elements.flatMap((element) => {
      const rest = kept(element, 0);
      if (isNoted || !hasButtonOf(element, cardId, 0)) return rest;
      isNoted = true;
      return [...rest, literalElement(note)];
    });
  }

  const body = isFields(card.body) ? card.body : undefined;
  if (!body) return undefined;
  const settled = { ...card, body: { ...body, elements: noted(body.elements) } };
  if (!isNoted) return undefined;
  return isFields(card.header)
    ? { ...settled, header: { ...card.header, template: 'grey' } }
    : settled;
}

function isShown(button: ChoiceButton): boolean {
  if (labelOf(button).en === '' || wordsOf(button).length > MAX_VALUE_LENGTH) return false;
  return button.url === undefined || /^https?:\/\/\S+$/i.test(button.url);
}

function rowElement(
  row: readonly ChoiceButton[],
  seal: (button: ChoiceButton) => SealedChoice,
): object {
  const buttons = row.map((button) => buttonElement(button, seal));
  const [only] = buttons;
  if (only && buttons.length === 1) return only;
  const columns = buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] }));
  return { tag: 'column_set', flex_mode: 'flow', columns };
}

function buttonElement(button: ChoiceButton, seal: (button: ChoiceButton) => SealedChoice): object {
  const { url, style = 'default' } = button;
  const label = labelOf(button);
  const words = wordsOf(button);
  const behavior =
    url === undefined
      ? { type: 'callback', value: seal(button) }
      : { type: 'open_url', default_url: url };
  // A label may promise something else than the command behind it does.
  const hidesCommand = url === undefined && words.startsWith('/') && button.isPlain !== true;
  return {
    tag: 'button',
    text: inBothLanguages(label),
    type: style,
    ...(hidesCommand && {
      confirm: {
        title: inBothLanguages(texts.sendsCommand),
        text: { tag: 'plain_text', content: words },
      },
    }),
    behaviors: [behavior],
  };
}

function plainText(text: LocalizedText): object {
  return inBothLanguages({ en: render(text, 'en'), zh: render(text, 'zh') });
}

function hasButtonOf(value: unknown, cardId: string, depth: number): boolean {
  if (depth > MAX_CARD_DEPTH) return false;
  if (Array.isArray(value)) return value.some((entry) => hasButtonOf(entry, cardId, depth + 1));
  if (!isFields(value)) return false;
  if (value.tag === 'button') return cardIdOf(value) === cardId;
  return Object.values(value).some((field) => hasButtonOf(field, cardId, depth + 1));
}

function cardIdOf({ behaviors, value }: Record<string, unknown>): string | undefined {
  const values = Array.isArray(behaviors)
    ? behaviors.map((behavior) => (isFields(behavior) ? behavior.value : undefined))
    : [value];
  return values.map(cardIdIn).find((id) => id !== undefined);
}
