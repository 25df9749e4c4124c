import { expect, it } from 'vitest';
import { contentOf } from '../../../../../src/channel/answer/formats/all.ts';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import {
  type Construct,
  type ConstructName,
  constructs,
} from '../../../../../src/channel/answer/text/constructs.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  documentLanguages,
  expectBlock,
  markdownTable,
} from '../../../../support/generated-block.ts';

/** What a person sees of each example in each format: text, rows of Markdown of a post, of a card. */
const seen: Readonly<
  Record<ConstructName, { readonly text: string; readonly post: string; readonly card: string }>
> = {
  heading: { text: 'Title\n\nText', post: '**Title**\n\nText', card: '# Title\n\nText' },
  bold: { text: 'bold', post: '**bold**', card: '**bold**' },
  boldBesideCjk: { text: '注意：请看', post: '**注意：** 请看', card: '**注意：** 请看' },
  italic: { text: 'italic', post: '*italic*', card: '*italic*' },
  strike: { text: 'gone', post: '~~gone~~', card: '~~gone~~' },
  inlineCode: { text: 'code', post: '`code`', card: '`code`' },
  codeBlock: { text: 'x', post: '```js\nx\n```', card: '```js\nx\n```' },
  indentedCode: {
    text: 'Text\n\nx',
    post: 'Text\n---\n```\nx\n```',
    card: 'Text\n\n```\nx\n```',
  },
  codeInItem: { text: '1. a\n\nx', post: '1. a\n---\n```\nx\n```', card: '1. a\n\n```\nx\n```' },
  table: {
    text: 'a: 1; b: 2',
    post: '```\na  b\n-  -\n1  2\n```',
    card: '| a | b |\n| --- | --- |\n| 1 | 2 |',
  },
  bulletList: { text: '- a\n- b', post: '* a\n* b', card: '- a\n- b' },
  numberedList: { text: '1. a\n2. b', post: '1. a\n2. b', card: '1. a\n2. b' },
  nestedList: { text: '- a\n  - b', post: '- a\n  - b', card: '- a\n    - b' },
  task: { text: '- ☐ a\n- ☑ b', post: '- ☐ a\n- ☑ b', card: '- ☐ a\n- ☑ b' },
  quote: { text: '> said', post: '> said', card: '> said' },
  rule: { text: 'a\n\n———\n\nb', post: 'a\n\n---\n\nb', card: 'a\n\n<hr>\n\nb' },
  softBreak: { text: 'a\nb', post: 'a  \nb', card: 'a<br>b' },
  breakTag: { text: 'a\nb', post: 'a  \nb', card: 'a<br>b' },
  link: {
    text: 'docs (https://a.example/b)',
    post: '[docs](https://a.example/b)',
    card: '[docs](https://a.example/b)',
  },
  otherLink: { text: 'file (./a.md)', post: 'file (./a.md)', card: 'file (./a.md)' },
  address: {
    text: 'https://a.example/b',
    post: 'https://a.example/b',
    card: 'https://a.example/b',
  },
  addressBesideCjk: {
    text: '看https://a.example/b吧',
    post: '看[https://a.example/b](https://a.example/b)吧',
    card: '看 https://a.example/b 吧',
  },
  image: { text: 'chart', post: 'img_v3_02', card: '![chart](img_v3_02)' },
  imageAddress: {
    text: 'chart (https://a.example/c.png)',
    post: '[chart](https://a.example/c.png)',
    card: '[chart](https://a.example/c.png)',
  },
  tag: { text: 'a <u>b</u>', post: 'a &#60;u>b&#60;/u>', card: 'a &#60;u>b&#60;/u>' },
  entity: { text: 'a <b> ©', post: '**a** &lt;b&gt; &copy;', card: '**a** &#60;b&#62; ©' },
  escape: { text: 'a *b*', post: '**a** \\*b\\*', card: '**a** &#42;b&#42;' },
  formula: { text: '$E=mc^2$', post: '$E=mc^2$', card: '&#36;E=mc^2&#36;' },
  diagram: {
    text: 'graph TD',
    post: '```mermaid\ngraph TD\n```',
    card: '```mermaid\ngraph TD\n```',
  },
};

