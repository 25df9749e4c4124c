/** Code in any nesting of quotes and list items: sent at the start of a line, and no marker is left over. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../../../src/channel/answer/formats/all.ts';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { cardMarkdown } from '../../../../../src/channel/answer/text/render/render-card.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { everyRow } from '../../../../support/every-row.ts';

const markdown = new MarkdownIt({ html: false });

/** Texts as a client draws them: of a post its rows, of a card its elements, and one that still grows. */
const forms: Readonly<Record<string, (text: string) => readonly string[]>> = {
  post: (text) => elementsOf(contentOf(partOf(parseMarkdown(text), 'post')).content),
  card: (text) => elementsOf(contentOf(partOf(parseMarkdown(text), 'card')).content),
  growing: (text) => [cardMarkdown(parseMarkdown(text), { isOpen: true })],
};

function elementsOf(content: string): readonly string[] {
  const sent = JSON.parse(content) as {
    zh_cn?: { content: { text: string }[][] };
    body?: { elements: { content: string }[] };
    text?: string;
  };
  if (sent.text !== undefined) return [sent.text];
  return sent.zh_cn
    ? sent.zh_cn.content.map((row) => row.map(({ text }) => text).join(''))
    : (sent.body?.elements ?? []).map((element) => element.content);
}

/** A line of quotes and bullets alone; an item that begins with code keeps its number. */
const MARKER_ALONE = /^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]*)*(?:>|[-*+])[ \t]*$/;

/** What is wrong with a text as it is drawn. */
function wrongIn(
  shown: readonly string[],
  {
    code,
    words,
    rules,
  }: {
    readonly code: readonly string[];
    readonly words: readonly string[];
    readonly rules: number;
  },
) {
  const wrongs: string[] = [];
  const found: string[] = [];
  let drawnRules = 0;
  for (const element of shown) {
    const lines = element.split('\n');
    const tokens = markdown.parse(element, {});
    for (const { type, level, content } of tokens) {
      if (type !== 'fence' && type !== 'code_block') continue;
      if (level > 0 || type === 'code_block') wrongs.push('code is indented');
      found.push(...content.split('\n').filter((line) => line.trim() !== ''));
    }
    const inCode = new Set(
      tokens.flatMap(({ type, map }) =>
        type === 'fence' && map
          ? Array.from({ length: map[1] - map[0] }, (_, n) => n + map[0])
          : [],
      ),
    );
    const hr = new Set(tokens.flatMap(({ type, map }) => (type === 'hr' && map ? [map[0]] : [])));
    drawnRules += hr.size + lines.filter((line) => line === '<hr>').length;
    for (const [index, line] of lines.entries()) {
      if (inCode.has(index) || hr.has(index) || !MARKER_ALONE.test(line)) continue;
      // An empty line of a quote is right between two lines of its text.
      const isBetween = [index - 1, index + 1].every(
        (near) => !inCode.has(near) && /^[ \t]*>.*\w/.test(lines[near] ?? ''),
      );
      if (!isBetween) wrongs.push(`a marker alone: ${line}`);
    }
  }
  if (drawnRules !== rules) wrongs.push(`rules: ${drawnRules}`);
  if (found.join('\n') !== code.join('\n')) wrongs.push(`code: ${found.join('|')}`);
  const drawn = shown.join('\n').match(/\b[wc]\d+\b/g) ?? [];
  if (drawn.join(' ') !== words.join(' ')) wrongs.push(`words: ${drawn.join(' ')}`);
  return wrongs;
}

interface Place {
  readonly first: string;
  readonly further: string;
}

const markers = ['- ', '* ', '+ ', '1. ', '12) ', '-   ', '-\t', '3.\t', '> ', '>', '>\t'] as const;

/** markdown-it counts the columns of a tab in its own way behind the marks of more than one container. */
const nestings = fc
  .array(fc.constantFrom(...markers), { minLength: 1, maxLength: 4 })
  .filter((nested) => !/>.*\t/.test(nested.join('').replace(/^>\t/, '> ')));

/** The marks of containers in each other, and what its further lines begin with. */
function placeOf(nested: readonly (typeof markers)[number][]): Place {
  let first = '';
  let further = '';
  for (const marker of nested) {
    const before = columnsOf(first);
    first += marker;
    const width = columnsOf(first) - before;
    further += marker.startsWith('>') ? '>'.padEnd(Math.max(2, width)) : ' '.repeat(width);
  }
  return { first, further };
}

function columnsOf(text: string): number {
  let column = 0;
  for (const char of text) column += char === '\t' ? 4 - (column % 4) : 1;
  return column;
}

