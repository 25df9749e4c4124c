import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import type { OtherEvent } from '../sdk.ts';

const { start, listen } = useSandboxes();

const types = [
  'im.message.updated_v1',
  'im.message.recalled_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'application.bot.menu_v6',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'im.chat.disbanded_v1',
] as const;
const events = ['im.message.receive_v1', ...types];

async function subscribed() {
  const sandbox = await start({ app: { events } });
  const listener = listen(sandbox, { types });
  await listener.ready;
  const next = async (eventId: string): Promise<OtherEvent> =>
    waitFor(() => {
      const event = listener.others.find(({ event_id }) => event_id === eventId);
      expect(event).toBeDefined();
      return event as OtherEvent;
    });
  return { sandbox, listener, next };
}

describe('what people do reaches the SDK as an event', () => {
  it('an edit, with the new content in the message', async () => {
    const { sandbox, next } = await subscribed();
    const { messageId } = sandbox.say({ text: 'one' });
    const { eventId } = sandbox.edit({ messageId, text: 'two' });
    expect(await next(eventId)).toMatchObject({
      event_type: 'im.message.updated_v1',
      message_id: messageId,
      message: { message_id: messageId, content: '{"text":"two"}' },
    });
    expect(sandbox.messages()).toMatchObject([{ content: '{"text":"two"}', edits: 1 }]);
  });

  it('an edit that adds a mention, as a second receive event with the same message id', async () => {
    const { sandbox, listener, next } = await subscribed();
    const { messageId } = sandbox.say({ text: 'help', chatType: 'group' });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('no-mention');
    await next(sandbox.edit({ messageId, text: 'help', mentionBot: true }).eventId);
    await waitFor(() => expect(listener.events).toHaveLength(1));
    expect(listener.events[0]?.message).toMatchObject({
      message_id: messageId,
      content: '{"text":"@_user_1 help"}',
      mentions: [{ key: '@_user_1', name: 'Sandbox Bot' }],
    });
  });

  it('a recall, of a person’s message by whoever may, and of a bot’s own', async () => {
    const { sandbox, listener, next } = await subscribed();
    const { messageId, chatId } = sandbox.say({ text: 'x', chatType: 'group', mentionBot: true });
    const { eventId } = sandbox.recall({ messageId, by: 'group_owner' });
    expect(await next(eventId)).toMatchObject({
      message_id: messageId,
      chat_id: chatId,
      recall_time: expect.stringMatching(/^\d{13}$/),
      recall_type: 'group_owner',
    });
    expect(() => sandbox.recall({ messageId })).toThrow(/recalled/);
    const call = await caller(sandbox);
    const sent = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type: 'text',
      content: '{"text":"y"}',
    });
    const own = sent.body.data.message_id;
    expect((await call('DELETE', `im/v1/messages/${own}`)).body.code).toBe(0);
    await waitFor(() =>
      expect(listener.others.at(-1)).toMatchObject({
        message_id: own,
        recall_type: 'message_owner',
      }),
    );
  });

  it('a reaction without a chat id, of a person and of the bot itself', async () => {
    const { sandbox, listener, next } = await subscribed();
    const { messageId } = sandbox.say({ text: 'x' });
    const added = sandbox.react({ messageId, emojiType: 'THUMBSUP' });
    const event = await next(added.eventId);
    expect(event).toMatchObject({
      event_type: 'im.message.reaction.created_v1',
      message_id: messageId,
      reaction_type: { emoji_type: 'THUMBSUP' },
      operator_type: 'user',
      user_id: { open_id: sandbox.user.openId },
      action_time: expect.stringMatching(/^\d{13}$/),
    });
    expect(event).not.toHaveProperty('chat_id');
    const removed = sandbox.react({ messageId, emojiType: 'THUMBSUP', remove: true });
    expect((await next(removed.eventId)).event_type).toBe('im.message.reaction.deleted_v1');
    expect(() => sandbox.react({ messageId, emojiType: 'THUMBSUP', remove: true })).toThrow(
      RangeError,
    );
    expect(() => sandbox.react({ messageId, emojiType: 'EYES' })).toThrow(/no reaction EYES/);
    const byBot = { openId: 'ou_other', senderType: 'app' } as const;
    const other = sandbox.react({ messageId, emojiType: 'OK', from: byBot });
    expect(await next(other.eventId)).toMatchObject({
      operator_type: 'app',
      app_id: expect.stringMatching(/^cli_[0-9a-f]{16}$/),
    });
    const call = await caller(sandbox);
    await call('POST', `im/v1/messages/${messageId}/reactions`, {
      reaction_type: { emoji_type: 'Typing' },
    });
    await waitFor(() =>
      expect(listener.others.at(-1)).toMatchObject({
        operator_type: 'app',
        app_id: sandbox.appId,
        reaction_type: { emoji_type: 'Typing' },
      }),
    );
  });

  it('a menu entry without a chat, in seconds, and with the name only by its scope', async () => {
    const { sandbox, next } = await subscribed();
    const event = await next(sandbox.chooseMenu({ eventKey: 'help' }).eventId);
    expect(event).toMatchObject({
      event_type: 'application.bot.menu_v6',
      event_key: 'help',
      operator: { operator_id: { open_id: sandbox.user.openId } },
    });
    expect(String(event.timestamp)).toMatch(/^\d{10}$/);
    expect(event.operator).not.toHaveProperty('operator_name');
    sandbox.configureApp({ scopes: ['application:application.bot.operator_name:readonly'] });
    expect(await next(sandbox.chooseMenu({ eventKey: 'help' }).eventId)).toMatchObject({
      operator: { operator_name: sandbox.user.name },
    });
  });

  it('an opened chat: first without, then with the last message', async () => {
    const { sandbox, next } = await subscribed();
    const opened = sandbox.openChat();
    const first = await next(opened.eventId);
    expect(first).toMatchObject({
      chat_id: opened.chatId,
      operator_id: { open_id: sandbox.user.openId },
    });
    expect(first).not.toHaveProperty('last_message_id');
    const { messageId, chatId } = sandbox.say({ text: 'x' });
    expect(chatId).toBe(opened.chatId);
    expect(await next(sandbox.openChat().eventId)).toMatchObject({ last_message_id: messageId });
  });

  it('a bot that joins and leaves a group, and a group that is dissolved', async () => {
    const { sandbox, listener, next } = await subscribed();
    sandbox.setMembership('oc_new', true);
    sandbox.setMembership('oc_new', true);
    sandbox.setMembership('oc_new', false);
    await waitFor(() => expect(listener.others).toHaveLength(2));
    const [added, deleted] = ['added', 'deleted'].map((change) =>
      listener.others.find(({ event_type }) => event_type === `im.chat.member.bot.${change}_v1`),
    );
    for (const event of [added, deleted]) {
      expect(event).toMatchObject({ chat_id: 'oc_new', name: 'Sandbox Bot', external: false });
    }
    sandbox.setMembership('oc_new', true);
    sandbox.disband({ chatId: 'oc_new' });
    await waitFor(() => expect(listener.others).toHaveLength(4));
    const last = sandbox.deliveries().at(-1)?.eventId ?? '';
    expect(await next(last)).toMatchObject({ chat_id: 'oc_new', name: 'Sandbox group' });
    const call = await caller(sandbox);
    expect((await call('GET', 'im/v1/chats/oc_new')).body.code).toBe(232009);
    expect(() => sandbox.disband({ chatId: 'oc_unknown' })).toThrow(RangeError);
    expect(() => sandbox.say({ text: 'x', chatId: 'oc_new' })).toThrow(/dissolved/);
    expect(() => sandbox.setMembership('oc_new', true)).toThrow(/dissolved/);
  });
});

