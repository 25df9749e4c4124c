import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { createBlockAssembler } from '../../../../../src/channel/answer/text/cut/blocks.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { everyRow } from '../../../../support/every-row.ts';
import { md, shownAsPost as shown } from './shown-as-post.ts';

describe('a text message', () => {
  everyRow([
    'plain words, 5 * 3 * 2, snake_case_name, a < b, x > y',
    '- one lone line of a list',
    'see https://example.com/a?b=c#d.',
    'f(*args, **kwargs) and C:\\path\\to',
    '1986. A great year.',
    'a < b, c <= d and <3',
    'words\n\n    indented words',
    'words\n\n[a]: https://example.com/b_c',
    'line one\nline two',
    // No escapes of marks: paths, expressions, formulas.
    '\\\\server\\share, C:\\$Recycle.Bin, ^\\d+\\.\\[$, \\[ x \\], a\\-b',
  ])('carries %j', (text) => expect(shown(text)).toBe(text));

  everyRow(['use <b>', 'use </b>', 'use <!DOCTYPE html>', 'use <font color="red">', 'use <B/>'])(
    'does not carry %j, which a client would take for a tag',
    (text) => expect(shown(text)).toEqual([[{ tag: 'text', text }]]),
  );

  it('shows tags and addresses as they are, by plain elements', () => {
    expect(shown('use <b>, not <i>x</i>')).toEqual([
      [{ tag: 'text', text: 'use <b>, not <i>x</i>' }],
    ]);
    expect(shown('grant https://open.feishu.cn/app/cli_a/auth?q=im:message_x\n\nthen')).toEqual([
      [
        { tag: 'text', text: 'grant ' },
        {
          tag: 'a',
          text: 'https://open.feishu.cn/app/cli_a/auth?q=im:message_x',
          href: 'https://open.feishu.cn/app/cli%5Fa/auth?q=im:message%5Fx',
        },
      ],
      [{ tag: 'text', text: '' }],
      [{ tag: 'text', text: 'then' }],
    ]);
  });
});

describe('an answer that is asked for as a text', () => {
  everyRow([
    ['| a | b |\n|---|---|', 'a | b'],
    ['| a | b |\n|---|---|\n| **c** | d |\n| e |', 'a: c; b: d\na: e; b:'],
    ['- [x] a *z*', '- ☑ a z'],
    ['> [x] a *z*', '> [x] a z'],
    ['a *x*\n\n&nbsp;\n\nb', 'a x\n\nb'],
    ['> # H\n\n*z*', '> H\n\nz'],
  ])('shows %j as %j', (text, wanted) =>
    expect(partOf(parseMarkdown(text), 'text')).toEqual({ type: 'text', text: wanted }),
  );
});

