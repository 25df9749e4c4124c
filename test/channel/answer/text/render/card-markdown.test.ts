import { describe, expect, it } from 'vitest';
import { settledMarkdown } from '../../../../../src/channel/answer/text/cut/settled.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  cardContent,
  cardMarkdown,
} from '../../../../../src/channel/answer/text/render/render-card.ts';
import { everyRow } from '../../../../support/every-row.ts';
import { generated, handWritten } from '../corpus.ts';

const card = (text: string): string => cardMarkdown(parseMarkdown(text));
const content = (text: string) => cardContent(parseMarkdown(text));

describe('the Markdown of a card', () => {
  everyRow([
    // Emphasis beside Chinese punctuation.
    ['**注意：**请看', '**注意：** 请看'],
    ['请看**“重点”**内容', '请看 **“重点”** 内容'],
    ['（**粗体**）', '（ **粗体** ）'],
    ['中文**粗体**中文', '中文**粗体**中文'],
    ['*a* _b_ ~~c~~ ***d***', '*a* _b_ ~~c~~ ***d***'],
    // What the client would take for a tag, an entity, a mark or an emoji.
    ['a < b, <at id=all></at> <x>', 'a &#60; b, &#60;at id=all>&#60;/at> &#60;x>'],
    ['\\*x\\* &lt;at id=all&gt; &copy;', '&#42;x&#42; &#60;at id=all&#62; ©'],
    ['a&copy=1 R&D &notin', 'a&&zwj;copy=1 R&D &&zwj;notin'],
    ['5 * 3, snake_case, _x', '5 &#42; 3, snake_case, &#95;x'],
    ['$x$ :DONE: 10:30 C:\\dir', '&#36;x&#36; &#58;DONE: 10:30 C:&#92;dir'],
    ['#tag', '&#35;tag'],
    // Line ends are hard; `<br>` of a model is one.
    ['a\nb  \nc\\\nd', 'a<br>b<br>c<br>d'],
    ['- a\n\n\tb  \n\tc\\\n\td', '- a\n\n    b<br>c<br>d'],
    ['> a\n> b', '> a<br>b'],
    ['a\n     b  ', 'a<br>b'],
    ['a<br/>b', 'a<br>b'],
    ['`a\nb`', '`a b`'],
    // Lists with four blanks a level.
    ['- a\n  - b\n    - c', '- a\n    - b\n        - c'],
    ['* a\n\n* b\n\n  more', '- a\n- b\n\n    more'],
    ['1) a\n   - b\n2) c', '1. a\n    - b\n2. c'],
    ['100. a\n     - b', '100. a\n     - b'],
    ['- [ ] a\n- [x] b', '- ☐ a\n- ☑ b'],
    ['- # Head\n- ## **Bold**', '- **Head**\n- **Bold**'],
    // Code and tables at the start of a line; what follows them in an item is no code.
    ['1. a\n   ```js\n   x\n   ```\n   b\n2. c', '1. a\n\n```js\nx\n```\n\nb\n\n2. c'],
    ['> ~~~\n> ```\n> ~~~', '````\n```\n````'],
    ['~~~\n  ```\n~~~', '````\n  ```\n````'],
    ['~~~\n\t`````\n~~~', '``````\n\t`````\n``````'],
    ['~~~\na ``` b\n~~~', '```\na ``` b\n```'],
    ['- | a |\n  |---|\n  | b |', '| a |\n| --- |\n| b |'],
    ['    code', '```\ncode\n```'],
    ['```\n<at id=all> <b>\n```', '```\n<\u200Bat id=all> <b>\n```'],
    ...['<at', '<at>', '</at>', 'a <at b', '<attr id=1>', 'x <at && y'].map(
      (code): [string, string] => [`\`\`\`\n${code}\n\`\`\``, `\`\`\`\n${code}\n\`\`\``],
    ),
    // Tables.
    ['a|b\n:-:|-:\nc \\| d|`e\\|f`', '| a | b |\n| :-: | --: |\n| c &#124; d | `e\\|f` |'],
    [
      '| a | b |\n|---|---|\n| c |\n| d | e | f |',
      '| a | b |\n| --- | --- |\n| c |  |\n| d | e &#124; f |',
    ],
    // Rules and headings.
    ['a\n\n***\n\nTitle\n=====', 'a\n\n<hr>\n\n# Title'],
    // Links to web addresses alone; images by key alone.
    [
      '[a](https://a.b/c_d) [b](./f.md) [c](mailto:d@e.f)',
      '[a](https://a.b/c%5Fd) b (./f.md) c (mailto:d@e.f)',
    ],
    [
      '[a [b] c](https://x.y) [](https://x.y)',
      '[a &#91;b&#93; c](https://x.y) [https&#58;//x.y](https://x.y)',
    ],
    [
      '![a](img_v3_02) ![b](https://x.y/z.png) ![c](/tmp/c.png)',
      '![a](img_v3_02) [b](https://x.y/z.png) c (/tmp/c.png)',
    ],
    ['\\![a](https://b.c) !![a](https://b.c)', '&#33;[a](https://b.c) &#33;[a](https://b.c)'],
    ['[![i](https://p.q)](https://c.d)', '[i](https://c.d)'],
    ['看https://a.com/x后，(https://b.com).', '看 https://a.com/x 后，(https://b.com).'],
    [
      'https://a.com/a_b <https://c.d> <e@f.g>',
      '[https&#58;//a.com/a_b](https://a.com/a%5Fb) [https&#58;//c.d](https://c.d) e@f.g',
    ],
    ['https://a.b/?x=1&copy=2', '[https&#58;//a.b/?x=1&&zwj;copy=2](https://a.b/?x=1&%63opy=2)'],
  ])('shows %j', (text, shown) => expect(card(text)).toBe(shown));

  it('has three tables, and further ones as aligned text', () => {
    const table = '| name | 数 |\n|---|--:|\n| a | 1 |\n| 中文名 | 22 |';
    const shown = card(Array(5).fill(table).join('\n\n'));
    expect(shown.match(/\| --- \| --: \|/g)).toHaveLength(3);
    expect(shown.endsWith('```\nname    数\n------  --\na        1\n中文名  22\n```')).toBe(true);
  });
});

