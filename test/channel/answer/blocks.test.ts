import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlockAssembler } from '../../../src/channel/answer/text/cut/blocks.ts';
import { openFence } from './open-fence.ts';

function blocksOf(pieces: readonly string[], streaming: 'off' | 'block' = 'block'): string[] {
  const assembler = createBlockAssembler(streaming);
  return [...pieces.flatMap((piece) => assembler.push(piece)), ...assembler.end()];
}

const withoutBlanks = (text: string): string => text.replace(/\s/g, '');

it('gives a block as soon as its paragraph ends', () => {
  const assembler = createBlockAssembler('block');
  expect(assembler.push('a'.repeat(250))).toEqual([]);
  expect(assembler.push('\n')).toEqual([]);
  expect(assembler.push('\nnext')).toEqual(['a'.repeat(250)]);
  expect(assembler.end()).toEqual(['next']);
});

it('gives a block as soon as its paragraph ends, whatever was before', () => {
  for (const before of ['', 'A line.\n', 'A paragraph.\n\n', ' ']) {
    const assembler = createBlockAssembler('block');
    const text = `${before}${'a'.repeat(250)}`;
    expect([...text, '\n'].flatMap((char) => assembler.push(char))).toEqual([]);
    expect([...'\nnext'].flatMap((char) => assembler.push(char))).toEqual([text]);
    expect(assembler.end()).toEqual(['next']);
  }
});

it('gives a block as soon as a long sentence ends', () => {
  for (const before of ['', ' ', '  ']) {
    const assembler = createBlockAssembler('block');
    expect(assembler.push(`${before}${'a'.repeat(900)}`)).toEqual([]);
    expect(assembler.push('. Next')).toEqual([`${before}${'a'.repeat(900)}.`]);
    expect(assembler.end()).toEqual(['Next']);
  }
});

it.each(['\\*', '\\[', '\\`', '\\~', '\\_', '*a*', '[a](b)', '`a`', '_a_ ', 'a * b', 'a_b', '_ '])(
  'waits for nothing behind %j',
  (mark) => {
    const assembler = createBlockAssembler('block');
    const text = `${mark}note ${'a'.repeat(900)}`;
    expect(assembler.push(text)).toEqual([]);
    expect(assembler.push('. Next')).toEqual([`${text}.`]);
  },
);

it.each(['**', '*', '[', '`', '~~', '_', '(_'])('waits for the other mark behind %j', (mark) => {
  const assembler = createBlockAssembler('block');
  expect(assembler.push(`A ${mark}note ${'a'.repeat(900)}. Next`)).toEqual([]);
});

it('gives code as soon as a paragraph follows it', () => {
  const assembler = createBlockAssembler('block');
  const code = `\`\`\`js\n${'call();\n\n'.repeat(50)}\`\`\``;
  expect(assembler.push(code)).toEqual([]);
  expect(assembler.push('\n\nafter')).toEqual([code]);
});

it('joins short paragraphs', () => {
  expect(blocksOf(['one\n\ntwo\n\nthree'])).toEqual(['one\n\ntwo\n\nthree']);
});

it('cuts a long paragraph at a sentence, Chinese or Western', () => {
  expect(blocksOf([`${'长'.repeat(500)}。`, '短'.repeat(300), '尾'])[0]).toBe(
    `${'长'.repeat(500)}。`,
  );
  expect(blocksOf([`${'a'.repeat(500)}. ${'b'.repeat(400)}`, 'c'])[0]).toBe(`${'a'.repeat(500)}.`);
});

it('cuts no code fence and no table', () => {
  const code = `\`\`\`js\n${'call();\n\n'.repeat(300)}\`\`\``;
  expect(blocksOf([...`${code}\n\nafter`])[0]).toBe(code);
  const table = `| a | b |\n|---|---|\n${'| one. | two. |\n'.repeat(80)}`;
  expect(blocksOf([...table])).toEqual([table.trimEnd()]);
});

it('gives one block at the end where streaming is off', () => {
  const text = `${'a'.repeat(900)}.\n\nb`;
  expect(blocksOf([text], 'off')).toEqual([text]);
});

it('reads the line ends of Windows and of an old Mac as the same text, wherever they arrive', () => {
  const paragraph = (n: number) => `${'word '.repeat(30)}${n}.\n${'more '.repeat(30)}${n}`;
  const text = Array.from({ length: 6 }, (_, n) => paragraph(n)).join('\n\n');
  for (const lineEnd of ['\r\n', '\r']) {
    const written = text.replaceAll('\n', lineEnd);
    expect(blocksOf([...written])).toEqual(blocksOf([...text]));
    expect(blocksOf(written.split(/(?<=\r\n)/))).toEqual(blocksOf(text.split(/(?<=\n)/)));
    expect(blocksOf([written])).toEqual(blocksOf([text]));
  }
  expect(blocksOf(['a\r\n', 'b\r', '\nc', '\r'])).toEqual(['a\nb\nc']);
});

it('loses nothing, however the text is cut into pieces', () => {
  const part = fc.constantFrom(
    'word ',
    'Sentence. ',
    '句子。',
    '\n',
    '\n\n',
    'x'.repeat(120),
    '```\n',
    '```js\n',
    '| a |\n',
    '  ',
    '`',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 80 }), fc.nat({ max: 20 }), (parts, size) => {
      const text = parts.join('');
      const pieces = text.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? [];
      const blocks = blocksOf(pieces);
      // A fence that is open at the end is closed, so that what is sent behind it is no code.
      const joined = withoutBlanks(blocks.join(''));
      expect(joined.slice(0, withoutBlanks(text).length)).toBe(withoutBlanks(text));
      expect(joined.slice(withoutBlanks(text).length)).toMatch(/^`*$/);
      for (const block of blocks.slice(0, -1)) expect(openFence(block)).toBeUndefined();
    }),
  );
});
