import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { sdkClient } from '../sdk.ts';

const { start } = useSandboxes();
const text = (value: string) => JSON.stringify({ text: value });

async function room(options: SandboxOptions = {}) {
  const sandbox = await start(options);
  const { chatId, messageId } = sandbox.say({ text: 'hi' });
  const call = await caller(sandbox);
  const create = (body: object, receiver: object = {}, idType = 'chat_id') =>
    call('POST', `im/v1/messages?receive_id_type=${idType}`, {
      receive_id: chatId,
      msg_type: 'text',
      content: text('x'),
      ...receiver,
      ...body,
    });
  return { sandbox, chatId, messageId, call, create };
}

describe('the SDK client', () => {
  it('creates, replies, reads, edits and recalls', async () => {
    const { sandbox, chatId, messageId } = await room();
    const { message } = sdkClient(sandbox).im.v1;
    const created = await message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: sandbox.user.openId, msg_type: 'text', content: text('one') },
    });
    expect(created).toMatchObject({ code: 0, data: { chat_id: chatId, msg_type: 'text' } });
    const replied = await message.reply({
      path: { message_id: messageId },
      data: { msg_type: 'text', content: text('two'), reply_in_thread: true, uuid: 'u1' },
    });
    expect(replied.data).toMatchObject({
      parent_id: messageId,
      root_id: messageId,
      thread_id: expect.stringMatching(/^omt_/),
    });
    const id = replied.data?.message_id ?? '';
    await message.update({
      path: { message_id: id },
      data: { msg_type: 'text', content: text('two!') },
    });
    const read = await message.get({ path: { message_id: id } });
    expect(read.data?.items?.[0]).toMatchObject({ updated: true, body: { content: text('two!') } });
    await message.delete({ path: { message_id: id } });
    expect(sandbox.messages({ fromBot: true })).toMatchObject([
      { content: text('one'), deleted: false },
      { content: text('two!'), deleted: true, edits: 1, uuid: 'u1', replyTo: messageId },
    ]);
    const list = await message.list({
      params: { container_id_type: 'chat', container_id: chatId, page_size: 1 },
    });
    expect(list.data).toMatchObject({ has_more: true, page_token: '1' });
    expect(list.data?.items).toHaveLength(1);
  });

  it('adds, lists and removes reactions', async () => {
    const { sandbox, messageId } = await room();
    const { messageReaction } = sdkClient(sandbox).im.v1;
    const path = { message_id: messageId };
    const added = await messageReaction.create({
      path,
      data: { reaction_type: { emoji_type: 'Typing' } },
    });
    expect(sandbox.messages()[0]?.reactions).toMatchObject([{ emojiType: 'Typing' }]);
    const listed = await messageReaction.list({ path });
    expect(listed.data?.items).toHaveLength(1);
    await messageReaction.delete({ path: { ...path, reaction_id: added.data?.reaction_id ?? '' } });
    expect(sandbox.messages()[0]?.reactions).toEqual([]);
    await expect(
      messageReaction.create({ path, data: { reaction_type: { emoji_type: 'NoSuchThing' } } }),
    ).rejects.toMatchObject({ response: { data: { code: 231001 } } });
  });

  it('uploads an image and a file, and downloads what a person sent', async () => {
    const { sandbox } = await room();
    const client = sdkClient(sandbox);
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const image = await client.im.v1.image.create({ data: { image_type: 'message', image: png } });
    expect(image?.image_key).toMatch(/^img_/);
    const file = await client.im.v1.file.create({
      data: { file_type: 'stream', file_name: 'a.txt', file: Buffer.from('hello') },
    });
    expect(file?.file_key).toMatch(/^file_/);
    const key = sandbox.putResource('file', Buffer.from('what the person sent'), 'b.txt');
    const said = sandbox.say({
      messageType: 'file',
      content: { file_key: key, file_name: 'b.txt' },
    });
    const resource = await client.im.v1.messageResource.get({
      path: { message_id: said.messageId, file_key: key },
      params: { type: 'file' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of resource.getReadableStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('what the person sent');
    const elsewhere = sandbox.say({ text: 'no file' });
    const call = await caller(sandbox);
    const wrong = await call(
      'GET',
      `im/v1/messages/${elsewhere.messageId}/resources/${key}?type=file`,
    );
    expect(wrong.body.code).toBe(234003);
  });
});

describe('uuid', () => {
  it('sends once within an hour and returns the first message', async () => {
    let time = Date.now();
    const { sandbox, create, call, messageId } = await room({ now: () => time });
    const first = await create({ uuid: 'same' });
    const again = await create({ uuid: 'same', content: text('other') });
    expect(again.body.data).toEqual(first.body.data);
    const byReply = await call('POST', `im/v1/messages/${messageId}/reply`, {
      msg_type: 'text',
      content: text('x'),
      uuid: 'same',
    });
    expect(byReply.body.data.message_id).toBe(first.body.data.message_id);
    expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
    time += 61 * 60_000;
    const later = await (await caller(sandbox))('POST', `im/v1/messages/${messageId}/reply`, {
      msg_type: 'text',
      content: text('x'),
      uuid: 'same',
    });
    expect(later.body.data.message_id).not.toBe(first.body.data.message_id);
    expect((await create({ uuid: 'x'.repeat(51) })).body.code).not.toBe(0);
  });
});

describe('sending is refused', () => {
  it.each([
    ['content that is no JSON', { content: 'hello' }, 230001, /json format/],
    ['content that is an object', { content: { text: 'x' } }, 230001, /not a string/],
    ['text without text', { content: '{}' }, 230001, /must contain text/],
    ['an unknown type', { msg_type: 'hologram' }, 230001, /msg_type/],
    ['a type with a name of every object', { msg_type: 'constructor' }, 230001, /msg_type/],
    ['a post without paragraphs', { msg_type: 'post', content: '{"zh_cn":{}}' }, 230001, /post/],
    ['a text that is too long', { content: text('x'.repeat(150 * 1024)) }, 230025, /length/],
    [
      'a post that is too long',
      {
        msg_type: 'post',
        content: JSON.stringify({
          zh_cn: { content: [[{ tag: 'text', text: 'x'.repeat(30 * 1024) }]] },
        }),
      },
      230025,
      /length/,
    ],
    ['a card that is none', { msg_type: 'interactive', content: '{}' }, 230099, /200621/],
    [
      'a card with too many tables',
      {
        msg_type: 'interactive',
        content: JSON.stringify({
          schema: '2.0',
          body: { elements: [{ tag: 'markdown', content: '| a |\n|---|\n| b |\n\n'.repeat(4) }] },
        }),
      },
      230099,
      /ErrCode: 11310; ErrMsg: card table number over limit/,
    ],
  ])('for %s', async (_, body, code, msg) => {
    const { create, sandbox } = await room();
    expect(await create(body)).toMatchObject({
      status: 400,
      body: { code, msg: expect.stringMatching(msg), error: { log_id: expect.any(String) } },
    });
    expect(sandbox.messages({ fromBot: true })).toEqual([]);
  });

  it('for a receiver that is not there or cannot be reached', async () => {
    const { create, sandbox, chatId } = await room();
    const code = async (id: string, type: string) =>
      (await create({}, { receive_id: id }, type)).body.code;
    expect(await code('oc_unknown', 'chat_id')).toBe(230034);
    expect(await code('ou_unknown', 'open_id')).toBe(230034);
    expect(await code('not-an-id', 'open_id')).toBe(230001);
    const bot = (await (await caller(sandbox))('GET', 'bot/v3/info')).body.bot.open_id;
    expect(await code(bot, 'open_id')).toBe(230013);
    sandbox.configureApp({ availability: ['ou_somebody'] });
    expect(await code(sandbox.user.openId, 'open_id')).toBe(230013);
    expect(await code(chatId, 'chat_id')).toBe(230013);
    sandbox.configureApp({ availability: 'all' });
    sandbox.setMembership(chatId, false);
    expect(await code(chatId, 'chat_id')).toBe(230002);
    sandbox.setMembership(chatId, true);
    sandbox.configureApp({ bot: false });
    expect(await code(chatId, 'chat_id')).toBe(230006);
  });

  it('above the rate of a chat with 230020, above that of the app with 429 and the time to wait', async () => {
    const now = Date.now();
    const { create, sandbox } = await room({
      now: () => now,
      rateLimits: { perChatPerSecond: 2, perAppPerSecond: 3 },
    });
    const codes = [];
    for (let index = 0; index < 3; index += 1) codes.push((await create({})).body.code);
    expect(codes).toEqual([0, 0, 230020]);
    const other = sandbox.say({ text: 'x', chatType: 'group' });
    expect((await create({}, { receive_id: other.chatId })).body.code).toBe(0);
    const limited = await create({}, { receive_id: other.chatId });
    expect(limited).toMatchObject({ status: 429, body: { code: 99991400 } });
    expect(limited.headers.get('x-ogw-ratelimit-reset')).toBe('1');
  });
});

describe('changing a message is refused', () => {
  it('after twenty edits, for a card by PUT, for somebody else’s, and after it was recalled', async () => {
    const { create, call, messageId } = await room();
    const id = (await create({})).body.data.message_id;
    const edit = (target: string) =>
      call('PUT', `im/v1/messages/${target}`, { msg_type: 'text', content: text('y') });
    for (let index = 0; index < 20; index += 1) expect((await edit(id)).body.code).toBe(0);
    expect((await edit(id)).body.code).toBe(230072);
    expect((await edit(messageId)).body.code).toBe(230071);
    const content = JSON.stringify({ schema: '2.0', body: { elements: [] } });
    const card = (await create({ msg_type: 'interactive', content })).body.data.message_id;
    expect((await edit(card)).body.code).toBe(230054);
    const patched = await call('PATCH', `im/v1/messages/${card}`, { content });
    expect(patched.body.code).toBe(0);
    expect((await call('PATCH', `im/v1/messages/${id}`, { content })).body.code).toBe(230054);
    await call('DELETE', `im/v1/messages/${id}`);
    expect((await edit(id)).body.code).toBe(230110);
    const reply = await call('POST', `im/v1/messages/${id}/reply`, {
      msg_type: 'text',
      content: text('z'),
    });
    expect(reply.body.code).toBe(230011);
  });
});

describe('uploads are refused', () => {
  it('when empty, no image, or not a form', async () => {
    const sandbox = await start();
    const token = sdkClient(sandbox);
    const upload = (image: Buffer) =>
      token.request({
        method: 'POST',
        url: '/open-apis/im/v1/images',
        headers: { 'Content-Type': 'multipart/form-data' },
        data: { image_type: 'message', image },
      });
    await expect(upload(Buffer.from('plain text'))).rejects.toMatchObject({
      response: { data: { code: 234011 } },
    });
    await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({
      response: { data: { code: 234010 } },
    });
    const tooLarge = Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(10 * 1024 * 1024)]);
    await expect(upload(tooLarge)).rejects.toMatchObject({ response: { data: { code: 234006 } } });
    const call = await caller(sandbox);
    expect((await call('POST', 'im/v1/images', { image_type: 'message' })).body.code).toBe(234001);
  });
});