const rows = Object.entries(constructs) as [ConstructName, Construct][];

/** A plain answer is a text in every mode: the marks beside it make it a message of the format. */
function shownIn(format: 'text' | 'post' | 'card', { example }: Construct): string {
  if (format === 'text') {
    const part = partOf(parseMarkdown(`${example}\n\n*z*`), 'text');
    return part.type === 'text' ? part.text.replace(/\n\nz$/, '') : `not a text: ${part.type}`;
  }
  const part = { type: format, markdown: `${example}\n\n*z*` } as const;
  const content = JSON.parse(contentOf(part).content);
  const pieces: string[] =
    format === 'card'
      ? content.body.elements.map((element: { content: string }) => element.content)
      : content.zh_cn.content.flat().map((element: object) => Object.values(element)[1]);
  const title = content.header?.title.content;
  const joint = format === 'card' ? '\n\n' : '\n---\n';
  const body = pieces.join(joint).replace(/(?:\n\n|\n---\n)\*z\*$/, '');
  // The heading of a card is its title.
  return title === 'Title' ? `# Title\n\n${body}` : body;
}

it('shows each construct in each format as the table declares', () => {
  const failures: string[] = [];
  for (const [name, construct] of rows) {
    for (const format of ['text', 'post', 'card'] as const) {
      const shown = shownIn(format, construct);
      const expected = seen[name][format];
      const treatment = construct[format];
      if (shown !== expected) failures.push(`${name}, ${format}: ${JSON.stringify(shown)}`);
      // What is literal is shown with its marks, as what is native is written.
      const isSame =
        expected.replaceAll('&#60;', '<').replaceAll('&#36;', '$') === construct.example;
      if (treatment === 'literal' && !isSame) failures.push(`${name}, ${format}: is not literal`);
      if (treatment === 'rewritten' && isSame) failures.push(`${name}, ${format}: is the same`);
    }
  }
  expect(failures).toEqual([]);
});

it('chooses the form that draws the answer', () => {
  const failures: string[] = [];
  for (const [name, { example, post, card }] of rows) {
    const { type } = partOf(parseMarkdown(example), 'auto');
    const isOnlyInCards = card === 'native' && post !== 'native' && name !== 'breakTag';
    if (isOnlyInCards !== (type === 'card')) failures.push(`${name}: ${type}`);
    if (partOf(parseMarkdown(example), 'text').type !== 'text') failures.push(`${name}: no text`);
    if (partOf(parseMarkdown(example), 'post').type === 'card') failures.push(`${name}: a card`);
  }
  expect(failures).toEqual([]);
});

const headings = {
  en: ['Markdown', 'example', 'text', 'post', 'card'],
  zh: ['Markdown', '示例', '文本', '富文本', '卡片'],
};
const words = {
  en: { native: 'drawn', rewritten: 'rewritten', literal: 'as written' },
  zh: { native: '原样呈现', rewritten: '改写呈现', literal: '显示原文' },
};

/** `UPDATE_DOCS=1 npx vitest run test/channel/answer/text/render/constructs.test.ts` writes the tables. */
it.each(documentLanguages)('$folder has the table of constructs', async ({ lang, folder }) => {
  const cell = (example: string) => `\`\` ${example.replaceAll('\n', ' ⏎ ')} \`\``;
  const table = markdownTable(
    headings[lang],
    rows.map(([, { name, example, text, post, card }]) => [
      name[lang],
      cell(example),
      words[lang][text],
      words[lang][post],
      words[lang][card],
    ]),
  );
  await expectBlock(`${folder}/answers.md`, 'src/channel/answer/text/constructs.ts', table);
});
