/** Links in Markdown, the same for posts and cards: only web addresses are opened. */
import type { MarkdownIt, Token } from 'markdown-it';
import { webAddress } from './escape.ts';

/** Renders a link that cannot be opened as its label alone, and the others in a window of their own. */
export function addLinkRules(parser: MarkdownIt): void {
  // Any address is a link to the parser; what becomes of it is decided here.
  parser.validateLink = () => true;
  parser.core.ruler.push('web-links', ({ tokens }) => {
    for (const token of tokens) keepWebLinks(token.children ?? []);
  });
}

function keepWebLinks(tokens: readonly Token[]): void {
  const isDropped: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const href = webAddress(String(token.attrGet('href') ?? ''));
      isDropped.push(href === undefined);
      if (href === undefined) becomeText(token, '');
      else {
        token.attrs = [
          ['href', href],
          ['target', '_blank'],
          ['rel', 'noopener noreferrer'],
        ];
      }
    } else if (token.type === 'link_close' && isDropped.pop() === true) becomeText(token, '');
  }
}

export function becomeText(token: Token, content: string): void {
  token.type = 'text';
  token.tag = '';
  token.nesting = 0;
  token.content = content;
}