describe('people and chats', () => {
  it('are told to an app with the scopes', async () => {
    const sandbox = await start();
    const { chatId } = sandbox.say({
      text: 'x',
      chatType: 'group',
      from: { openId: 'ou_alice', name: 'Alice' },
    });
    const call = await caller(sandbox);
    expect((await call('GET', `im/v1/chats/${chatId}`)).body.data).toMatchObject({
      name: 'Sandbox group',
      chat_mode: 'group',
    });
    expect((await call('GET', 'im/v1/chats')).body.data.items).toMatchObject([{ chat_id: chatId }]);
    const user = () => call('GET', 'contact/v3/users/ou_alice?user_id_type=open_id');
    expect((await user()).body.data.user).toMatchObject({ open_id: 'ou_alice', name: 'Alice' });
    sandbox.configureApp({ scopes: ['contact:contact.base:readonly'] });
    expect((await user()).body.data.user).not.toHaveProperty('name');
  });
});

describe('nextAnswer', () => {
  it('hands out each message of the bot once, also those that came before it was asked', async () => {
    const { sandbox, create } = await room();
    await create({ content: text('first') });
    const waiting = sandbox.nextAnswer();
    expect((await waiting).content).toBe(text('first'));
    const second = sandbox.nextAnswer({ fromBot: true });
    await create({ content: text('second') });
    expect((await second).content).toBe(text('second'));
    await expect(sandbox.nextAnswer({}, { timeoutMs: 1 })).rejects.toThrow(/no answer within/);
    await expect(sandbox.nextAnswer({}, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    const unanswered = sandbox.nextAnswer();
    const rejected = expect(unanswered).rejects.toThrow(/closed/);
    await sandbox.close();
    await rejected;
  });
});
