/** A question in words: what a person copies from it is what the button would have said. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../src/channel/answer/text/parse/parse.ts';
import { plainText } from '../../../src/channel/answer/text/render/plain.ts';
import { choiceAsText } from '../../../src/channel/choice/choice-as-text.ts';
import { localize } from '../../../src/shared/text/text.ts';

const shown = (question: Parameters<typeof choiceAsText>[0]): string =>
  plainText(parseMarkdown(choiceAsText(question, 'en')));

it('shows commands as they are to be written, whatever marks they hold', () => {
  const marks = fc.constantFrom(...'*_`~[]()<>#+-=!|&;\\:@/ .1aZ中');
  const words = fc
    .array(marks, { minLength: 1, maxLength: 30 })
    .map((characters) => characters.join('').replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  fc.assert(
    fc.property(words, words, (text, value) => {
      const lines = shown({ text: 'Well?', rows: [[{ text, value }]] }).split('\n');
      expect(lines.at(-1)).toBe(text === value ? `- ${text}` : `- ${text}: ${value}`);
    }),
    { numRuns: 2000 },
  );
});

it('shows a literal text line by line, its marks included, below the title', () => {
  const text = 'Command: rm -rf **build**\n```\nCWD: /srv';
  const rows = [[{ text: { en: 'Deny', zh: '拒绝' }, value: '/approve 1 deny' }]];
  const title = localize({ en: 'Approval needed', zh: '需要批准' });
  expect(shown({ title, text, isLiteral: true, rows })).toBe(
    `Approval needed\n\n${text}\n\nReply with one of:\n\n- Deny: /approve 1 deny`,
  );
});

it('lists links by themselves: there is nothing to reply to them', () => {
  const rows = [[{ text: 'Docs', url: 'https://example.com/a_b_c' }, { text: 'Go' }]];
  expect(shown({ text: '', rows })).toBe(
    '- Docs: https://example.com/a_b_c\n\nReply with one of:\n\n- Go',
  );
});
