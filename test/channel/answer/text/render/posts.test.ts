/** What a post becomes of images, links, tags, tables and code, and which texts need one. */
import { describe, expect, it } from 'vitest';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { everyRow } from '../../../../support/every-row.ts';
import { image, md, shownAsPost } from './shown-as-post.ts';

const x = (length: number): string => 'x'.repeat(length);

describe('a post has an uploaded image in a row of its own', () => {
  everyRow([
    ['a\n![x](img_1)\nb', [...md('a'), image('img_1'), ...md('b')]],
    ['![x](img_1)![y](img_2) c', [image('img_1'), image('img_2'), ...md('c')]],
    ['- ![x](img_1) b', [image('img_1'), ...md('b')]],
    ['> ![x](img_1)\n> b', [image('img_1'), ...md('> b')]],
    ['1. ![x](img_1)\n2. ![y](img_2)', [...md('1.'), image('img_1'), ...md('2.'), image('img_2')]],
    ['1. a ![x](img_1)\n2. b', [...md('1. a'), image('img_1'), ...md('2. b')]],
    ['- - ![x](img_1)\n  - b', [image('img_1'), ...md('- b')]],
    ['![x](img_1 "t")', [image('img_1')]],
    ['- [x] ![x](img_1) b', [...md('- ☑'), image('img_1'), ...md('b')]],
    ['> *a*\n> ![x](img_1)\n> c *d*', [...md('> *a*'), image('img_1'), ...md('> c *d*')]],
    ['a ![x](img_1)\n\n```\ny\n```', [...md('a'), image('img_1'), ...md('```\ny\n```')]],
    ['1. [![x](img_1)](./y)', [...md('1.'), image('img_1'), ...md('x (./y)')]],
    // No marks are left of what was around it.
    ['**![x](img_1)**', [image('img_1')]],
    ['**a ![x](img_1) b**', [...md('a'), image('img_1'), ...md('b')]],
    ['*a ![x](img_1)* **b**', [...md('a'), image('img_1'), ...md('**b**')]],
    // A link that it was the label of is behind it.
    ['[![x](img_1)](https://a.b)', [image('img_1'), ...md('[x](https://a.b)')]],
    ['[![](img_1)](https://a.b)', [image('img_1'), ...md('[https://a.b](https://a.b)')]],
    ['[![x](img_1)](./b)', [image('img_1'), ...md('x (./b)')]],
    [
      'a [![x](img_1) y](https://a.b) b',
      [...md('a'), image('img_1'), ...md('[x y](https://a.b) b')],
    ],
    ['**[![x](img_1)](https://a.b)** c', [image('img_1'), ...md('[x](https://a.b) c')]],
    // In a table, there is what describes it.
    [
      '| ![x](img_1) | **![y](img_2)** |\n|---|---|\n| b | c |',
      [...md('- x: b; **y**: c'), image('img_1'), image('img_2')],
    ],
    ['| ![x](img_1) |\n|---|\n\nb', [...md('```\nx\n-\n```'), image('img_1'), ...md('b')]],
  ])('%j', (text, rows) => expect(shownAsPost(text)).toEqual(rows));
});

