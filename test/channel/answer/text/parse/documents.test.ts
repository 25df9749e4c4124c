/** A parsed answer: its leaves, their containers and their places in the source. */
import { describe, expect, it } from 'vitest';
import {
  leafIndex,
  lineAt,
  lineEnd,
  type MarkdownDocument,
} from '../../../../../src/channel/answer/text/parse/document.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { everyRow } from '../../../../support/every-row.ts';

/** Each leaf as `kind first-end`, with the containers around it in brackets. */
function leavesOf(text: string): readonly string[] {
  return parseMarkdown(text).leaves.map(({ kind, startLine, endLine, containers }) => {
    const around = containers.map(
      (one) => `${one.kind}${one.width} ${one.startLine}-${one.endLine}`,
    );
    return [`${kind} ${startLine}-${endLine}`, ...around].join(' in ');
  });
}

describe('the leaves', () => {
  everyRow([
    ['', []],
    [' \n\t\n', []],
    ['>\n> >', []],
    ['a\nb\n\nc', ['paragraph 0-2', 'paragraph 3-4']],
    ['# a\nb\n===\n---', ['heading 0-1', 'heading 1-3', 'rule 3-4']],
    ['    a\n\n    b', ['code 0-3']],
    ['```\na\n```\nb', ['fence 0-3', 'paragraph 3-4']],
    ['| a |\n|---|\n| b |\n\nc', ['table 0-3', 'paragraph 4-5']],
    ['> a\n> b\nc\n\nd', ['paragraph 0-3 in quote0 0-3', 'paragraph 4-5']],
    [
      '- a\n\n  b\n- c',
      ['paragraph 0-1 in item2 0-3', 'paragraph 2-3 in item2 0-3', 'paragraph 3-4 in item2 3-4'],
    ],
    ['> 10. a', ['paragraph 0-1 in quote0 0-1 in item4 0-1']],
    [
      '- > a\n  >\n  > - - -',
      ['paragraph 0-1 in item2 0-3 in quote0 0-3', 'rule 2-3 in item2 0-3 in quote0 0-3'],
    ],
    ['- ```\n  a\n  ```\n\n      b', ['fence 0-3 in item2 0-5', 'code 4-5 in item2 0-5']],
    // Definitions are in no block, and so are the markers of items without text.
    ['[r]: https://x.y\n[s]: https://x.y\na', ['other 0-2', 'paragraph 2-3']],
    ['[r]: https://x.y\n\n[s]: https://x.y', ['other 0-1', 'other 2-3']],
    ['a\n\n[r]: https://x.y', ['paragraph 0-1', 'other 2-3']],
    [
      '> a\n>\n> [r]: https://x.y\n\n[s]: https://x.y',
      ['paragraph 0-1 in quote0 0-3', 'other 2-3 in quote0 0-3', 'other 4-5'],
    ],
    ['-', ['other 0-1']],
    ['1.\n\na', ['other 0-1', 'paragraph 2-3']],
    ['-\n  a', ['paragraph 1-2 in item2 0-2']],
    ['> 1)\n>    a', ['paragraph 1-2 in quote0 0-2 in item3 0-2']],
    ['- *\n    a', ['paragraph 1-2 in item2 0-2 in item2 0-2']],
    // The markers of an item that ends without text are shown.
    ['-\n- a', ['other 0-1', 'paragraph 1-2 in item2 1-2']],
  ])('of %j', (text, leaves) => expect(leavesOf(text)).toEqual(leaves));

  it('are paragraphs in 99 quotes, and text in more', () => {
    const nested = (depth: number) => parseMarkdown(`${'> '.repeat(depth)}a`).leaves;
    expect(nested(99).map(({ kind }) => kind)).toEqual(['paragraph']);
    expect(nested(99)[0]?.containers).toHaveLength(99);
    expect(nested(100).map(({ kind }) => kind)).toEqual(['other']);
  });

  it('are the same, however many are before', () => {
    const part = '> - a\n>   1. b\n\n| c |\n|---|\n| d |\n\n```\ne\n```\n\n# f\n\n    g\n\n---\n\n';
    const lines = part.split('\n').length - 1;
    const once = parseMarkdown(part).leaves;
    const many = parseMarkdown(part.repeat(150)).leaves;
    expect(many).toHaveLength(once.length * 150);
    const last = many.slice(-once.length);
    expect(last.map(({ kind }) => kind)).toEqual(once.map(({ kind }) => kind));
    expect(last.map(({ startLine }) => startLine - lines * 149)).toEqual(
      once.map(({ startLine }) => startLine),
    );
    expect(
      last.map(({ containers }) => containers.map(({ endLine }) => endLine - lines * 149)),
    ).toEqual(once.map(({ containers }) => containers.map(({ endLine }) => endLine)));
  });
});

