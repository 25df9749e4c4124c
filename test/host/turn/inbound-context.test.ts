import { expect, it } from 'vitest';
import { readMessage } from '../../../src/channel/message/content/content.ts';
import { inboundContext } from '../../../src/host/turn/inbound-context.ts';
import { inbound } from '../../channel/messages.ts';

const mentions = [
  { key: '@_user_1', openId: 'ou_bot', name: 'Bot' },
  { key: '@_user_2', openId: 'ou_anna', name: 'Anna Maria' },
];

function contextOf(text: string) {
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
    },
    accountId: 'default',
    sessionKey: 'agent:main:feishu:group:oc_chat',
    messageSid: 'om_1',
    reply: { formatAgentEnvelope: ({ body }) => body },
    envelope: {},
    previousAt: undefined,
  });
}

it.each([
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
