/** The documents of this project, as far as the tests look into them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

export interface Fence {
  /** `sh`, `json`, …; empty where there is none. */
  readonly info: string;
  readonly content: string;
}

export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
  /** The levels of its headings, in their order. */
  readonly levels: readonly number[];
  /** What a link can point at within it. */
  readonly anchors: readonly string[];
  /** Targets of links and pictures. */
  readonly links: readonly string[];
  readonly fences: readonly Fence[];
  /** Inline code. */
  readonly codes: readonly string[];
  /** Rows and columns of its tables. */
  readonly tables: readonly string[];
}

export const root = fileURLToPath(new URL('../../', import.meta.url));
const markdown = new MarkdownIt();

export const pagePaths: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)
    .sort(),
];

export function readPage(path: string): Page {
  return parsePage(path, readFileSync(root + path, 'utf8'));
}

export function parsePage(path: string, text: string): Page {
  const tokens = markdown.parse(text, {});
  const inline = tokens.flatMap((token) => token.children ?? []);
  const links = inline.flatMap((token) => {
    const target = token.attrGet(token.type === 'image' ? 'src' : 'href');
    return target === null ? [] : [decodeURI(String(target))];
  });
  const anchors: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const anchor = anchorOf(tokens[at + 1]?.content ?? '');
    const before = anchors.filter((one) => one.replace(/-\d+$/, '') === anchor).length;
    anchors.push(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return {
    path,
    text,
    levels: tokens
      .filter(({ type }) => type === 'heading_open')
      .map(({ tag }) => Number(tag.slice(1))),
    anchors,
    links,
    fences: tokens
      .filter(({ type }) => type === 'fence')
      .map(({ info, content }) => ({ info: info.trim(), content })),
    codes: inline.filter(({ type }) => type === 'code_inline').map(({ content }) => content),
    tables: text
      .split(/\n(?!\|)/)
      .filter((block) => /^\|?[^\n]*\n?\|[-| ]+\|$/m.test(block))
      .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
      .map((lines) => `${lines.length} rows of ${(lines[1]?.split('|').length ?? 2) - 2}`),
  };
}

/** As GitHub makes it: lower case, no punctuation, hyphens for blanks. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Without the blocks that other tests make from the code. */
export function withoutMadeBlocks(text: string): string {
  return text.replace(/<!-- made from [^>]*-->[\s\S]*?<!-- end -->/g, '');
}