/** The marks of an item or quote may be in a line of their own, before its first line of text. */
const answers = fc
  .record({
    nested: nestings,
    marks: fc.constantFrom('```', '~~~', '`````'),
    info: fc.constantFrom('', 'js'),
    code: fc.array(fc.constantFrom('c', '  c', '> c', '- c', '', '# c'), {
      minLength: 1,
      maxLength: 5,
    }),
    isClosed: fc.boolean(),
    /** Before the fence: nothing, text in the same place, with a line of it outside, or an empty line. */
    before: fc.constantFrom('', 'text', 'lazy', 'blank', 'empty'),
    after: fc.constantFrom('', 'text', 'blank', 'item', 'outside'),
    around: fc.boolean(),
  })
  .map(({ nested, marks, info, code, isClosed, before, after, around }) => {
    let words = 0;
    const word = (kind: 'w' | 'c'): string => {
      words += 1;
      return `${kind}${words}`;
    };
    const { first, further } = placeOf(nested);
    const lines: string[] = around ? [word('w'), ''] : [];
    const from = lines.length;
    const add = (line: string): void => {
      lines.push(`${lines.length === from ? first : further}${line}`);
    };
    if (before === 'text' || before === 'lazy' || before === 'empty') add(word('w'));
    if (before === 'lazy') lines.push(word('w'));
    if (before === 'empty') add('');
    if (before === 'blank') add('');
    add(`${marks}${info}`);
    for (const line of code) add(line.replace('c', () => word('c')));
    const isOver = isClosed || after !== '';
    if (isOver) add(marks);
    if (after === 'text') add(word('w'));
    if (after === 'blank') {
      add('');
      add(word('w'));
    }
    if (after === 'item') lines.push(`${first}${word('w')}`);
    if (after === 'outside') lines.push('', word('w'));
    return lines.join('\n');
  })
  // An item whose first line is empty ends before what is not its own: then there is another tree.
  .filter((text) => !/^[\s>*+\d.)-]*$/.test(text));

/** The code, the words and the rules of a text, by CommonMark alone. */
function truthOf(text: string) {
  const tokens = markdown.parse(text, {});
  const isCode = ({ type }: { type: string }) => type === 'fence' || type === 'code_block';
  return {
    code: tokens
      .filter(isCode)
      .flatMap(({ content }) => content.split('\n').filter((line) => line.trim() !== '')),
    words: text.match(/\b[wc]\d+\b/g) ?? [],
    rules: tokens.filter(({ type }) => type === 'hr').length,
  };
}

describe.each(Object.entries(forms))('%s', (_, shownBy) => {
  it('draws code of every nesting, loses no text, and leaves no marker alone', () => {
    fc.assert(
      fc.property(answers, (text) => {
        expect(wrongIn(shownBy(text), truthOf(text))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

everyRow(Object.entries(forms))('%s: also where the code is cut', (_, shownBy) => {
  fc.assert(
    fc.property(nestings, fc.constantFrom('```', '~~~'), fc.boolean(), (nested, marks, hasText) => {
      const { first, further } = placeOf(nested);
      const rows = Array.from({ length: 40 }, (_, n) => `c${n} is a line of code`);
      const block = [...(hasText ? ['w1'] : []), `${marks}js`, ...rows, marks, 'w2'];
      const text = block.map((line, n) => `${n === 0 ? first : further}${line}`).join('\n');
      const parts = chunkText(text, { characters: 300, bytes: 2800 }).flatMap(shownBy);
      expect(parts.length).toBeGreaterThan(2);
      expect(wrongIn(parts, truthOf(text))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

everyRow([
  [
    'a table',
    '- > | a | b |\n  > |---|---|\n  > | w1 | w2 |',
    ['w1', 'w2'],
    'a   b\n--  --\nw1  w2',
  ],
  ['an image', '> 1. - ![](img_v3_1)\n> w1', ['w1'], ''],
  ['an image behind an empty line', '- >\n  > ![](img_v3_1)\n  >\n  > w1', ['w1'], ''],
  ['code after a rule', 'w1\n\n* * *\n\n- > ```\n  > c2\n  > ```', ['w1', 'c2'], 'c2'],
  ['code in bullets like a rule', '- - - ```\n      c1\n      ```', ['c1'], 'c1'],
])('leaves no marker alone in a post: %s', (_, text, words, code) => {
  const rules = text.includes('* * *') ? 1 : 0;
  const truth = { code: code === '' ? [] : code.split('\n'), words, rules };
  expect(wrongIn(forms.post?.(text) ?? [], truth)).toEqual([]);
});

it('keeps a rule before code in a post', () => {
  expect(forms.post?.('w1\n\n* * *\n\n- ```\n  c\n  ```')).toEqual(['w1\n\n* * *', '```\nc\n```']);
});
