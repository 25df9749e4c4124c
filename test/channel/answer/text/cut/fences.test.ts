/** A fence that an answer's messages cut is closed in one message and opened again in the next one. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { contentOf } from '../../../../../src/channel/answer/formats/all.ts';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { createBlockAssembler } from '../../../../../src/channel/answer/text/cut/blocks.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { chunkText } from '../../../../support/chunk-text.ts';
import { openFence } from '../open-fence.ts';

const markdown = new MarkdownIt({ html: false });
const small = { characters: 300, bytes: 2800 };

/** The first line of a fence's surroundings, and what stands before each further line. */
const places: readonly { readonly first: string; readonly further: string }[] = [
  { first: '', further: '' },
  { first: '- ', further: '  ' },
  { first: '10. ', further: '    ' },
  { first: '> ', further: '> ' },
  { first: '> - ', further: '>   ' },
  { first: '- > ', further: '  > ' },
  { first: '- - ', further: '    ' },
];
const fences = ['```', '~~~', '`````', '~~~~'];
const infos = ['', 'ts', 'python title="a b"'];

const codeLine = fc.constantFrom(
  'const answer = 42;',
  '',
  '  indented(by, two);',
  '# no heading',
  '- no item',
  '| no | table |',
  '> no quote',
  '中文注释，没有意义。',
  'x'.repeat(90),
  '**no emphasis',
);

const cutFence = fc.record({
  place: fc.constantFrom(...places),
  marks: fc.constantFrom(...fences),
  info: fc.constantFrom(...infos),
  code: fc.array(codeLine, { minLength: 30, maxLength: 90 }),
  isClosed: fc.boolean(),
  after: fc.constantFrom('', 'And this is what it does.', '- a list\n- behind it'),
});

function answerOf({ place, marks, info, code, isClosed, after }: Fence): string {
  const lines = [`${marks}${info}`, ...code, ...(isClosed ? [marks] : [])];
  const block = lines.map((line, index) => `${index === 0 ? place.first : place.further}${line}`);
  const end = isClosed && after !== '' ? `\n\n${after}` : '';
  return `See here:\n\n${block.join('\n')}${end}\n`;
}

type Fence = typeof cutFence extends fc.Arbitrary<infer Value> ? Value : never;

function streamed(text: string, size: number): string[] {
  const assembler = createBlockAssembler('block');
  const blocks: string[] = [];
  for (let at = 0; at < text.length; at += size) {
    blocks.push(...assembler.push(text.slice(at, at + size)));
  }
  return [...blocks, ...assembler.end()];
}

const fencesOf = (text: string) =>
  markdown.parse(text, {}).filter(({ type }) => type === 'fence' || type === 'code_block');

/** Blank lines at a cut are not repeated. */
const linesOf = (code: string): string[] => code.split('\n').filter((line) => line.trim() !== '');

it('closes a fence at each cut and opens it again with its language', () => {
  fc.assert(
    fc.property(cutFence, fc.integer({ min: 1, max: 200 }), (fence, size) => {
      const answer = answerOf(fence);
      const blocks = streamed(answer, size);
      const code = linesOf(fence.code.join('\n'));
      for (const parts of [
        chunkText(answer, small),
        blocks,
        blocks.flatMap((block) => chunkText(block, small)),
      ]) {
        const found = parts.flatMap(fencesOf);
        expect(parts.filter((part) => openFence(part) !== undefined)).toEqual([]);
        expect(found.flatMap(({ content }) => linesOf(content))).toEqual(code);
        const language = fence.info.split(' ')[0];
        expect(new Set(found.map(({ info }) => info.split(' ')[0]))).toEqual(new Set([language]));
      }
    }),
  );
});

it('shows the code of each message as code', () => {
  fc.assert(
    fc.property(cutFence, (fence) => {
      const shown = chunkText(answerOf(fence), small).map((part) => {
        const { msgType, content } = contentOf(partOf(parseMarkdown(part), 'post'));
        return msgType === 'post'
          ? (JSON.parse(content).zh_cn.content as { text: string }[][])
              .flat()
              .map(({ text }) => text)
              .join('\n')
          : '';
      });
      expect(shown.flatMap(fencesOf).flatMap(({ content }) => linesOf(content))).toEqual(
        linesOf(fence.code.join('\n')),
      );
    }),
  );
});
