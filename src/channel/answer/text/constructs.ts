/**
 * What each construct of Markdown becomes in each format of a message, declared once: the choice of a
 * format reads it, the tests go through it row by row, and docs/platform/messages.md shows it. Pure.
 */
import type { Text } from '../../../shared/text/text.ts';
import type { InlineText, Leaf, MarkdownDocument, Span } from './parse/document.ts';
import { isImageKey } from './render/card-inline.ts';
import { textsOf } from './render/rewriting.ts';

/**
 * `native`: the format draws it. `rewritten`: written in another form that shows the same.
 * `literal`: its characters are shown as they are.
 */
export type Treatment = 'native' | 'rewritten' | 'literal';

export interface Construct {
  readonly name: Text;
  readonly example: string;
  readonly text: Treatment;
  readonly post: Treatment;
  readonly card: Treatment;
  /** Finds what only a card draws; a construct without it never decides on the format. */
  readonly isLeaf?: (leaf: Leaf) => boolean;
  readonly isSpan?: (span: Span) => boolean;
  /** A text without these characters has no such span, and its spans need not be found. */
  readonly spanMark?: string;
}

export const constructs = {
  heading: {
    name: { en: 'heading', zh: '标题' },
    example: '# Title\n\nText',
    text: 'rewritten',
    post: 'rewritten',
    card: 'native',
    isLeaf: (leaf) => leaf.kind === 'heading' && leaf.text.content !== '',
  },
  bold: {
    name: { en: 'bold', zh: '粗体' },
    example: '**bold**',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  boldBesideCjk: {
    name: { en: 'bold beside Chinese punctuation', zh: '中文标点旁的粗体' },
    example: '**注意：**请看',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  italic: {
    name: { en: 'italic', zh: '斜体' },
    example: '*italic*',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  strike: {
    name: { en: 'struck out', zh: '删除线' },
    example: '~~gone~~',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  inlineCode: {
    name: { en: 'inline code', zh: '行内代码' },
    example: '`code`',
    text: 'rewritten',
    post: 'literal',
    card: 'native',
    isSpan: ({ kind }) => kind === 'code',
    spanMark: '`',
  },
  codeBlock: {
    name: { en: 'block of code', zh: '代码块' },
    example: '```js\nx\n```',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  indentedCode: {
    name: { en: 'indented code', zh: '缩进代码' },
    example: 'Text\n\n    x',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  codeInItem: {
    name: { en: 'code in a list', zh: '列表中的代码块' },
    example: '1. a\n   ```\n   x\n   ```',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  table: {
    name: { en: 'table', zh: '表格' },
    example: '| a | b |\n|---|---|\n| 1 | 2 |',
    text: 'rewritten',
    post: 'rewritten',
    card: 'native',
    isLeaf: ({ kind }) => kind === 'table',
  },
  bulletList: {
    name: { en: 'list', zh: '无序列表' },
    example: '* a\n* b',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  numberedList: {
    name: { en: 'numbered list', zh: '有序列表' },
    example: '1. a\n2. b',
    text: 'literal',
    post: 'native',
    card: 'native',
  },
  nestedList: {
    name: { en: 'nested list', zh: '嵌套列表' },
    example: '- a\n  - b',
    text: 'literal',
    post: 'native',
    card: 'rewritten',
  },
  task: {
    name: { en: 'task', zh: '任务列表' },
    example: '- [ ] a\n- [x] b',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  quote: {
    name: { en: 'quote', zh: '引用' },
    example: '> said',
    text: 'literal',
    post: 'native',
    card: 'native',
  },
  rule: {
    name: { en: 'rule', zh: '分割线' },
    example: 'a\n\n---\n\nb',
    text: 'rewritten',
    post: 'native',
    card: 'rewritten',
  },
  softBreak: {
    name: { en: 'line end', zh: '换行' },
    example: 'a\nb',
    text: 'native',
    post: 'rewritten',
    card: 'rewritten',
  },
  breakTag: {
    name: { en: '`<br>`', zh: '`<br>`' },
    example: 'a<br>b',
    text: 'rewritten',
    post: 'rewritten',
    card: 'native',
  },
  link: {
    name: { en: 'link to a web address', zh: '网页链接' },
    example: '[docs](https://a.example/b)',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
  otherLink: {
    name: { en: 'link to another address', zh: '其他链接' },
    example: '[file](./a.md)',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  address: {
    name: { en: 'bare address', zh: '裸网址' },
    example: 'https://a.example/b',
    text: 'native',
    post: 'native',
    card: 'native',
  },
  addressBesideCjk: {
    name: { en: 'address beside Chinese characters', zh: '中文旁的网址' },
    example: '看https://a.example/b吧',
    text: 'native',
    post: 'rewritten',
    card: 'rewritten',
  },
  image: {
    name: { en: 'uploaded image (`img_…`)', zh: '已上传的图片（`img_…`）' },
    example: '![chart](img_v3_02)',
    text: 'rewritten',
    post: 'rewritten',
    card: 'native',
    isSpan: (span) => span.kind === 'image' && isImageKey(span.address),
    spanMark: '![',
  },
  imageAddress: {
    name: { en: 'image at an address', zh: '网址图片' },
    example: '![chart](https://a.example/c.png)',
    text: 'rewritten',
    post: 'rewritten',
    card: 'rewritten',
  },
  tag: {
    name: { en: 'other HTML', zh: '其他 HTML' },
    example: 'a <u>b</u>',
    text: 'literal',
    post: 'literal',
    card: 'literal',
  },
  entity: {
    name: { en: 'entity', zh: '字符实体' },
    example: '**a** &lt;b&gt; &copy;',
    text: 'rewritten',
    post: 'native',
    card: 'rewritten',
  },
  escape: {
    name: { en: 'escaped mark', zh: '转义字符' },
    example: '**a** \\*b\\*',
    text: 'rewritten',
    post: 'native',
    card: 'rewritten',
  },
  formula: {
    name: { en: 'formula', zh: '公式' },
    example: '$E=mc^2$',
    text: 'literal',
    post: 'literal',
    card: 'literal',
  },
  diagram: {
    name: { en: 'diagram (`mermaid`)', zh: '图表（`mermaid`）' },
    example: '```mermaid\ngraph TD\n```',
    text: 'rewritten',
    post: 'native',
    card: 'native',
  },
} as const satisfies Record<string, Construct>;

export type ConstructName = keyof typeof constructs;

const onlyInCards: readonly Construct[] = Object.values(constructs).filter(
  ({ post, card }) => card === 'native' && post !== 'native',
);

/** Whether a document has what a card draws, and a post does not. */
export function needsCard(document: MarkdownDocument): boolean {
  return document.leaves.some(
    (leaf) =>
      onlyInCards.some(({ isLeaf }) => isLeaf?.(leaf)) ||
      textsOf(leaf).some((text) => hasCardSpan(document, text)),
  );
}

function hasCardSpan(document: MarkdownDocument, text: InlineText): boolean {
  const possible = onlyInCards.filter(
    ({ isSpan, spanMark = '' }) => isSpan && text.content.includes(spanMark),
  );
  if (possible.length === 0) return false;
  return document.spansOf(text).some((span) => possible.some(({ isSpan }) => isSpan?.(span)));
}
