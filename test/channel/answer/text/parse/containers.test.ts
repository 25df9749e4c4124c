/** What of a line belongs to the quotes and items around it, as CommonMark counts columns. */
import { expect, it } from 'vitest';
import {
  behind,
  continuation,
  indentAt,
  itemWidth,
  skipColumns,
} from '../../../../../src/channel/answer/text/parse/containers.ts';
import type { Container } from '../../../../../src/channel/answer/text/parse/document.ts';
import { everyRow } from '../../../../support/every-row.ts';

const quote: Container = { kind: 'quote', startLine: 0, endLine: 9, width: 2 };
const item = (width: number): Container => ({ kind: 'item', startLine: 0, endLine: 9, width });
const start = { at: 0, column: 0, rest: 0 };

everyRow([
  ['a quote', '> a', 1, [quote], 2, 0],
  ['a quote without a blank', '>a', 1, [quote], 1, 0],
  ['three blanks before a quote', '   > a', 1, [quote], 5, 0],
  ['four blanks, which are code', '    > a', 1, [quote], 0, 1],
  ['a lazy line of a quote', 'a', 1, [quote], 0, 1],
  ['a tab before a mark, which is code', '\t> a', 1, [quote], 0, 1],
  ['blanks and a tab, which are code', '  \t> a', 1, [quote], 0, 1],
  ['tabs within a quote, which are code', '>\t\t> a', 1, [quote, quote], 2, 1],
  ['what is left of a tab before a mark', '>\t> a', 1, [quote, quote], 4, 0],
  ['a tab of an item before a mark', '\t> a', 1, [item(2), quote], 3, 0],
  ['an empty item with blanks', '-   ', 0, [item(2)], 2, 0],
  ['a quote without text', '>', 1, [quote], 1, 0],
  ['a quote with a blank alone', '> ', 1, [quote], 2, 0],
  ['a quote within a quote', '> > a', 1, [quote, quote], 4, 0],
  ['one mark of two', '> a', 1, [quote, quote], 2, 1],
  ['a further line of an item', '  a', 1, [item(2)], 2, 0],
  ['a lazy line of an item', ' a', 1, [item(2)], 1, 1],
  ['an empty line of an item', '', 1, [item(2)], 0, 0],
  ['blanks in an item', ' ', 1, [item(2)], 1, 0],
  ['more than the indentation', '    a', 1, [item(2)], 2, 0],
  ['a lazy line of the outer item', '  a', 1, [item(2), item(3)], 2, 1],
  ['an item in a quote', '> - a', 0, [quote, item(2)], 4, 0],
  ['a lazy line of an item in a quote', '> a', 1, [quote, item(2)], 2, 1],
  ['the line of an item', '- a', 0, [item(2)], 2, 0],
  ['four blanks behind a marker', '-    a', 0, [item(5)], 5, 0],
  ['five blanks behind a marker', '-     a', 0, [item(2)], 2, 0],
  ['a number', '10. a', 0, [item(4)], 4, 0],
  ['a number with a bracket', ' 7) a', 0, [item(4)], 4, 0],
  ['an empty item', '-', 0, [item(2)], 1, 0],
  ['an item in an item', '- 1. a', 0, [item(2), item(3)], 5, 0],
])('behind %s', (_, line, lineNumber, containers, at, missing) => {
  const found = behind(line, containers, lineNumber);
  expect([found.place.at, found.missing.length]).toEqual([at, missing]);
  expect(found.missing).toEqual(containers.slice(containers.length - missing));
});

it('counts the columns of a tab that is used in part', () => {
  expect(behind('>\ta', [quote], 1).place).toEqual({ at: 2, column: 4, rest: 2 });
  expect(behind('\ta', [item(2)], 1).place).toEqual({ at: 1, column: 4, rest: 2 });
  expect(indentAt('a', { at: 0, column: 4, rest: 2 })).toBe(2);
  expect(indentAt(' \t a', start)).toBe(5);
  // What is left of a tab is used first.
  expect(skipColumns('  a', { at: 0, column: 4, rest: 2 }, 3)).toEqual({
    at: 1,
    column: 5,
    rest: 0,
  });
  expect(skipColumns('a', start, 4)).toEqual(start);
  expect(skipColumns(' \ta', start, 2)).toEqual({ at: 2, column: 4, rest: 2 });
  expect(skipColumns('\t\ta', start, 6)).toEqual({ at: 2, column: 8, rest: 2 });
  expect(skipColumns('  ', start, 9)).toEqual({ at: 2, column: 2, rest: 0 });
  expect(skipColumns('a', { at: 0, column: 4, rest: 3 }, 2)).toEqual({ at: 0, column: 4, rest: 1 });
  expect(behind('   >\ta', [quote], 1).place).toEqual({ at: 5, column: 8, rest: 3 });
  expect(behind(' >\ta', [quote], 1).place).toEqual({ at: 3, column: 4, rest: 1 });
  expect(behind('\t> a', [item(2), quote], 1).place).toEqual({ at: 3, column: 6, rest: 0 });
  expect(behind('-\t\ta', [item(2)], 0).place).toEqual({ at: 2, column: 4, rest: 2 });
});

everyRow([
  ['- a', [], 2],
  ['  - a', [], 4],
  ['10) a', [], 4],
  ['123456789. a', [], 11],
  ['-   a', [], 4],
  ['-     a', [], 2],
  ['-\ta', [], 4],
  ['-', [], 2],
  ['-   ', [], 2],
  ['> 1. a', [quote], 3],
] as const)('an item has the width of its text: %j', (line, outer, width) => {
  expect(itemWidth(line, outer, 0)).toBe(width);
});

it('writes the prefix of a further line', () => {
  expect(continuation([])).toBe('');
  expect(continuation([quote, item(3), quote])).toBe('>    > ');
});
