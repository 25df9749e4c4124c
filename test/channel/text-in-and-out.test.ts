import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlockAssembler } from '../../src/channel/blocks.ts';
import { chunkText } from '../../src/channel/chunk.ts';
import { readText } from '../../src/channel/content.ts';
import { parseMessageEvent } from '../../src/channel/event.ts';
import { isMoltbotFeishuError } from '../../src/shared/errors.ts';

const event = (messageType: string, content: string, mentions: unknown[] = []) =>
  parseMessageEvent({
    event_id: 'e1',
    sender: { sender_id: { open_id: 'ou_a' }, sender_type: 'user' },
    message: {
      message_id: 'om_1',
      chat_id: 'oc_1',
      chat_type: 'group',
      message_type: messageType,
      content,
      mentions,
    },
  });

it('takes the own mention out and names the others', () => {
  const mentions = [
    { key: '@_user_1', id: { open_id: 'ou_bot' }, name: 'Bot' },
    { key: '@_user_2', id: { open_id: 'ou_x' }, name: '小明' },
  ];
  const message = event(
    'text',
    JSON.stringify({ text: '@_user_1 ask @_user_2 and @_all' }),
    mentions,
  );
  expect(readText(message, { botOpenId: 'ou_bot', lang: 'en' })).toBe('ask @小明 and @all');
});

it('reads a post with and without its locale', () => {
  const post = {
    title: 'T',
    content: [
      [
        { tag: 'text', text: 'a ' },
        { tag: 'a', text: 'l', href: 'https://x' },
      ],
      [{ tag: 'img' }],
    ],
  };
  for (const content of [post, { zh_cn: post }]) {
    const message = event('post', JSON.stringify(content));
    expect(readText(message, { botOpenId: undefined, lang: 'en' })).toBe(
      'T\na [l](https://x)\n[image]',
    );
  }
});

it('makes something readable of any content and any type', () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.json(), fc.string()), (type, content) => {
      const text = readText(event(type, content), { botOpenId: 'ou_bot', lang: 'zh' });
      expect(typeof text).toBe('string');
      if (!['text', 'post'].includes(type)) expect(text).not.toBe('');
    }),
  );
});

it('never breaks on an event of whatever shape', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      try {
        parseMessageEvent(value);
      } catch (error) {
        expect(isMoltbotFeishuError(error, 'event-malformed')).toBe(true);
      }
    }),
  );
});

const prose = fc
  .array(fc.constantFrom('word ', '。', '. ', '\n', '\n\n', '```\n', '\n```js\n', '中文', '😀'), {
    maxLength: 400,
  })
  .map((parts) => parts.join(''));
const letters = (text: string) => text.replace(/[\s`]|js/g, '');

it('cuts long texts within the limit and loses nothing', () => {
  fc.assert(
    fc.property(prose, fc.integer({ min: 64, max: 300 }), (text, limit) => {
      const chunks = chunkText(text, limit);
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(limit);
      expect(letters(chunks.join(''))).toBe(letters(text));
    }),
  );
});

it('streams blocks whose sum is the text, however it arrives', () => {
  fc.assert(
    fc.property(prose, fc.integer({ min: 1, max: 50 }), (text, step) => {
      const assembler = createBlockAssembler('block');
      const blocks: string[] = [];
      for (let at = 0; at < text.length; at += step)
        blocks.push(...assembler.push(text.slice(at, at + step)));
      const last = assembler.end();
      if (last !== undefined) blocks.push(last);
      expect(letters(blocks.join(''))).toBe(letters(text));
    }),
  );
});
