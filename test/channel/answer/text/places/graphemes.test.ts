/** Where a text may be cut without a part of a character that people see as one. */
import { expect, it } from 'vitest';
import { graphemeBoundary } from '../../../../../src/channel/answer/text/places/graphemes.ts';
import { everyRow } from '../../../../support/every-row.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇩🇪';

everyRow([
  ['before a letter', 'ab', 1, 1],
  ['before an accent', 'ae\u0301b', 2, 1],
  ['behind an accent', 'ae\u0301b', 3, 3],
  ['within a family', `a${FAMILY}b`, 4, 1],
  ['behind a family', `a${FAMILY}b`, 1 + FAMILY.length, 1 + FAMILY.length],
  ['between the two characters of a line end', 'ab\r\nc', 3, 2],
  ['within a family far from the beginning', `${'x'.repeat(300)}${FAMILY}`, 305, 300],
  ['within a family far from the end', `ab${FAMILY}${'x'.repeat(300)}`, 5, 2],
  ['within a family at the beginning', `${FAMILY}b`, 4, 0],
  ['at the beginning', 'ab', 0, 0],
  ['at the end', 'ab', 2, 2],
  ['at the end of a text with nothing', '', 0, 0],
  ['within a flag', `a${FLAG}b`, 3, 1],
  ['between two flags', `${FLAG}${FLAG}`, 4, 4],
  ['within the last of many flags', `a${FLAG.repeat(40)}b`, 1 + 158, 1 + 156],
  ['within one of many flags, a letter apart', `ab${FLAG.repeat(40)}b`, 2 + 122, 2 + 120],
  ['behind many flags', `a${FLAG.repeat(40)}b`, 161, 161],
  ['within more accents than are looked at', `a${'\u0301'.repeat(300)}`, 200, 200],
])('the last boundary is found %s', (_, text, at, boundary) => {
  expect(graphemeBoundary(text, at)).toBe(boundary);
});

it('reads flags in pairs from a known boundary on', () => {
  const letters = '🇩🇪🇫🇷'.repeat(30).slice(0, -2);
  // The letter before was left over by an earlier part.
  for (const from of [0, 2]) {
    for (const at of [20, 50, 90, 91, 92, 93]) {
      expect(graphemeBoundary(letters, at, from)).toBe(at - ((at - from) % 4));
    }
  }
});
