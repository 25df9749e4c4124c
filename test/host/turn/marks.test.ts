/** The host's acknowledgement mark, and the line where a new session begins. */
import { expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/channel/message/event.ts';
import { createAckMark } from '../../../src/host/turn/ack-mark.ts';
import { createSessionDivider } from '../../../src/host/turn/session-divider.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { cleanUp } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';

const signal = new AbortController().signal;
const log = silentLogger;
const allScopes = appManifest.scopes.map(({ scope }) => scope);

async function workplace(scopes: readonly string[] = allScopes) {
  const sandbox = await startSandbox({ app: { scopes } });
  cleanUp(() => sandbox.close());
  const { appId, appSecret, url: domain } = sandbox;
  const client = createPlatformClient({ appId, appSecret: new Secret(appSecret), domain });
  return { sandbox, client };
}

const message = (patch: Partial<InboundMessage>) =>
  ({ eventId: 'e1', senderOpenId: 'ou_a', ...patch }) as InboundMessage;

it.each([
  ['p2p', undefined, false],
  ['p2p', 'direct', true],
  ['p2p', 'all', true],
  ['p2p', 'off', false],
  ['group', undefined, true],
  ['group', 'group-all', true],
  ['group', 'direct', false],
] as const)('acknowledges in a %s chat with the scope %s: %s', async (chatType, scope, marks) => {
  const { sandbox, client } = await workplace();
  const account = { requireMention: true, groups: {} };
  const mark = createAckMark({ account, client, log, signal });
  const chat = chatType === 'group' ? { chatId: 'oc_team', chatType } : {};
  const { messageId, chatId } = sandbox.say({ ...chat, text: 'hi', from: { openId: 'ou_a' } });
  const reactions = () =>
    sandbox
      .messages()
      .find((one) => one.messageId === messageId)
      ?.reactions.map(({ emojiType }) => emojiType);
  const messages = { ackReaction: '👀', removeAckAfterReply: true, ackReactionScope: scope };
  const end = mark(message({ messageId, chatId, chatType }), { messages });
  if (marks) await waitFor(() => expect(reactions()).toEqual(['GLANCE']));
  end();
  await waitFor(() => expect(reactions()).toEqual([]));
  for (const cfg of [{}, { messages: { ackReaction: '' } }, { messages: 7 }]) {
    mark(message({ messageId, chatId, chatType }), cfg)();
  }
  expect(sandbox.calls().filter(({ method }) => method === 'DELETE')).toHaveLength(marks ? 1 : 0);
});

it('draws one line where a new session begins, in direct chats', async () => {
  const { sandbox, client } = await workplace();
  const divide = createSessionDivider({ client, log, monotonic: () => 0, signal });
  const { chatId } = sandbox.say({ text: '/new', from: { openId: 'ou_a' } });
  await divide(message({ chatType: 'p2p' }));
  await divide(message({ chatType: 'p2p' }));
  await divide(message({ chatType: 'group', chatId: 'oc_team' }));
  await divide(message({ chatType: 'p2p', threadId: 'omt_1' }));
  const lines = sandbox.messages({ fromBot: true });
  expect(lines).toMatchObject([{ chatId, msgType: 'system' }]);
  expect(lines[0]?.content).toContain('新会话');
});

it('draws none without the permission, and does not ask again for a while', async () => {
  const { sandbox, client } = await workplace(
    allScopes.filter((scope) => scope !== 'im:message:send_sys_msg'),
  );
  let now = 0;
  const divide = createSessionDivider({ client, log, monotonic: () => now, signal });
  sandbox.say({ text: '/new', from: { openId: 'ou_a' } });
  const sends = () => sandbox.calls().filter(({ path }) => path.includes('/im/v1/messages')).length;
  await divide(message({ chatType: 'p2p' }));
  await divide(message({ chatType: 'p2p', eventId: 'e2' }));
  expect(sends()).toBe(1);
  now += 10 * 60_000;
  await divide(message({ chatType: 'p2p', eventId: 'e3' }));
  expect(sends()).toBe(2);
});
