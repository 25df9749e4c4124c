import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatNoticeOf } from '../../../src/channel/message/chat-notice.ts';
import { parseEvent, readEventTypes } from '../../../src/channel/message/events/all.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { everyRow } from '../../support/every-row.ts';

/** The body, as the platform sends it. */
const flattened = {
  sender: { sender_id: { open_id: 'ou_1' }, sender_type: 'user', tenant_key: 't' },
  message: {
    message_id: 'om_1',
    root_id: 'om_0',
    parent_id: 'om_0',
    thread_id: 'omt_1',
    create_time: '1700000000000',
    chat_id: 'oc_1',
    chat_type: 'group',
    message_type: 'text',
    content: '{"text":"@_user_1 hi"}',
    mentions: [{ key: '@_user_1', id: { open_id: 'ou_bot' }, name: 'Bot', tenant_key: 't' }],
  },
};

const received = (body: unknown) => ({
  type: 'im.message.receive_v1',
  eventId: 'e1',
  createTime: '1700000000001',
  body,
});

describe('an event', () => {
  it('is read as it comes', () => {
    expect(parseEvent(received(flattened))).toEqual({
      eventId: 'e1',
      messageId: 'om_1',
      chatId: 'oc_1',
      chatType: 'group',
      threadId: 'omt_1',
      rootId: 'om_0',
      parentId: 'om_0',
      createTime: 1_700_000_000_000,
      senderOpenId: 'ou_1',
      senderType: 'user',
      messageType: 'text',
      content: '{"text":"@_user_1 hi"}',
      mentions: [{ key: '@_user_1', openId: 'ou_bot', name: 'Bot' }],
    });
  });

  it('may lack what is not needed', () => {
    const message = { message_id: 'om_1', chat_id: 'oc_1', chat_type: 'p2p', create_time: 'soon' };
    expect(parseEvent({ ...received({ sender: {}, message }), eventId: undefined })).toMatchObject({
      eventId: 'om_1',
      chatType: 'p2p',
      createTime: 0,
      senderOpenId: '',
      messageType: 'unknown',
      mentions: [],
    });
  });

  everyRow([
    ['no message', { ...flattened, message: undefined }, 'message'],
    [
      'no chat',
      { ...flattened, message: { ...flattened.message, chat_id: '' } },
      'message.chat_id',
    ],
    ['nothing at all', undefined, 'event'],
  ])('that cannot be read names the place: %s', (_, event, place) => {
    expect(() => parseEvent(received(event))).toThrow(
      expect.objectContaining({ code: 'event-malformed', details: { retryable: false, place } }),
    );
  });

  it('of any shape is read or refused, never more', () => {
    const shape = fc.record(
      {
        event_id: fc.anything(),
        sender: fc.anything(),
        message: fc.record(
          {
            message_id: fc.oneof(fc.string(), fc.anything()),
            chat_id: fc.oneof(fc.string(), fc.anything()),
            create_time: fc.anything(),
            content: fc.anything(),
            mentions: fc.anything(),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), shape), (event) => {
        try {
          expect(parseEvent(received(event))?.messageId).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(MoltbotFeishuError);
          expect(error).toMatchObject({ code: 'event-malformed' });
        }
      }),
    );
  });
});

