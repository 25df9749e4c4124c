/** A part shows each of its lines as the same kind of block as the whole answer does. */
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import {
  createBlockAssembler,
  MAX_BLOCK,
} from '../../../../../src/channel/answer/text/cut/blocks.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { everyRow } from '../../../../support/every-row.ts';

const markdown = new MarkdownIt({ html: false });
const limits = { characters: 200, bytes: 100_000 };

/** What a text is made of: the kinds of its tokens that open a block or are one. */
function kindsOf(text: string): ReadonlySet<string> {
  return new Set(
    markdown
      .parse(text, {})
      .filter(({ nesting }) => nesting >= 0)
      .map(({ type }) => type),
  );
}

function streamed(text: string): string[] {
  const assembler = createBlockAssembler('block');
  const pieces = text.match(/[\s\S]{1,37}/g) ?? [];
  return [...pieces.flatMap((piece) => assembler.push(piece)), ...assembler.end()];
}

/** Answers with one kind of block, which each cut has to keep. */
const answers: Readonly<Record<string, string>> = {
  'a comparison behind a Chinese sentence': `${'数值如下。 > 5 的都要看。'.repeat(200)}`,
  'a comparison behind a Western sentence': `${'Look at them all. > 5 is high, <= 5 is low. '.repeat(90)}`,
  'a comparison in a quote': `> ${'数值如下。 > 5 的都要看。'.repeat(200)}`,
  'a long line of indented code': `    ${'call(value); '.repeat(400)}end()`,
  'a long line of indented code in an item': `- a\n\n      ${'call(value); '.repeat(400)}end()`,
  'a paragraph with indented lines': `Verse:\n${'    A line of the verse ends here.\n'.repeat(80)}`,
};

everyRow(Object.entries(answers))('keeps %s', (_name, text) => {
  const kinds = kindsOf(text);
  const chunks = chunkText(text, limits);
  expect(chunks.length).toBeGreaterThan(1);
  for (const parts of [chunks, streamed(text)]) {
    for (const part of parts) for (const kind of kindsOf(part)) expect(kinds).toContain(kind);
    // What is outside of the list may leave it, but code stays code in each part.
    const isCode = kinds.has('code_block');
    if (isCode) expect(parts.filter((part) => !kindsOf(part).has('code_block'))).toEqual([]);
  }
});

it('keeps a table in an item of a quote, where a stream is cut before it', () => {
  const row = '>      | one | two |\n';
  const item = (words: number): string =>
    `> 104. ${'word '.repeat(words)}end.\n>\n>      | a | b |\n>      |---|---|\n${row.repeat(100)}`;
  for (let words = 50; words < 150; words += 10) {
    const text = item(words).repeat(Math.ceil(MAX_BLOCK / item(words).length) + 1);
    const parts = streamed(text);
    expect(parts.filter((part) => kindsOf(part).has('code_block'))).toEqual([]);
  }
});

it('ends no part with the marks of a quote alone, and stays within the limits', () => {
  const texts = [3, 4, 5, 6, 7].flatMap((size) => [
    `> ${`${'wordy '.repeat(size)}\n> `.repeat(60)}`,
    `> > ${`${'wordy '.repeat(size)}\n> >\n> > `.repeat(60)}`,
    `- > ${`${'wordy '.repeat(size)}\n  > `.repeat(60)}`,
  ]);
  const parts = texts.flatMap((text) => chunkText(text, limits));
  expect(parts.filter((part) => /(?:^|\n)[\s>]*$/.test(part))).toEqual([]);
  expect(parts.filter((part) => part.length > limits.characters)).toEqual([]);
});
