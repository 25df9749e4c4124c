import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { parseControlCommand } from '../../../../src/channel/message/control.ts';
import type { Mention } from '../../../../src/channel/message/event.ts';
import { everyRow } from '../../../support/every-row.ts';

const mentions: readonly Mention[] = [
  { key: '@_user_1', openId: 'ou_bot', name: 'Bot' },
  { key: '@_user_2', openId: 'ou_anna', name: 'Anna Maria' },
  { key: '@_user_3', openId: 'ou_zhang', name: '张三' },
];

const said = (messageType: string, content: unknown, of: readonly Mention[] = mentions) =>
  readMessage(
    { messageType, content: JSON.stringify(content), mentions: of },
    { botOpenId: 'ou_bot', lang: 'en' },
  );
const post = (...rows: object[][]) => said('post', { title: '', content: rows }).text;
const text = (value: string, ...style: string[]) => ({ tag: 'text', text: value, style });

describe('mention keys', () => {
  everyRow([
    ['what does @_allocator do', 'what does @_allocator do'],
    ['@_user_12 and @_user_2x and @_user_2_', '@_user_12 and @_user_2x and @_user_2_'],
    ['@_user_22@_user_2', '@_user_22@Anna Maria'],
    ['请问@_user_2，@_user_3在吗', '请问@Anna Maria，@张三在吗'],
    ['@_all，开会', '@all，开会'],
    ['@_alle', '@_alle'],
    ['@_user_4 is not here', '@_user_4 is not here'],
    ['@_user_02', '@_user_02'],
    ['@_constructor @___proto__', '@_constructor @___proto__'],
  ])('%j reads %j', (raw, expected) => {
    expect(said('text', { text: raw }).text).toBe(expected);
  });

  it('of people of whom nothing is known stay keys, and are mentions', () => {
    const nameless = { key: '@_user_4', openId: '', name: '' };
    const read = said('text', { text: '@_user_4 /stop' }, [...mentions, nameless]);
    expect([read.text, read.command]).toEqual(['@_user_4 /stop', '/stop']);
  });

  it('of the message only, and never those that a name brings along', () => {
    const names: readonly Mention[] = [
      { key: '@_user_1', openId: 'ou_a', name: '@_user_2' },
      { key: '@_user_2', openId: 'ou_b', name: 'B' },
    ];
    expect(said('text', { text: '@_user_1 @_user_2' }, names).text).toBe('@@_user_2 @B');
  });

  it('are read by a map built once: the mentions are gone through once, however often they occur', () => {
    let reads = 0;
    const many = Array.from({ length: 2000 }, (_, index) => ({
      get key() {
        reads += 1;
        return `@_user_${index + 10}`;
      },
      openId: `ou_${index}`,
      name: `N${index}`,
    }));
    const raw = Array.from({ length: 15_000 }, (_, index) => `@_user_${(index % 2000) + 10}`);
    const read = said('text', { text: raw.join(' ') }, many).text;
    expect(read.startsWith('@N0 @N1 @N2 ')).toBe(true);
    expect(read.split(' ')).toHaveLength(15_000);
    expect(reads).toBeLessThanOrEqual(3 * many.length);
  });
});

describe('the mentions that a message begins with', () => {
  everyRow([
    ['/stop', 'stop'],
    ['@_user_1 /stop', 'stop'],
    ['@_all @_user_1 /stop', 'stop'],
    ['@_user_1 @_all  /STOP ', 'stop'],
    ['@_user_2 @_user_3 @_user_1\n/status', 'status'],
    ['@_user_2/stop', 'stop'],
    ['please @_user_1 /stop', undefined],
    ['@_user_9 /stop', undefined],
    ['/stop @_user_2', undefined],
  ])('are no part of a command: %j', (raw, command) => {
    expect(parseControlCommand(said('text', { text: raw }).command)).toBe(command);
  });

  it('are none of it in a post either, and stay in the text', () => {
    const read = said('post', {
      content: [
        [
          { tag: 'at', user_id: 'all', user_name: 'everyone' },
          text(' '),
          { tag: 'at', user_id: 'ou_anna', user_name: 'Anna Maria' },
          { tag: 'at', user_id: '@_user_1', user_name: 'Bot' },
          text(' /status'),
        ],
      ],
    });
    expect(parseControlCommand(read.command)).toBe('status');
    expect(read.text).toBe('@all @Anna Maria /status');
  });
});

