/** What people see of an answer that grows: what waits, and what is closed for now. */
import { describe, expect } from 'vitest';
import { settledMarkdown } from '../../../../../src/channel/answer/text/cut/settled.ts';
import { everyRow } from '../../../../support/every-row.ts';

describe('a settled text', () => {
  everyRow([
    // Emphasis and code may go on in the next line of their paragraph, and end with it.
    ['Run **npm\n', 'Run **npm**'],
    ['Run `npm\n', 'Run `npm`'],
    ['> Run **npm\n> ', '> Run **npm**'],
    ['Run **npm\n\n', 'Run **npm\n\n'],
    ['> Run **npm\n>\n', '> Run **npm\n>\n'],
    ['# Run **npm\n', '# Run **npm\n'],
    ['Run **npm\n- ', 'Run **npm**'],
    // A backslash before a line end is a line break as soon as text follows.
    ['one\\\n', 'one'],
    ['> one\\\n> ', '> one'],
    ['one\\\ntwo', 'one\\\ntwo'],
    ['one\\\n\n', 'one\\\n\n'],
    ['one\\\n\\\n', 'one'],
    ['one\n\n- \\\n', 'one\n\n'],
    ['# one\\\n!', '# one\\\n'],
    // Marks before what waits wait, too.
    ['See **[the docs', 'See '],
    ['See **[the docs](https://a.', 'See **the docs**'],
    ['See **<b', 'See '],
    ['See **&am', 'See '],
    ['See **htt', 'See '],
    ['See **https://a.b', 'See '],
    ['See <b **c', 'See '],
    ['See <b **', 'See '],
    ['See \\![x', 'See '],
    // What is escaped waits for nothing.
    ['See \\[x', 'See \\[x'],
    ['See \\`x', 'See \\`x'],
    ['See \\*x', 'See \\*x'],
    ['&a_b', '&a_b'],
    // Markers within markers.
    ['a\n\n- - [ ] ', 'a\n\n'],
    ['a\n\n- 1. - ', 'a\n\n'],
    ['a\n\n1. *', 'a\n\n'],
    ['a\n\n+ **', 'a\n\n'],
    ['a\n\n1. *b', 'a\n\n1. *b*'],
    ['> - [x] b', '> - [x] b'],
  ])('of %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));
});

describe('what waits at the end', () => {
  const table = '| b |\n|---|\n| c |\n';
  const quoted = '> | b |\n> |---|\n> | c |\n';

  everyRow([
    // A line directly behind a table is its next row; behind a blank line it is not.
    [`${table}d`, table],
    [`${table}\nd`, `${table}\nd`],
    [`${table}\n\nd`, `${table}\n\nd`],
    [`${table}\n- `, `${table}\n`],
    [`${table}\n| d`, `${table}\n`],
    [`${quoted}> `, quoted],
    [`${quoted}>\n> d`, `${quoted}>\n> d`],
    // What may be the header of a table.
    ['| a\n', ''],
    ['x\n| a\n', 'x\n'],
    ['x\n| a\n|', 'x\n'],
    ['| a\nb', '| a\nb'],
    ['| a\n\n', '| a\n\n'],
    ['x | y\n', 'x | y\n'],
    [`|${'x'.repeat(1999)}`, ''],
    [`|${'x'.repeat(2000)}`, `|${'x'.repeat(2000)}`],
  ])('of the table %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  everyRow([
    ['```\nx\n`', '```\nx\n'],
    ['```\nx\n~~', '```\nx\n'],
    ['```\nx\n~~ y', '```\nx\n~~ y'],
    ['```\nx\n- ', '```\nx\n- '],
    ['```\nx\n| y', '```\nx\n| y'],
    ['> ```\n> x\n> ``', '> ```\n> x\n'],
    ['```\na\n```\nb', '```\na\n```\nb'],
    ['```\na <', '```\na '],
    ['```\na <A', '```\na '],
    ['```\na <b', '```\na <b'],
    ['a\n\n    b <', 'a\n\n    b '],
    ['a\n\n~~~', 'a\n\n'],
    ['a\n\n- ```j', 'a\n\n'],
    ['a\n\n> ```j', 'a\n\n'],
    ['a\n\n1. - ~~~j', 'a\n\n'],
    ['a ```b', 'a ```b```'],
  ])('of the code %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  everyRow([
    '>',
    '> ',
    '- > ',
    '=',
    '--',
    '* *',
    '__',
    '12',
    '12)',
    '+',
    '``',
    '~',
    '- [',
    '- [x]',
    '|',
    '#',
  ])('is the marker %j', (marker) => expect(settledMarkdown(`a\n${marker}`)).toBe('a\n'));

  everyRow(['1234567890', '#b', '1.b', '-b', '> b', '- [xy] z', '12) b'])(
    'is not the text %j',
    (line) => expect(settledMarkdown(`a\n\n${line}`)).toBe(`a\n\n${line}`),
  );

  everyRow([
    ['# b #', '# b '],
    ['# b ##', '# b '],
    ['# b # c', '# b # c'],
    ['# **a', '# **a**'],
    ['# [a', ''],
    ['a\n\n---\n', 'a\n\n---\n'],
    ['[r]: https://x.y', '[r]: https://x.y'],
    ['a\ud83d', 'a'],
    ['a\r', 'a'],
    ['a\r\nb', 'a\nb'],
  ])('of the block %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  everyRow([
    [`a <${'x'.repeat(79)}`, 'a '],
    [`a <${'x'.repeat(80)}`, `a <${'x'.repeat(80)}`],
    ['a <b>', 'a <b>'],
    ['a <', 'a '],
    ['a </b', 'a '],
    ['a <b c', 'a '],
    ['if a < b then', 'if a < b then'],
    ['a <3', 'a <3'],
    ['a <= b', 'a <= b'],
    ['a <b\nc', 'a <b\nc'],
    [`a &${'x'.repeat(31)}`, 'a '],
    [`a &${'x'.repeat(32)}`, `a &${'x'.repeat(32)}`],
    ['a &', 'a '],
    ['a &#3', 'a '],
    ['a &-', 'a &-'],
    ['a h', 'a '],
    ['a ht', 'a '],
    ['a HTTP:', 'a '],
    ['a https', 'a '],
    ['a https:/', 'a '],
    ['a https://', 'a '],
    ['a htx', 'a htx'],
    ['a http:x', 'a http:x'],
    ['a https://b.c.', 'a '],
    ['a https://b.c*', 'a '],
    ['a https://b.c\\', 'a '],
    ['a https://b.c d', 'a https://b.c d'],
    ['a https://b.c，', 'a https://b.c，'],
  ])('of the word %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  everyRow([
    [`See [${'x'.repeat(59)}`, 'See '],
    [`See [${'x'.repeat(60)}`, `See [${'x'.repeat(60)}`],
    ['See [a\nb', 'See [a\nb'],
    ['See [a]', 'See '],
    ['See [a] b', 'See [a] b'],
    ['See [a][', 'See '],
    ['See [a][b', 'See '],
    ['See [a](b', 'See a'],
    ['See [a](b)', 'See [a](b)'],
    ['See [a](b\n', 'See [a](b\n'],
    ['See ![a](b', 'See '],
    ['[ab', ''],
    ['`[a` [b', '`[a` '],
    ['[a](b) [c', '[a](b) '],
    [`See [a](${'x'.repeat(996)}`, 'See a'],
    [`See [a](${'x'.repeat(997)}`, `See [a](${'x'.repeat(997)}`],
  ])('of the link %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));

  everyRow([
    ['a **b** c **d', 'a **b** c **d**'],
    ['***a', '***a***'],
    ['`a **b', '`a **b`'],
    ['*a `b', '*a `b`*'],
    ['**a `b` c', '**a `b` c**'],
    ['**a [b](c) d', '**a [b](c) d**'],
    ['~a', '~a'],
    ['a *', 'a '],
    ['a * b', 'a * b'],
    [`**${'x'.repeat(398)}`, `**${'x'.repeat(398)}**`],
    [`**${'x'.repeat(399)}`, `**${'x'.repeat(399)}`],
  ])('of the marks %j is %j', (text, settled) => expect(settledMarkdown(text)).toBe(settled));
});
