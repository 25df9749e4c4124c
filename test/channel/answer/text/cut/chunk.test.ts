import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireBytes } from '../../../../../src/channel/answer/text/wire-bytes.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { everyRow } from '../../../../support/every-row.ts';
import { openFence } from '../open-fence.ts';

const limits = { characters: 200, bytes: 1400 };
const small = (text: string) => chunkText(text, limits);
const withoutBlanks = (text: string): string => text.replace(/\s/g, '');

const prose = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('。', '! ', '\n', '\n\n', ' ', 'word ', '你好', '👩‍👩‍👧', '"\\"', '\u0001'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join('').replace(/[`~]/g, ''));

const codeLine = fc.stringMatching(/^[a-z0-9 ={}"]{0,50}$/);
const document = fc
  .array(
    fc.oneof(
      prose.map((text) => text.replace(/^/gm, 'p')),
      fc
        .tuple(fc.constantFrom('', 'js', 'python'), fc.array(codeLine, { maxLength: 40 }))
        .map(
          ([language, lines]) =>
            `\`\`\`${language}\n${lines.map((line) => `> ${line}`).join('\n')}\n\`\`\``,
        ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join('\n\n'));

describe('a text that fits', () => {
  it('stays as it is; white space is nothing', () => {
    expect(small('  hello\n')).toEqual(['  hello\n']);
    expect(small(' \n ')).toEqual([]);
  });
});

describe('a text that does not fit', () => {
  everyRow([
    ['at a paragraph', `${'a'.repeat(120)}.\n\n${'b'.repeat(50)}. ${'c'.repeat(60)}`, 120 + 1],
    ['at a sentence', `${'a'.repeat(150)}. ${'b'.repeat(100)}`, 151],
    ['at a Chinese sentence', `${'一'.repeat(150)}。${'二'.repeat(100)}`, 151],
    ['at a line', `${'a'.repeat(150)}\n${'b'.repeat(100)}`, 150],
    ['at a blank', `${'a'.repeat(150)} ${'b'.repeat(100)}`, 150],
  ])('is cut %s', (_, text, firstLength) => {
    const chunks = small(text);
    expect(chunks).toHaveLength(2);
    expect(chunks[0]).toHaveLength(firstLength);
  });

  it('is cut between graphemes where there is nothing better', () => {
    const family = '👩‍👩‍👧‍👦';
    const chunks = small(family.repeat(40));
    for (const chunk of chunks) expect(chunk.length % family.length).toBe(0);
  });

  it('moves a fence to the next message rather than cutting it', () => {
    const code = `\`\`\`js\n${'x();\n'.repeat(15)}\`\`\``;
    const chunks = small(`${'a'.repeat(150)}\n\n${code}`);
    expect(chunks).toEqual(['a'.repeat(150), code]);
  });

  it('closes a fence that must be cut and opens it again with its language', () => {
    const chunks = small(`\`\`\`python\n${'print(1)\n'.repeat(60)}\`\`\``);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) {
      expect(chunk).toMatch(/^```python\n(?:print\(1\)\n)+```$/);
    }
    expect(chunks.join('').match(/print/g)).toHaveLength(60);
  });

  it('loses nothing, and each chunk is within the limits', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const chunks = small(text);
        expect(withoutBlanks(chunks.join(''))).toBe(withoutBlanks(text));
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(limits.characters);
          expect(wireBytes(chunk)).toBeLessThanOrEqual(limits.bytes);
        }
      }),
    );
  });

  it('has balanced fences, the same code in each, and no chunk too long', () => {
    fc.assert(
      fc.property(document, (text) => {
        const chunks = small(text);
        const code = (part: string): string =>
          (part.match(/^> .*$/gm) ?? []).map(withoutBlanks).join('');
        expect(chunks.map(code).join('')).toBe(code(text));
        for (const chunk of chunks) {
          expect(openFence(chunk)).toBeUndefined();
          expect(chunk.length).toBeLessThanOrEqual(limits.characters);
          expect(wireBytes(chunk)).toBeLessThanOrEqual(limits.bytes);
        }
      }),
    );
  });

  it('ends for any text whatever', () => {
    const nasty = fc.array(
      fc.constantFrom('```', '~~~~', '`', '\n', ' ', 'js', 'x'.repeat(90), '\ud800'),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = parts.join('');
        const letters = (value: string): number => value.match(/x/g)?.length ?? 0;
        const chunks = small(text);
        expect(chunks.map(letters).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
          letters(text),
        );
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(limits.characters);
      }),
    );
  });
});

it('weighs a text as it travels: JSON within JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const body = JSON.stringify({ content: JSON.stringify({ text }) });
      const empty = JSON.stringify({ content: JSON.stringify({ text: '' }) });
      expect(wireBytes(text)).toBe(Buffer.byteLength(body) - Buffer.byteLength(empty));
    }),
  );
  expect(wireBytes('\ud800')).toBe(7);
});