describe('a post', () => {
  everyRow([
    [[text('gone', 'lineThrough')], '~~gone~~'],
    [[text('a', 'bold'), text('b', 'bold'), text(' c', 'italic')], '**ab** *c*'],
    [[text('all', 'bold', 'italic', 'underline', 'lineThrough')], '<u>~~***all***~~</u>'],
    [[text(' edge ', 'bold')], '**edge**'],
    [[text('x', 'bold'), text('   ', 'bold'), text('y', 'italic')], '**x**   *y*'],
    [[text('one\ntwo', 'lineThrough')], '~~one~~\n~~two~~'],
    [[text('a`b', 'codeInline')], '`` a`b ``'],
    [[text('rm', 'codeInline', 'bold')], '**`rm`**'],
    [[{ tag: 'a', text: 'x', href: 'https://e.com/a_(b)' }], '[x](<https://e.com/a_(b)>)'],
    [
      [{ tag: 'a', text: 'a]b', href: 'https://e.com', style: ['bold'] }],
      '**[a\\]b](https://e.com)**',
    ],
    [[{ tag: 'text', text: 'a &lt;b&gt; &amp; c', un_escape: true }], 'a <b> & c'],
    [[{ tag: 'code_block', language: 'GO', text: '```\nx\n```' }], '````go\n```\nx\n```\n````'],
    [[{ tag: 'file', file_key: 'f', file_name: 'a.pdf' }], '[file 1: a.pdf]'],
    [[{ tag: 'mystery', title: 'what', rows: [{ text: 'it says' }] }], 'what it says'],
  ])('reads %j as Markdown', (row, expected) => {
    expect(post(row)).toBe(expected);
  });

  it('names the files that were sent along, each once, also where there is nothing else', () => {
    const files = [
      { file_key: 'f1', file_name: 'a.pdf', is_folder: false },
      { file_key: 'f2', file_name: '报告.docx' },
      { file_key: 'f3', file_name: 'photos', is_folder: true },
      { file_key: 'f4' },
      { file_key: 'f1', file_name: 'a.pdf' },
    ];
    const named = '[file 1: a.pdf]\n[file 2: 报告.docx]\n[folder: photos]\n[file 3]';
    const read = (content: object) => said('post', content).text;
    expect(read({ title: '', content: [[]], content_v2: [[]], files })).toBe(named);
    expect(read({ files })).toBe(named);
    expect(read({ zh_cn: { files } })).toBe(named);
    expect(read({ post: { zh_cn: { title: 'T', content: [], files } } })).toBe(`T\n${named}`);
    expect(read({ title: '', content: [[text('see')]], files })).toBe(`see\n${named}`);
    const inline = [[{ tag: 'file', file_key: 'f1', file_name: 'a.pdf' }]];
    expect(read({ content: inline, files: files.slice(0, 2) })).toBe(
      '[file 1: a.pdf]\n[file 2: 报告.docx]',
    );
  });

  it('prefers content_v2, which keeps Markdown, unless it says nothing', () => {
    const content = [[text('Plan')], [text('first')]];
    const md = '# Plan\n- first\n  - second\n\n![chart](img_v3_1) and ![](img_v3_2)';
    const read = (newer: unknown) => said('post', { title: '', content, content_v2: newer }).text;
    expect(read([[{ tag: 'md', text: md }]])).toBe(
      '# Plan\n- first\n  - second\n\n[image 1: chart] and [image 2]',
    );
    expect(read([[text('newer', 'lineThrough')]])).toBe('~~newer~~');
    for (const empty of [[], [[]], [[{ tag: 'md', text: ' ' }]], '', null, {}]) {
      expect(read(empty)).toBe('Plan\nfirst');
    }
  });

  it('names people in Markdown, and leaves code as it is', () => {
    const md =
      '<at user_id="ou_bot">Bot</at> ask <at user_id="@_user_3"></at>, @_user_2 and <at id=all></at>: `![](img_1) @_user_2`';
    expect(said('post', { content_v2: [[{ tag: 'md', text: md }]] }).text).toBe(
      'ask @张三, @Anna Maria and @all: `![](img_1) @_user_2`',
    );
  });

  everyRow([
    { content_v2: { zh_cn: [[{ tag: 'text', text: 'said' }]] } },
    [[{ tag: 'text', text: 'said' }]],
    { content: { blocks: [{ kind: 'paragraph', children: [{ text: 'said' }] }] } },
    { elements: [{ text: { content: 'said' } }], files: [] },
  ])('reads the texts of a form that it does not know: %j', (content) => {
    expect(said('post', content).text).toBe('said');
  });

  it('reads elements without paragraphs, and texts without elements', () => {
    const read = (content: unknown) => said('post', { content }).text;
    expect(read([text('a'), text('b'), [text('c')], text('d')])).toBe('ab\nc\nd');
    expect(read(['a', ['b', text('c')]])).toBe('a\nbc');
    expect(read('all in one')).toBe('all in one');
  });
});

