/** The marks of an inline text, at their places in the source. */
import { expect, it } from 'vitest';
import { MAX_INLINE } from '../../../../../src/channel/answer/text/limits.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { linesOf } from '../../../../../src/channel/answer/text/parse/spans.ts';
import { everyRow } from '../../../../support/every-row.ts';

/** Each mark as its kind and its text, and what it means behind an arrow; the outermost first. */
function spansIn(text: string): readonly string[] {
  const document = parseMarkdown(text, ['ou_a']);
  return document.leaves.flatMap((leaf) => {
    const texts = leaf.kind === 'table' ? leaf.cells : 'text' in leaf ? [leaf.text] : [];
    return texts.flatMap((inline) =>
      document.spansOf(inline).map((span) => {
        const written = `${span.kind} ${document.source.slice(span.start, span.end)}`;
        switch (span.kind) {
          case 'emphasis':
            return `${written} → ${span.marks}`;
          case 'link':
          case 'image':
            return `${written} → ${document.source.slice(span.start, span.labelEnd)} ${span.address}`;
          case 'autolink':
            return `${written} → ${span.address}`;
          case 'entity':
            return `${written} → ${span.text}`;
          case 'mention':
            return `${written} → ${span.openId} ${span.name}`;
          default:
            return written;
        }
      }),
    );
  });
}

everyRow([
  ['plain text', []],
  ['*a*', ['emphasis *a* → *']],
  ['__a__ _b_', ['emphasis __a__ → __', 'emphasis _b_ → _']],
  ['~~a~~', ['emphasis ~~a~~ → ~~']],
  ['***a***', ['emphasis ***a*** → *', 'emphasis **a** → **']],
  ['**a *b* c**', ['emphasis **a *b* c** → **', 'emphasis *b* → *']],
  ['**a*', ['emphasis *a* → *']],
  ['*a**', ['emphasis *a* → *']],
  ['2 * 3 * 4 a_b_c', []],
  ['x `a` `` b`c ``', ['code `a`', 'code `` b`c ``']],
  ['`a', []],
  ['**`a`**', ['emphasis **`a`** → **', 'code `a`']],
  ['[a *b*](c)', ['link [a *b*](c) → [a *b* c', 'emphasis *b* → *']],
  ['[a](c "d")', ['link [a](c "d") → [a c']],
  ['[a](<b c>)', ['link [a](<b c>) → [a b c']],
  ['[a]()', ['link [a]() → [a ']],
  ['![a *b*](c)', ['image ![a *b*](c) → ![a *b* c']],
  ['![a](b) *c*', ['image ![a](b) → ![a b', 'emphasis *c* → *']],
  ['[![a](b)](c)', ['link [![a](b)](c) → [![a](b) c', 'image ![a](b) → ![a b']],
  // Links are not within each other, but within the label of an image.
  ['[a [b](c) d](e)', ['link [b](c) → [b c']],
  ['![a [b](c) d](e)', ['image ![a [b](c) d](e) → ![a [b](c) d e']],
  ['[a][r]\n\n[r]: https://x.y', ['link [a][r] → [a https://x.y']],
  ['[r] [r][]\n\n[r]: u', ['link [r] → [r u', 'link [r][] → [r u']],
  ['![r]\n\n[r]: u', ['image ![r] → ![r u']],
  ['[a]', []],
  ['<https://a.b/c>', ['autolink <https://a.b/c> → https://a.b/c']],
  ['<a@b.c>', ['autolink <a@b.c> → mailto:a@b.c']],
  ['<b> &copy &x;', []],
  ['&copy;&#35;&amp;', ['entity &copy; → ©', 'entity &#35; → #', 'entity &amp; → &']],
  ['\\*a\\* \\\\', ['escape \\*', 'escape \\*', 'escape \\\\']],
  // A backslash before a character without a meaning is text.
  ['C:\\a \\ b \\1 \\中 \\\u3000', []],
  ['`\\*`', ['code `\\*`']],
  ['a\\\nb', ['break \\\n']],
  ['a  \nb', ['break \n']],
  ['a \nb', []],
  ['a\nb', []],
  ['see https://a.b/c_d_', ['url https://a.b/c_d_']],
  ['**https://a.b/c**', ['emphasis **https://a.b/c** → **', 'url https://a.b/c']],
  ['*see https://a.b/c*', ['emphasis *see https://a.b/c* → *', 'url https://a.b/c']],
  ['`https://a.b` <https://a.b>', ['code `https://a.b`', 'autolink <https://a.b> → https://a.b']],
  ['[https://a.b](c) https://d.e', ['link [https://a.b](c) → [https://a.b c', 'url https://d.e']],
  [
    '*a* https://b.c *d* https://e.f *g*',
    [
      'emphasis *a* → *',
      'url https://b.c',
      'emphasis *d* → *',
      'url https://e.f',
      'emphasis *g* → *',
    ],
  ],
  [
    'https://a.b\n**https://c.d**\nhttps://e.f',
    ['url https://a.b', 'emphasis **https://c.d** → **', 'url https://c.d', 'url https://e.f'],
  ],
  ['<at user_id="ou_a">A</at>', ['mention <at user_id="ou_a">A</at> → ou_a A']],
  [
    '**<at user_id="ou_a">A</at>**',
    ['emphasis **<at user_id="ou_a">A</at>** → **', 'mention <at user_id="ou_a">A</at> → ou_a A'],
  ],
  ['<at user_id="ou_b">B</at> `<at user_id="ou_a">A</at>`', ['code `<at user_id="ou_a">A</at>`']],
  [
    '`x` <at user_id="ou_a">A</at> `y` <at user_id="ou_a">B</at>',
    [
      'code `x`',
      'mention <at user_id="ou_a">A</at> → ou_a A',
      'code `y`',
      'mention <at user_id="ou_a">B</at> → ou_a B',
    ],
  ],
])('the marks in %j', (text, spans) => expect(spansIn(text)).toEqual(spans));

