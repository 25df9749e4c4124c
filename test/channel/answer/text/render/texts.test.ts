/** Markdown as a text without marks: for text messages, and for the list of chats. */
import { describe, expect, it } from 'vitest';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { messageText, plainText } from '../../../../../src/channel/answer/text/render/plain.ts';
import { everyRow } from '../../../../support/every-row.ts';

const x = (length: number): string => 'x'.repeat(length);

describe('a text message shows', () => {
  everyRow([
    // Lists and quotes.
    ['- a\n  > q\n- b', '- a\n\n  > q\n- b'],
    ['- a\n\n\n- b', '- a\n- b'],
    ['1000. a\n      - b\n\n      c', '1000. a\n      - b\n\n      c'],
    ['1. - a\n   - b\n2. c', '1. - a\n   - b\n2. c'],
    ['1) a\n   b', '1. a\n   b'],
    ['- > a\n- > b', '- > a\n- > b'],
    ['> > a\n>\n> b', '> > a\n>\n> b'],
    ['> a\n> > b', '> a\n>\n> > b'],
    ['> `a\n> b`', '> a b'],
    ['- a\n\n  ```\n  x\n  ```\n\n  b\n  - c', '- a\n\nx\n\nb\n\n- c'],
    ['- 1. ```\n     x\n     ```', '1.\n\nx'],
    ['- a\n\n  ***\n\n  b', '- a\n\n———\n\nb'],
    ['- a\n- ***\n- b', '- a\n\n———\n\n- b'],
    ['***\na', '———\n\na'],
    // Tasks, at the beginning of an item.
    ['1. [ ] a', '1. ☐ a'],
    ['- [X] a\n\n  [x] b', '- ☑ a\n\n  [x] b'],
    ['- > [ ] a', '- > [ ] a'],
    ['- a [ ] b', '- a [ ] b'],
    // Headings.
    ['# a\nb', 'a\n\nb'],
    ['a\nb\n===', 'a\nb'],
    ['- # a\n  - b', '- a\n  - b'],
    // Code.
    ['``a`b``', 'a`b'],
    ['a `` ` ``', 'a `'],
    ['a ` b` c', 'a  b c'],
    ['a `b ` c', 'a b  c'],
    ['a `  ` b', 'a    b'],
    ['a `  b  ` c', 'a  b  c'],
    ['`<br>`', '<br>'],
    ['```\n\nx\n\n```', '\nx\n'],
    ['a\n\n```\n```\n\nb', 'a\n\nb'],
    ['```\n<at id=all>\n```', '<\u200Bat id=all>'],
    ['`<at id=all>`', '<\u200Bat id=all>'],
    // Links and images.
    ['[a](./b)', 'a (./b)'],
    ['[a](<>)', 'a'],
    ['[ ](./a)', './a'],
    ['[ https://a.b ](https://a.b)', 'https://a.b'],
    ['[**a**](https://b.c)', 'a (https://b.c)'],
    ['![a](https://b.c)', 'a (https://b.c)'],
    ['![](./a)', '(./a)'],
    ['![a]()', 'a'],
    ['![a](img_1)', 'a'],
    ['[![a](./b)](./c)', 'a (./c)'],
    [`![a](${x(200)})`, `a (${x(200)})`],
    [`![a](${x(201)})`, 'a'],
    ['<https://a.b> <c@d.e>', 'https://a.b c@d.e'],
    ['[<https://a.b>](./c)', 'https://a.b (./c)'],
    // Signs.
    ['a<br>b<BR/>c<br />d<br >e', 'a\nb\nc\nd\ne'],
    ['a<br  >b', 'a<br  >b'],
    ['\\* &lt; &unknown; \\a', '* < &unknown; \\a'],
    ['a&#10;b', 'a b'],
    ['a  \nb\\\nc', 'a\nb\nc'],
    // Tables: a line for each row.
    ['| a | b |\n|---|---|', 'a | b'],
    ['| | b |\n|---|---|\n| c | d |', 'c; b: d'],
    ['| a | b |\n|---|---|\n| | |', 'a:; b:'],
    ['| | |\n|---|---|\n| | c |', 'c'],
    ['| a |\n|---|\n| x | y \\| z |', 'a: x | y | z'],
    ['| a |\n|---|\n| b<br>c |\n| d |', 'a: b c\na: d'],
    ['- a\n  | b |\n  |---|\n  | c |', '- a\n\nb: c'],
    // Definitions of links.
    ['> a\n>\n> [b]: c\n> [d]: e', '> a\n>\n> [b]: c\n> [d]: e'],
    ['- a\n\n  [b]: c', '- a\n\n  [b]: c'],
    ['[a]: https://b.c\n  "d"\n\ne', '[a]: https://b.c\n"d"\n\ne'],
  ])('%j as %j', (text, shown) => expect(messageText(parseMarkdown(text))).toBe(shown));

  everyRow(['#', '- #', '```\n```', '![](img_1)', '&nbsp;', '**&#32;**'])(
    'the marks of %j, which has nothing else',
    (text) => expect(partOf(parseMarkdown(text), 'text')).toEqual({ type: 'text', text }),
  );

  it('the beginning of a long image that nothing describes', () => {
    expect(messageText(parseMarkdown(`![](data:${x(300)})`))).toBe(`![](data:${x(191)}`);
  });

  it('marks that are nested deeper than 32 levels', () => {
    const nested = (pairs: number): string =>
      `${'*a **a '.repeat(pairs)}x${'** b* b'.repeat(pairs)}`;
    const shown = (inner: string): string => `${'a a '.repeat(16)}${inner}${' b b'.repeat(16)}`;
    expect(messageText(parseMarkdown(nested(16)))).toBe(shown('x'));
    expect(messageText(parseMarkdown(nested(17)))).toBe(shown('*a **a x** b* b'));
  });
});

describe('a plain text', () => {
  it('shows people by their names, and code as it is', () => {
    const document = parseMarkdown('<at user_id="ou_a">Ann</at> `<at id=all>`', ['ou_a']);
    expect(plainText(document)).toBe('@Ann <at id=all>');
    expect(messageText(document)).toBe('<at user_id="ou_a">Ann</at> <\u200Bat id=all>');
    expect(plainText(parseMarkdown('```\n<at id=all>\n```'))).toBe('<at id=all>');
  });

  it('ends with the block that has enough of it', () => {
    const document = parseMarkdown('ab\n\ncd\n\nef');
    expect([0, 2, 3, 6, 7, 99].map((enough) => plainText(document, enough))).toEqual([
      ...['ab', 'ab', 'ab\n\ncd', 'ab\n\ncd', 'ab\n\ncd\n\nef', 'ab\n\ncd\n\nef'],
    ]);
  });
});