describe('a post', () => {
  everyRow([
    // What a text message would show raw.
    ['*italic*', md('*italic*')],
    ['_italic_', md('_italic_')],
    ['~~gone~~', md('~~gone~~')],
    ['> quote', md('> quote')],
    ['`code`', md('`code`')],
    ['***', md('***')],
    ['Title\n---', md('**Title**')],
    ['2 \\* 3', md('2 \\* 3')],
    ['snake\\_case', md('snake\\_case')],
    ['1986\\. A year', md('1986\\. A year')],
    ['\\- no item', md('\\- no item')],
    ['a &lt; b &amp; c', md('a &lt; b &amp; c')],
    ['one\\\ntwo', md('one  \ntwo')],
    // Lines of quotes and items, lazy ones included.
    ['> a\n*b*', md('> a  \n*b*')],
    ['> > a\n> b *c*', md('> > a  \n> b *c*')],
    ['> - a\nlazy *b*', md('> - a\nlazy *b*')],
    ['- a\n  > q *x*\nlazy', md('- a\n  > q *x*\nlazy')],
    ['- *a*\n\n  b\n  c', md('- *a*\n\n  b\n  c')],
    // Code has a row of its own, without the marks of what surrounds it.
    ['- *a*\n\n      code\n', md('- *a*', '```\ncode\n```')],
    ['> ```\n> code\n> ```\n> *b*', md('```\ncode\n```', '> *b*')],
    ['- ```\n  code\n  ```\n- b', md('```\ncode\n```', '- b')],
    ['> - *a*\n>   ```\n>   c\n>   ```\n>   d', md('> - *a*', '```\nc\n```', '> d')],
    // Addresses beside emphasis, code, links and other scripts.
    [
      '**see https://a.com/x_y_z** *z*',
      md('**see [https://a.com/x_y_z](https://a.com/x%5Fy%5Fz)** *z*'),
    ],
    ['_https://a.com/a_b_ *x*', md('_[https://a.com/a_b](https://a.com/a%5Fb)_ *x*')],
    ['*x https://a.com/y* https://b.com', md('*x https://a.com/y* https://b.com')],
    ['*x* https://a.com/*y* z', md('*x* [https://a.com/*y](https://a.com/%2Ay)* z')],
    ['[https://a.com](https://b.com) *x*', md('[https://a.com](https://b.com) *x*')],
    ['`https://a.com` *x* https://b.com', md('`https://a.com` *x* https://b.com')],
    ['前https://a.com/x后 *x*', md('前[https://a.com/x](https://a.com/x)后 *x*')],
    ['看https://a.com/x *x*', md('看[https://a.com/x](https://a.com/x) *x*')],
    ['*看* 中 https://a.com/x ok', md('*看* 中 https://a.com/x ok')],
    ['*x* [https://a.com/b_c](https://d.e)', md('*x* [https://a.com/b_c](https://d.e)')],
    [
      '[t](https://c.d) https://a.b/c_d',
      md('[t](https://c.d) [https://a.b/c_d](https://a.b/c%5Fd)'),
    ],
    ['![pic](https://a.com/p.png) https://b.com', md('[pic](https://a.com/p.png) https://b.com')],
    ['*x* <https://a.com> https://b.com', md('*x* [https://a.com](https://a.com) https://b.com')],
    ['*a* \\< b', md('*a* &#60; b')],
    ['*a* \\> b', md('*a* \\> b')],
    // Line ends.
    ['**Result**\nline one\nline two', md('**Result**  \nline one  \nline two')],
    ['> a\n> *b*', md('> a  \n> *b*')],
    ['*a*\\\nb  \nc', md('*a*  \nb  \nc')],
    ['- *a*\n  b\n- c', md('- *a*\n  b\n- c')],
    // What a post does not draw is rewritten.
    ['| a | b |\n|---|---|\n| c | d |', md('```\na  b\n-  -\nc  d\n```')],
    [
      `| a | b |\n|---|---|\n| [c](https://a.b) | **d** |\n| e | |`,
      md('- a: [c](https://a.b); b: **d**\n- a: e; b:'),
    ],
    ['# Title\ntext', md('**Title**\n\ntext')],
    ['text\n## A **b** c ##\n\n- x', md('text\n\n**A b c**\n\n- x')],
    ['### [a](https://a.b)', md('[a](https://a.b)')],
    ['# A\n# B\n\n\n# C', md('**A**\n\n\n**B**\n\n\n**C**')],
    ['- # a\n- b', md('- **a**\n- b')],
    ['- [ ] a\n- [x] *b*', md('- ☐ a\n- ☑ *b*')],
    ['1. [X] *a*', md('1. ☑ *a*')],
    // Brackets that are no task: elsewhere than at the beginning of an item, or with other text.
    ['- [y] *a*\n- b [ ] c', md('- [y] *a*\n- b [ ] c')],
    ['- *a*\n\n  [ ] b', md('- *a*\n\n  [ ] b')],
    ['[ ] *a*', md('[ ] *a*')],
    ['> [x] *a*', md('> [x] *a*')],
    ['- [ ]*a*', md('- [ ]*a*')],
    ['*a*<br/>b', md('*a*  \nb')],
    ['**注意：**请看', md('**注意：** 请看')],
    ['`a\nb` *c*', md('`a\nb` *c*')],
    // Code in rows of its own.
    [
      'before\n```js\nx\n\ny\n```\nafter\nmore',
      md('before', '```js\nx\n\ny\n```', 'after  \nmore'),
    ],
    ['1. a\n   ```\n   x\n     y\n   ```\n2. b', md('1. a', '```\nx\n  y\n```', '2. b')],
    ['> ```go\n> x\n> ```\n> said', md('```go\nx\n```', '> said')],
    ['-\t~~~\n\tx\n\t~~~', md('~~~\nx\n~~~')],
    // A line of the code that would close its fence outside of its list gets another fence around it.
    ['~~~~\n~~~\n~~~~', md('```\n~~~\n```')],
    ['~~~~\n  ~~~\n~~~~', md('```\n  ~~~\n```')],
    ['~~~~\nx~~~\n~~~~', md('~~~~\nx~~~\n~~~~')],
    ['~~~\nx ~~~ y\n~ z\n~~~', md('~~~\nx ~~~ y\n~ z\n~~~')],
    ['~~~\n```\n~~~', md('~~~\n```\n~~~')],
    ['```\n    ```\n```', md('````\n    ```\n````')],
    [
      '- a\n    - b\n\n      ```\n      x\n      ```\n    - c',
      md('- a\n    - b', '```\nx\n```', '  - c'),
    ],
    ['```js <at id=all>\nx\n```', md('```js\nx\n```')],
    ['```<at id=all>\nx\n```', md('```\nx\n```')],
    ['```\nopen', md('```\nopen\n```')],
    // Addresses.
    [
      '*x* https://a.b/c_d_(e), ok',
      md('*x* [https://a.b/c_d_(e)](https://a.b/c%5Fd%5F%28e%29), ok'),
    ],
    [
      '*x* https://a.b/c?ids[]=1&f[a_b]=2',
      md('*x* [https://a.b/c?ids%5B%5D=1&f%5Ba_b%5D=2](https://a.b/c?ids%5B%5D=1&f%5Ba%5Fb%5D=2)'),
    ],
    ['*x* http://[::1]:80/c_d', md('*x* [http://%5B::1%5D:80/c_d](http://[::1]:80/c%5Fd)')],
    [
      '*x* https://a.b/app/[slug]/c_d.tsx [1]',
      md('*x* [https://a.b/app/%5Bslug%5D/c_d.tsx](https://a.b/app/%5Bslug%5D/c%5Fd.tsx) [1]'),
    ],
    ['*x* https://a.b/c[1], [https://a.b/c]', md('*x* https://a.b/c[1], [https://a.b/c]')],
    ['*x* https://a.b/?q=[t](https://c.d)', md('*x* https://a.b/?q=[t](https://c.d)')],
    ['**https://a.b/c_d**', md('**[https://a.b/c_d](https://a.b/c%5Fd)**')],
    ['*看* https://a.b/c，好', md('*看* [https://a.b/c](https://a.b/c)，好')],
    ['[t](https://a.b/c_(d) "e")', md('[t](https://a.b/c%5F%28d%29)')],
    ['<https://a.b/c_d>', md('[https://a.b/c_d](https://a.b/c%5Fd)')],
    ['[t](<https://a.b/c d>)', md('[t](https://a.b/c%20d)')],
    ['[t](./file.md) [m](mailto:a@b.c)', md('t (./file.md) m (mailto:a@b.c)')],
    ['`https://a.b/c_d`', md('`https://a.b/c_d`')],
    // Images and tags.
    [
      'see ![a](img_v3_1) *b*',
      [[{ tag: 'md', text: 'see' }], [{ tag: 'img', image_key: 'img_v3_1' }], ...md('*b*')],
    ],
    ['![alt](https://a.b/c_d.png)', md('[alt](https://a.b/c%5Fd.png)')],
    ['![](https://a.b/c.png)', md('[https://a.b/c.png](https://a.b/c.png)')],
    ['[![alt](https://a.b)](https://c.d)', md('[alt](https://c.d)')],
    ['*x* <b>y</b> `<b>` 1 < 2', md('*x* &#60;b>y&#60;/b> `<b>` 1 < 2')],
    ['*x* <at user_id="all"></at>', md('*x* &#60;at user_id="all">&#60;/at>')],
    ['```\n<at user_id="all"></at>\n```', md('```\n<at user_id="all"></at>\n```')],
  ])('shows %j', (text, rows) => expect(shown(text)).toEqual(rows));
});