describe('a post shows', () => {
  everyRow([
    // Images that are not uploaded.
    ['![x](img_)', 'x (img&#95;)'],
    ['![x](img_a.png)', 'x (img_a.png)'],
    ['![](./a.png)', '(./a.png)'],
    ['![a\nb](./c.png)', 'a b (./c.png)'],
    ['> ![a\n> b](./c.png)', '> a b (./c.png)'],
    ['![a]()', 'a'],
    ['![ ](https://a.b)', '[https://a.b](https://a.b)'],
    ['!![a](https://b.c)', '! [a](https://b.c)'],
    ['*x* ![a](https://b.c)![d](https://e.f)', '*x* [a](https://b.c)[d](https://e.f)'],
    [`![a](${x(200)})`, `a (${x(200)})`],
    [`![a](${x(201)})`, 'a'],
    [`![](${x(201)}) *b*`, ' *b*'],
    ['![a](./x<b>)', 'a (./x&#60;b>)'],
    ['![<b>](./x) *c*', '&#60;b> (./x) *c*'],
    ['[![<b>](https://x.y)](https://a.b)', '[&#60;b>](https://a.b)'],
    ['[![](https://x.y/z.svg)](https://ci.e)', '[https://ci.e](https://ci.e)'],
    ['[![](https://x.y) b](https://ci.e)', '[ b](https://ci.e)'],
    ['[![x](./y)](./z)', 'x (./z)'],
    // Links.
    ['[x](<>)', 'x'],
    ['[](./a)', './a'],
    ['[./a](./a)', './a'],
    ['[ ](https://a.b)', '[ https://a.b](https://a.b)'],
    ['[a<b>](./c<d>)', 'a&#60;b> (./c&#60;d>)'],
    ['[**a**b](./c)', '**a**b (./c)'],
    ['[<https://a.b>](https://c.d)', '[https://a.b](https://c.d)'],
    ['[a](https:///b)', 'a (https:///b)'],
    ['[x](./__init__.py)', 'x (./&#95;&#95;init&#95;&#95;.py)'],
    ['[x](./a_b.md) *y*', 'x (./a_b.md) *y*'],
    ['[x](~/a.md)', 'x (~/a.md)'],
    ['[x](./~~a~~`b`)', 'x (./&#126;&#126;a&#126;&#126;&#96;b&#96;)'],
    ['![a](./*b*)', 'a (./&#42;b&#42;)'],
    // Addresses.
    ['<mailto:a@b.c>', 'mailto:a@b.c'],
    ['*x* <_a_@b.c>', '*x* &#95;a&#95;@b.c'],
    ['<ftp://a.b>', 'ftp://a.b'],
    ['!<https://a.b>', '! [https://a.b](https://a.b)'],
    ['!https://a.b/c_d *x*', '! [https://a.b/c_d](https://a.b/c%5Fd) *x*'],
    ['*x*\thttps://a.b', '*x*\t[https://a.b](https://a.b)'],
    ['*x* https://a.b\ny', '*x* https://a.b  \ny'],
    ['*x* https://a.b\\', '*x* https://a.b\\'],
    ['*x* https://a.b/\\_c', '*x* [https://a.b/%5C_c](https://a.b/%5C%5Fc)'],
    ['*x* https://a.b\\<at id=all>', '*x* https://a.b&#60;at id=all>'],
    // Emphasis beside signs of several units.
    ['😀**a**', '😀 **a**'],
    ['**a😀**中', '**a😀** 中'],
    ['𠀀**“a”**', '𠀀 **“a”**'],
    ['‘*a*’', '‘ *a* ’'],
    ['**a**_b_', '**a**_b_'],
    // Tags.
    ['*x* <!-- c -->', '*x* &#60;!-- c -->'],
    ['*x* <?x>', '*x* &#60;?x>'],
    ['*x* <1> a<b', '*x* <1> a&#60;b'],
    ['*x* <a@b.c> <b>', '*x* a@b.c &#60;b>'],
    ['*x* [a](<b>) <c>', '*x* a (b) &#60;c>'],
    ['*x* ![a](<b>) <c>', '*x* a (b) &#60;c>'],
    ['*x* `<b>` <c> `<d>`', '*x* `<b>` &#60;c> `<d>`'],
    ['*x* \\<b> <c>', '*x* &#60;b> &#60;c>'],
    ['> <b> *x*', '> &#60;b> *x*'],
    ['- *a*<br>b', '- *a* b'],
    ['> *a*<br>b', '> *a* b'],
    ['*a*<BR >b', '*a*  \nb'],
    ['*a*<br />b', '*a*  \nb'],
    ['*a*<br  >b', '*a*&#60;br  >b'],
    ['*x* <brx>', '*x* &#60;brx>'],
    ['*x* <br', '*x* &#60;br'],
    ['[a<br>b](./c)', 'a  \nb (./c)'],
    ['`<br>` *x*', '`<br>` *x*'],
    // Line ends.
    ['*a*\t\nb', '*a*  \nb'],
    ['a\\\\\n*b*', 'a\\\\  \n*b*'],
    ['- *a*\\\n  b', '- *a*  \n  b'],
    ['- *a*  \n  b', '- *a*  \n  b'],
    ['> *a*\\\n> b', '> *a*  \n> b'],
    ['`a` b\n`c\nd` e\nf', '`a` b  \n`c\nd` e  \nf'],
    ['*a* `b\\\nc` d\ne', '*a* `b\\\nc` d  \ne'],
    ['> `a\n> b` *c*\n> d', '> `a\n> b` *c*  \n> d'],
    // Tasks.
    ['- [ ] \n- *a*', '- [ ] \n- *a*'],
    ['- > [ ] *a*', '- > [ ] *a*'],
    ['1. - [x] *a*', '1. - ☑ *a*'],
    // Rules, and definitions of links.
    ['*a*\n***\nb', '*a*\n***\nb'],
    ['> a\n> ***\n> *b*', '> a\n> ***\n> *b*'],
    ['[a]: https://b.c\n\n*x*', '[a]: https://b.c\n\n*x*'],
    ['[a][]\n\n[a]: https://b.c', '[a](https://b.c)\n\n[a]: https://b.c'],
  ])('%j as %j', (text, shown) => expect(shownAsPost(text)).toEqual(md(shown)));
});

