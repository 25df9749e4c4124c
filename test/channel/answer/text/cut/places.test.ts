/** Where an answer is cut, rule by rule: before the best place within reach of a message. */
import { expect, test } from 'vitest';
import {
  createBlockAssembler,
  MAX_BLOCK,
} from '../../../../../src/channel/answer/text/cut/blocks.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { everyRow } from '../../../../support/every-row.ts';

const LONG = 'abcdefghijkl';
const limits = { characters: 200, bytes: 100_000 };

/** Words of one paragraph, without the end of a sentence, in so many characters. */
function words(length: number, word = 'word'): string {
  return `${word} `
    .repeat(Math.ceil(length / (word.length + 1)))
    .slice(0, length - 1)
    .trimEnd()
    .padEnd(length, 'x');
}

/** The code of all fences in a text. */
function codeIn(text: string): string {
  return parseMarkdown(text)
    .leaves.map((leaf) => (leaf.kind === 'fence' ? leaf.fence.code : ''))
    .join('');
}

/** A text whose first message ends at ✂. */
const rules: Readonly<Record<string, string>> = {
  'before a paragraph': `${words(110)}\n\n✂${words(150)}`,
  'before a paragraph in the later half of the message, its first character included': `${words(98)}\n\n✂${words(150)}`,
  'at a blank where the paragraph begins too early': `${words(97)}\n\n${words(100)} ✂${words(40)}`,
  'before the last of several paragraphs': `${words(60)}\n\n${words(60)}\n\n✂${words(150)}`,
  'before a heading, not behind it': `${words(110)}\n\n✂# Heading\n\n${words(150)}`,
  'before a heading without a blank line': `${words(120)}\n✂# Heading\n${words(150)}`,
  'behind a rule': `${words(120)}\n\n---\n\n✂${words(150)}`,
  'before an item': `- ${words(60)}\n- ${words(60)}\n✂- ${words(90)}`,
  'before an outer item rather than before an inner one': `- ${words(50)}\n  - ${words(50)}\n✂- ${words(30)}\n  - ${words(40)}\n  - ${words(60)}`,
  'before an inner item where no outer one begins late enough': `- ${words(30)}\n  - ${words(60)}\n  - ${words(50)}\n✂  - ${words(60)}`,
  'before a row of a table': `| a | b |\n|---|---|\n${'| one word | two words |\n'.repeat(7)}✂${'| one word | two words |\n'.repeat(5)}`,
  'at a blank of a row that is longer than a message': `| a | b |\n|---|---|\n| ${words(173)} ✂${words(90)} | x |`,
  'at a blank of a row that is longer than two messages': `| a | b |\n|---|---|\n| ${words(173)} ✂${words(390)} | x |`,
  'at a blank of HTML that is longer than a message': `<div>${words(190)} ✂${words(90)}</div>`,
  'at a blank of a heading that is longer than a message': `# ${words(196)} ✂${words(90)}`,
  'before a table that fits in the next message': `${words(80)}\n\n✂| a |\n|---|\n${'| one word |\n'.repeat(10)}`,
  'before code that fits in the next message': `${words(60)}\n\n✂\`\`\`\n${'call();\n'.repeat(18)}\`\`\``,
  'before a line of code': `${'    call();\n'.repeat(16)}✂${'    call();\n'.repeat(8)}`,
  'behind a line': `${words(120)}\n✂${words(120)}`,
  'at a blank where the line ends too early': `${words(90)}\n${words(105)} ✂${words(60)}`,
  'behind a sentence': `${words(120)}. ✂${words(120)}`,
  'behind a Chinese sentence': `${'字'.repeat(120)}。✂${'字'.repeat(120)}`,
  'behind a sentence within quotation marks': `“${'字'.repeat(120)}。”✂${'字'.repeat(120)}`,
  'at a blank, not behind an abbreviation': `${words(191)} ✂e.g. ${words(120, LONG)}`,
  'at a blank': `${words(190)} ✂${words(60, LONG)}`,
  'between two characters where there is nothing else': `${'x'.repeat(200)}✂${'x'.repeat(60)}`,
  'not within one character of several code points': `${'👨‍👩‍👧‍👦'.repeat(18)}✂${'👨‍👩‍👧‍👦'.repeat(5)}`,
  'not within a flag': `x${'🇩🇪'.repeat(49)}✂${'🇩🇪'.repeat(20)}`,
  'before a link of a heading': `# ${words(150)} ✂[a text](https://example.com/${'p'.repeat(60)}) ${words(80)}`,
  'before emphasis of a heading': `# ${words(150)} ✂**two ${words(60)}** ${words(80)}`,
  'before a link': `${words(150)} ✂[a text](https://example.com/${'p'.repeat(60)}) ${words(80)}`,
  'before an address': `${words(150)} ✂https://example.com/${'p'.repeat(60)} ${words(80)}`,
  'before code in a line': `${words(150)} ✂\`${words(60)}\` ${words(80)}`,
  'before emphasis': `${words(150)} ✂**${words(60)}** ${words(80)}`,
  'not where the next message would begin with an item': `${words(192)} ✂abcde 1. ${words(80)}`,
  'not where the next message would begin with a heading': `${words(192)} ✂abcde # ${words(80)}`,
  'behind a paragraph of a quote': `> ${words(120)}\n>\n✂> ${words(150)}`,
};

