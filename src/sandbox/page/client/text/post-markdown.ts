/**
 * The `md` element of a post as HTML (docs/platform/messages.md#content): fewer rules than Markdown has.
 * What Feishu does not render there is shown as it was written: headings, tables, images, inline code.
 */
import MarkdownIt, { type StateInline, type Token } from 'markdown-it';
import { escapeHtml, mentionHtml, type TextContext } from './escape.ts';
import { addLinkRules, becomeText } from './links.ts';

const parser = new MarkdownIt({ html: false, linkify: false, breaks: false })
  .disable(['heading', 'lheading', 'table', 'reference', 'code'])
  .disable(['image', 'backticks', 'autolink', 'entity', 'escape']);
parser.inline.ruler.before('link', 'mention', mention);
parser.inline.ruler.before('link', 'raw-image', rawImage);
parser.inline.ruler.before('strikethrough', 'underline', underline);
parser.core.ruler.push('links-in-style', withoutLinksInStyle);
addLinkRules(parser);
parser.renderer.rules.softbreak = () => ' ';
parser.renderer.rules.mention = (tokens, index) => tokens[index]?.content ?? '';
parser.renderer.rules.underlined = (tokens, index) =>
  `<u>${escapeHtml(tokens[index]?.content ?? '')}</u>`;

export function postMarkdownHtml(markdown: string, context: TextContext): string {
  return parser.render(markdown, { context });
}

function mention(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  const pattern = /<at user_id="([^"<>]{1,100})">([^<>]{0,200})<\/at>/y;
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  if (!match) return false;
  if (!silent) {
    const { context } = state.env as { readonly context: TextContext };
    state.push('mention', '', 0).content = mentionHtml(match[1] ?? '', match[2] ?? '', context);
  }
  state.pos += match[0].length;
  return true;
}

/** An image would else be a link with a mark before it. */
function rawImage(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '!') return false;
  const pattern = /!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/y;
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  if (!match) return false;
  if (!silent) state.push('text', '', 0).content = match[0];
  state.pos += match[0].length;
  return true;
}

/** `~text~` underlines; two tildes strike through. */
function underline(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '~') return false;
  const pattern = /~(?![~\s])([^~\n]{1,2000})(?<!\s)~(?!~)/y;
  pattern.lastIndex = state.pos;
  const match = state.src[state.pos - 1] === '~' ? null : pattern.exec(state.src);
  if (!match) return false;
  if (!silent) state.push('underlined', '', 0).content = match[1] ?? '';
  state.pos += match[0].length;
  return true;
}

/** Styled text is not parsed further: a link in it is shown as it was written. */
function withoutLinksInStyle({ tokens }: { tokens: Token[] }): void {
  for (const token of tokens) {
    let depth = 0;
    const opened: string[] = [];
    for (const child of token.children ?? []) {
      if (/^(?:strong|em|s)_open$/.test(child.type)) depth += 1;
      if (/^(?:strong|em|s)_close$/.test(child.type)) depth -= 1;
      if (child.type === 'link_open' && depth > 0) {
        opened.push(String(child.attrGet('href') ?? ''));
        becomeText(child, '[');
      } else if (child.type === 'link_close' && opened.length > 0) {
        becomeText(child, `](${opened.pop()})`);
      }
    }
  }
}