it('lets no text mention people, however it is written', () => {
  const part = fc.constantFrom(
    '<at user_id="all"></at>',
    '<AT id=all>',
    '</at>',
    '\\',
    '*',
    '**',
    '[',
    '](https://a.b)',
    '![',
    '<',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '| ',
    '|\n|---|\n',
    'word ',
    '[a]: <at>\n',
    '&lt;',
    'https://a.b',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const rows = shown(parts.join(''));
      const texts = typeof rows === 'string' ? [rows] : rows.flat();
      for (const element of texts) {
        const text = typeof element === 'string' ? element : JSON.stringify(element);
        // Only a plain element shows a tag as it is.
        if (!text.startsWith('{"tag":"text"') && !text.startsWith('{"tag":"a"'))
          expect(text).not.toMatch(/<at\s[^<>]*>/i);
      }
    }),
    { numRuns: 1000 },
  );
});

describe('a cut', () => {
  const limits = { characters: 200, bytes: 1400 };
  const streamed = (text: string): string[] => {
    const assembler = createBlockAssembler('block');
    return [...[...text].flatMap((char) => assembler.push(char)), ...assembler.end()];
  };

  it('is behind a line of a list, not behind a number', () => {
    const list = Array.from({ length: 30 }, (_, n) => `${n + 1}. Item number ${n + 1} has words`);
    for (const parts of [streamed(list.join('\n')), chunkText(list.join('\n'), limits)]) {
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.join('\n').split('\n')).toEqual(list);
    }
  });

  everyRow([
    'see no. 5 of it ',
    'that is e.g. this one ',
    'version v1.2. is out ',
    'in 3.14 or 2. of them ',
    'by J. R. Smith ',
    'fig. 3 and vol. 2 ',
  ])('is not behind the dots of %j', (words) => {
    for (const parts of [streamed(words.repeat(70)), chunkText(words.repeat(40), limits)]) {
      for (const part of parts.slice(0, -1)) expect(part).not.toMatch(/\.$/);
    }
  });

  it('repeats the header of a table and the marks of a quote', () => {
    const rows = Array.from({ length: 40 }, (_, n) => `| row ${n} | value |`);
    const table = chunkText(`| a | b |\n|---|---|\n${rows.join('\n')}`, limits);
    for (const part of table) expect(part).toMatch(/^\| a \| b \|\n\|---\|---\|\n\| row/);
    expect(table.flatMap((part) => part.split('\n').slice(2))).toEqual(rows);
    for (const part of chunkText(`> ${'quoted words '.repeat(60)}`, limits)) {
      expect(part).toMatch(/^> /);
    }
  });

  everyRow([
    ['behind the item', '\n\nparagraph\n\n    code', '\n\nparagraph\n\n    code'],
    ['in the item, after blanks', '\n\n      code', '\n\n    code'],
    ['in the item, after a part of a tab', '\n\n\t    code', '\n\n      code'],
  ])('within an item leaves the indent of the code %s', (_, rest, shown) => {
    const [first = '', second = '', ...more] = chunkText(`- ${'word '.repeat(50)}${rest}`, limits);
    expect(more).toEqual([]);
    expect(first).toMatch(/^- (?:word )+word$/);
    expect(second.replace(/^(?:word )+/, '')).toBe(shown);
  });

  it('leaves a lazy line of a quote as it is written', () => {
    const [, second] = chunkText(`> ${'word '.repeat(50)}\nlazy *x*\n> more`, limits);
    expect(second).toMatch(/^> (?:word )+\nlazy \*x\*\n> more$/);
  });

  it('closes emphasis and code and opens them again where nothing else is left', () => {
    const bold = chunkText(`**${'bold words '.repeat(60)}end**`, limits);
    for (const part of bold) expect(part).toMatch(/^\*\*\S[^*]*\S\*\*$/);
    const code = chunkText(`\`${'inline code '.repeat(60)}end\``, limits);
    for (const part of code) expect(part).toMatch(/^`[^`]+`$/);
  });
});
