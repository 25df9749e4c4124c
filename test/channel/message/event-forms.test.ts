/** What an event may lack, and what it is known by then; each type by its own form. */
import { expect, it } from 'vitest';
import { chatNoticeOf } from '../../../src/channel/message/chat-notice.ts';
import { parseEvent } from '../../../src/channel/message/events/all.ts';
import { everyRow } from '../../support/every-row.ts';

const sender = { sender_id: { open_id: 'ou_1' }, sender_type: 'user' };
const message = { message_id: 'om_1', chat_id: 'oc_1', chat_type: 'group', message_type: 'text' };

const eventOf = (type: string, body: unknown) => ({
  type,
  eventId: 'e1',
  createTime: '1700000000001',
  body,
});
const received = (body: object) => parseEvent(eventOf('im.message.receive_v1', body));

everyRow<[string, object, object]>([
  ['a chat of a later type', { chat_type: 'topic_group' }, { chatType: 'group' }],
  ['no type of a chat', { chat_type: undefined }, { chatType: 'group' }],
  [
    'no topic',
    { thread_id: '', root_id: null, parent_id: 5 },
    { threadId: undefined, rootId: undefined, parentId: undefined },
  ],
  [
    'a time that is a number',
    { create_time: 1_700_000_000_000 },
    { createTime: 1_700_000_000_000 },
  ],
  ['a time that is none', { create_time: '1.5' }, { createTime: 0 }],
  ['a time that is too late', { create_time: '9e99' }, { createTime: 0 }],
  [
    'a type and a content that are no texts',
    { message_type: 7, content: {} },
    { messageType: 'unknown', content: '{}' },
  ],
  ['no mentions', { mentions: null }, { mentions: [] }],
  ['mentions of another form', { mentions: 'all' }, { mentions: [] }],
  [
    'mentions of which nothing is known',
    { mentions: [{}, { key: 1, name: null, id: { open_id: null } }] },
    {
      mentions: [
        { key: '', name: '', openId: '' },
        { key: '', name: '', openId: '' },
      ],
    },
  ],
])('a message with %s is read', (_name, patch, read) => {
  expect(received({ sender, message: { ...message, ...patch } })).toMatchObject(read);
});

it('a message of a sender of whom nothing is known is one of a person', () => {
  expect(received({ sender: {}, message })).toMatchObject({ senderOpenId: '', senderType: 'user' });
  const app = { sender_type: 'app', sender_id: 'x' };
  expect(received({ sender: app, message })).toMatchObject({ senderOpenId: '', senderType: 'app' });
});

everyRow<[string, object, object]>([
  ['im.message.receive_v1', { sender, message }, { eventId: 'om_1', messageId: 'om_1' }],
  [
    'card.action.trigger',
    { operator: { open_id: 'ou_1' }, token: 'c-1', action: {}, context: { open_chat_id: '' } },
    {
      eventId: 'c-1',
      messageId: 'c-1',
      targetId: undefined,
      chatId: 'ou_1',
      chatType: 'p2p',
      content: '{}',
    },
  ],
  [
    'card.action.trigger',
    {
      operator: { open_id: 'ou_1' },
      token: 7,
      action: {},
      context: { open_message_id: 'om_c', open_chat_id: 'oc_1' },
    },
    {
      eventId: 'om_c',
      messageId: 'om_c',
      targetId: 'om_c',
      chatId: 'oc_1',
      chatType: 'group',
      messageType: 'action',
    },
  ],
  [
    'application.bot.menu_v6',
    { operator: { operator_id: { open_id: 'ou_1' } }, event_key: 'k', timestamp: '1700000000' },
    {
      eventId: 'menu:ou_1:1700000000',
      messageId: 'menu:ou_1:1700000000',
      createTime: 1_700_000_000_000,
      senderOpenId: 'ou_1',
      messageType: 'menu',
    },
  ],
  [
    'application.bot.menu_v6',
    { operator: { operator_id: { open_id: 'ou_1' } }, event_key: 'k', timestamp: {} },
    { eventId: 'menu:ou_1:undefined', createTime: 0 },
  ],
  [
    'im.message.recalled_v1',
    { message_id: 'om_1', chat_id: 'oc_1' },
    {
      eventId: 'im.message.recalled_v1:om_1:1700000000001',
      chatId: 'oc_1',
      chatType: 'group',
      createTime: 1_700_000_000_001,
      senderOpenId: '',
      messageType: 'notice',
    },
  ],
  [
    'im.chat.disbanded_v1',
    { chat_id: 'oc_1' },
    { eventId: 'im.chat.disbanded_v1:oc_1:1700000000001', chatId: 'oc_1' },
  ],
  [
    'im.message.updated_v1',
    { message_id: '', message: { message_id: 'om_2' } },
    { eventId: 'im.message.updated_v1:om_2:1700000000001', chatId: 'om_2' },
  ],
])('%s without an event_id is known by what it is about: %j', (type, body, read) => {
  for (const eventId of [undefined, '', 7]) {
    expect(parseEvent({ ...eventOf(type, body), eventId })).toMatchObject(read);
  }
});

everyRow<[string, object, object]>([
  [
    'im.message.updated_v1',
    { message_id: 'om_1', message: { message_id: 'om_2' } },
    { messageId: 'om_1' },
  ],
  ['im.message.updated_v1', { message: { message_id: 'om_2' } }, { messageId: 'om_2' }],
  ['im.chat.member.bot.added_v1', { chat_id: 'oc_1' }, { openId: '' }],
  [
    'im.chat.member.bot.deleted_v1',
    { chat_id: 'oc_1', operator_id: { open_id: null } },
    { openId: '' },
  ],
  [
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    { chat_id: 'oc_1' },
    { openId: '', isFirst: true },
  ],
  [
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    { chat_id: 'oc_1', last_message_id: '' },
    { isFirst: true },
  ],
])('%s may lack what is not needed: %j', (type, body, read) => {
  const event = parseEvent(eventOf(type, body));
  expect(event && chatNoticeOf(event)).toMatchObject(read);
});

everyRow<[string, object, string]>([
  ['im.message.updated_v1', { message: null }, 'message_id'],
  ['im.message.updated_v1', { message: { message_id: '' } }, 'message_id'],
  [
    'im.message.reaction.created_v1',
    { message_id: 'om_1', reaction_type: {} },
    'reaction_type.emoji_type',
  ],
  ['im.chat.disbanded_v1', { chat_id: '' }, 'chat_id'],
  [
    'card.action.trigger',
    { operator: { open_id: '' }, action: {}, context: {} },
    'operator.open_id',
  ],
  ['card.action.trigger', { operator: { open_id: 'ou_1' }, context: {} }, 'action'],
  [
    'application.bot.menu_v6',
    { operator: { operator_id: { open_id: 'ou_1' } }, event_key: '' },
    'event_key',
  ],
])('%s that lacks what it must have names the place: %j', (type, body, place) => {
  expect(() => parseEvent(eventOf(type, body))).toThrow(
    expect.objectContaining({ code: 'event-malformed', details: { retryable: false, place } }),
  );
});

everyRow<[unknown, number]>([
  ['1700000000001999', 1_700_000_000_001],
  [1_999, 1],
  ['soon', 0],
  [undefined, 0],
])('the time %j of a card action is in microseconds', (createTime, read) => {
  const body = { operator: { open_id: 'ou_1' }, action: {}, context: {} };
  expect(parseEvent({ ...eventOf('card.action.trigger', body), createTime })?.createTime).toBe(
    read,
  );
});
