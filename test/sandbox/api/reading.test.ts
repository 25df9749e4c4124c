import { describe, expect, it } from 'vitest';
import type { AppState, Sandbox } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { sdkClient } from '../sdk.ts';

const { start } = useSandboxes();

async function room(app: Partial<AppState> = {}) {
  const sandbox = await start({ app });
  const call = await caller(sandbox);
  const items = async (messageId: string, query = '') =>
    (await call('GET', `im/v1/messages/${messageId}${query}`)).body.data.items;
  return { sandbox, call, items };
}

const send = async (
  { call }: Awaited<ReturnType<typeof room>>,
  chatId: string,
  msg_type: string,
  content: object,
): Promise<string> => {
  const sent = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
    receive_id: chatId,
    msg_type,
    content: JSON.stringify(content),
  });
  expect(sent.body.code).toBe(0);
  return sent.body.data.message_id;
};

describe('one message', () => {
  it('names people by open_id, and bots by their App ID', async () => {
    const { sandbox, items } = await room();
    const group = { chatType: 'group', text: 'x', mentionBot: true } as const;
    const person = sandbox.say(group);
    const other = sandbox.say({ ...group, from: { openId: 'ou_bot', senderType: 'app' } });
    const [said] = await items(person.messageId);
    expect(said).toMatchObject({
      deleted: false,
      updated: false,
      sender: { id: sandbox.user.openId, id_type: 'open_id', sender_type: 'user' },
      mentions: [{ key: '@_user_1', id: expect.stringMatching(/^ou_/), id_type: 'open_id' }],
    });
    const [typed] = await items(person.messageId, '?user_id_type=union_id');
    expect(typed).toMatchObject({
      sender: { id: sandbox.user.openId.replace('ou_', 'on_'), id_type: 'union_id' },
      mentions: [{ id: sandbox.appId, id_type: 'app_id' }],
    });
    expect((await items(other.messageId))[0].sender).toMatchObject({
      id: expect.stringMatching(/^cli_[0-9a-f]{16}$/),
      id_type: 'app_id',
      sender_type: 'app',
    });
  });

  it('shows an edit by its new text and time, and a recall by a text that is no JSON', async () => {
    const { sandbox, items } = await room();
    const { messageId } = sandbox.say({ text: 'one' });
    const [before] = await items(messageId);
    sandbox.edit({ messageId, text: 'two' });
    const [after] = await items(messageId);
    expect(after).toMatchObject({ updated: true, body: { content: '{"text":"two"}' } });
    expect(Number(after.update_time)).toBeGreaterThan(Number(before.update_time));
    expect(after.create_time).toBe(before.create_time);
    sandbox.recall({ messageId });
    expect((await items(messageId))[0]).toMatchObject({
      deleted: true,
      body: { content: 'This message was recalled' },
    });
  });

  it('gives what a bot sent with keys for mentions, without locale and Markdown', async () => {
    const here = await room();
    const { chatId } = here.sandbox.say({ text: 'x', from: { openId: 'ou_a', name: 'Ann' } });
    const text = await send(here, chatId, 'text', {
      text: '<at user_id="ou_a"></at> and <at user_id="all">all</at>, <at user_id="ou_a">A</at>',
    });
    expect((await here.items(text))[0]).toMatchObject({
      body: { content: '{"text":"@_user_1 and @_all, @_user_1"}' },
      mentions: [{ key: '@_user_1', id: 'ou_a', name: 'Ann' }],
    });
    const md = { tag: 'md', text: '- one\n- two' };
    const post = await send(here, chatId, 'post', { zh_cn: { title: 't', content: [[md]] } });
    expect(JSON.parse((await here.items(post))[0].body.content)).toEqual({
      title: 't',
      content: [
        [{ tag: 'text', text: '- one', style: [] }],
        [{ tag: 'text', text: '- two', style: [] }],
      ],
      content_v2: [[md]],
    });
  });
});

describe('a card', () => {
  const cardV2 = {
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: 'Report' } },
    body: { elements: [{ tag: 'markdown', content: '**all** fine' }] },
  };
  const cardV1 = {
    header: { title: { tag: 'plain_text', content: 'Report' } },
    elements: [
      { tag: 'div', text: { tag: 'lark_md', content: 'all fine' } },
      { tag: 'hr' },
      { tag: 'action', actions: [{ tag: 'button', text: { tag: 'plain_text', content: 'OK' } }] },
      { tag: 'note', elements: [{ tag: 'plain_text', content: 'by a bot' }] },
    ],
  };

  it('2.0 is a hint to upgrade unless it is asked for as written', async () => {
    const here = await room();
    const { chatId } = here.sandbox.say({ text: 'x' });
    const id = await send(here, chatId, 'interactive', cardV2);
    const content = async (form: string) =>
      JSON.parse((await here.items(id, form))[0].body.content);
    const hint = await content('');
    expect(JSON.stringify(hint)).toContain('请升级至最新版本客户端，以查看内容');
    expect(JSON.stringify(hint)).not.toContain('all');
    const written = await content('?card_msg_content_type=user_card_content');
    expect(JSON.parse(written.user_dsl)).toEqual(cardV2);
    const raw = await content('?card_msg_content_type=raw_card_content');
    expect(JSON.parse(raw.json_card).body.elements).toEqual([
      { tag: 'markdown', property: { content: '**all** fine' } },
    ]);
  });

  it('1.0 is simplified unless it is asked for as written', async () => {
    const { sandbox, items } = await room();
    const { messageId } = sandbox.say({ card: cardV1 });
    expect(JSON.parse((await items(messageId))[0].body.content)).toEqual({
      title: 'Report',
      elements: [
        [{ tag: 'text', text: 'all fine' }],
        [{ tag: 'hr' }],
        [{ tag: 'button', text: 'OK' }],
        [{ tag: 'note', elements: [{ tag: 'text', text: 'by a bot' }] }],
      ],
    });
    const [written] = await items(messageId, '?card_msg_content_type=user_card_content');
    expect(JSON.parse(written.body.content)).toEqual(cardV1);
  });
});

