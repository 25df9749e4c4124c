/**
 * Cheaper tokens of blocks, for texts of many small blocks. Those of markdown-it define each of their
 * properties by itself, and all of them live until the end of the text: collecting that garbage
 * would take most of the time. Here, tokens are read while the text is parsed. Pure.
 */
import type { Env, MarkdownIt, Token } from 'markdown-it';

/** Takes the tokens in their order. Of a container, the last line is known when its end comes. */
export type TakeToken = (token: Token) => void;

const readers = new WeakMap<Env, TakeToken>();

/** Parses a text into tokens that `take` gets one by one. */
export function readBlocks(markdown: MarkdownIt, source: string, take: TakeToken): Env {
  const env = {};
  readers.set(env, take);
  const last = markdown.parse(source, env);
  readers.delete(env);
  for (const token of last) take(token);
  return env;
}

/** Where one of these begins, the tokens before are complete. */
const BLOCK_STARTS: ReadonlySet<string> = new Set([
  'paragraph_open',
  'heading_open',
  'hr',
  'fence',
  'code_block',
  'list_item_open',
  'table_open',
]);

/** So many tokens are read at a time. */
const BATCH = 64;

export function leanBlocks(markdown: MarkdownIt): void {
  markdown.block.State = class extends markdown.block.State {
    override push(type: string, tag: string, nesting: Token['nesting']): Token {
      if (this.tokens.length >= BATCH && BLOCK_STARTS.has(type)) this.#readTokens();
      if (nesting < 0) this.level -= 1;
      const token = blockToken(type, tag, nesting, this.level);
      if (nesting > 0) this.level += 1;
      this.tokens.push(token);
      return token;
    }

    #readTokens(): void {
      const take = readers.get(this.env);
      if (!take) return;
      for (const token of this.tokens) take(token);
      this.tokens.length = 0;
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
