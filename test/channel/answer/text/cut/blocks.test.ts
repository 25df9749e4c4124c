import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlockAssembler } from '../../../../../src/channel/answer/text/cut/blocks.ts';
import { everyRow } from '../../../../support/every-row.ts';
import { openFence } from '../open-fence.ts';

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

everyRow(['\\*', '\\[', '\\`', '\\~', '\\_', '*a*', '[a](b)', '`a`', '_a_ ', 'a * b', 'a_b', '_ '])(
  'waits for nothing behind %j',
  (mark) => {
    const assembler = createBlockAssembler('block');
    const text = `${mark}note ${'a'.repeat(900)}`;
    expect(assembler.push(text)).toEqual([]);
    expect(assembler.push('. Next')).toEqual([`${text}.`]);
  },
);

everyRow(['**', '*', '[', '`', '~~', '_', '(_'])('waits for the other mark behind %j', (mark) => {
  const assembler = createBlockAssembler('block');
  expect(assembler.push(`A ${mark}note ${'a'.repeat(900)}. Next`)).toEqual([]);
});

it('takes a mark for text that is not closed within 2000 characters', () => {
  const first = (length: number) =>
    createBlockAssembler('block').push(`A *${'b'.repeat(length - 9)}. Next`);
  expect(first(2002)).toEqual([]);
  expect(first(2003)).toEqual([`A *${'b'.repeat(1994)}.`]);
});

it('gives code as soon as a paragraph follows it', () => {
  const assembler = createBlockAssembler('block');
  const code = `\`\`\`js\n${'call();\n\n'.repeat(50)}\`\`\``;
  expect(assembler.push(code)).toEqual([]);
  expect(assembler.push('\n\nafter')).toEqual([code]);
});

it('gives a paragraph of 200 characters with the blank line behind it, and no shorter one', () => {
  const first = (length: number) =>
    createBlockAssembler('block').push(`${'a'.repeat(length)}\n\nnext`);
  expect(first(198)).toEqual(['a'.repeat(198)]);
  expect(first(197)).toEqual([]);
});

it('gives a sentence of a text of 800 characters, and of no shorter one', () => {
  const first = (length: number) =>
    createBlockAssembler('block').push(`${'a'.repeat(700)}. ${'b'.repeat(length - 702)}`);
  expect(first(800)).toEqual([`${'a'.repeat(700)}.`]);
  expect(first(799)).toEqual([]);
});

it('cuts a long text at a line end, too', () => {
  const assembler = createBlockAssembler('block');
  expect(assembler.push('a'.repeat(900))).toEqual([]);
  expect(assembler.push('\nnext')).toEqual(['a'.repeat(900)]);
});

everyRow([
  ['at its 200th character', `${'a'.repeat(199)}. ${'b'.repeat(700)}`, 200],
  ['at no earlier one', `${'a'.repeat(198)}. ${'b'.repeat(700)}`, undefined],
  ['not within a mark', `${'a'.repeat(700)} *b. c* ${'d'.repeat(100)}`, undefined],
  ['before a mark', `${'a'.repeat(700)}. *b. c* ${'d'.repeat(100)}`, 701],
  ['right before a mark', `${'啊'.repeat(700)}。*b. c*${'啊'.repeat(100)}`, 701],
  ['between two marks', `*${'a'.repeat(400)}*. *${'b'.repeat(400)}. c* d`, 403],
  ['before no list, which is not seen yet', `${'a'.repeat(900)}. `, undefined],
  ['before no list on a further line', `${'a'.repeat(900)}.\n`, undefined],
  ['before no list', `${'a'.repeat(900)}. - b`, undefined],
])('cuts a growing sentence %s', (_, text, length) => {
  const [block] = createBlockAssembler('block').push(text);
  expect(block).toBe(length === undefined ? undefined : text.slice(0, length));
});

const LONG = 'a'.repeat(250);

everyRow([
  ['a heading stays with the block behind it', [LONG, '# H\n\nnext']],
  ['an item is one block', [LONG, '- item\n\n  more\n\nafter']],
  ['a quote is one block', [`> ${LONG}\n>\n> more`, 'after']],
  ['a list is one block', [`- ${LONG}\n\n  more`, 'after']],
  ['code is one block', [`    ${LONG}\n\n    more`, 'after']],
  ['what is long enough is a block', [LONG, LONG, `# H\n\n${LONG}`, '| a |\n|---|\n| b |']],
])('cuts at paragraphs: %s', (_, blocks) => {
  expect(blocksOf([blocks.join('\n\n')])).toEqual(blocks);
});

it('cuts at no block without a blank line before it', () => {
  expect(blocksOf([`${LONG}\n# H\n\nnext`])).toEqual([`${LONG}\n# H\n\nnext`]);
});

it('leaves out blank lines at the beginning, but no indentation of code', () => {
  expect(blocksOf(['\n\n  \n', 'x'])).toEqual(['x']);
  expect(blocksOf(['\n    code'])).toEqual(['    code']);
  expect(blocksOf(['\n', ' \n'])).toEqual([]);
});

it('does not cut a line with bars, which may be the header of a table', () => {
  const line = `${'b'.repeat(450)} | c`;
  const assembler = createBlockAssembler('block');
  expect(assembler.push(`${'a'.repeat(400)}. ${line}`)).toEqual([]);
  const other = createBlockAssembler('block');
  expect(other.push(`${'a'.repeat(400)}.\n${line}`)).toEqual([`${'a'.repeat(400)}.`]);
});

it('cuts a long list before its last item, but not within an item', () => {
  const items = Array.from({ length: 20 }, (_, n) => `- item ${n + 10} ${'x'.repeat(35)}`);
  const assembler = createBlockAssembler('block');
  expect(assembler.push(items.join('\n'))).toEqual([items.slice(0, -1).join('\n')]);
  expect(assembler.end()).toEqual(items.slice(-1));
  const inner = createBlockAssembler('block');
  expect(inner.push(['- outer', ...items.map((item) => `  ${item}`)].join('\n'))).toEqual([]);
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
