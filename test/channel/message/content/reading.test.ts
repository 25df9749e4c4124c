import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import type { Mention } from '../../../../src/channel/message/event.ts';
import { everyRow } from '../../../support/every-row.ts';

const mentions: readonly Mention[] = [
  { key: '@_user_1', openId: 'ou_bot', name: 'Bot' },
  { key: '@_user_2', openId: 'ou_anna', name: 'Anna' },
  { key: '@_user_10', openId: 'ou_zhang', name: '张三' },
];

function read(messageType: string, content: unknown, lang: 'en' | 'zh' = 'en'): string {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  return readMessage({ messageType, content: json, mentions }, { botOpenId: 'ou_bot', lang }).text;
}

describe('a text message', () => {
  everyRow([
    ['@_user_1 hello', 'hello'],
    ['hello @_user_1', 'hello'],
    ['@_user_1 tell @_user_2 and @_user_10!', 'tell @Anna and @张三!'],
    ['@_all lunch', '@all lunch'],
    ['@_user_7 is nobody here', '@_user_7 is nobody here'],
    ['@_user_1\n  two\nlines', 'two\nlines'],
  ])('%j reads %j', (text, expected) => {
    expect(read('text', { text })).toBe(expected);
  });

  it('keeps every mention while the bot is not known', () => {
    const content = '{"text":"@_user_1 hi"}';
    const { text } = readMessage(
      { messageType: 'text', content, mentions },
      { botOpenId: undefined, lang: 'en' },
    );
    expect(text).toBe('@Bot hi');
  });
});

describe('a post', () => {
  it('reads with its title and every tag', () => {
    const content = {
      title: 'Plan',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: 'Bot' },
          { tag: 'text', text: ' see ' },
          { tag: 'a', text: 'this', href: 'https://example.com' },
          { tag: 'text', text: ', ' },
          { tag: 'at', user_id: '@_user_2', user_name: 'Anna' },
          { tag: 'emotion', emoji_type: 'SMILE' },
        ],
        [
          { tag: 'img', image_key: 'img_1' },
          { tag: 'media', file_key: 'file_1' },
        ],
        [{ tag: 'hr' }],
        [{ tag: 'code_block', language: 'JS', text: 'a()\n' }],
        [{ tag: 'md', text: '**bold** @_user_10' }],
        [{ tag: 'something_new', text: 'kept' }],
      ],
    };
    expect(read('post', content)).toBe(
      'Plan\n see [this](https://example.com), @Anna:SMILE:\n[image 1][video 2]\n\n---\n\n```js\na()\n```\n\n**bold** @张三\nkept',
    );
  });

  it('reads with a locale level, too', () => {
    const content = { zh_cn: { title: '标题', content: [[{ tag: 'text', text: '正文' }]] } };
    expect(read('post', content)).toBe('标题\n正文');
  });
});

describe('every other type', () => {
  everyRow([
    ['image', { image_key: 'i' }, '[image 1]', '[图片 1]'],
    ['file', { file_key: 'f', file_name: 'a.pdf' }, '[file 1: a.pdf]', '[文件 1: a.pdf]'],
    ['audio', { file_key: 'f', duration: 2000 }, '[voice message 1: 0:02]', '[语音 1: 0:02]'],
    ['media', { file_key: 'f', file_name: 'v.mp4' }, '[video 1: v.mp4]', '[视频 1: v.mp4]'],
    ['sticker', { file_key: 'f' }, '[sticker]', '[表情包]'],
    ['share_chat', { chat_id: 'oc' }, '[shared group: oc]', '[群名片: oc]'],
    ['share_user', { user_id: 'ou' }, '[shared contact: ou]', '[个人名片: ou]'],
    ['location', { name: 'Berlin' }, '[location: Berlin]', '[位置: Berlin]'],
    [
      'merge_forward',
      { content: 'Merged and Forwarded Message' },
      '[forwarded messages]',
      '[合并转发的消息]',
    ],
    ['system', {}, '[system message]', '[系统消息]'],
    ['video_chat', { topic: 'Sync' }, '[video call: Sync]', '[视频通话: Sync]'],
    ['todo', { summary: { title: 'Buy milk' } }, '[task: Buy milk]', '[任务: Buy milk]'],
    [
      'vote',
      { topic: 'Lunch?', options: ['a', 'b'] },
      '[poll: Lunch? – a / b]',
      '[投票: Lunch? – a / b]',
    ],
    ['hongbao', { text: '恭喜发财' }, '[red packet: 恭喜发财]', '[红包: 恭喜发财]'],
    ['folder', { file_key: 'f', file_name: 'docs' }, '[folder: docs]', '[文件夹: docs]'],
    [
      'interactive',
      { title: 'Alarm', elements: [[{ tag: 'text', text: 'disk full' }]] },
      '[card: Alarm]\ndisk full',
      '[卡片: Alarm]\ndisk full',
    ],
    ['hologram', {}, '[unsupported message: hologram]', '[不支持的消息：hologram]'],
    ['constructor', {}, '[unsupported message: constructor]', '[不支持的消息：constructor]'],
  ])('%s is readable', (type, content, en, zh) => {
    expect(read(type, content)).toBe(en);
    expect(read(type, content, 'zh')).toBe(zh);
  });

  it('survives content that is no JSON, and any JSON', () => {
    const types = ['text', 'post', 'image', 'interactive', 'vote', '__proto__', 'toString'];
    const post = fc.record({ title: fc.anything(), content: fc.array(fc.array(fc.anything())) });
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.oneof(
          fc.string(),
          fc.json(),
          post.map((value) => JSON.stringify(value)),
        ),
        (type, content) => {
          expect(typeof read(type, String(content))).toBe('string');
        },
      ),
    );
  });
});