everyRow([
  ['# *a* #', ['emphasis *a* → *']],
  ['  ## **a** b ##  ', ['emphasis **a** → **']],
  ['a *b*\n===', ['emphasis *b* → *']],
  ['> *a\n> b* c', ['emphasis *a\n> b* → *']],
  ['> a\\\n> *b*', ['break \\\n', 'emphasis *b* → *']],
  ['> *a\nb*', ['emphasis *a\nb* → *']],
  ['- a\n  `b\n  c` *d*', ['code `b\n  c`', 'emphasis *d* → *']],
  ['> - a\n>   [b\n>   c](d)', ['link [b\n>   c](d) → [b\n>   c d']],
  ['   *a*   \n \t*b*  ', ['emphasis *a* → *', 'break \n \t', 'emphasis *b* → *']],
  [
    '| *a* | `b\\|c` |\n|---|---|\n| d | **e** |',
    ['emphasis *a* → *', 'code `b\\|c`', 'emphasis **e** → **'],
  ],
])('the marks in the block %j', (text, spans) => expect(spansIn(text)).toEqual(spans));

it('has only the addresses of a very long paragraph', () => {
  const long = (length: number) => `**b** https://a.b/c ${'word '.repeat(length)}`.slice(0, length);
  expect(spansIn(`${long(MAX_INLINE - 1)}x`)).toEqual(['emphasis **b** → **', 'url https://a.b/c']);
  expect(spansIn(`${long(MAX_INLINE)}x`)).toEqual(['url https://a.b/c']);
});

it('finds the lines of a text in the source', () => {
  const document = parseMarkdown('> a b\n>  c\nd \n\n# e #\n\n#');
  const lines = document.leaves.map((leaf) =>
    'text' in leaf
      ? linesOf(leaf.text).map(({ start, end }) => document.source.slice(start, end))
      : [],
  );
  expect(lines).toEqual([['a b', 'c', 'd'], ['e'], []]);
});
