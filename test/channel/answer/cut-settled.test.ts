/** What people see of an answer that grows: what waits, and what is closed for now. */
import { describe, expect, it } from 'vitest';
import { settledMarkdown } from '../../../src/channel/answer/text/cut/settled.ts';

describe('a settled text', () => {
  it.each([
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
