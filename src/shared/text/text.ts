/**
 * What a person reads, in both languages.
 *
 * Every text exists in Chinese and English side by side, so that neither can be forgotten. Rooms
 * keep theirs in a file named `texts.ts`; errors and steps carry {@link LocalizedText}s and are rendered
 * at the door, where the language is known.
 */

import { maskCredentials } from '../credentials.ts';
import { visible, visibleBlock } from '../terminal/visible.ts';
import { joinChinese } from './chinese.ts';
import type { Lang } from './locale.ts';

export { type Lang, languageOfLocale } from './locale.ts';

/** One text in both languages. `{name}` marks a placeholder; both languages use the same ones. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What fills a placeholder; a list is joined as its language does (`, ` or `、`). */
export type TextValue = string | number | LocalizedText | readonly (string | LocalizedText)[];

export type TextParams = Readonly<Record<string, TextValue>>;

/** A text with the values of its placeholders, not yet bound to a language. */
export interface LocalizedText {
  readonly text: Text;
  readonly params: TextParams;
}

export function localize(text: Text, params: TextParams = {}): LocalizedText {
  return { text, params };
}

/** A text as a message without values; a message as it is. */
export function asLocalized(source: LocalizedText | Text): LocalizedText {
  return 'text' in source ? source : localize(source);
}

/** A message that reads the same in both languages: a path, an id, what a server said. */
export function verbatim(value: string): LocalizedText {
  return { text: { en: '{value}', zh: '{value}' }, params: { value } };
}

/** Messages below each other, each in a line of its own. */
export function joinLines(lines: readonly LocalizedText[], lineEnd = '\n'): LocalizedText {
  const placeholders = lines.map((_, index) => `{line${index}}`).join(lineEnd);
  const params = Object.fromEntries(lines.map((line, index) => [`line${index}`, line]));
  return localize({ en: placeholders, zh: placeholders }, params);
}

/**
 * Renders a text in one language. A placeholder without a value stays visible as `{name}`.
 *
 * Values come from outside: what a terminal would obey or hide in them is escaped (see `visible.ts`),
 * line breaks too. A value whose line breaks are its layout has the placeholder `{name:lines}`; a text of
 * ours is passed as a {@link LocalizedText}. Credentials in a value are hidden, since any of them may be an
 * address that a person configured.
 */
export function render(source: LocalizedText | Text, lang: Lang): string {
  const { text, params } = asLocalized(source);
  // Text, name, `:lines`, text, name, …
  const parts = text[lang].split(/\{(\w+)(:lines)?\}/);
  const pieces: string[] = [];
  for (let index = 0; index < parts.length; index += 3) {
    pieces.push(parts[index] ?? '');
    const name = parts[index + 1];
    if (name === undefined) continue;
    const value = params[name];
    const isBlock = parts[index + 2] !== undefined;
    pieces.push(value === undefined ? `{${name}}` : renderValue(value, isBlock, lang));
  }
  return lang === 'zh' ? joinChinese(pieces) : pieces.join('');
}

function renderValue(value: TextValue, isBlock: boolean, lang: Lang): string {
  if (typeof value !== 'object') {
    const shown = maskCredentials(String(value));
    return isBlock ? visibleBlock(shown) : visible(shown);
  }
  if ('text' in value) return render(value, lang);
  const entries = value.map((entry) => renderValue(entry, isBlock, lang));
  return entries.join(lang === 'zh' ? '、' : ', ');
}
