/**
 * Cheaper tokens of blocks. Those of markdown-it define each of their properties by itself, which costs
 * most of the time of a text of many small blocks. Pure.
 */
import type { MarkdownIt, Token } from 'markdown-it';

export function leanBlocks(markdown: MarkdownIt): void {
  markdown.block.State = class extends markdown.block.State {
    override push(type: string, tag: string, nesting: Token['nesting']): Token {
      if (nesting < 0) this.level -= 1;
      const token = blockToken(type, tag, nesting, this.level);
      if (nesting > 0) this.level += 1;
      this.tokens.push(token);
      return token;
    }
  };
}

/** What the rules for blocks and our reading of them use: the tokens are never rendered to HTML. */
function blockToken(type: string, tag: string, nesting: Token['nesting'], level: number): Token {
  return {
    type,
    tag,
    nesting,
    level,
    attrs: null,
    map: null,
    children: null,
    content: '',
    markup: '',
    info: '',
    meta: null,
    block: true,
    hidden: false,
  } as Token;
}