everyRow([
  ['a', false],
  ['- a', false],
  ['- a\n- b', true],
  ['1. a\n2. b', true],
  ['- - a', true],
  ['1. - a', true],
  ['- a\n\n1. b\n\n- c', false],
  ['1. a\n\n- b\n\n1) c', false],
  ['> - a\n\n> - b', false],
  ['- > 1. a', true],
])('whether there is a list in %j: %j', (text, hasList) => {
  expect(parseMarkdown(text).hasList).toBe(hasList);
});

describe('the lines', () => {
  everyRow([
    ['', '', [0, 0]],
    ['a', 'a', [0, 1]],
    ['a\n', 'a\n', [0, 2]],
    ['\n', '\n', [0, 1]],
    ['a\r\nb\rc\n\n', 'a\nb\nc\n\n', [0, 2, 4, 6, 7]],
    ['\r\r\n\r', '\n\n\n', [0, 1, 2, 3]],
    ['a\0', 'a\ufffd', [0, 2]],
  ])('of %j', (text, source, lineStarts) => {
    const document = parseMarkdown(text);
    expect([document.source, document.lineStarts]).toEqual([source, lineStarts]);
  });

  const document = parseMarkdown('ab\n\n- cd\n');
  const found = (find: (document: MarkdownDocument, at: number) => number) =>
    [0, 1, 2, 3, 4, 5, 8, 9, 99].map((at) => find(document, at));

  it('are found by their places', () => {
    expect(found(lineAt)).toEqual([0, 0, 0, 1, 2, 2, 2, 2, 2]);
    expect(lineAt(parseMarkdown(''), 0)).toBe(0);
    expect(found(leafIndex)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(leafIndex(parseMarkdown('a\n\nb\n\n\n'), 5)).toBe(2);
  });

  it('end before their line ends', () => {
    expect([0, 1, 2, 3].map((line) => lineEnd(document, line))).toEqual([2, 3, 8, 9]);
    expect(lineEnd(parseMarkdown('a'), 0)).toBe(1);
    expect(lineEnd(parseMarkdown(''), 0)).toBe(0);
  });
});

describe('a fence', () => {
  everyRow([
    ['```', { marks: '```', info: '', indent: 0, isClosed: false, code: '' }],
    ['```\n```', { marks: '```', info: '', indent: 0, isClosed: true, code: '' }],
    ['```\n\n```', { marks: '```', info: '', indent: 0, isClosed: true, code: '\n' }],
    [
      '~~~~ js  x \na\n~~~~~',
      { marks: '~~~~', info: 'js  x', indent: 0, isClosed: true, code: 'a\n' },
    ],
    [
      '  ```\n  a\n   b\n```',
      { marks: '```', info: '', indent: 2, isClosed: true, code: 'a\n b\n' },
    ],
    ['> ```\n> a\n\nb', { marks: '```', info: '', indent: 0, isClosed: false, code: 'a\n' }],
    [
      '- a\n\n   ```\n   b\n   ```',
      { marks: '```', info: '', indent: 1, isClosed: true, code: 'b\n' },
    ],
    [
      '> 1.  ```\n>     b\n>     ```',
      { marks: '```', info: '', indent: 0, isClosed: true, code: 'b\n' },
    ],
  ])('of %j', (text, fence) => {
    const leaf = parseMarkdown(text).leaves.find(({ kind }) => kind === 'fence');
    expect(leaf?.kind === 'fence' ? leaf.fence : undefined).toEqual(fence);
  });
});

everyRow([
  [
    '| a | b |\n|---|---|\n| a | a |\n| | b',
    [
      ['a', 2],
      ['b', 6],
      ['a', 22],
      ['a', 26],
      ['b', 34],
    ],
  ],
  [
    '> | a |\n> |---|\n> | b |',
    [
      ['a', 4],
      ['b', 20],
    ],
  ],
  // A bar within a cell is escaped, also within code.
  [
    '| a\\|b | c |\n|---|---|\n| `\\|` | \\| |',
    [
      ['a\\|b', 2],
      ['c', 9],
      ['`\\|`', 25],
      ['\\|', 32],
    ],
  ],
])('the cells of %j have their places', (text, cells) => {
  const [leaf] = parseMarkdown(text).leaves;
  const found = leaf?.kind === 'table' ? leaf.cells : [];
  expect(found.map(({ content, lines }) => [content, lines[0]?.source])).toEqual(cells);
});