describe('an event is kept back', () => {
  const withhold = async (change: (sandbox: Sandbox) => void) => {
    const { sandbox } = await subscribed();
    const { messageId } = sandbox.say({ text: 'x', chatType: 'group', mentionBot: true });
    change(sandbox);
    sandbox.react({ messageId, emojiType: 'OK' });
    return sandbox.deliveries().at(-1);
  };

  it.each([
    ['event-not-subscribed', { events: ['im.message.receive_v1'] }],
    ['scope-missing', { scopes: ['im:message'] }],
    ['webhook-mode', { eventMode: 'webhook' }],
    ['bot-off', { bot: false }],
  ] as const)('%s', async (reason, patch) => {
    const kept = await withhold((sandbox) => sandbox.configureApp(patch));
    expect(kept).toMatchObject({
      eventType: 'im.message.reaction.created_v1',
      attempt: 0,
      undelivered: reason,
    });
  });

  it('bot-not-in-chat', async () => {
    const kept = await withhold((sandbox) => {
      for (const { chatId } of sandbox.messages()) sandbox.setMembership(chatId, false);
    });
    expect(kept?.undelivered).toBe('bot-not-in-chat');
  });

  it('without a note where the bot itself caused it', async () => {
    const sandbox = await start({ app: { events: ['im.message.receive_v1'] } });
    const { messageId } = sandbox.say({ text: 'x' });
    const before = sandbox.deliveries().length;
    const call = await caller(sandbox);
    await call('POST', `im/v1/messages/${messageId}/reactions`, {
      reaction_type: { emoji_type: 'Typing' },
    });
    expect(sandbox.messages()[0]?.reactions).toHaveLength(1);
    expect(sandbox.deliveries()).toHaveLength(before);
  });
});

it('a message that was recalled has no content when it comes again', async () => {
  const sandbox = await start({ redeliveryMs: [20, 40], app: { events } });
  let calls = 0;
  const { events: received, ready } = listen(sandbox, {
    types,
    handle: ({ message }) => {
      calls += 1;
      if (calls > 1) return;
      sandbox.recall({ messageId: message.message_id });
      throw new Error('not now');
    },
  });
  await ready;
  sandbox.say({ text: 'secret' });
  await waitFor(() => expect(received).toHaveLength(2));
  expect(received.map(({ message }) => message.content)).toEqual(['{"text":"secret"}', '']);
});