everyRow(Object.entries(rules))('cuts %s', (_rule, marked) => {
  const [before = '', after = ''] = marked.split('✂');
  const [first = '', second = ''] = chunkText(before + after, limits);
  const isTable = before.startsWith('|');
  // An empty line of a quote belongs to no message.
  expect(first).toBe(before.replace(/[\s>]+$/, ''));
  // A table repeats its header.
  const next = isTable ? second.split('\n').slice(2).join('\n') : second;
  expect(next.trimStart().slice(0, 20)).toBe(after.trimStart().slice(0, 20));
});

everyRow([
  ['emphasis', '**', '**'],
  ['strong emphasis within emphasis', '***', '***'],
  ['code', '`', '`'],
  ['code with two marks', '`` ` ', ' ``'],
])(
  'cuts %s that is longer than a message, and closes and opens its marks',
  (_name, open, close) => {
    const marks = close.trim();
    const [first = '', second = ''] = chunkText(`${open}${words(260)}${close}`, limits);
    expect(first.length).toBeLessThanOrEqual(limits.characters);
    expect(first.length).toBeGreaterThan(limits.characters - 30);
    expect(first.startsWith(marks) && first.endsWith(marks)).toBe(true);
    expect(second.startsWith(marks) && second.endsWith(marks)).toBe(true);
  },
);

test('closes the marks of emphasis within emphasis in their order', () => {
  const [first = '', second = ''] = chunkText(`**${words(50)} _${words(200)}_**`, limits);
  expect(first.endsWith('_**')).toBe(true);
  expect(second.startsWith('**_')).toBe(true);
});

test('does not repeat marks that are longer than some text', () => {
  const marks = '`'.repeat(20);
  const [first = '', second = ''] = chunkText(`${marks}${words(260)}${marks}`, limits);
  expect(first).not.toMatch(/`$/);
  expect(second).not.toMatch(/^`/);
});

everyRow(['', '# ', '<div>'])('cuts no word of %j and a long text', (opening) => {
  const text = `${opening}${words(900)}`;
  for (const part of chunkText(text, limits).slice(0, -1)) expect(part).toMatch(/word$/);
});

test('cuts a row that has no blank between two characters, not in the header before it', () => {
  const text = `| ${words(110)} | b |\n|---|---|\n|${'x'.repeat(300)}|x|`;
  expect(chunkText(text, limits)[0]).toBe(text.slice(0, limits.characters));
});

test('cuts a long word of a heading that has marks of a block', () => {
  const title = `# ${words(190)} ${'-'.repeat(450)}`;
  const parts = chunkText(title, limits);
  expect(parts[0]).toBe(`# ${words(190)}`);
  expect(parts.slice(1).join('')).toBe('-'.repeat(450));
});

everyRow(['', '> ', '>  '])('keeps the indentation of code within a fence behind %j', (mark) => {
  const lines = Array.from({ length: 40 }, (_, n) => `${' '.repeat(n % 4)}call(${n});`);
  const block = ['```', ...lines, '```'].map((line) => `${mark}  ${line}`).join('\n');
  for (const text of [block, `${mark}${words(110)}\n\n${block}`]) {
    const parts = chunkText(text, limits);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map(codeIn).join('')).toBe(`${lines.join('\n')}\n`);
  }
});

