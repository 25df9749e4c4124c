import { expect, it } from 'vitest';
import { readMessage } from '../../../src/channel/message/content/content.ts';
import {
  inboundContext,
  type MessageSurroundings,
} from '../../../src/host/turn/context/inbound-context.ts';
import { inbound } from '../../channel/messages.ts';
import { everyRow } from '../../support/every-row.ts';

const mentions = [
  { key: '@_user_1', openId: 'ou_bot', name: 'Bot' },
  { key: '@_user_2', openId: 'ou_anna', name: 'Anna Maria' },
];

function contextOf(text: string, around: Partial<MessageSurroundings> = {}) {
  const content = JSON.stringify({ text });
  const message = inbound({ chatType: 'group', content, mentions });
  const said = readMessage(message, { botOpenId: 'ou_bot', lang: 'en' });
  return inboundContext({
    turn: { accountId: 'default', message, content: said, lang: 'en', attachments: [], notes: [] },
    surroundings: {
      senderName: 'Zhang',
      chatName: 'Team',
      media: [],
      systemPrompt: undefined,
      history: [],
      mayCommand: true,
      ...around,
    },
    accountId: 'default',
    sessionKey: 'agent:main:feishu:group:oc_chat',
    messageSid: 'om_1',
    reply: { formatAgentEnvelope: ({ body }) => body },
    envelope: {},
    previousAt: undefined,
  });
}

everyRow([
  ['@_all @_user_1 /stop', '/stop', '@all /stop'],
  ['@_user_2 @_user_1 ／model：fast', '/model fast', '@Anna Maria ／model：fast'],
  ['@_user_1 /status', '/status', '/status'],
  ['@_user_2 @_user_1 are you there?', '@Anna Maria are you there?', '@Anna Maria are you there?'],
  ['@_all /tmp/file is full', '@all /tmp/file is full', '@all /tmp/file is full'],
])('gives a host the command behind the mentions of %j', (text, command, body) => {
  const context = contextOf(text);
  expect(context).toMatchObject({ CommandBody: command, RawBody: command });
  expect(context.Body).toBe(`Zhang: ${body}`);
});

it('gives a host the history of a group as text and as fields', () => {
  const known = { messageId: 'om_7', senderOpenId: 'ou_anna', at: 1000, text: 'it rains' };
  const unknown = { messageId: 'om_8', senderOpenId: 'ou_bo', at: 0, text: '两个苹果' };
  const context = contextOf('@_user_1 and now?', {
    history: [
      { ...known, senderName: 'Anna', images: [{ path: '/store/a.png', type: 'image/png' }] },
      { ...unknown, senderName: undefined, images: [] },
    ],
  });
  expect(context.InboundHistory).toEqual([
    {
      sender: 'Anna',
      body: 'it rains',
      timestamp: 1000,
      messageId: 'om_7',
      media: [{ path: '/store/a.png', contentType: 'image/png', kind: 'image' }],
    },
    { sender: 'ou_bo', body: '两个苹果', messageId: 'om_8' },
  ]);
  expect(context.Body).toContain('Anna: it rains [id:om_7]\nou_bo: 两个苹果 [id:om_8]');
  expect(contextOf('@_user_1 and now?')).not.toHaveProperty('InboundHistory');
});

it('gives a host the paths and types of media in step, and which of them the text transcribes', () => {
  const context = contextOf('@_user_1 hear', {
    media: [
      { id: 1, path: '/store/a.png', type: 'image/png', kind: 'image', hasTranscript: false },
      { id: 2, path: '/store/b', type: '', kind: 'file', hasTranscript: false },
      { id: 3, path: '/store/c.ogg', type: 'audio/ogg', kind: 'audio', hasTranscript: true },
    ],
  });
  expect(context).toMatchObject({
    MediaPath: '/store/a.png',
    MediaPaths: ['/store/a.png', '/store/b', '/store/c.ogg'],
    MediaTypes: ['image/png', '', 'audio/ogg'],
    MediaTranscribedIndexes: [2],
  });
});
