/** The small rules by which cards are read: tags, elements, tables, hints, levels. */
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { isWholeCard } from '../../../../src/channel/message/content/types/card.ts';
import { everyRow } from '../../../support/every-row.ts';

function read(messageType: string, content: unknown, lang: 'en' | 'zh' = 'en'): string {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  const message = { messageType, content: json, mentions: [] };
  return readMessage(message, { botOpenId: 'ou_bot', lang }).text;
}
const card = (...elements: unknown[]) => read('interactive', { body: { elements } });

describe('a card', () => {
  const markdown = (content: string) => card({ tag: 'markdown', content }).replace('[card]\n', '');

  everyRow([
    [
      '<a href="https://e.com">t</a> <link url=https://f.com>u</link>',
      '[t](https://e.com) [u](https://f.com)',
    ],
    ['<a>bare</a><a href=x></a>', 'barex'],
    [
      "<local_datetime millisecond='1795734000000' format='x'></local_datetime>",
      '2026-11-26 23:00 UTC',
    ],
    ['<local_datetime>now', 'now'],
    ['<person id="ou_1" show_name=true></person> <person id=ou_2>', '@ou_1 @ou_2'],
    ['a<br>b<br/>c<raw>d</raw><font color=red>e</font>', 'a\nb\ncde'],
    ['``<br>`` `<font>`', '``<br>`` `<font>`'],
    ['``a` <br> `b`` <br>c', '``a` <br> `b`` \nc'],
    ['``a` b<br>c', '``a` b\nc'],
    ['<a href=x>`y`</a> <link>', '[`y`](x) <link>'],
    ['<fonts> <branch>', '<fonts> <branch>'],
  ])('has the Markdown %j as %j', (content, expected) => {
    expect(markdown(content)).toBe(expected);
  });

  everyRow<[object[], string]>([
    [[{ tag: 'button', text: { content: 'B' }, multi_url: { url: 'u' } }], '[Button: B, u]'],
    [[{ tag: 'button', text: 'x', behaviors: [{}, { default_url: 'd' }] }], '[Button: x, d]'],
    [[{ tag: 'button', text: 'x', url: 'a', multi_url: { url: 'b' } }], '[Button: x, a]'],
    [[{ tag: 'date_picker', initial_date: 'd', placeholder: { content: 'p' } }], '[Date: p, d]'],
    [[{ tag: 'picker_time', initial_time: 't' }], '[Date: t]'],
    [
      [{ tag: 'overflow', options: [{ text: { content: 'a' } }, {}, { text: 'b' }] }],
      '[Select: a / b]',
    ],
    [[{ tag: 'select_person', placeholder: 'who' }], '[Select: who]'],
    [[{ tag: 'multi_select_person' }], '[Select]'],
    [[{ tag: 'input', label: { content: 'L' }, default_value: 'd' }], '[Input: L, d]'],
    [[{ tag: 'checker', text: { content: 'c' } }], '- [ ] c'],
    [[{ tag: 'checker', text: { content: 'c' }, checked: 'true' }], '- [ ] c'],
    [
      [
        { tag: 'a', text: '', href: '' },
        { tag: 'a', text: 't' },
        { tag: 'a', href: 'h' },
      ],
      't\nh',
    ],
    [
      [
        { tag: 'note', elements: [] },
        {
          tag: 'action',
          actions: [
            { tag: 'button', text: 'a' },
            { tag: 'button', text: 'b' },
          ],
        },
      ],
      '[Button: a] [Button: b]',
    ],
    [[{ tag: 'img_combination', combination_list: [{}, {}] }], '[image]\n[image]'],
    [
      [
        { tag: 'img', title: 't' },
        { tag: 'image', alt: 'a', title: 't' },
      ],
      '[image: t]\n[image: a]',
    ],
    [
      [
        [
          { tag: 'text', text: 'a' },
          { tag: 'button', text: 'b' },
          { tag: 'text', text: 'c' },
          { tag: 'a', text: 'd' },
          { tag: 'person', user_id: 'e' },
          { tag: 'later' },
          { tag: 'button', text: 'f' },
        ],
      ],
      'a [Button: b]cd @e [Button: f]',
    ],
    [
      [{ tag: 'chart', title: { content: 'T' }, elements: [{ tag: 'markdown', content: 'm' }] }],
      'T\nm',
    ],
    [[{ tag: 'collapsible_panel', header: { title: { content: 'H' } } }], 'H'],
    [
      [{ tag: 'div', text: 'a', fields: [{ text: 'b' }], extra: { tag: 'button', text: 'c' } }],
      'a\nb\n[Button: c]',
    ],
  ])('has the elements %j as %j', (elements, expected) => {
    expect(card(...elements)).toBe(`[card]\n${expected}`);
  });

  everyRow<[object, string, string]>([
    [
      {
        header: {
          title: {
            content: 'c',
            i18n_content: { zh_cn: '中', en_us: 'E' },
            i18n: { en_us: 'old' },
          },
        },
      },
      '[card: E]',
      '[卡片: 中]',
    ],
    [{ header: { title: { text: 't', i18n: { ja_jp: 'J' } } } }, '[card: t]', '[卡片: t]'],
    [
      { header: { title: { i18n: { ja_jp: 'J' } }, text_tag_list: [{ text: 'a' }, {}, 5] } },
      '[card: J, a]',
      '[卡片: J, a]',
    ],
    [{ title: 'T', header: { title: '', subtitle: 'S' } }, '[card: T, S]', '[卡片: T, S]'],
    [
      { body: { elements: [] }, elements: [{ tag: 'text', text: 'one' }] },
      '[card]\none',
      '[卡片]\none',
    ],
    [{ i18n_elements: { ja_jp: [{ tag: 'text', text: 'J' }] } }, '[card]\nJ', '[卡片]\nJ'],
    [{ user_dsl: 'null', title: 'T' }, '[card: T]', '[卡片: T]'],
    [{ user_dsl: '5', title: 'T' }, '[card: T]', '[卡片: T]'],
    [{ json_card: 'no JSON', title: 'T' }, '[card: T]', '[卡片: T]'],
    [{ json_card: { title: 'a', content: 'a' } }, '[card]\na', '[卡片]\na'],
    [
      { data: { template_variable: { title: 'a', text: 'b' } }, title: 'T' },
      '[card: T]\na\nb',
      '[卡片: T]\na\nb',
    ],
  ])('%j reads %j', (content, en, zh) => {
    expect([read('interactive', content), read('interactive', content, 'zh')]).toEqual([en, zh]);
  });

  it('has a table of at most 50 rows and 50 columns, with cells of every type', () => {
    const columns = [
      { name: 'a', display_name: 'A' },
      { name: 'toString' },
      { name: 't', data_type: 'date' },
    ];
    const rows = [
      { a: true, t: 1_795_734_000_000 },
      { a: ['x', { text: 'y' }], t: 'soon' },
      { a: 0 },
      { a: `b\n|${'c'.repeat(600)}` },
    ];
    expect(card({ tag: 'table', columns, rows }).split('\n').slice(1)).toEqual([
      '| A | toString | t |',
      '| --- | --- | --- |',
      '| true |  | 2026-11-26 23:00 UTC |',
      '| x, y |  | soon |',
      '| 0 |  |  |',
      `| b \\|${'c'.repeat(496)}… |  |  |`,
    ]);
    const table = (height: number, width: number) =>
      card({
        tag: 'table',
        columns: Array.from({ length: width }, () => ({ name: 'n' })),
        rows: Array.from({ length: height }, () => ({ n: 1 })),
      }).split('\n');
    expect(table(50, 1).slice(52)).toEqual(['| 1 |']);
    expect(table(51, 1).slice(53)).toEqual(['[more rows, not shown: 1]']);
    expect(table(0, 51)[2]).toBe(`|${' --- |'.repeat(50)}`);
  });

  const sentence = '请升级至最新版本客户端';
  everyRow([
    [sentence.padEnd(100, 'x'), false],
    [sentence.padEnd(101, 'x'), true],
    [`UPGRADE to the latest version${'x'.repeat(20)} to view`, false],
    [`upgrade to the latest version${'x'.repeat(21)} to view`, true],
  ])('has the text %j, unless it is the hint to upgrade: %j', (text, isShown) => {
    const elements = [[{ tag: 'text', text }], [{ tag: 'text', text: 'kept' }]];
    expect(read('interactive', { elements })).toBe(`[card]\n${isShown ? `${text}\n` : ''}kept`);
  });

  everyRow<[string, unknown, boolean]>([
    ['text', {}, true],
    ['interactive', {}, false],
    ['card', {}, false],
    ['interactive', { elements: [[{ tag: 'text', text: 'x' }]] }, true],
    ['interactive', { title: 'x', elements: [[{ tag: 'text', text: sentence }]] }, false],
    ['interactive', { json_card: '{"title":"x"}' }, true],
    ['interactive', { json_card: '{}', title: 'x' }, false],
    ['interactive', { user_dsl: '{"title":"x"}' }, true],
    ['interactive', { user_dsl: '{', title: 'x' }, true],
    ['interactive', 'no JSON', false],
  ])('of the type %s with %j is whole: %j', (messageType, content, expected) => {
    const json = typeof content === 'string' ? content : JSON.stringify(content);
    expect(isWholeCard({ messageType, content: json })).toBe(expected);
  });

  it('is read 20 levels deep, and so are the texts of a content', () => {
    const columns = (levels: number) => {
      let element: object = { tag: 'button', text: { content: 'x' } };
      for (let level = 0; level < levels; level += 1)
        element = { tag: 'column', elements: [element] };
      return card(element);
    };
    expect(columns(19)).toBe('[card]\n[Button: x]');
    expect(columns(20)).toBe('[card]\nx');
    const objects = (levels: number) => {
      let content: object = { text: 'x' };
      for (let level = 0; level < levels; level += 1) content = { a: content };
      return read('later', content);
    };
    expect(objects(20)).toBe('[message of type later: x]');
    expect(objects(21)).toBe('[unsupported message: later]');
    const lists = (levels: number) => {
      let content: unknown = 'x';
      for (let level = 0; level < levels; level += 1) content = [content];
      return read('later', { a: content });
    };
    expect(lists(20)).toBe('[message of type later: x]');
    expect(lists(21)).toBe('[unsupported message: later]');
  });
});