test('keeps a link within longer emphasis whole', () => {
  const link = `[a text](https://example.com/${'p'.repeat(40)})`;
  const [first = '', second = ''] = chunkText(`**${words(150)} ${link} ${words(90)}**`, limits);
  expect(first).toBe(`**${words(150)}**`);
  expect(second.startsWith(`**${link} `)).toBe(true);
});

test('cuts a stream at the bound of a block, and keeps no more than half of one', () => {
  const assembler = createBlockAssembler('block');
  const row = '| one word | two words |\n';
  const table = `| a | b |\n|---|---|\n${row.repeat(Math.ceil(MAX_BLOCK / row.length))}`;
  expect(assembler.push(table.slice(0, MAX_BLOCK - 1))).toEqual([]);
  const blocks = assembler.push(table.slice(MAX_BLOCK - 1));
  const rest = assembler.end();
  const rowsIn = (parts: readonly string[]) => parts.join('\n').split(row.trim()).length - 1;
  expect(blocks.length).toBeGreaterThan(1);
  expect(rest).toHaveLength(1);
  expect(rest.join('').length).toBeLessThanOrEqual(MAX_BLOCK / 2);
  expect(rest.join('').length).toBeGreaterThan(MAX_BLOCK / 4);
  expect(rowsIn([...blocks, ...rest])).toBe(Math.ceil(MAX_BLOCK / row.length));
  for (const block of [...blocks, ...rest])
    expect(block.startsWith('| a | b |\n|---|---|\n')).toBe(true);
});

test('keeps nothing of a stream of white space', () => {
  const assembler = createBlockAssembler('block');
  expect(assembler.push(' \n'.repeat(MAX_BLOCK))).toEqual([]);
  expect(assembler.push('end')).toEqual([]);
  expect(assembler.end()).toEqual(['end']);
});

test('cuts code that begins in the first quarter of a message', () => {
  const [first = ''] = chunkText(`${words(30)}\n\n\`\`\`\n${'call();\n'.repeat(40)}\`\`\``, limits);
  expect(first.startsWith(`${words(30)}\n\n\`\`\`\ncall();\n`)).toBe(true);
  expect(first.length).toBeGreaterThan(180);
});

test('repeats the header of a table that takes half of a message, and no longer one', () => {
  const second = (length: number) => {
    const header = `| ${words(length)} | b |\n|---|---|\n`;
    const parts = chunkText(`${header}${'| one | two |\n'.repeat(40)}`, limits);
    expect(parts.length).toBeGreaterThan(2);
    return parts.slice(1).map((part) => part.startsWith(header));
  };
  expect(new Set(second(82))).toEqual(new Set([true]));
  expect(new Set(second(83))).toEqual(new Set([false]));
});

test('opens code again with 16 marks and 32 characters of its language at most', () => {
  const code = 'call();\n'.repeat(60);
  const marks = '`'.repeat(20);
  const parts = chunkText(`${marks}js title\n${code}${marks}`, limits);
  expect(parts.map(codeIn).join('')).toBe(code);
  for (const part of parts) expect(part).toMatch(/^`{16}js(?: title)?\n/);
  const [, second = ''] = chunkText(`\`\`\`${'x'.repeat(40)}\n${code}\`\`\``, limits);
  expect(second.startsWith(`\`\`\`${'x'.repeat(32)}\ncall`)).toBe(true);
});

everyRow([2, 3, 4, 5, 9, 12, 13, 14, 16, 17])(
  'keeps the code of an item of %i columns where a stream is cut at its bound',
  (width) => {
    const number = `${'1'.repeat(Math.max(1, Math.min(9, width - 4)))}.`;
    const marker = width < 5 ? '-' : `${' '.repeat(Math.max(0, width - 14))}${number}`;
    const lines = Array.from({ length: 1500 }, (_, n) => `${' '.repeat(n % 3)}call(${n});`);
    const inner = ['```js', ...lines, '```'].join(`\n${' '.repeat(width)}`);
    const text = `${marker.padEnd(width)}${inner}`;
    const assembler = createBlockAssembler('block');
    const pieces = text.match(/[\s\S]{1,997}/g) ?? [];
    const blocks = [...pieces.flatMap((piece) => assembler.push(piece)), ...assembler.end()];
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.map(codeIn).join('')).toBe(`${lines.join('\n')}\n`);
  },
);
