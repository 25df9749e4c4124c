import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { expect, it } from 'vitest';
import { contentOf } from '../../../src/channel/answer/formats/all.ts';
import { answerParts } from '../../../src/channel/answer/parts.ts';
import { CARD_BODY_BYTES, TEXT_BODY_BYTES } from '../../../src/platform/limits.ts';
import { faultInCard } from '../../../src/sandbox/cards/check-card.ts';
import { everyRow } from '../../support/every-row.ts';
import { answers, pieces } from './text/answers.ts';
import { openFence } from './text/open-fence.ts';

const modes = ['auto', 'card', 'post', 'text'] as const;
const rules = { allowsAtAll: false };

interface Seen {
  readonly text: string;
  /** Each text that a client reads as Markdown by itself. */
  readonly markdown: readonly string[];
  readonly fault: string | undefined;
}

function seen(part: Parameters<typeof contentOf>[0]): Seen {
  const { msgType, content } = contentOf(part);
  const value = JSON.parse(content);
  const bytes = Buffer.byteLength(JSON.stringify(content));
  const max = msgType === 'text' ? TEXT_BODY_BYTES : CARD_BODY_BYTES;
  const fault = bytes > max ? `${bytes} bytes` : undefined;
  if (msgType === 'text') return { text: value.text, markdown: [], fault };
  if (msgType === 'post') {
    const rows: { tag: string; text?: string; image_key?: string }[][] = value.zh_cn.content;
    const texts = rows.flat().map(({ text, image_key }) => text ?? image_key ?? '');
    const markdown = rows.flat().flatMap(({ tag, text }) => (tag === 'md' && text ? [text] : []));
    return { text: decoded(texts.join('\n')), markdown, fault };
  }
  const markdown = value.body.elements.map((element: { content: string }) => element.content);
  const title = value.header?.title.content ?? '';
  const refused = faultInCard(value, rules);
  return {
    text: `${title}\n${decoded(markdown.join('\n'))}`,
    markdown,
    fault: fault ?? (refused && JSON.stringify(refused)),
  };
}

function decoded(markdown: string): string {
  return markdown
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&zwj;', '');
}

/** Letters and digits: marks, blanks and entities differ by format. */
const bare = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

/** Read by the parser as it comes, without what the product adds to it. */
const markdown = new MarkdownIt({ html: false });

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ children, type, content }) => {
      if (children) return textOf(children);
      return ['text', 'code_inline', 'fence', 'code_block'].includes(type) ? content : '';
    })
    .join('');
}

/** Characters that occur more often than in another text; a table as a list has another order. */
function missingFrom(text: string, shown: string): string | undefined {
  const counts = new Map<string, number>();
  for (const char of shown) counts.set(char, (counts.get(char) ?? 0) + 1);
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) - 1);
  const missing = [...counts].filter(([, count]) => count < 0).map(([char]) => char);
  return missing.length === 0 ? undefined : missing.join('');
}

/** Where a text stops to be found in another one, in order. */
function lostIn(text: string, shown: string): string | undefined {
  let place = 0;
  for (let index = 0; index < text.length; index += 1) {
    place = shown.indexOf(text.charAt(index), place) + 1;
    if (place === 0) return text.slice(Math.max(0, index - 30), index + 20);
  }
  return undefined;
}

function failureIn(text: string, mode: (typeof modes)[number]): string | undefined {
  const style = { renderMode: mode, allowMentionAll: false };
  const { parts } = answerParts(text, { leftOut: () => '', style });
  const all = parts.map(seen);
  const fault = all.find((part) => part.fault !== undefined)?.fault;
  if (fault !== undefined) return fault;
  for (const [index, { markdown }] of all.entries()) {
    const open = markdown.find((element) => openFence(element) !== undefined);
    if (open !== undefined) return `open fence: ${open.slice(-60)}`;
    // Tags with an open_id are mentions; nothing else is. Code of posts is shown as it is.
    const call = /<\/?at\b(?! (?:id=ou_|user_id="ou_)|>)[^>]*/i.exec(markdown.join('\n'))?.[0];
    if (parts[index]?.type === 'card' && call !== undefined) return `calls people: ${call}`;
  }
  const tokens = markdown.parse(text, {});
  // Tags of people, line breaks and boxes of tasks are read.
  const whole = bare(textOf(tokens).replace(/<\/?(?:at|br)\b[^>]*>|\[[xX]\] /gi, ''));
  const shown = bare(all.map((part) => part.text).join('\n'));
  const isTable = tokens.some(({ type }) => type === 'table_open');
  const lost = isTable ? missingFrom(whole, shown) : lostIn(whole, shown);
  return lost === undefined ? undefined : `lost near ${JSON.stringify(lost)}`;
}

it('has 300 answers', () => expect(new Set(answers).size).toBe(300));

everyRow(modes)('shows each of 300 answers whole and validly: %s', (mode) => {
  const failures = answers.flatMap((text, index) => {
    const failure = failureIn(text, mode);
    return failure === undefined ? [] : [`answer ${index}: ${failure}`];
  });
  expect(failures.slice(0, 10)).toEqual([]);
});

const indented = fc
  .tuple(fc.constantFrom(...pieces), fc.constantFrom('> ', '   ', '- ', '1. ', '\t'))
  .map(([piece, mark]) =>
    piece
      .split('\n')
      .map((line, index) => (index > 0 && /[-.]/.test(mark) ? `   ${line}` : mark + line))
      .join('\n'),
  );
const cut = fc
  .tuple(fc.constantFrom(...pieces), fc.nat(200), fc.nat(200))
  .map(([piece, from, length]) => piece.slice(from % piece.length, (from % piece.length) + length));
const mark = fc.constantFrom(
  ...'*_`~[]()<>!|#-+\\&$:@ \n'.split(''),
  '\n\n',
  '```',
  '**',
  '汉',
  'a',
  '\u3000',
  '\u00a0',
);
const noise = fc.array(mark, { maxLength: 40 }).map((marks) => marks.join(''));
const answer = fc
  .array(fc.oneof(fc.constantFrom(...pieces), indented, cut, noise), { minLength: 1, maxLength: 6 })
  .chain((list) => fc.constantFrom('\n\n', '\n', '').map((joint) => list.join(joint)));

it('shows 10,000 generated answers whole and validly', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(answer, fc.constantFrom(...modes), (text, mode) => {
      expect(failureIn(text, mode)).toBeUndefined();
    }),
    { numRuns: 10_000, seed: 20261127 },
  );
});

it('shows a single paragraph of 100 KB in every mode', { timeout: 60_000 }, () => {
  for (const unit of [
    'word ',
    '汉字。',
    '**b** ',
    '<at id=all> ',
    '[a](b',
    '`x',
    'https://a.b/汉 ',
  ]) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    for (const mode of modes)
      expect([unit, mode, failureIn(text, mode)]).toEqual([unit, mode, undefined]);
  }
});
