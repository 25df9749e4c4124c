/** 10,000 generated contents: no type throws, exceeds its bounds or loses a readable text. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { contentTypes } from '../../../../src/channel/message/content/types/all.ts';

const numRuns = 5000;

const mentions = [
  { key: '@_user_1', openId: 'ou_bot', name: 'Bot' },
  { key: '@_user_2', openId: 'ou_anna', name: 'Anna' },
];

function read(messageType: string, content: unknown, lang: 'en' | 'zh' = 'en') {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  return readMessage({ messageType, content: json, mentions }, { botOpenId: 'ou_bot', lang });
}

const json = fc.jsonValue({ maxDepth: 4 });
const hostile = fc.constantFrom(
  '@_user_2 ',
  '![](img_a)',
  '[image 1]',
  '`',
  '<at id=all></at>',
  "<font color='red'>",
  '\n> ',
  '\u202e',
  '\ud83d',
  '请升级至最新版本客户端，以查看内容',
);
const repeated = (times: number) => hostile.map((text) => text.repeat(times));
const anyText = fc.oneof(
  { weight: 20, arbitrary: fc.string() },
  { weight: 20, arbitrary: repeated(1) },
  { weight: 10, arbitrary: repeated(100) },
  { weight: 1, arbitrary: repeated(20_000) },
);
const keys =
  'text title content content_v2 files elements tag user_id image_key img_key file_key file_name name duration speech_to_text topic options summary template header body columns rows user_dsl json_card style href actions fields extra';
const tags =
  'text a at img media emotion code_block hr md file audio div note action button markdown table column_set select_static form mystery';

const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    anyText,
    json,
    fc.array(tie('node'), { maxLength: 5 }),
    fc
      .tuple(
        fc.constantFrom(...tags.split(' ')),
        fc.dictionary(fc.constantFrom(...keys.split(' ')), tie('node'), { maxKeys: 5 }),
      )
      .map(([tag, fields]) => ({ tag, ...fields })),
  ),
}));

it('never throws, and keeps its bounds', () => {
  const names = [...contentTypes.flatMap(({ names: all }) => all), 'later', '__proto__'];
  const types = fc.oneof(fc.constantFrom(...names), fc.constantFrom('post', 'interactive'));
  fc.assert(
    fc.property(types, fc.constantFrom('en', 'zh'), node, (type, lang, content) => {
      const { text, command, attachments } = read(type, content, lang);
      expect(text.length).toBeLessThanOrEqual(100_000);
      expect(command.length).toBeLessThanOrEqual(text.length);
      expect(attachments.length).toBeLessThanOrEqual(50);
      expect(attachments.map(({ id }) => id)).toEqual(attachments.map((_, index) => index + 1));
      const missing = attachments.filter(({ placeholder }) => !text.includes(placeholder));
      expect(missing).toEqual([]);
    }),
    { numRuns },
  );
});

/** Each text is a word of its own, so that it can be looked for. */
const word = fc.stringMatching(/^[a-z]{3,8}$/);
const plainText = (content: string) => ({ tag: 'plain_text', content });

const cardElement = fc.letrec<{ element: unknown }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 4 },
    fc.record({ tag: fc.constant('markdown'), content: word }),
    fc.record({ tag: fc.constant('text'), text: word }),
    fc.record({ tag: fc.constant('a'), text: word, href: fc.constant('https://e.com') }),
    word.map((text) => ({ tag: 'button', text: plainText(text) })),
    word.map((text) => ({ tag: 'checker', text: plainText(text) })),
    fc.array(word).map((list) => ({
      tag: 'select_static',
      options: list.map((text) => ({ text: plainText(text) })),
    })),
    fc.tuple(word, fc.array(word), tie('element')).map(([text, list, extra]) => ({
      tag: 'div',
      text: { tag: 'lark_md', content: text },
      fields: list.map((field) => ({ text: plainText(field) })),
      extra,
    })),
    fc.tuple(word, fc.array(word)).map(([column, cells]) => ({
      tag: 'table',
      columns: [{ name: 'c', display_name: column }],
      rows: cells.map((text) => ({ c: text })),
    })),
    fc
      .tuple(
        fc.constantFrom('note', 'form', 'interactive_container', 'column', 'later'),
        fc.array(tie('element'), { maxLength: 4 }),
      )
      .map(([tag, elements]) => ({ tag, elements })),
    fc.array(fc.array(tie('element'), { maxLength: 3 }), { maxLength: 3 }).map((columns) => ({
      tag: 'column_set',
      columns: columns.map((elements) => ({ tag: 'column', elements })),
    })),
    fc.array(tie('element'), { maxLength: 3 }).map((actions) => ({ tag: 'action', actions })),
    fc.tuple(word, fc.array(tie('element'), { maxLength: 3 })).map(([title, elements]) => ({
      tag: 'collapsible_panel',
      header: { title: plainText(title) },
      elements,
    })),
  ),
})).element;

/** The words in a content: each string that is neither a tag, a name of a column nor an address. */
function wordsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ['tag', 'name', 'href'].includes(key) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((entry) => wordsIn(entry, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => wordsIn(inner, name));
}

it('loses no readable text of a card, in any of its forms', () => {
  const elements = fc.array(cardElement, { maxLength: 5 });
  fc.assert(
    fc.property(word, elements, fc.nat(3), (title, list, form) => {
      const header = { title: plainText(title) };
      const forms = [
        { header, elements: list },
        { schema: '2.0', header, body: { elements: list } },
        { user_dsl: JSON.stringify({ schema: '2.0', header, body: { elements: list } }) },
        { title, elements: list.map((element) => [element]) },
      ];
      const { text } = read('interactive', forms[form]);
      expect([title, ...wordsIn(list)].filter((one) => !text.includes(one))).toEqual([]);
    }),
    { numRuns },
  );
});
