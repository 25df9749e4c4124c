/** The elements of a card as lines of Markdown, in every form of cards. Pure. */
import { type Lang, localize } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ReadContext } from '../content-type.ts';
import { type Piece, plain } from '../pieces/piece.ts';
import { placeholder } from '../pieces/placeholder.ts';
import { elementText, link, styled, stylesOf } from '../styled-text.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from '../untyped.ts';
import { cardMarkdown } from './card-markdown.ts';
import { isUpgradeHint } from './card-source.ts';
import { tableLines } from './card-table.ts';

type Line = readonly Piece[];

/** Deeper than any real card (5 levels): hostile nesting could exhaust the stack. */
const MAX_DEPTH = 20;

export const localeOf = (lang: Lang): string => (lang === 'zh' ? 'zh_cn' : 'en_us');

/** A text of a card: a string, or an object with the text itself and perhaps its translations. */
export function textIn(value: unknown, lang: Lang): string {
  if (typeof value === 'string') return value;
  const { content, text, i18n, i18n_content: translations } = asObject(value);
  const inLanguages = { ...asObject(i18n), ...asObject(translations) };
  return (
    [inLanguages[localeOf(lang)], content, text, ...Object.values(inLanguages)]
      .map(asText)
      .find(Boolean) ?? ''
  );
}

/** Elements below each other; a list within the list is one line, as in the simplified form. */
export function elementLines(
  elements: readonly unknown[],
  context: ReadContext,
  depth = 0,
): readonly Line[] {
  return elements.flatMap((element) => {
    if (!Array.isArray(element)) return linesOf(asObject(element), context, depth + 1);
    const line = element.flatMap((inner, index): Line => {
      const { tag } = asObject(inner);
      const read = linesOf(asObject(inner), context, depth + 1).flat();
      // Texts of one line continue each other; controls do not.
      const isApart = index > 0 && read.length > 0 && !inlineTags.has(tag);
      return isApart ? [plain(' '), ...read] : read;
    });
    return line.length === 0 ? [] : [line];
  });
}

const inlineTags = new Set<unknown>(['text', 'a', 'at', 'emotion']);

function linesOf(element: Fields, context: ReadContext, depth: number): readonly Line[] {
  if (depth > MAX_DEPTH) return textLines(collectTexts(element).join(' '), context);
  const { lang } = context;
  const below = (elements: unknown): readonly Line[] =>
    elementLines(asArray(elements), context, depth);
  switch (element.tag) {
    case 'text':
      return textLines(styled(elementText(element), stylesOf(element)), context);
    case 'a': {
      const address = asText(element.href);
      return address === '' && asText(element.text) === ''
        ? []
        : [[plain(link(elementText(element), address))]];
    }
    case 'at':
    case 'person':
      return [[context.mentions.piece(asText(element.user_id), asText(element.user_name))]];
    case 'person_list':
      return [
        asArray(element.persons).flatMap((person) => [
          context.mentions.piece(asText(asObject(person).id), ''),
          plain(' '),
        ]),
      ];
    case 'markdown':
    case 'lark_md':
    case 'plain_text':
    case 'md':
      return textLines(textIn(element, lang), context);
    case 'div':
      return [
        ...textLines(textIn(element.text, lang), context),
        ...asArray(element.fields).flatMap((field) =>
          textLines(textIn(asObject(field).text, lang), context),
        ),
        ...below([element.extra]),
      ];
    case 'note':
    case 'action': {
      const inner = below(element.elements ?? element.actions);
      return inner.length === 0
        ? []
        : [inner.flatMap((line, at) => (at ? [plain(' '), ...line] : line))];
    }
    case 'hr':
      return [[plain('\n---')]];
    case 'img':
    case 'image':
      return [label(texts.image, textIn(element.alt, lang) || textIn(element.title, lang), lang)];
    case 'img_combination':
      return asArray(element.combination_list).map(() => label(texts.image, '', lang));
    case 'table':
      return tableLines(element, lang).map((line) => [plain(line)]);
    case 'column_set':
      return [...below(element.columns), ...below(element.elements)];
    case 'collapsible_panel':
      return [
        ...textLines(textIn(asObject(element.header).title, lang), context),
        ...below(element.elements),
      ];
    case 'column':
    case 'form':
    case 'interactive_container':
      return below(element.elements);
    default:
      return inputLines(element, context) ?? unknownLines(element, context, below);
  }
}

function textLines(text: string, context: ReadContext): readonly Line[] {
  if (text === '' || isUpgradeHint(text)) return [];
  return [cardMarkdown(text, context)];
}

/** The elements that a person presses, fills in or chooses from. */
function inputLines(element: Fields, { lang }: ReadContext): readonly Line[] | undefined {
  const hint = textIn(element.placeholder, lang);
  switch (element.tag) {
    case 'button':
      return [label(texts.button, [textIn(element.text, lang), addressOf(element)], lang)];
    case 'select_static':
    case 'multi_select_static':
    case 'overflow':
    case 'select_person':
    case 'multi_select_person': {
      const options = asArray(element.options).map((option) => textIn(asObject(option).text, lang));
      const choices = options.filter(Boolean).join(' / ');
      return [label(texts.select, [hint, choices], lang)];
    }
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime': {
      const { initial_date: day, initial_time: time, initial_datetime: both } = element;
      return [label(texts.date, [hint, asText(both), asText(day), asText(time)], lang)];
    }
    case 'input': {
      const name = textIn(element.label, lang);
      return [label(texts.input, [name, hint, asText(element.default_value)], lang)];
    }
    case 'checker': {
      const mark = element.checked === true ? '[x]' : '[ ]';
      return [[plain(`- ${mark} ${textIn(element.text, lang)}`)]];
    }
    default:
      return undefined;
  }
}

/** The address that a button opens. */
function addressOf({ url, multi_url: many, behaviors }: Fields): string {
  const opened = asArray(behaviors).map((behavior) => asText(asObject(behavior).default_url));
  return asText(url) || asText(asObject(many).url) || (opened.find(Boolean) ?? '');
}

/** An element that the platform added later: what is in it, else its texts. */
function unknownLines(
  element: Fields,
  context: ReadContext,
  below: (elements: unknown) => readonly Line[],
): readonly Line[] {
  const inner = below(element.elements);
  const { elements: _, ...others } = element;
  return [...textLines(collectTexts(others).join(' '), context), ...inner];
}

function label(
  text: (typeof texts)['image'],
  details: string | readonly string[],
  lang: Lang,
): Line {
  return [plain(placeholder(localize(text), details, lang))];
}
