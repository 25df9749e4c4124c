/** The tags of Feishu in the Markdown of a card (docs/platform/media-and-cards.md). */
import type { MarkdownIt, StateInline } from 'markdown-it';
import { emojiSign, hasSign } from './emoji.ts';
import { escapeHtml, linkHtml, mentionHtml, type TextContext } from './escape.ts';

const colors = new Set(
  'neutral blue wathet turquoise green lime yellow orange red carmine violet purple indigo grey'.split(
    ' ',
  ),
);

/** Tags with an end, and the text between. */
const whole =
  /<(at|text_tag|number_tag|person|local_datetime|link|a|raw|audio)((?:\s[^<>]{0,500})?)>([^<]{0,2000})<\/\1>/y;
const single = /<(\/?)([a-zA-Z_]{1,30})((?:\s[^<>]{0,500})?)\/?>/y;
const emoji = /:([A-Za-z0-9_]{1,30}):/y;

/** Adds the tags to a parser. A tag that Feishu does not know disappears; its text stays. */
export function addCardTags(parser: MarkdownIt): void {
  parser.inline.ruler.before('link', 'card-tag', (state, silent) => {
    const html = tagAt(state);
    if (html === undefined) return false;
    if (!silent) state.push('card_html', '', 0).content = html.html;
    state.pos += html.length;
    return true;
  });
  parser.renderer.rules.card_html = (tokens, index) => tokens[index]?.content ?? '';
}

function tagAt(state: StateInline): { readonly html: string; readonly length: number } | undefined {
  const { src, pos } = state;
  const { context } = state.env as { readonly context: TextContext };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = pos;
    return pattern.exec(src);
  };
  if (src[pos] === ':') {
    const named = match(emoji);
    if (!named || !hasSign(named[1] ?? '')) return undefined;
    return { html: emojiSign(named[1] ?? ''), length: named[0].length };
  }
  if (src[pos] !== '<') return undefined;
  const full = match(whole);
  if (full) {
    const [all, tag = '', attributes = '', text = ''] = full;
    return { html: wholeHtml(tag, attributes, text, context), length: all.length };
  }
  const one = match(single);
  if (!one) return undefined;
  return { html: singleHtml(one[1] === '/', one[2] ?? '', one[3] ?? ''), length: one[0].length };
}

function wholeHtml(tag: string, attributes: string, text: string, context: TextContext): string {
  switch (tag) {
    case 'at': {
      const ids = attribute(attributes, 'id') || attribute(attributes, 'ids');
      const people = ids.split(',').filter((id) => id !== '');
      if (people.length === 0) return `@${escapeHtml(attribute(attributes, 'email'))}`;
      return people.map((id) => mentionHtml(id, '', context)).join(' ');
    }
    case 'person':
      return `<span class="person">${escapeHtml(context.nameOf(attribute(attributes, 'id')))}</span>`;
    case 'text_tag':
      return `<span class="label ${colorClass(attributes)}">${escapeHtml(text)}</span>`;
    case 'number_tag':
      return `<span class="badge">${escapeHtml(text)}</span>`;
    case 'local_datetime': {
      const time = new Date(Number(attribute(attributes, 'millisecond')));
      if (Number.isNaN(time.getTime())) return '';
      return escapeHtml(time.toLocaleString(context.lang === 'zh' ? 'zh-CN' : 'en'));
    }
    case 'link':
      return linkHtml(attribute(attributes, 'url'), escapeHtml(text));
    case 'a':
      return linkHtml(attribute(attributes, 'href'), escapeHtml(text));
    case 'audio':
      return '🔊';
    default:
      return escapeHtml(text);
  }
}

function singleHtml(isEnd: boolean, tag: string, attributes: string): string {
  switch (tag) {
    case 'font':
      return isEnd ? '</span>' : `<span class="${colorClass(attributes)}">`;
    case 'u':
    case 's':
    case 'b':
    case 'i':
    case 'strong':
    case 'em':
    case 'del':
      return isEnd ? `</${tag}>` : `<${tag}>`;
    case 'br':
      return '<br>';
    case 'hr':
      return '<hr>';
    default:
      return '';
  }
}

function colorClass(attributes: string): string {
  const color = attribute(attributes, 'color').split('-')[0] ?? '';
  return colors.has(color) ? `color-${color}` : 'color-neutral';
}

/** The value of an attribute, in quotes or not; empty where there is none. */
function attribute(attributes: string, name: string): string {
  const written = ` ${attributes.replace(/\s/g, ' ')}`;
  const start = written.indexOf(` ${name}=`);
  if (start === -1) return '';
  const value = written.slice(start + name.length + 2);
  const quote = value.charAt(0);
  if (quote !== '"' && quote !== "'") return /^[^ "']*/.exec(value)?.[0] ?? '';
  const end = value.indexOf(quote, 1);
  return end === -1 ? '' : value.slice(1, end);
}