describe('a card', () => {
  it('has the heading that the text begins with as its title', () => {
    const { header, body, config } = content('# Release `1.2`\n\nIt is **out**.');
    expect(header?.title.content).toBe('Release 1.2');
    expect(body.elements).toEqual([{ tag: 'markdown', content: 'It is **out**.' }]);
    expect(config.summary.content).toBe('Release 1.2 It is out.');
  });

  everyRow([
    'Use `npm i`.',
    'Intro.\n\n## Part\n\nText',
    '# [link](https://a.b)\n\nText',
    '# Alone',
    `# ${'很长的标题'.repeat(20)}\n\nText`,
  ])('shows nothing twice where no heading can be the title: %j', (text) => {
    const { header, body, config } = content(text);
    expect(header).toBeUndefined();
    expect(body.elements.map((element) => element.content).join('\n\n')).toBe(card(text));
    expect(config.summary.content).not.toBe('');
  });

  it('has code in elements of its own', () => {
    const contents = content('a\n\n```\nb\n```\n\nc\n\nd\n\n```\ne\n```').body.elements;
    expect(contents.map((element) => element.content)).toEqual([
      'a',
      '```\nb\n```',
      'c\n\nd',
      '```\ne\n```',
    ]);
    const many = content(Array(300).fill('x\n\n```\ny\n```').join('\n\n'));
    expect(many.body.elements).toHaveLength(1);
  });
});

describe('a settled text', () => {
  everyRow([
    ['Run **np', 'Run **np**'],
    ['Run **npm *i', 'Run **npm *i***'],
    ['Run `np', 'Run `np`'],
    ['Run **', 'Run '],
    ['See [the docs', 'See '],
    ['See [the docs](https://a.', 'See the docs'],
    ['See ![a pic](https://a.', 'See '],
    ['See https://a.b/c', 'See '],
    ['See <b', 'See '],
    ['a &am', 'a '],
    ['a\n\n#', 'a\n\n'],
    ['a\n\n1', 'a\n\n'],
    ['a\n\n- ', 'a\n\n'],
    ['a\n\n```j', 'a\n\n'],
    ['```js\nx\n``', '```js\nx\n'],
    ['a\n\n| b | c |\n|--', 'a\n\n'],
    ['| b |\n|---|\n| c |\n| d', '| b |\n|---|\n| c |\n'],
    ['5 * 3 and f_x', '5 * 3 and f_x'],
    ['[1] and (x)', '[1] and (x)'],
    // Of an item whose text waits, the marker does too.
    ['a\n\n- [the docs', 'a\n\n'],
    ['a\n\n1. see\n2. ![pic', 'a\n\n1. see\n'],
    ['Run **npm ', 'Run **npm**'],
    ['  Run **npm\u3000', '  Run **npm**'],
    ['See [a] and [b](https://c.d) [e', 'See [a] and [b](https://c.d) '],
    ['See ![a', 'See '],
    ['`[a` b', '`[a` b'],
    // A mark within a word, or between a word and a bracket, opens nothing.
    ['2*3', '2*3'],
    ['2*(3+4', '2*(3+4'],
    ['kwargs**(x', 'kwargs**(x'],
    ['f_(x', 'f_(x'],
    ['f_中', 'f_中'],
    // Behind other characters it does.
    ['(_x', '(_x_'],
    ['中*（注', '中*（注*'],
    ['中**注', '中**注**'],
    ['a**中', 'a**中**'],
    ['x`(y', 'x`(y`'],
    ['**_x', '**_x_**'],
    ['~~**x', '~~**x**~~'],
    // A single mark is closed near it only.
    [`see *${'x'.repeat(79)}`, `see *${'x'.repeat(79)}*`],
    [`see *${'x'.repeat(80)}`, `see *${'x'.repeat(80)}`],
    [`see **${'x'.repeat(100)}`, `see **${'x'.repeat(100)}**`],
  ])('of %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  it('grows: what people see of it stays', () => {
    const failures: string[] = [];
    const visible = (markdown: string): string =>
      markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[\s*_~`]|&zwj;/g, '');
    const texts = [...handWritten, ...generated].filter(
      // A later definition or underline changes what is before it.
      (text) => text.length < 4000 && !/^ *\[.*\]: |^[ >]*(?:=+|-+)$/m.test(text),
    );
    let isPrefix = 0;
    let count = 0;
    for (const text of texts.slice(0, 30)) {
      let before = '';
      for (let end = 1; end <= text.length; end += 7) {
        const document = parseMarkdown(settledMarkdown(text.slice(0, end)));
        const shown = cardMarkdown(document, { isOpen: true });
        count += 1;
        if (shown.startsWith(before)) isPrefix += 1;
        else if (!visible(shown).startsWith(visible(before)))
          failures.push(`${text.slice(Math.max(0, end - 40), end)} after ${before.slice(-40)}`);
        before = shown;
      }
    }
    expect(failures).toEqual([]);
    expect(isPrefix / count).toBeGreaterThan(0.95);
  });
});
