/** Reads the parts of a card: its pace, texts in the person's language, and what a button does. Pure. */

import type { Lang } from '../page-texts.ts';
import { type Fields, fieldsOf, isFields, listOf, numberOf, textOf } from '../reading.ts';
import { webAddress } from '../text/escape.ts';
import type { Pace } from '../text/typing.ts';

/** The typewriter's pace; `undefined` while the card does not stream. */
export function paceOf(card: Fields, isStreaming: boolean): Pace | undefined {
  if (!isStreaming) return undefined;
  const config = fieldsOf(fieldsOf(card.config).streaming_config);
  const forDesktop = (value: unknown): number => {
    const { pc, default: usual } = fieldsOf(value);
    return numberOf(pc) || numberOf(usual);
  };
  return {
    frequencyMs: Math.max(1, forDesktop(config.print_frequency_ms) || 70),
    step: Math.max(1, forDesktop(config.print_step) || 1),
    strategy: config.print_strategy === 'delay' ? 'delay' : 'fast',
  };
}

/** The content of a text in the person's language. */
export function contentOf(value: unknown, lang: Lang): string {
  const { content, i18n_content: localized, i18n } = fieldsOf(value);
  const own = fieldsOf(localized ?? i18n)[lang === 'zh' ? 'zh_cn' : 'en_us'];
  return textOf(own) || textOf(content);
}

/** The classes of a text's size, colour and alignment. */
export function lookOf(element: Fields): string {
  const color = textOf(element.text_color).split('-', 1)[0] ?? '';
  return [
    ['size', textOf(element.text_size)],
    ['color', color === 'default' ? '' : color],
    ['align', textOf(element.text_align)],
  ]
    .flatMap(([name, value]) => (value && /^[\w-]+$/.test(value) ? [`${name}-${value}`] : []))
    .join(' ');
}

/** The components of a card 2.0, or of a card 1.0. */
export function elementsOf(card: Fields): readonly Fields[] {
  const { elements } = isFields(card.body) ? card.body : card;
  return listOf(elements).filter(isFields);
}

/** The card in a message of a person's client: an app may have wrapped it. */
export function cardIn(content: Fields): Fields {
  return isFields(content.user_dsl) ? content.user_dsl : content;
}

export interface ButtonUse {
  /** Opens this address. */
  readonly href?: string;
  /** The app hears this. */
  readonly action?: Fields;
}

/** What a component does when it is used; `added` is what the client knows, such as an option. */
export function useOf(element: Fields, added: Fields = {}): ButtonUse {
  const behaviors = listOf(element.behaviors).filter(isFields);
  const link = behaviors.find(({ type }) => type === 'open_url');
  const address = webAddress(
    textOf(link?.default_url) || textOf(link?.pc_url) || textOf(element.url),
  );
  const callback = behaviors.find(({ type }) => type === 'callback');
  const value = callback?.value ?? element.value;
  const calls = callback !== undefined || value !== undefined || added.form_value !== undefined;
  const name = textOf(element.name);
  return {
    ...(address !== undefined && { href: address }),
    ...(calls && {
      action: {
        tag: textOf(element.tag),
        ...(value !== undefined && { value }),
        ...(name !== '' && { name }),
        ...added,
      },
    }),
  };
}

/** A cell of a table as text. */
export function cellText(value: unknown, dataType: string, lang: Lang): string {
  if (dataType === 'date') {
    const time = new Date(numberOf(value));
    return Number.isNaN(time.getTime())
      ? ''
      : time.toLocaleDateString(lang === 'zh' ? 'zh-CN' : 'en');
  }
  if (Array.isArray(value)) {
    return value.map((item) => (isFields(item) ? textOf(item.text) : String(item))).join(', ');
  }
  return typeof value === 'object' && value !== null ? '' : String(value ?? '');
}
