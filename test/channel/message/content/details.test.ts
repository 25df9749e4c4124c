/** The small rules by which contents are read: links, marks, times, names, and the bounds of a text. */
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { everyRow } from '../../../support/every-row.ts';

function readWith(messageType: string, content: unknown, lang: 'en' | 'zh', maxText?: number) {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  const options = { botOpenId: 'ou_bot', lang, ...(maxText !== undefined && { maxText }) };
  return readMessage({ messageType, content: json, mentions: [] }, options);
}
const read = (messageType: string, content: unknown, lang: 'en' | 'zh' = 'en') =>
  readWith(messageType, content, lang).text;
const post = (...row: unknown[]) => read('post', { content: [row] });

describe('an element of a post', () => {
  everyRow([
    // A backslash before a bracket would undo the bracket's own.
    ['C:\\', '[C:\\\\](https://e.com)'],
    ['\\', '[\\\\](https://e.com)'],
    ['a\\]b', '[a\\\\\\]b](https://e.com)'],
    ['a\\[b', '[a\\\\\\[b](https://e.com)'],
    ['a\\\\b', '[a\\\\\\b](https://e.com)'],
    ['a\\b', '[a\\b](https://e.com)'],
    ['[x]', '[\\[x\\]](https://e.com)'],
    // Marks of a style are for one line.
    ['a\r\n\nb', '[a b](https://e.com)'],
    [' \t', 'https://e.com'],
  ])('keeps a link of the text %j whole', (text, expected) => {
    expect(post({ tag: 'a', text, href: 'https://e.com' })).toBe(expected);
    expect(post({ tag: 'a', text, href: 'https://e.com', style: ['bold'] })).toBe(
      `**${expected}**`,
    );
  });

  everyRow([
    ['https://e.com/a b<c>', '[x](<https://e.com/a%20b%3Cc%3E>)'],
    ['https://e.com/\u00a0\u2028', '[x](<https://e.com/%C2%A0%E2%80%A8>)'],
    ['https://e.com/(', '[x](<https://e.com/(>)'],
    ['https://e.com/)', '[x](<https://e.com/)>)'],
    ['https://e.com/\\', '[x](<https://e.com/%5C>)'],
    ['https://e.com/\\)', '[x](<https://e.com/%5C)>)'],
    ['', 'x'],
  ])('keeps the address %j whole', (href, expected) => {
    expect(post({ tag: 'a', text: 'x', href })).toBe(expected);
  });

  everyRow<[object, string]>([
    [{ tag: 'text', text: '``', style: ['codeInline'] }, '``` `` ```'],
    [{ tag: 'text', text: '`', style: ['codeInline'] }, '`` ` ``'],
    [{ tag: 'text', text: 'x', style: ['codeInline', 7, 'codeInline'] }, '`x`'],
    [{ tag: 'text', text: '\ta\r\n \nb ', style: ['bold'] }, '**a**\r\n \n**b**'],
    [
      { tag: 'text', text: '&amp;lt; &quot;&#39;&nbsp;&gt;&copy;', un_escape: true },
      '&lt; "\' >&copy;',
    ],
    [{ tag: 'text', text: '&lt;', un_escape: 'true' }, '&lt;'],
    [{ tag: 'code_block', text: 'a\n\nb\n\n', language: 'Plain Text' }, '```plain\na\n\nb\n\n```'],
    [{ tag: 'code_block', text: '', language: '' }, '```\n\n```'],
    [{ tag: 'code_block', text: '`` ` ``', language: 'c++' }, '```c++\n`` ` ``\n```'],
    [{ tag: 'md', content: '**x**' }, '**x**'],
    [
      { tag: 'md', text: '![a](img_1) ![b](http://x) `![c](img_2)` ``x`y``' },
      '[image 1: a] ![b](http://x) `![c](img_2)` ``x`y``',
    ],
    [{ tag: 'md', text: "<at id=ou_1>N</at><at user_id='ou_2'></at><at></at>." }, '@N@ou_2.'],
    // Code ends with as many backticks as it began with.
    [{ tag: 'md', text: '``a` ![](img_1) `b`` ![](img_2)' }, '``a` ![](img_1) `b`` [image 1]'],
    [
      { tag: 'md', text: '```\n` ![](img_1) <at id=all></at>\n```\n![](img_2)' },
      '```\n` ![](img_1) <at id=all></at>\n```\n[image 1]',
    ],
    [{ tag: 'md', text: '``a` ![](img_1) ```' }, '``a` [image 1] ```'],
    [{ tag: 'md', text: '```\n![](img_1)\n````\n![](img_2)' }, '```\n![](img_1)\n````\n[image 1]'],
    [
      { tag: 'md', text: '> ```sh\n> a ``` ![](img_1)\n> ```\n![](img_2)' },
      '> ```sh\n> a ``` ![](img_1)\n> ```\n[image 1]',
    ],
    [
      { tag: 'md', text: 'a ``` ![](img_1)\n```\n![](img_2)\n```' },
      'a ``` [image 1]\n```\n![](img_2)\n```',
    ],
    [{ tag: 'md', text: '````\n![](img_1)\n```\nb' }, '````\n[image 1]\n```\nb'],
    [{ tag: 'md', text: '`![a` b](img_1) ![c `d`](img_2)' }, '`![a` b](img_1) [image 1: c `d`]'],
    [{ tag: 'folder', text: 'plans' }, '[folder: plans]'],
    [{ tag: 'sticker', text: 'wow' }, '[sticker: wow]'],
    [{ tag: 'img', image_key: 'i', file_name: 'n.png', text: 'alt' }, '[image 1: n.png]'],
    [{ tag: 'image', image_key: 'i', text: 'alt' }, '[image 1: alt]'],
    [{ tag: 'video', file_key: 'f' }, '[video 1]'],
    [{ tag: 'later', content: 'said', style: ['italic'] }, '*said*'],
    [{ tag: 'later', rows: [{ text: 'a', style: ['bold'] }, ['b']] }, 'a b'],
  ])('%j reads %j', (element, expected) => {
    expect(post(element)).toBe(expected);
  });

  it('is one of a paragraph where it is not in one', () => {
    const text = (value: string) => ({ tag: 'text', text: value });
    expect(read('post', { content: [text('a'), [text('b')], text('c'), text('d')] })).toBe(
      'a\nb\ncd',
    );
  });

  it('is looked for three levels deep', () => {
    const inner = { content: [[{ tag: 'text', text: 'x', style: ['bold'] }]] };
    expect(read('post', { a: { b: { c: inner } } })).toBe('**x**');
    expect(read('post', { a: { b: { c: { d: inner } } } })).toBe('x');
  });

  it('that is an image comes first where content_v2 has nothing else', () => {
    const image = (key: string) => [[{ tag: 'img', image_key: key }]];
    const { text, attachments } = readWith(
      'post',
      { content: image('a'), content_v2: image('b') },
      'en',
    );
    expect(text).toBe('[image 1]\n[image 2]');
    expect(attachments.map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('is beside the text as often as there are files without a key, and a folder only by `true`', () => {
    const files = [
      { is_folder: true },
      { is_folder: true },
      { file_name: 'a' },
      { is_folder: 'yes' },
    ];
    expect(read('post', { content: [], files })).toBe('[folder]\n[folder]\n[file: a]\n[file]');
  });
});

describe('times', () => {
  everyRow<[unknown, string]>([
    [1, '1970-01-01 00:00 UTC'],
    ['1795734000000', '2026-11-26 23:00 UTC'],
    [1_795_734_059_999, '2026-11-26 23:00 UTC'],
    [Date.UTC(9999, 11, 31), '9999-12-31 00:00 UTC'],
    [Date.UTC(9999, 11, 31) + 1, ''],
    [0, ''],
    [-1, ''],
    [' ', ''],
    [true, ''],
    [null, ''],
    [[1_795_734_000_000], ''],
  ])('%j reads %j', (time, expected) => {
    expect(read('video_chat', { topic: 'S', start_time: time })).toBe(
      expected === '' ? '[video call: S]' : `[video call: S, ${expected}]`,
    );
  });

  everyRow<[unknown, string]>([
    [400, ': 0:01'],
    [1499, ': 0:01'],
    [1500, ': 0:02'],
    [59_499, ': 0:59'],
    [59_500, ': 1:00'],
    [3_599_499, ': 59:59'],
    [3_599_500, ': 1:00:00'],
    [36_000_000, ': 10:00:00'],
    ['2000', ': 0:02'],
    ['soon', ''],
    [-1, ''],
    [0, ''],
    [null, ''],
  ])('a voice message of %j ms has the length %j', (duration, expected) => {
    expect(read('audio', { file_key: 'f', duration })).toBe(`[voice message 1${expected}]`);
  });
});

everyRow<[string, unknown, string, string]>([
  ['vote', { topic: '', options: ['a'] }, '[poll: a]', '[投票: a]'],
  ['vote', { topic: 'T', options: [] }, '[poll: T]', '[投票: T]'],
  ['hongbao', { text: '[红包]' }, '[red packet]', '[红包]'],
  ['location', { latitude: 0, longitude: 1.5 }, '[location: 0 1.5]', '[位置: 0 1.5]'],
  ['location', { name: 'B', latitude: '1', longitude: true }, '[location: B, 1]', '[位置: B, 1]'],
  [
    'share_chat',
    { name: 'N', summary: 'S', body: 'B', chat_id: 'oc', share_chat_id: 'o' },
    '[shared group: N, S, B, oc]',
    '[群名片: N, S, B, oc]',
  ],
  ['share_user', { name: 'N', user_id: 'ou' }, '[shared contact: N, ou]', '[个人名片: N, ou]'],
  [
    'system',
    {
      template: '{a} x {b}',
      a: 'A',
      b: [
        { name: 'n' },
        { text: 't', name: 'm' },
        { i18n_text: { en_US: 'E', zh_CN: '中' }, text: 't' },
      ],
    },
    '[system message: A x n, t, E]',
    '[系统消息: A x n、t、中]',
  ],
  ['system', { template: '{a}', a: ['', 'x', {}] }, '[system message: x]', '[系统消息: x]'],
  ['system', { template: '{a}', a: { title: 'q' } }, '[system message: q]', '[系统消息: q]'],
  ['system', { template: ' ', title: 'T' }, '[system message: T]', '[系统消息: T]'],
  [
    'todo',
    { due_time: '1795734000000' },
    '[task: due 2026-11-26 23:00 UTC]',
    '[任务: 截止 2026-11-26 23:00 UTC]',
  ],
  [
    'action',
    { name: 'n', options: ['p', 3, null], input_value: 'i', checked: false },
    '[button: n, p, 3, i, false]',
    '[按钮: n, p, 3, i, false]',
  ],
  [
    'action',
    { name: 'n', checked: 'yes', value: { command: ' ', callback_data: 7 } },
    '[button: n, command:, callback_data: 7]',
    '[按钮: n, command:, callback_data: 7]',
  ],
  ['action', { value: { command: ' /c ', text: 't' } }, '/c', '/c'],
  ['action', { value: { callback_data: ' d ', text: 't' } }, 'd', 'd'],
  ['action', { value: { text: ' t ' } }, 't', 't'],
  [
    'later',
    { name: 'n', summary: 's', file_name: 'f', text: 'n' },
    '[message of type later: f n s]',
    '[later 类型的消息: f n s]',
  ],
  ['x\ny', { text: ' ' }, '[unsupported message: x y]', '[不支持的消息：x y]'],
  [
    'x'.repeat(101),
    {},
    `[unsupported message: ${'x'.repeat(99)}…]`,
    `[不支持的消息：${'x'.repeat(99)}…]`,
  ],
  [
    'x'.repeat(100),
    {},
    `[unsupported message: ${'x'.repeat(100)}]`,
    `[不支持的消息：${'x'.repeat(100)}]`,
  ],
  ['t', 'plain words', '[message of type t: plain words]', '[t 类型的消息: plain words]'],
  ['text', '"quoted"', 'quoted', 'quoted'],
  ['text', '5', '[empty message]', '[空消息]'],
  ['text', 'null', '[empty message]', '[空消息]'],
  ['text', { text: 5 }, '[empty message]', '[空消息]'],
  ['post', 'some text', 'some text', 'some text'],
])('%s %j reads %j', (type, content, en, zh) => {
  expect([read(type, content), read(type, content, 'zh')]).toEqual([en, zh]);
});

describe('the bounds of a text', () => {
  everyRow<[unknown[], string, number]>([
    [['a'.repeat(300)], 'a'.repeat(300), 0],
    [['a'.repeat(301)], `${'a'.repeat(200)}\n[the rest is left out: 101 characters]`, 0],
    // No half of a character is left.
    [[`a${'😀'.repeat(150)}`], `a${'😀'.repeat(99)}\n[the rest is left out: 102 characters]`, 0],
    [
      ['a'.repeat(200), { tag: 'hr' }, 'b'.repeat(100)],
      `${'a'.repeat(200)}\n[the rest is left out: 104 characters]`,
      0,
    ],
    // A file counts as the 100 characters that its placeholder may take; a kept one is not left out.
    [
      [{ tag: 'img', image_key: 'i' }, 'b'.repeat(300)],
      `[image 1]${'b'.repeat(100)}\n[the rest is left out: 200 characters]`,
      1,
    ],
    [
      ['b'.repeat(100), { tag: 'img', image_key: 'i' }, 'c'.repeat(101)],
      `${'b'.repeat(100)}[image 1]\n[the rest is left out: 101 characters]`,
      1,
    ],
    [
      ['b'.repeat(101), { tag: 'img', image_key: 'i' }, 'c'.repeat(100)],
      `${'b'.repeat(101)}\n[the rest is left out: 200 characters]`,
      0,
    ],
  ])('are kept by a long paragraph, case %#', (row, expected, files) => {
    const { text, attachments } = readWith('post', { content: [row] }, 'en', 300);
    expect(text).toBe(expected);
    expect(attachments).toHaveLength(files);
  });
});