describe('merged messages', () => {
  it('come with the one that holds them, nested by upper_message_id, and are in no list', async () => {
    const here = await room();
    const { sandbox, call, items } = here;
    const { messageId, chatId } = sandbox.say({
      merged: [
        { text: 'first', from: { openId: 'ou_a', name: 'Ann' } },
        { merged: [{ text: 'deep', from: { openId: 'ou_b', name: 'Bo' } }] },
        { text: 'last' },
      ],
    });
    const [container, ...children] = await items(messageId);
    expect(container).toMatchObject({
      msg_type: 'merge_forward',
      body: { content: '{"content":"Merged and Forwarded Message"}' },
    });
    expect(container).not.toHaveProperty('upper_message_id');
    expect(children).toMatchObject([
      {
        body: { content: '{"text":"first"}' },
        upper_message_id: messageId,
        sender: { id: 'ou_a' },
      },
      { msg_type: 'merge_forward', upper_message_id: messageId },
      { body: { content: '{"text":"deep"}' }, upper_message_id: children[1].message_id },
      { body: { content: '{"text":"last"}' }, upper_message_id: messageId },
    ]);
    const times = [children[0], children[1], children[3]].map((each) => Number(each.create_time));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    const list = await call(
      'GET',
      `im/v1/messages?container_id_type=chat&container_id=${chatId}&page_size=50`,
    );
    expect(list.body.data.items).toHaveLength(1);
    const child = await call('GET', `im/v1/messages/${children[0].message_id}`);
    expect(child.body.code).toBe(230002);
  });
});

describe('a list', () => {
  const withHistory = { scopes: ['im:message', 'im:message.group_msg', 'im:chat'] };
  const texts = (list: { body: { content: string } }[]) =>
    list.map(({ body }) => JSON.parse(body.content).text);

  async function topics(sandbox: Sandbox) {
    const chat = { chatType: 'group', chatForm: 'topic' } as const;
    const first = sandbox.say({ ...chat, text: 'first' });
    const second = sandbox.say({ ...chat, text: 'second' });
    sandbox.say({ ...chat, text: 'answer', parentId: first.messageId });
    sandbox.say({ ...chat, text: 'more', parentId: first.messageId });
    return { chatId: first.chatId, first, second };
  }

  it('of a chat has only the first messages of topics, in the order and pages asked for', async () => {
    const { sandbox, call } = await room(withHistory);
    const { chatId } = await topics(sandbox);
    const list = async (query: string) =>
      (await call('GET', `im/v1/messages?container_id_type=chat&container_id=${chatId}&${query}`))
        .body.data;
    expect(texts((await list('')).items)).toEqual(['first', 'second']);
    const newest = await list('sort_type=ByCreateTimeDesc&page_size=1');
    expect(texts(newest.items)).toEqual(['second']);
    expect(newest.has_more).toBe(true);
    const next = await list(
      `sort_type=ByCreateTimeDesc&page_size=1&page_token=${newest.page_token}`,
    );
    expect(texts(next.items)).toEqual(['first']);
    expect(next.has_more).toBe(false);
    expect((await list('start_time=9999999999')).items).toEqual([]);
  });

  it('of a topic has its messages', async () => {
    const { sandbox } = await room(withHistory);
    const { first } = await topics(sandbox);
    const { message } = sdkClient(sandbox).im.v1;
    const opener = await message.get({ path: { message_id: first.messageId } });
    const list = await message.list({
      params: {
        container_id_type: 'thread',
        container_id: opener.data?.items?.[0]?.thread_id ?? '',
      },
    });
    expect(texts(list.data?.items as never)).toEqual(['first', 'answer', 'more']);
  });

  it('of a group needs the scope for all its messages, and of a direct chat does not', async () => {
    const { sandbox, call } = await room();
    const code = async (chatId: string, type = 'chat') =>
      (await call('GET', `im/v1/messages?container_id_type=${type}&container_id=${chatId}`)).body
        .code;
    expect(await code(sandbox.say({ text: 'x', chatType: 'group' }).chatId)).toBe(230027);
    expect(await code(sandbox.say({ text: 'x' }).chatId)).toBe(0);
    expect(await code('omt_none', 'thread')).toBe(230001);
    expect(await code('x', 'shelf')).toBe(99992402);
  });
});
