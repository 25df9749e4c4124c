/** Emphasis beside Chinese, Japanese and Korean characters: what is read, and where Feishu needs a blank. */
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  isCjk,
  isWidePunctuation,
  needsBlank,
} from '../../../../../src/channel/answer/text/places/cjk.ts';
import { everyRow } from '../../../../support/every-row.ts';

/** The texts of the emphasis in a paragraph, marks included. */
function emphasised(text: string): readonly string[] {
  const document = parseMarkdown(text);
  const [leaf] = document.leaves;
  if (leaf?.kind !== 'paragraph') throw new Error(`no paragraph: ${text}`);
  return document
    .spansOf(leaf.text)
    .filter(({ kind }) => kind === 'emphasis')
    .map(({ start, end }) => text.slice(start, end));
}

everyRow([
  ['**注意：**请看', '**注意：**'],
  ['请看**（重要）**内容', '**（重要）**'],
  ['한국어**(강조)**입니다', '**(강조)**'],
  ['カタカナ**「引用」**です', '**「引用」**'],
  // A character of two code units.
  ['𠮷**（注）**𠮷', '**（注）**'],
  ['他说*“好”*。', '*“好”*'],
  ['~~旧价：~~新价', '~~旧价：~~'],
])('reads emphasis in %s', (text, expected) => expect(emphasised(text)).toEqual([expected]));

everyRow(['中_文_字', 'a**"b"**c', '注意** ：**请看', '**注意 **请看', '5**（注）'])(
  'reads none in %s',
  (text) => expect(emphasised(text)).toEqual([]),
);

it('needs a blank where the edge of emphasis is not seen', () => {
  const needed = [
    ['，', 'a'],
    ['a', '，'],
    ['“', '中'],
    ['中', '”'],
    ['a', '('],
    ['中', '"'],
    ['€', 'a'],
  ] as const;
  const free = [
    ['', '（'],
    [' ', '（'],
    ['\n', '（'],
    ['*', '，'],
    ['_', '，'],
    ['~', '，'],
    ['中', 'a'],
    ['a', 'b'],
    ['.', '('],
    ['(', 'a'],
  ] as const;
  expect(needed.filter(([outer, inner]) => !needsBlank(outer, inner))).toEqual([]);
  expect(free.filter(([outer, inner]) => needsBlank(outer, inner))).toEqual([]);
});

it('knows its characters', () => {
  expect([...'中ひカ한。，ｱ　'].filter((char) => !isCjk(char))).toEqual([]);
  expect([...'aé“—€ '].filter((char) => isCjk(char))).toEqual([]);
  expect([...'，。“”—€«'].filter((char) => !isWidePunctuation(char))).toEqual([]);
  expect([...'.,"!中é'].filter((char) => isWidePunctuation(char))).toEqual([]);
});
