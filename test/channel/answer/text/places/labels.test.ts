/** The labels of links, and long runs of brackets. */
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { cardMarkdown } from '../../../../../src/channel/answer/text/render/render-card.ts';
import { everyRow } from '../../../../support/every-row.ts';

const shown = (text: string): string => cardMarkdown(parseMarkdown(text));

it('reads brackets inside of a label', () => {
  const nested = `${'['.repeat(8)}a${']'.repeat(8)}`;
  for (const label of ['a', '[a]', 'a [b] c', '[[a] [b]]', nested]) {
    expect(shown(`[${label}](https://a.b/c)`), label).toContain('](https://a.b/c)');
  }
});

it('shows what is no label as it was written', () => {
  const deep = `${'['.repeat(9)}a${']'.repeat(9)}`;
  for (const text of ['[a', '[[a]', '![', '[[[[', `[${deep}]`]) {
    const plain = shown(text).replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
    expect(plain, text).toBe(text);
  }
});

it('reads a link behind a long run of brackets', () => {
  for (const run of ['['.repeat(5000), '![ '.repeat(2000), '[a '.repeat(2000)]) {
    expect(shown(`${run}[b](https://a.b/c)`)).toContain('[b](https://a.b/c)');
  }
});

/** The links and images of a text, by the texts of their labels and their addresses. */
function labelsIn(text: string): readonly string[] {
  const document = parseMarkdown(text);
  const [leaf] = document.leaves;
  if (leaf?.kind !== 'paragraph') throw new Error(`no paragraph: ${text}`);
  return document
    .spansOf(leaf.text)
    .flatMap((span) =>
      span.kind === 'link' || span.kind === 'image'
        ? [`${document.source.slice(span.start, span.labelEnd)}](${span.address})`]
        : [],
    );
}

everyRow([
  ['[a]](b)', []],
  ['[[a](b)', ['[a](b)']],
  ['[a](b)](c)', ['[a](b)']],
  ['[a \\] b](c)', ['[a \\] b](c)']],
  ['[a \\[ b](c)', ['[a \\[ b](c)']],
  ['[a `]` b](c)', ['[a `]` b](c)']],
  ['[a <https://x.y/]> b](c)', ['[a <https://x.y/]> b](c)']],
  ['[a [b] c](d)', ['[a [b] c](d)']],
  ['[a [b](c) d](e)', ['[b](c)']],
  ['[a ![b](c) d](e)', ['[a ![b](c) d](e)', '![b](c)']],
  ['![a [b](c) d](e)', ['![a [b](c) d](e)']],
  ['![a ![b](c) d](e)', ['![a ![b](c) d](e)']],
  ['[a](b) [c](d) ![e](f)', ['[a](b)', '[c](d)', '![e](f)']],
  [`[${'[a]'.repeat(20)}](b)`, [`[${'[a]'.repeat(20)}](b)`]],
])('the labels in %j', (text, labels) => expect(labelsIn(text)).toEqual(labels));