/** Bodies as the platform sends them (open.feishu.cn, im-v1 events; application.bot.menu_v6). */
const others: readonly [type: string, body: object, read: object][] = [
  [
    'card.action.trigger',
    {
      operator: { tenant_key: 't', open_id: 'ou_1', union_id: 'on_1' },
      token: 'c-1',
      action: { tag: 'button', value: { command: '/approve 1' } },
      host: 'im_message',
      context: { open_message_id: 'om_card', open_chat_id: 'oc_1' },
    },
    {
      kind: 'action',
      messageId: 'e1',
      targetId: 'om_card',
      chatId: 'oc_1',
      senderOpenId: 'ou_1',
      // Its header counts in microseconds.
      createTime: 1_700_000_000,
      content: '{"tag":"button","value":{"command":"/approve 1"}}',
    },
  ],
  [
    'application.bot.menu_v6',
    {
      operator: { operator_name: 'Li', operator_id: { open_id: 'ou_1' } },
      event_key: '/help',
      timestamp: 1_700_000_000,
    },
    {
      kind: 'menu',
      chatId: 'ou_1',
      chatType: 'p2p',
      createTime: 1_700_000_000_000,
      content: '{"event_key":"/help"}',
    },
  ],
  [
    'im.message.recalled_v1',
    { message_id: 'om_1', chat_id: 'oc_1', recall_time: '1', recall_type: 'message_owner' },
    { kind: 'recalled', messageId: 'om_1', chatId: 'oc_1' },
  ],
  ['im.message.updated_v1', { message_id: 'om_1' }, { kind: 'edited', messageId: 'om_1' }],
  [
    'im.message.reaction.created_v1',
    {
      message_id: 'om_1',
      reaction_type: { emoji_type: 'OK' },
      operator_type: 'user',
      user_id: { open_id: 'ou_1' },
      action_time: '1',
    },
    { kind: 'reaction', messageId: 'om_1', emojiType: 'OK', isRemoved: false, openId: 'ou_1' },
  ],
  [
    'im.message.reaction.deleted_v1',
    {
      message_id: 'om_1',
      reaction_type: { emoji_type: 'OK' },
      operator_type: 'user',
      user_id: { open_id: 'ou_1' },
    },
    { kind: 'reaction', messageId: 'om_1', emojiType: 'OK', isRemoved: true, openId: 'ou_1' },
  ],
  [
    'im.chat.member.bot.added_v1',
    { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, external: false, name: 'Bot' },
    { kind: 'bot-added', chatId: 'oc_1', openId: 'ou_1' },
  ],
  [
    'im.chat.member.bot.deleted_v1',
    { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' } },
    { kind: 'bot-removed', chatId: 'oc_1', openId: 'ou_1' },
  ],
  [
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, last_message_id: 'om_1' },
    { kind: 'chat-opened', chatId: 'oc_1', openId: 'ou_1', isFirst: false },
  ],
  ['im.chat.disbanded_v1', { chat_id: 'oc_1' }, { kind: 'chat-disbanded', chatId: 'oc_1' }],
];

const eventOf = (type: string, body: unknown) => ({
  type,
  eventId: 'e1',
  createTime: '1700000000001',
  body,
});

it('every event that is read has its body here, and every event of the manifest is read', () => {
  const tested = ['im.message.receive_v1', ...others.map(([type]) => type)];
  expect([...readEventTypes].sort()).toEqual([...tested].sort());
  const { events, callbacks } = appManifest;
  const named = [...events.map(({ event }) => event), ...callbacks];
  expect([...readEventTypes].sort()).toEqual(named.sort());
});

it('events beside messages are read, each by its own form', () => {
  for (const [type, body, read] of others) {
    const event = parseEvent(eventOf(type, body));
    expect((event && chatNoticeOf(event)) ?? event, type).toMatchObject(read);
    expect(event?.eventId).toBe('e1');
  }
});

it('a reaction of a bot is of no use', () => {
  const body = { message_id: 'om_1', reaction_type: { emoji_type: 'Typing' } };
  const created = (more: object) =>
    parseEvent(eventOf('im.message.reaction.created_v1', { ...body, ...more }));
  const person = { user_id: { open_id: 'ou_1' } };
  expect(created({ operator_type: 'app' })).toBeUndefined();
  expect(created({ operator_type: 'app', ...person })).toBeUndefined();
  // One of nobody, too.
  expect(created({ operator_type: 'user' })).toBeUndefined();
  expect(created({ operator_type: 'user', user_id: { open_id: '' } })).toBeUndefined();
  expect(created(person)).toMatchObject({ kind: 'notice', senderOpenId: 'ou_1' });
});

it('an event of a type that is not read is none of ours', () => {
  for (const type of ['im.message.message_read_v1', 'constructor', '']) {
    expect(parseEvent(eventOf(type, {}))).toBeUndefined();
  }
});

it('of any type and shape is read or refused, never more', () => {
  const types = fc.constantFrom(...others.map(([type]) => type));
  fc.assert(
    fc.property(
      types,
      fc.anything(),
      fc.dictionary(fc.string(), fc.anything()),
      (type, ...bodies) => {
        for (const body of [
          ...bodies,
          ...others.map(([, known]) => ({ ...known, ...bodies[1] })),
        ]) {
          try {
            const event = parseEvent(eventOf(type, body));
            expect(event?.messageId ?? 'e1').toBe('e1');
            expect(event?.chatId).not.toBe('');
          } catch (error) {
            expect(error).toMatchObject({ code: 'event-malformed' });
          }
        }
      },
    ),
  );
});
