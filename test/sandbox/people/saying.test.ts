import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';

const { start, listen } = useSandboxes();
type Saying = Parameters<Sandbox['say']>[0];

async function heard(makeSayings: (sandbox: Sandbox) => readonly Saying[]) {
  const sandbox = await start();
  const { events, ready } = listen(sandbox);
  await ready;
  const sayings = makeSayings(sandbox);
  const ids = sayings.map((saying) => sandbox.say(saying).messageId);
  await waitFor(() => expect(events).toHaveLength(sayings.length));
  const messages = ids.map(
    (id) => events.find(({ message }) => message.message_id === id)?.message,
  );
  return messages.map((message) => ({ ...message, content: JSON.parse(message?.content ?? '') }));
}

describe('a person can say', () => {
  it('images and files: one alone as itself, more or with a text in a post', async () => {
    let keys: string[] = [];
    const messages = await heard((sandbox) => {
      const image = sandbox.putResource('image', { bytes: 20 });
      const file = sandbox.putResource('file', Buffer.from('x'), '报告.pdf');
      keys = [image, file];
      return [
        { images: [image] },
        { files: [file] },
        { text: 'what is\nin these?', images: [image, image], files: [file] },
        { images: [image], mentionBot: true },
      ];
    });
    const [image, file] = keys;
    expect(messages).toMatchObject([
      { message_type: 'image', content: { image_key: image } },
      { message_type: 'file', content: { file_key: file, file_name: '报告.pdf' } },
      {
        message_type: 'post',
        content: {
          title: '',
          content: [
            [{ tag: 'text', text: 'what is' }],
            [{ tag: 'text', text: 'in these?' }],
            [{ tag: 'img', image_key: image }],
            [{ tag: 'img', image_key: image }],
          ],
          files: [{ file_key: file, file_name: '报告.pdf' }],
        },
      },
      {
        message_type: 'post',
        content: { content: [[{ tag: 'at' }], [{ tag: 'img', image_key: image }]] },
      },
    ]);
  });

  it('a voice message with its transcript, a video, a sticker, and any other type', async () => {
    const messages = await heard((sandbox) => {
      const key = sandbox.putResource('file', Buffer.from('x'), 'v.mp4');
      return [
        { audio: { key, durationMs: 2500, speechToText: '你好' } },
        { audio: { key } },
        { video: { key, coverKey: 'img_cover', durationMs: 9000 } },
        { sticker: 'sticker_1' },
        { messageType: 'location', content: { name: 'Here', longitude: '1', latitude: '2' } },
      ];
    });
    expect(messages).toMatchObject([
      { message_type: 'audio', content: { duration: 2500, speech_to_text: '你好' } },
      { message_type: 'audio', content: { duration: 1000 } },
      {
        message_type: 'media',
        content: { file_name: 'v.mp4', image_key: 'img_cover', duration: 9000 },
      },
      { message_type: 'sticker', content: { file_key: 'sticker_1' } },
      { message_type: 'location', content: { name: 'Here' } },
    ]);
    expect(messages[1]?.content).not.toHaveProperty('speech_to_text');
  });

  it('a post with content_v2, where the mention is in both forms', async () => {
    const [post] = await heard(() => [
      {
        content: {
          title: '',
          content: [[{ tag: 'text', text: 'a' }]],
          content_v2: [[{ tag: 'md', text: '- a' }]],
        },
        chatType: 'group',
        mentionBot: true,
      },
    ]);
    const at = { tag: 'at', user_id: '@_user_1', user_name: 'Sandbox Bot' };
    expect(post?.content).toEqual({
      title: '',
      content: [[at, { tag: 'text', text: 'a' }]],
      content_v2: [[at, { tag: 'md', text: '- a' }]],
    });
  });

  it('a mention of the bot, of a person and of everyone', async () => {
    const [both, other] = await heard(() => [
      {
        text: 'and @_all, look',
        chatType: 'group',
        mentionBot: true,
        mention: [{ openId: 'ou_ann', name: 'Ann' }],
      },
      { text: 'hi', mention: [{ openId: 'ou_ann' }] },
    ]);
    expect(both).toMatchObject({
      content: { text: '@_user_1 @_user_2 and @_all, look' },
      mentions: [
        { key: '@_user_1', name: 'Sandbox Bot' },
        { key: '@_user_2', name: 'Ann', id: { open_id: 'ou_ann' } },
      ],
    });
    expect(other).toMatchObject({
      content: { text: '@_user_1 hi' },
      mentions: [{ key: '@_user_1', name: 'Ann' }],
    });
  });

  it('cards: 2.0 with the card as written in its event, 1.0 simplified; and merged messages', async () => {
    const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: 'x' }] } };
    const [newer, older, merged] = await heard(() => [
      { card },
      { card: { elements: [{ tag: 'markdown', content: 'x' }] } },
      { merged: [{ text: 'inside' }] },
    ]);
    expect(JSON.parse(newer?.content.user_dsl)).toEqual(card);
    expect(older).toMatchObject({
      message_type: 'interactive',
      content: { elements: [[{ tag: 'text', text: 'x' }]] },
    });
    expect(merged).toMatchObject({
      message_type: 'merge_forward',
      content: { content: 'Merged and Forwarded Message' },
    });
  });
});

describe('a quote', () => {
  const idsOf = (sandbox: Sandbox, messageId: string) => {
    const message = sandbox.messages().find((each) => each.messageId === messageId);
    return [message?.rootId, message?.parentId, message?.threadId];
  };

  it('has the first message of its chain as root', async () => {
    const sandbox = await start();
    const first = sandbox.say({ text: '1' }).messageId;
    const second = sandbox.say({ text: '2', parentId: first }).messageId;
    const third = sandbox.say({ text: '3', parentId: second }).messageId;
    expect(idsOf(sandbox, second)).toEqual([first, first, undefined]);
    expect(idsOf(sandbox, third)).toEqual([first, second, undefined]);
  });

  it('in a topic has its first message as root and parent', async () => {
    const sandbox = await start();
    const first = sandbox.say({ text: '1' }).messageId;
    const call = await caller(sandbox);
    const answer = await call('POST', `im/v1/messages/${first}/reply`, {
      msg_type: 'text',
      content: '{"text":"in a topic"}',
      reply_in_thread: true,
    });
    const { message_id, thread_id } = answer.body.data;
    const quote = sandbox.say({ text: '2', parentId: message_id }).messageId;
    expect(idsOf(sandbox, quote)).toEqual([first, first, thread_id]);
  });

  it('in a topic group does not name its topic', async () => {
    const sandbox = await start();
    const chat = { chatType: 'group', chatForm: 'topic' } as const;
    const first = sandbox.say({ ...chat, text: '1' }).messageId;
    const second = sandbox.say({ ...chat, text: '2', parentId: first }).messageId;
    const third = sandbox.say({ ...chat, text: '3', parentId: second }).messageId;
    expect(idsOf(sandbox, third)).toEqual([first, first, undefined]);
    expect(idsOf(sandbox, first)).toEqual([undefined, undefined, expect.stringMatching(/^omt_/)]);
  });
});
