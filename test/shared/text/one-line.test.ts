import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneLine, startOf } from '../../../src/shared/text/one-line.ts';
import { everyRow } from '../../support/every-row.ts';

everyRow([
  [' a\n  b\t\r\nc ', 'a b c'],
  ['a\u2028b\u3000c\u00a0d', 'a b c d'],
  [' \n ', ''],
  ['', ''],
])('writes %j on one line', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

everyRow([
  ['12345', 5, '12345'],
  ['123456', 5, '1234…'],
  ['1  2  3', 5, '1 2 3'],
  ['12 \n 45', 5, '12 45'],
  ['123😀5', 5, '123…'],
  ['12😀5', 5, '12😀5'],
])('bounds %j to %i characters', (text, most, line) => {
  expect(oneLine(text, most)).toBe(line);
});

it('has no line break, no half character and no more characters than asked, whatever the text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\u2029', '😀', '你', '…') });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 12 }), (written, most) => {
      const line = oneLine(written, most);
      expect(line).not.toMatch(/[\n\u2028\u2029]/);
      expect(line.length).toBeLessThanOrEqual(most);
      for (const cut of [line, startOf(written, most)])
        expect(Buffer.from(cut).toString()).toBe(cut);
    }),
  );
});
