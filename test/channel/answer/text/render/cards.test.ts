/** The Markdown of a card: lists, marks, signs and addresses, one by one. */
import { describe, expect, it } from 'vitest';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  cardContent,
  cardMarkdown,
} from '../../../../../src/channel/answer/text/render/render-card.ts';
import { everyRow } from '../../../../support/every-row.ts';

const x = (length: number): string => 'x'.repeat(length);

/** Rows with one text are shown as they are. */
function shows(title: string, rows: readonly (readonly [text: string, shown?: string])[]): void {
  everyRow(rows.map(([text, shown = text]) => [text, shown]))(`${title} %j as %j`, (text, shown) =>
    expect(cardMarkdown(parseMarkdown(text))).toBe(shown),
  );
}

describe('a card shows', () => {
  shows('the list', [
    ['- a\n\n1. b'],
    ['- a\n+ b', '- a\n- b'],
    ['* a\n\ntext\n\n* b', '- a\n\ntext\n\n- b'],
    ['- a\n  > q\n- b', '- a\n\n    > q\n- b'],
    ['- > a\n- > b'],
    ['1000. a\n      - b\n\n      c'],
    ['10. a\n    b', '10. a<br>b'],
    ['1. > a\n   > b\n\n   c', '1. > a<br>b\n\n    c'],
    ['1. - a\n   - b\n2. c', '1. - a\n    - b\n2. c'],
    ['- \n\n  a', '-\n\na'],
    ['-\n  a', '- a'],
    ['1. ***\n2. b', '1.\n\n<hr>\n\n2. b'],
    ['- ***\n- b', '<hr>\n\n- b'],
    ['- a\n\n  - b\n\n    c\n    d', '- a\n    - b\n\n        c<br>d'],
    ['- [r]: u\n  b [r]', '- &#91;r&#93;: u\n\n    b r (u)'],
    ['-\n  [r]: u\n\n  b', '- &#91;r&#93;: u\n\n    b'],
    ['> - [r]: u\n> - b', '> - &#91;r&#93;: u\n> - b'],
    ['> [r]: u\n\nb', '> &#91;r&#93;: u\n\nb'],
    ['a -\n\n- [r]: u\n- [s]: u', 'a -\n\n- &#91;r&#93;: u\n- &#91;s&#93;: u'],
    ['> - a\n>   - b\n> - c', '> - a\n>     - b\n> - c'],
    // What is out of it ends it.
    ['- a\n\n  ```\n  x\n  ```\n\n  b\n  - c', '- a\n\n```\nx\n```\n\nb\n\n- c'],
    ['- a\n  - ```\n    x\n    ```\n  - b', '- a\n\n```\nx\n```\n\n- b'],
    ['- 1. ```\n     x\n     ```', '1.\n\n```\nx\n```'],
    ['> 1. ```\n>    x\n>    ```\n> b', '1.\n\n```\nx\n```\n\n> b'],
    ['- a\n\n  ***\n\n  b', '- a\n\n<hr>\n\nb'],
    ['1. a\n\n   | x |\n   |---|\n   | y |\n\n2. b', '1. a\n\n| x |\n| --- |\n| y |\n\n2. b'],
    // Tasks: at the beginning of an item only.
    ['1. [ ] a', '1. ☐ a'],
    ['- [X] a\n\n  [x] b', '- ☑ a\n\n    &#91;x&#93; b'],
    ['- > [ ] a', '- > &#91; &#93; a'],
    ['- [ ] \n- a', '- &#91; &#93;\n- a'],
    ['- a [ ] b', '- a &#91; &#93; b'],
  ]);

  shows('the quote', [
    ['> a\n\n> b'],
    ['> a\n>\n> b'],
    ['> > a\n>\n> b'],
    ['> a\n> > b', '> a\n>\n> > b'],
    ['> # a\nb', '> # a\n\nb'],
    ['> a  \n> b', '> a<br>b'],
    ['> `a\n> b`', '> `a b`'],
    ['> > `a\n> > b`', '> > `a b`'],
    ['> a\n>\n> [b]: c\n> [d]: e', '> a\n>\n> &#91;b&#93;: c<br>&#91;d&#93;: e'],
  ]);

  shows('the heading', [
    ['###### a'],
    ['# a\nb', '# a\n\nb'],
    ['a\nb\n===', '# a b'],
    ['- # a **b**', '- a **b**'],
    ['1. # `a`', '1. **`a`**'],
    ['- ##\n- a', '- a'],
    ['# a \\#', '# a &#35;'],
    ['# a<br>b', '# a<br>b'],
  ]);

  // An escaped mark, or one behind blanks that are trimmed, begins no block.
  shows('text that begins with', [
    ['\\- a', '&#45; a'],
    ['&#45; a', '&#45; a'],
    ['\\-', '&#45;'],
    ['\\+ a', '&#43; a'],
    ['\\---', '&#45;--'],
    ['\\- - -', '&#45; - -'],
    ['\\-a', '-a'],
    ['\\--a', '--a'],
    ['-- a'],
    ['1\\. a', '1&#46; a'],
    ['1\\)', '1&#41;'],
    ['123456789\\. a', '123456789&#46; a'],
    ['1234567890\\. a', '1234567890. a'],
    ['1\\.a', '1.a'],
    ['\u3000\u3000- a', '&#45; a'],
    ['\u3000# a', '&#35; a'],
    ['\u3000###### a', '&#35;##### a'],
    ['\u3000####### a', '####### a'],
    ['\u3000#a', '#a'],
    ['\u3000> a', '&#62; a'],
    ['&nbsp;- a', '&#45; a'],
    ['> \\- a', '> &#45; a'],
    ['- \\- a', '- &#45; a'],
    ['- # \\+ [a](https://b.c) **d**', '- &#43; [a](https://b.c) **d**'],
    ['a\n\\- b', 'a<br>- b'],
    ['a \\- b', 'a - b'],
    ['a 1\\. b', 'a 1. b'],
  ]);

  shows('the signs', [
    // Underscores within a word, and between others.
    ['é_é 1_2 中_文'],
    ['a__b', 'a&#95;&#95;b'],
    ['a_', 'a&#95;'],
    ['a _ b', 'a &#95; b'],
    ['*a*_b', '*a*&#95;b'],
    ['`a`_b', '`a`&#95;b'],
    ['a\n_b', 'a<br>&#95;b'],
    // A colon before what may be the name of an emoji, or an address.
    [':a :: :1: : a: a:'],
    ['a:b:c', 'a&#58;b:c'],
    ['x://y', 'x&#58;//y'],
    ['a:/b', 'a&#58;/b'],
    [`a:${x(39)}:`, `a&#58;${x(39)}:`],
    [`a:${x(40)}:`],
    // An exclamation mark before a link.
    ['! a! !'],
    ['!!', '&#33;!'],
    ['![', '&#33;&#91;'],
    ['!\\[', '!&#91;'],
    ['\\!a', '&#33;a'],
    ['! [a](https://b.c)'],
    ['!<https://a.b>', '! [https&#58;//a.b](https://a.b)'],
    ['!https://a.b/c_d', '! [https&#58;//a.b/c_d](https://a.b/c%5Fd)'],
    ['!https://a.b'],
    // Marks that count at the beginning only.
    ['a > b a> *a*> b'],
    ['a#b # #a *a*#b `a`#b'],
    ['#a', '&#35;a'],
    ['&gt; a#', '&#62; a#'],
    // Those that always may.
    ['` ~ $ \\ | [ ] * <', '&#96; &#126; &#36; &#92; &#124; &#91; &#93; &#42; &#60;'],
    // Entities.
    ['&amp;lt; R&amp;D', '&#38;lt; R&#38;D'],
    ['\\&copy; \\&lt;', '&#38;copy; &#38;lt;'],
    [
      '&lt &copy &copyx &abc; &#1 &#',
      '&&zwj;lt &&zwj;copy &&zwj;copyx &&zwj;abc; &&zwj;#1 &&zwj;#',
    ],
    ['&abc &; & b'],
    ['a&#10;# b', 'a # b'],
    ['a&#13;b', 'a b'],
    ['a&#9;b', 'a\tb'],
    ['| a |\n|---|\n| b&#10;c |', '| a |\n| --- |\n| b c |'],
    ['`a`&#10;`b`', '`a` `b`'],
    ['`&lt;`'],
    ['\\ a \\中 \\😀', '&#92; a &#92;中 &#92;😀'],
    // Blanks at the ends.
    ['   a   ', 'a'],
    ['a\u3000\nb', 'a<br>b'],
    ['a \n b', 'a<br>b'],
    ['*a  \nb*', '*a<br>b*'],
    ['a\\\\\nb', 'a&#92;<br>b'],
  ]);

  it('every sign of HTML that needs no semicolon as it is written', () => {
    const names =
      'AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT ' +
      'Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN ' +
      'Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ' +
      'ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt ' +
      'iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ' +
      'ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 ' +
      'szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml';
    const shown = names.split(' ').map((name) => cardMarkdown(parseMarkdown(`a&${name}=1`)));
    expect(shown.filter((text) => !text.startsWith('a&&zwj;'))).toEqual([]);
    const others = ['alpha', 'hellip', 'euro', 'b', 'acut', 'frac13', 'sup4', 'ordx'];
    const same = others.map((name) => `a&${name} b`);
    expect(same.map((text) => cardMarkdown(parseMarkdown(text)))).toEqual(same);
  });

  it('a paragraph of 16 KB with its marks, and a longer one as it is written', () => {
    expect(cardMarkdown(parseMarkdown(`*${x(16_382)}*`))).toBe(`*${x(16_382)}*`);
    expect(cardMarkdown(parseMarkdown(`*${x(16_383)}*`))).toBe(`&#42;${x(16_383)}&#42;`);
  });

  shows('the line ends of', [
    ['a\nb\n\nc', 'a<br>b\n\nc'],
    ['> *a\n> b*\n> c', '> *a<br>b*<br>c'],
    ['> [a\n> b](https://c.d) e\n> f', '> [a<br>b](https://c.d) e<br>f'],
    ['- *a\n  b\n  c* d', '- *a<br>b<br>c* d'],
    ['a `b\nc` d\ne', 'a `b c` d<br>e'],
    ['a \\\n  b', 'a<br>b'],
    ['a  \n  *b*', 'a<br>*b*'],
    ['*a*\n*b*', '*a*<br>*b*'],
    ['*a*\nhttps://b.c\n`d`', '*a*<br>https://b.c<br>`d`'],
    ['a\n&lt;\nb', 'a<br>&#60;<br>b'],
    ['> a\nb\n> c', '> a<br>b<br>c'],
    ['a\\\n\\*b', 'a<br>&#42;b'],
    ['**a\\\nb**', '**a<br>b**'],
    ['a<br>\nb', 'a<br><br>b'],
  ]);

  shows('emphasis', [
    ['😀**a**', '😀 **a**'],
    ['**a**😀', '**a** 😀'],
    ['**a😀**中', '**a😀** 中'],
    ['**😀a**中'],
    ['‘*a*’', '‘ *a* ’'],
    ['"**a**"'],
    ['**a𠀀**。', '**a𠀀** 。'],
    ['***a** b*'],
    ['**a *b***'],
    ['\\**a**', '&#42;*a*&#42;'],
    ['**a**\\*', '**a**&#42;'],
    ['**&nbsp;** a', 'a'],
  ]);

  shows('code', [
    ['``a`b``'],
    ['`` ` ``'],
    ['`a\\`b'],
    ['`a  \n  b`', '`a   b`'],
    ['`<at id=all>`', '`<\u200Bat id=all>`'],
    ['`` `<AT x>` ``', '`` `<\u200BAT x>` ``'],
    ['```\n<at\nid=all>\n```', '```\n<\u200Bat\nid=all>\n```'],
    ['```\n\n```', '```\n\n```'],
    ['````\n```\n````'],
    ['`````\nx\n`````'],
    [`${'`'.repeat(17)}\nx`, `${'`'.repeat(16)}\nx\n${'`'.repeat(16)}`],
    ['~~~~~\nx\n~~~~~', '```\nx\n```'],
    ['```js\nx\n\n```\n\n\n\ny', '```js\nx\n\n```\n\ny'],
    ['    a\n\n\n    b\n', '```\na\n\n\nb\n```'],
    ['> ```\n> x\ny', '```\nx\n```\n\ny'],
  ]);

  shows('the table', [
    ['| | |\n|---|---|\n| a | |', '|  |  |\n| --- | --- |\n| a |  |'],
    ['a|b\n-|-\n|c', '| a | b |\n| --- | --- |\n| c |  |'],
    ['|a|b|c|\n|:-|-:|:-:|\n|1|2|3|', '| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |'],
    ['| `a\\|b` | c |\n|---|---|', '| `a\\|b` | c |\n| --- | --- |'],
    ['| a |\n|---|\n| b<br>c |', '| a |\n| --- |\n| b<br>c |'],
    ['| ![x](img_1) |\n|---|', '| ![x](img_1) |\n| --- |'],
  ]);

  shows('the link', [
    ['[a](https:///b)', 'a (https&#58;///b)'],
    ['[a](HTTPS://b.c)'],
    ['[a](#x)', 'a (&#35;x)'],
    ['[**a**](https://b.c)'],
    ['[a*b*](./c)', 'a*b* (./c)'],
    ['[./a](./a)', './a'],
    ['[](./a)', '(./a)'],
    ['[a](https://b.c/?x&copy=1)', '[a](https://b.c/?x&%63opy=1)'],
    ['[a](<https://b.c/ d>)', '[a](https://b.c/%20d)'],
    ['[a [b](https://c.d)](https://e.f)', '&#91;a [b](https://c.d)&#93;(https://e.f)'],
    ['[<https://a.b>](https://c.d)', '[https&#58;//a.b](https://c.d)'],
    ['[![x](img_1)](https://a.b)'],
    ['[![x](img_1)](./b)', '![x](img_1) (./b)'],
    ['[![](https://x.y)](https://a.b)', '[https&#58;//a.b](https://a.b)'],
    [`![a](${x(200)})`, `a (${x(200)})`],
    [`![a](${x(201)})`, 'a'],
    ['![](./a)', '(./a)'],
    ['![ ](https://a.b)', '[https&#58;//a.b](https://a.b)'],
    ['![a\nb](./c)', 'a b (./c)'],
    ['> ![a\n> b](./c)', '> a b (./c)'],
    ['![a*](img_1)', '![a&#42;](img_1)'],
  ]);

  shows('the address', [
    ['a https://b.c!'],
    ['https://b.c: d (https://b.c) "https://b.c"'],
    ['a,https://b.c,b'],
    ['x\nhttps://b.c\n中', 'x<br>https://b.c<br>中'],
    ['https://b.c,中', 'https://b.c ,中'],
    ['https://b.c!~中', '[https&#58;//b.c!&#126;](https://b.c!%7E) 中'],
    ['https://b.c) 中'],
    ['https://b.c)d中', 'https://b.c )d中'],
    ['https://b.c<b>中</b>', 'https://b.c &#60;b>中&#60;/b>'],
    ['https://b.c<br>中', 'https://b.c<br>中'],
    ['https://b.c<br/>中', 'https://b.c<br>中'],
    ['https://b.c\n中', 'https://b.c<br>中'],
    ['。https://b.c', '。 https://b.c'],
    ['*https://b.c*', '*[https&#58;//b.c](https://b.c)*'],
    ['`a`https://b.c', '`a`[https&#58;//b.c](https://b.c)'],
    ['|https://b.c| x', '&#124;[https&#58;//b.c](https://b.c)&#124; x'],
    ['https://b.c<br>d'],
    ['|https://b.c|d|\n|-|-|', '| https://b.c | d |\n| --- | --- |'],
    ['|a|https://b.c|\n|-|-|', '| a | https://b.c |\n| --- | --- |'],
    ['https://b.c/?a&copy', '[https&#58;//b.c/?a&&zwj;copy](https://b.c/?a&%63opy)'],
    ['<mailto:a_@b.c>', 'mailto:a&#95;@b.c'],
    ['看<https://a.b>吧', '看 [https&#58;//a.b](https://a.b) 吧'],
  ]);
});

describe('an answer', () => {
  everyRow([
    ['a', 'text'],
    ['a ` b', 'text'],
    ['**a**', 'post'],
    ['\\`a\\`', 'post'],
    ['![x](https://a.b)', 'post'],
    ['![x](img_)', 'post'],
    ['```\na\n```', 'post'],
    ['> - [a](https://b.c)', 'post'],
    ['- #', 'post'],
    ['`a`', 'card'],
    ['- b `a`', 'card'],
    ['> ![x](img_1)', 'card'],
    ['> # a', 'card'],
    ['- | a |\n  |---|', 'card'],
  ])('%j is a message of the type %s', (text, type) => {
    expect(partOf(parseMarkdown(text), 'auto').type).toBe(type);
  });
});

describe('a card', () => {
  const elements = (text: string): readonly string[] =>
    cardContent(parseMarkdown(text)).body.elements.map(({ content }) => content);

  it('has up to a hundred elements, then one', () => {
    const parts = (count: number): string => Array(count).fill('x\n\n```\ny\n```').join('\n\n');
    expect(elements(parts(50))).toHaveLength(100);
    expect(elements(`${parts(50)}\n\nx`)).toEqual([`${parts(50)}\n\nx`]);
  });

  it('has tables that are aligned text in elements of their own, as code', () => {
    const table = '| a |\n| --- |\n| b |';
    const text = '```\na\n-\nb\n```';
    const three = [table, table, table].join('\n\n');
    expect(elements(`${three}\n\n${table}\n\nx`)).toEqual([three, text, 'x']);
  });

  everyRow([
    [`# ${x(60)}\n\na`, x(60)],
    [`# ${x(61)}\n\na`, undefined],
    [`# ${'汉'.repeat(30)}\n\na`, '汉'.repeat(30)],
    [`# ${'汉'.repeat(31)}\n\na`, undefined],
    ['# **a** `b` \\* &lt;\n\na', 'a b * <'],
    ['a\nb\n===\n\nc', 'a b'],
    ['# https://a.b\n\na', undefined],
    ['# ![a](img_1)\n\na', undefined],
    ['#\n\na', undefined],
    ['> # a\n\nb', undefined],
    ['a\n\n# b', undefined],
    ['# a', undefined],
  ])('of %j has the title %j', (text, title) => {
    expect(cardContent(parseMarkdown(text)).header?.title.content).toBe(title);
  });

  everyRow([
    [x(120), x(120)],
    [x(121), `${x(119)}…`],
    ['a\n\n- b\n- c', 'a - b - c'],
    ['| a | b |\n|---|---|\n| c | d |', 'a: c; b: d'],
    [`${'&zwj;'.repeat(3)}\u0007a`, '\u200d\u200d\u200d a'],
    ['`<at id=all>`', '<\u200Bat id=all>'],
  ])('of %j is %j in the list of chats', (text, summary) => {
    expect(cardContent(parseMarkdown(text)).config.summary.content).toBe(summary);
  });

  it('shows tables beyond the given number as aligned text, up to 60 columns', () => {
    const table = `| a | b |\n|---|--:|\n| ${x(59)} | c |\n| ${x(70)} | ddd |`;
    expect(cardMarkdown(parseMarkdown(table), { tables: 0 }).split('\n')).toEqual([
      '```',
      `a${' '.repeat(59)}    b`,
      `${'-'.repeat(60)}  ---`,
      `${x(59)}     c`,
      `${x(70)}  ddd`,
      '```',
    ]);
    expect(cardMarkdown(parseMarkdown('| a |\n|---|'), { tables: 1 })).toBe('| a |\n| --- |');
  });

  everyRow([
    ['```\nx', '```\nx'],
    ['```\nx\n```', '```\nx\n```'],
    ['    x', '```\nx'],
    ['```\nx\n```\n\n```\ny', '```\nx\n```\n\n```\ny'],
    ['> ```\n> x\n\ny', '```\nx\n```\n\ny'],
  ])('that grows does not close the code at its end: %j', (text, shown) => {
    expect(cardMarkdown(parseMarkdown(text), { isOpen: true })).toBe(shown);
  });
});
