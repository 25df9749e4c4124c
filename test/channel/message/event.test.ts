import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessageEvent } from '../../../src/channel/message/event.ts';
import { MoltbotFeishuError } from '../../../src/shared/errors.ts';

/** As node-sdk@1.74.0 hands it to a handler. */
const flattened = {
  schema: '2.0',
  event_id: 'e1',
  event_type: 'im.message.receive_v1',
  create_time: '1700000000001',
  app_id: 'cli_0000000000000000',
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

describe('an event', () => {
  it('is read as it comes', () => {
    expect(parseMessageEvent(flattened)).toEqual({
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
    expect(parseMessageEvent({ sender: {}, message })).toMatchObject({
      eventId: 'om_1',
      chatType: 'p2p',
      createTime: 0,
      senderOpenId: '',
      messageType: 'unknown',
      mentions: [],
    });
  });

  it.each([
    ['no message', { ...flattened, message: undefined }, 'message'],
    [
      'no chat',
      { ...flattened, message: { ...flattened.message, chat_id: '' } },
      'message.chat_id',
    ],
    ['nothing at all', undefined, 'event'],
  ])('that cannot be read names the place: %s', (_, event, place) => {
    expect(() => parseMessageEvent(event)).toThrow(
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
          expect(parseMessageEvent(event).messageId).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(MoltbotFeishuError);
          expect(error).toMatchObject({ code: 'event-malformed' });
        }
      }),
    );
  });
});
