/** What an answer has beyond its messages is a file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRestSplitter } from '../../../../src/channel/answer/rest/rest-splitter.ts';
import { ANSWER_LIMITS } from '../../../../src/channel/answer/text/limits.ts';
import { chunkText } from '../../../support/chunk-text.ts';
import { outgoing } from '../media/outgoing.ts';

const messagesOf = (text: string): number => chunkText(text, ANSWER_LIMITS).length;

function divided(maxMessages: number, ...pieces: readonly string[]) {
  const splitter = createRestSplitter(maxMessages, messagesOf);
  const shown = pieces.map((piece) => splitter.push(piece)).join('');
  return { shown, rest: splitter.rest };
}

const paragraphs = (count: number, length: number): string =>
  Array.from({ length: count }, (_, index) => `${index} ${'word '.repeat(length / 5)}`.trim()).join(
    '\n\n',
  );

describe('an answer is divided', () => {
  it('at a blank line, into messages that are no more than allowed', () => {
    for (const length of [50, 500, 1500, 2500, 3900]) {
      const text = paragraphs(Math.ceil(100_000 / length), length);
      const { shown, rest } = divided(5, text);
      expect(shown + rest).toBe(text);
      expect(shown).toMatch(/\n\n$/);
      expect(messagesOf(shown)).toBeLessThanOrEqual(5);
      expect(messagesOf(shown)).toBeGreaterThanOrEqual(4);
    }
  });

  it('never where it fits', () => {
    const text = paragraphs(10, 500);
    expect(divided(5, text)).toEqual({ shown: text, rest: '' });
  });

  it('within a fence, which is closed and opened again', () => {
    const text = `before\n\n\`\`\`ts\n${'const a = 1;\n'.repeat(5000)}\`\`\`\n\nafter\n`;
    const { shown, rest } = divided(3, text);
    expect(shown).toMatch(/const a = 1;\n```\n$/);
    expect(rest).toMatch(/^```ts\nconst a = 1;\n/);
    expect(rest).toMatch(/```\n\nafter\n$/);
  });

  it('within a table, whose head is repeated', () => {
    const text = `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(5000)}\nafter\n`;
    const { shown, rest } = divided(3, text);
    expect(shown.endsWith('| 1 | 2 |\n')).toBe(true);
    expect(rest).toMatch(/^\| a \| b \|\n\|---\|---\|\n\| 1 \| 2 \|\n/);
  });

  it('losing nothing, however it comes', () => {
    const line = fc.constantFrom('text', '', 'more words here', '- item', '> quote', '# Title');
    const text = fc
      .array(line, { minLength: 500, maxLength: 3000 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (whole, cuts) => {
        const places = [0, ...cuts.map((at) => at % whole.length).sort((a, b) => a - b)];
        const pieces = places.map((at, index) => whole.slice(at, places[index + 1]));
        const { shown, rest } = divided(2, ...pieces);
        expect(shown + rest).toBe(whole);
      }),
    );
  });
});

describe('the person', () => {
  it('gets the rest as a file, after a sentence about it', async () => {
    const { seen, sandbox } = await outgoing();
    const text = paragraphs(100, 1500);
    const found = await seen(...(text.match(/[\s\S]{1,700}/g) ?? []));
    expect(found.length).toBeLessThanOrEqual(12);
    expect(found.at(-1)).toBe('file stream answer-continued.md');
    expect(found.at(-2)).toMatch(/The rest of this answer is in the file\.$/);
    const { content } = sandbox.messages({ fromBot: true }).at(-1) ?? { content: '{}' };
    const file = sandbox.resource((JSON.parse(content) as { file_key: string }).file_key);
    const rest = Buffer.concat([...(file?.chunks() ?? [])]).toString();
    expect(rest).toMatch(/\n99 word /);
  });

  it('reads that it was left out where the file cannot be uploaded', async () => {
    const { seen, sandbox } = await outgoing();
    sandbox.fault({
      match: { path: '/im/v1/files' },
      do: { kind: 'code', code: 234006, msg: 'too large' },
    });
    const found = await seen(paragraphs(100, 1500));
    expect(found.at(-1)).toMatch(/the rest was left out\.$/);
  });
});
