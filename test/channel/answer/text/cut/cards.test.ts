/** The cards of an answer: three tables in each, and as much text as fits. */
import { describe, expect, it } from 'vitest';
import { cardChunks } from '../../../../../src/channel/answer/text/cut/card-chunks.ts';
import { CARD_LIMITS } from '../../../../../src/channel/answer/text/limits.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { wireBytes } from '../../../../../src/channel/answer/text/wire-bytes.ts';
import { everyRow } from '../../../../support/every-row.ts';

const table = (name: string) => `| ${name} |\n|---|\n| cell |`;
const tables = (count: number) => Array.from({ length: count }, (_, n) => table(`t${n}`));

const cardsOf = (text: string) => [...cardChunks(parseMarkdown(text), () => true)];
const tablesIn = (text: string) =>
  cardsOf(text).map(
    ({ document }) => document.leaves.filter(({ kind }) => kind === 'table').length,
  );

describe('tables', () => {
  everyRow([
    [0, [0]],
    [1, [1]],
    [3, [3]],
    [4, [3, 1]],
    [6, [3, 3]],
    [7, [3, 3, 1]],
    // The last card has them all.
    [12, [3, 3, 6]],
  ])('%i of them are in cards of three', (count, cards) => {
    expect(tablesIn(['Intro.', ...tables(count)].join('\n\n'))).toEqual(cards);
  });

  it('keep their heading and the text before it where they are', () => {
    const [first = '', second = ''] = cardsOf(
      [...tables(3), 'After the third.', '# The fourth', table('t3'), 'The end.'].join('\n\n'),
    ).map(({ document }) => document.source);
    expect(first.endsWith('After the third.')).toBe(true);
    expect(second).toBe(`# The fourth\n\n${table('t3')}\n\nThe end.`);
    const [before = ''] = cardsOf([...tables(3), 'Text.', table('t3')].join('\n\n')).map(
      ({ document }) => document.source,
    );
    expect(before.endsWith('Text.')).toBe(true);
  });

  it('keep whom the text may mention', () => {
    const document = parseMarkdown(tables(4).join('\n\n'), ['ou_a']);
    const cards = [...cardChunks(document, () => true)];
    expect(cards.map((card) => card.document.mentions)).toEqual([['ou_a'], ['ou_a']]);
  });
});

describe('text', () => {
  const words = (length: number) => `${'word '.repeat(length / 5 + 1).slice(0, length - 1)}x`;
  const lengths = (length: number, most: number, characters?: number) =>
    [
      ...cardChunks(
        parseMarkdown(words(length)),
        ({ source }) => source.length <= most,
        characters,
      ),
    ].map(({ document, fits }) => ({ length: document.source.length, fits }));

  it('that fits is one card', () => {
    expect(lengths(8000, 8000)).toEqual([{ length: 8000, fits: true }]);
  });

  it('that does not is cut at half, as often as needed', () => {
    for (const most of [4000, 2000, 1000, 500]) {
      const cards = lengths(8000, most);
      expect(cards.every(({ fits }) => fits)).toBe(true);
      expect(Math.max(...cards.map(({ length }) => length))).toBeGreaterThan(most * 0.9);
      expect(cards.length).toBeLessThanOrEqual((8000 / most) * 1.5);
    }
  });

  it('is not cut below 400 characters, whether it fits or not', () => {
    const cards = lengths(8000, 100);
    expect(cards.some(({ fits }) => fits)).toBe(false);
    expect(Math.max(...cards.map(({ length }) => length))).toBeGreaterThan(450);
    expect(Math.max(...cards.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect(lengths(700, 100, 799)).toEqual([{ length: 700, fits: false }]);
    expect(lengths(700, 650, 800)).toHaveLength(2);
  });

  it('is within the bytes of a card, and of a smaller one in proportion', () => {
    // Each of them is four bytes in a request.
    const quotes = parseMarkdown('"'.repeat(20_000));
    const most = (characters?: number) =>
      Math.max(
        ...[...cardChunks(quotes, () => true, characters)].map(({ document }) =>
          wireBytes(document.source),
        ),
      );
    expect(most()).toBe(CARD_LIMITS.bytes);
    expect(most(20_000)).toBe(CARD_LIMITS.bytes);
    expect(most(4000)).toBe(CARD_LIMITS.bytes / 2);
    // A small card holds 1400 bytes at least.
    expect(most(450)).toBe(1400);
  });
});
