/** The `markdown` component of a card 2.0 as HTML: CommonMark with tables and Feishu's own tags, no HTML. */
import MarkdownIt from 'markdown-it';
import { addCardTags } from './card-tags.ts';
import { escapeHtml, type TextContext } from './escape.ts';
import { addLinkRules } from './links.ts';

const parser = new MarkdownIt({ html: false, linkify: true, breaks: false });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
addLinkRules(parser);
addCardTags(parser);
parser.renderer.rules.softbreak = () => ' ';
parser.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  return imageHtml(String(token?.attrGet('src') ?? ''), token?.content ?? '');
};
parser.renderer.rules.table_open = () => '<div class="table"><table>';
parser.renderer.rules.table_close = () => '</table></div>';

export function cardMarkdownHtml(markdown: string, context: TextContext): string {
  return parser.render(markdown, { context });
}

/** An image by its key; the platform takes no other address. */
function imageHtml(key: string, alt: string): string {
  if (!/^img_[\w.-]+$/.test(key)) return escapeHtml(alt);
  return `<img src="resource/${key}" alt="${escapeHtml(alt)}">`;
}
