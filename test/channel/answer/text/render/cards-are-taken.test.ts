/** Whatever an answer says, its card is one that the platform takes, by the sandbox's strict rules. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  cardContent,
  cardMarkdown,
} from '../../../../../src/channel/answer/text/render/render-card.ts';
import { faultInCard } from '../../../../../src/sandbox/cards/check-card.ts';
import { generated, handWritten } from '../corpus.ts';

const rules = { allowsAtAll: false };
/** More than three tables are for the caller to cut. */
const isTooMany = (fault: { readonly code: number } | undefined): boolean =>
  fault?.code === 11310 || fault?.code === 300305;

function faultOf(text: string): unknown {
  const document = parseMarkdown(text);
  const growing = { tag: 'markdown', content: cardMarkdown(document, { isOpen: true }) };
  const cards = [{ ...cardContent(document) }, { schema: '2.0', body: { elements: [growing] } }];
  return cards.map((card) => faultInCard(card, rules)).find((fault) => fault && !isTooMany(fault));
}

it('of the corpus', () => {
  const failures = [...handWritten, ...generated].flatMap((text) => {
    const fault = faultOf(text);
    return fault ? [{ fault, text }] : [];
  });
  expect(failures).toEqual([]);
});

const pieces = fc.constantFrom(
  '看https://example.com吧',
  'https://example.com/a，好',
  '见 https://x.y/路径',
  'https://x.y<b>中</b>',
  'https://x.y)a中',
  '<https://x.y>中',
  '![图](https://x.y/a.png)',
  '![a](./a.png "t")',
  '![a][r]',
  '[![b](c.svg)](https://x.y)',
  '<at id=all></at>',
  '<at id="all"></at>',
  "<at id='all' ></at>",
  '<at user_id="all">x</at>',
  '`<at id=all></at>`',
  '```\n![a](b)\nhttps://x.y中\n```',
  '~~~\n<at id=all>\n',
  '| a | b |\n|---|:-:|\n| ![x](y) | 看https://x.y中 |',
  '> 引用https://x.y。中',
  '- 项https://x.y/中',
  '**粗**https://x.y',
  '\\![a](b)',
  'text',
  '汉字',
  '\n',
  '\n\n',
  ' ',
  '`',
  '``',
);

it('of texts made of what could break them', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      expect(faultOf(parts.join(''))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
