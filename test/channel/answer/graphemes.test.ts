/** Where a text may be cut without a part of a character that people see as one. */
import { expect, it } from 'vitest';
import { graphemeBoundary } from '../../../src/channel/answer/text/places/graphemes.ts';

const FAMILY = '👨‍👩‍👧‍👦';

it.each([
  ['before a letter', 'ab', 1, 1],
  ['before an accent', 'ae\u0301b', 2, 1],
  ['behind an accent', 'ae\u0301b', 3, 3],
  ['within a family', `a${FAMILY}b`, 4, 1],
  ['behind a family', `a${FAMILY}b`, 1 + FAMILY.length, 1 + FAMILY.length],
  ['between the two characters of a line end', 'ab\r\nc', 3, 2],
  ['within a family far from the beginning', `${'x'.repeat(300)}${FAMILY}`, 305, 300],
  ['within a family far from the end', `ab${FAMILY}${'x'.repeat(300)}`, 5, 2],
  ['within more accents than are looked at', `a${'\u0301'.repeat(300)}`, 200, 200],
])('the last boundary is found %s', (_, text, at, boundary) => {
  expect(graphemeBoundary(text, at)).toBe(boundary);
});
