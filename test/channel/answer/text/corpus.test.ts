import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { expect, it } from 'vitest';
import { createBlockAssembler } from '../../../../src/channel/answer/text/cut/blocks.ts';
import { ANSWER_LIMITS } from '../../../../src/channel/answer/text/limits.ts';
import { wireBytes } from '../../../../src/channel/answer/text/wire-bytes.ts';
import { chunkText } from '../../../support/chunk-text.ts';
import { generated, handWritten } from './corpus.ts';
import { openFence } from './open-fence.ts';

/** Read by the parser as it comes, without what the product adds to it. */
const markdown = new MarkdownIt({ html: false });
const small = { characters: 400, bytes: 2800 };

function streamed(text: string, sizes: readonly number[]): string[] {
  const assembler = createBlockAssembler('block');
  const blocks: string[] = [];
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    blocks.push(...assembler.push(text.slice(at, at + size)));
    at += size;
  }
  return [...blocks, ...assembler.end()];
}

/** Each way in which an answer reaches its messages. */
function* waysOf(text: string): Generator<{ way: string; parts: string[] }> {
  const sizes = fc.sample(
    fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 20 }),
    {
      numRuns: 1,
      seed: text.length,
    },
  )[0] ?? [7];
  yield { way: 'whole', parts: chunkText(text, ANSWER_LIMITS) };
  yield { way: 'whole, small', parts: chunkText(text, small) };
  const blocks = streamed(text, sizes);
  yield { way: 'streamed', parts: blocks };
  yield { way: 'streamed, small', parts: blocks.flatMap((block) => chunkText(block, small)) };
}

const corpus = [...handWritten, ...generated].map((text) => ({ text, ways: [...waysOf(text)] }));

/** Collects every failure of a rule over the corpus, so that one run shows them all. */
function failuresOf(
  rule: (text: string, parts: readonly string[], way: string) => string | undefined,
) {
  const failures: string[] = [];
  for (const [index, { text, ways }] of corpus.entries()) {
    for (const { way, parts } of ways) {
      const failure = rule(text, parts, way);
      if (failure !== undefined) failures.push(`answer ${index}, ${way}: ${failure}`);
    }
  }
  return failures.slice(0, 10);
}

/** Whether all characters of a text occur in another one, in order: what is repeated is between them. */
function isWithin(text: string, joined: string): string | undefined {
  let at = 0;
  for (const [index, char] of [...text].entries()) {
    at = joined.indexOf(char, at);
    if (at === -1) return [...text].slice(Math.max(0, index - 40), index + 20).join('');
    at += char.length;
  }
  return undefined;
}

const bare = (text: string): string => text.replace(/[\s>]/g, '');

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      token.children
        ? textOf(token.children)
        : ['text', 'code_inline', 'fence', 'code_block'].includes(token.type)
          ? token.content
          : '',
    )
    .join('');
}

it('loses nothing of an answer', () => {
  expect(
    failuresOf((text, parts) => {
      const lost = isWithin(bare(text), bare(parts.join('\n')));
      return lost === undefined ? undefined : `lost near ${JSON.stringify(lost)}`;
    }),
  ).toEqual([]);
});

it('repeats only headers, fences and marks that are closed and opened again', () => {
  expect(
    failuresOf((text, parts) => {
      const added = bare(parts.join('\n')).length - bare(text).length;
      // A header, an opening and a closing line for each cut at the very most.
      const allowed = (parts.length + 1) * 60;
      return added > allowed ? `${added} characters more in ${parts.length} parts` : undefined;
    }),
  ).toEqual([]);
});

it('shows the same text as the whole answer, in each part by itself', () => {
  expect(
    failuresOf((text, parts) => {
      const whole = bare(textOf(markdown.parse(text, {})));
      const shown = bare(parts.map((part) => textOf(markdown.parse(part, {}))).join('\n'));
      // Definitions of links work in their own part only.
      if (text.includes(']: http')) return undefined;
      const lost = isWithin(whole, shown);
      if (lost !== undefined) return `hides ${JSON.stringify(lost)}`;
      const marks =
        shown.replace(/[^*~[\]|#`]/g, '').length - whole.replace(/[^*~[\]|#`]/g, '').length;
      return marks > 0 ? `${marks} marks shown raw` : undefined;
    }),
  ).toEqual([]);
});

it('ends no part in a fence or behind a list marker, and begins none with stray indentation', () => {
  expect(
    failuresOf((text, parts) => {
      const isCode = /(?:^|\n) {4}\S/.test(text);
      for (const part of parts) {
        // One part is the answer as it is, and may leave its fence open.
        if (part !== text && openFence(part) !== undefined) return `open fence: ${part.slice(-60)}`;
        if (part !== text && /(?:^|\n)[ >]*(?:[-*+]|\d+[.)])$/.test(part))
          return `marker: ${part.slice(-60)}`;
        const first = markdown.parse(part, {})[0];
        if (!isCode && first?.type === 'code_block') return `indented: ${part.slice(0, 60)}`;
      }
      return undefined;
    }),
  ).toEqual([]);
});

it('keeps each part within its limits', () => {
  expect(
    failuresOf((_text, parts, way) => {
      const limits = way.includes('small') ? small : ANSWER_LIMITS;
      const long = parts.find(
        (part) => part.length > limits.characters || wireBytes(part) > limits.bytes,
      );
      return long === undefined || way === 'streamed' ? undefined : `${long.length} characters`;
    }),
  ).toEqual([]);
});
