import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { cardMarkdown } from '../../../../../src/channel/answer/text/render/render-card.ts';

const reader = new MarkdownIt();

const codeIn = (markdown: string): readonly string[] =>
  reader
    .parse(markdown, {})
    .filter(({ type }) => type === 'fence')
    .map(({ content }) => content.trimEnd());

it('keeps the indent of code in quotes and lists, where part of a tab belongs to the mark before it', () => {
  const openings = [
    '>',
    '> ',
    '>\t',
    '> >',
    '>>',
    '> > ',
    '>  >',
    '- ',
    '-\t',
    '1. ',
    '> - ',
    '- > ',
  ];
  const indents = ['', ' ', '\t', ' \t', '  \t', '\t\t'];
  const wrong: object[] = [];
  for (const opening of openings) {
    const next = opening.replace('-', ' ').replace('1.', '  ');
    for (const indent of indents) {
      const markdown = `${opening}\`\`\`\n${next}${indent}code\n${next}\`\`\``;
      const [wanted, shown] = [codeIn(markdown), codeIn(cardMarkdown(parseMarkdown(markdown)))];
      if (wanted.join('|') !== shown.join('|')) wrong.push({ markdown, wanted, shown });
    }
  }
  expect(wrong).toEqual([]);
});