describe('what strangers send', () => {
  const json = fc.jsonValue({ maxDepth: 6 });
  const tags = 'text a at img media emotion hr code_block md file audio later'.split(' ');
  const element = fc.record(
    {
      tag: fc.oneof(fc.constantFrom(...tags), json),
      text: fc.oneof(fc.string(), json),
      style: fc.oneof(fc.subarray(['bold', 'italic', 'lineThrough', 'underline']), json),
      href: fc.oneof(fc.webUrl(), json),
      user_id: json,
      language: json,
      file_name: json,
      un_escape: json,
      content: json,
    },
    { requiredKeys: [] },
  );
  const rows = fc.oneof(json, fc.array(fc.oneof(element, json, fc.array(fc.oneof(element, json)))));
  const anyPost = fc.record(
    { title: json, content: rows, content_v2: rows, files: fc.oneof(json, fc.array(json)) },
    { requiredKeys: [] },
  );
  const wrapped = fc.oneof(
    anyPost,
    anyPost.map((value) => ({ zh_cn: value })),
    anyPost.map((value) => ({ post: { en_us: value } })),
  );

  it('never throws, whatever its shape', () => {
    const types = fc.constantFrom('text', 'post', 'interactive', 'todo', '__proto__');
    fc.assert(
      fc.property(types, fc.oneof(wrapped, json), (messageType, content) => {
        const { text: whole, command } = said(messageType, content);
        expect([typeof whole, typeof command]).toEqual(['string', 'string']);
      }),
    );
  });

  it('keeps every readable text of a post', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
    const styles = fc.subarray(['bold', 'italic', 'lineThrough', 'underline', 'codeInline']);
    const readable = fc.oneof(
      fc.record({
        tag: fc.constantFrom('text', 'md', 'code_block', 'later'),
        text: words,
        style: styles,
      }),
      fc.record({ tag: fc.constant('a'), text: words, href: fc.webUrl(), style: styles }),
      fc.record({ tag: fc.constant('file'), file_name: words }),
      fc.record({ tag: fc.constant('new_kind'), content: words }),
    );
    const paragraphs = fc.array(fc.array(readable));
    const names = fc.array(fc.record({ file_key: fc.uuid(), file_name: words }));
    fc.assert(
      fc.property(words, paragraphs, names, fc.boolean(), (title, content, files, isLocal) => {
        const inner = { title, content, files };
        const read = said('post', isLocal ? { zh_cn: inner } : inner).text;
        const expected = [
          title,
          ...content
            .flat()
            .map((part) => Object.values(part).filter((value) => typeof value === 'string')[1]),
          ...files.map((file) => file.file_name),
        ];
        expect(expected.filter((part) => !read.includes(String(part)))).toEqual([]);
      }),
    );
  });

  everyRow([
    ['marks of images', '!['],
    ['addresses of images', '![](img_'],
    ['ticks', '`'],
    ['tags of people', '<at '],
    ['keys', '@_'],
    ['blanks', ' \t'],
    ['brackets', '[]('],
    ['entities', '&lt'],
  ])('is read in time that grows with its length only: %s', (_, unit) => {
    const hostile = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const styles = ['bold', 'codeInline'];
    for (const tag of ['md', 'text', 'code_block', 'a']) {
      const element = { tag, text: hostile, href: hostile, style: styles, un_escape: true };
      expect(said('post', { content: [[element]] }).text).toContain(hostile.trim().slice(0, 100));
    }
    const { text: read } = said('text', { text: hostile });
    expect(read.slice(0, 90_000)).toBe(hostile.trim().slice(0, 90_000));
    expect(read.length).toBeLessThanOrEqual(100_000);
  });
});