describe('a post has code and tables in rows of their own', () => {
  everyRow([
    ['1. ```\n   x\n   ```\n2. b', ['1.', '```\nx\n```', '2. b']],
    ['- 1. ```\n     x\n     ```', ['- 1.', '```\nx\n```']],
    ['> 1. ```\n>    x\n>    ```\n> b', ['> 1.', '```\nx\n```', '> b']],
    ['1.\n   ```\n   x\n   ```', ['1.', '```\nx\n```']],
    ['> - ```\n>   x\n>   ```', ['```\nx\n```']],
    ['> > a *x*\n> ```\n> y\n> ```', ['> > a *x*', '```\ny\n```']],
    ['10. a\n\n    | b |\n    |---|\n    | c |\n\n    d', ['10. a', '```\nb\n-\nc\n```', 'd']],
    ['>\n> *a*', ['> *a*']],
    ['```\n```', ['```\n```']],
    ['```\n\nx\n\n```', ['```\n\nx\n\n```']],
    ['~~~ js x\ny\n~~~', ['~~~js\ny\n~~~']],
    ['```c++\nx\n```', ['```c++\nx\n```']],
    ['```{r}\nx\n```', ['```\nx\n```']],
    [`\`\`\`${x(25)}\nx\n\`\`\``, [`\`\`\`${x(24)}\nx\n\`\`\``]],
    [`${'`'.repeat(17)}\nx`, [`${'`'.repeat(16)}\nx\n${'`'.repeat(16)}`]],
    [`${'~'.repeat(17)}\nx`, [`${'~'.repeat(16)}\nx\n${'~'.repeat(16)}`]],
    ['~~~~\n\t~~~\n~~~~', ['```\n\t~~~\n```']],
    ['~~~~\n~~\n~~~~', ['~~~~\n~~\n~~~~']],
    // Tables as aligned code where they are narrow, else as a list.
    ['|a|b|\n|-:|:-|\n|c|dd|\n|ccc|d|', ['```\n  a  b\n---  --\n  c  dd\nccc  d\n```']],
    ['| | b |\n|---|---|\n| c | d |', ['```\n   b\n-  -\nc  d\n```']],
    ['| a |\n|---|\n| 中文字 |\n| x |', ['```\na\n------\n中文字\nx\n```']],
    ['| a |\n|---|\n| b<br>c |', ['```\na\n---\nb c\n```']],
    ['| a |\n|---|\n| ~~b~~ \\* &lt; |', ['```\na\n-----\nb * <\n```']],
    ['| a |\n|---|\n| x | y | z |', ['```\na\n---------\nx | y | z\n```']],
    ['| a \\| b | c |\n|---|---|\n| d |', ['```\na | b  c\n-----  -\nd\n```']],
    ['| a |\n|---|\n| <at id=all> |', ['```\na\n-----------\n<\u200Bat id=all>\n```']],
    ['| a |\n|---|\n| ``` |', ['- a: ```']],
    ['| ``` |\n|---|', ['````\n```\n---\n````']],
    [`| a |\n|---|\n| ${x(48)} |`, [`\`\`\`\na\n${'-'.repeat(48)}\n${x(48)}\n\`\`\``]],
    [`| a |\n|---|\n| ${x(49)} |`, [`- a: ${x(49)}`]],
    [`| a | b |\n|---|---|\n| ${x(49)} |`, [`- a: ${x(49)}; b:`]],
    [`| | b |\n|---|---|\n| | ${x(49)} |`, [`- b: ${x(49)}`]],
    [
      `| [a](https://b.c) | ${x(60)} |\n|---|---|`,
      [`\`\`\`\na (https://b.c)  ${x(60)}\n${'-'.repeat(15)}  ${'-'.repeat(60)}\n\`\`\``],
    ],
    ['| a | [b](https://c.d) |\n|---|---|\n| e<br>f | g |', ['- a: e f; [b](https://c.d): g']],
    ['| a | b |\n|---|---|\n| [c](./d) | <e@f.g> |', ['- a: c (./d); b: e@f.g']],
    [
      '| <b> | c |\n|---|---|\n| [d](https://e.f) | <g> |',
      ['- &#60;b>: [d](https://e.f); c: &#60;g>'],
    ],
    ['| a |\n|---|\n| https://b.c/d_e |', ['- a: [https://b.c/d_e](https://b.c/d%5Fe)']],
  ])('%j', (text, rows) => expect(shownAsPost(text)).toEqual(md(...rows)));
});

describe('a text message', () => {
  everyRow([
    ...[
      'a 1\\. b',
      'x1\\. a',
      '1234567890\\. a',
      'a \\- b',
      'a \\+ b',
      '\\!\\[a]',
      'a\\',
      '\\中 \\a',
    ],
    ...[
      '5 \\% \\& \\"',
      '- a\n\n  b',
      'a  \nb',
      '    a\n    ```\n',
      '``` a`b',
      '[a] (b)',
      '** a **',
    ],
    ...['a < b', 'a <1> b', '< a>', 'a </ b>'],
  ])('is enough for %j', (text) => {
    expect(partOf(parseMarkdown(text), 'post')).toEqual({ type: 'text', text });
  });

  everyRow([
    ...[
      '\\*',
      '\\_',
      '\\~',
      '\\`',
      '\\#',
      '\\<',
      '\\>',
      '\\|',
      '\\- a',
      '\\+ a',
      '1\\. a',
      '1\\) a',
    ],
    ...[
      'a\n\\- b',
      'x\n123456789\\. a',
      'a\\\nb',
      'a &lt;',
      '<a@b.c>',
      'a<br>b',
      '[a](b)',
      '![a](b)',
      '`a`',
    ],
    ...['- a\n- b', '- - a', '# a', '> a', '***', '```\na\n```', '| a |\n|---|', '~~a~~', '- *a*'],
    ...['<b>', '</b>', '<!b>', '<b c>', 'https://a.b/c_d', '- https://a.b/c_d'],
  ])('is not enough for %j', (text) => {
    expect(partOf(parseMarkdown(text), 'post')).toEqual({ type: 'post', markdown: text });
  });

  it('that needs addresses has each in an element of its own', () => {
    expect(shownAsPost('see https://a.b/c_d, x\n\nhttps://e.f')).toEqual([
      [
        { tag: 'text', text: 'see ' },
        { tag: 'a', text: 'https://a.b/c_d', href: 'https://a.b/c%5Fd' },
        { tag: 'text', text: ', x' },
      ],
      [{ tag: 'text', text: '' }],
      [{ tag: 'a', text: 'https://e.f', href: 'https://e.f' }],
    ]);
  });
});
