import { expect, it } from 'vitest';
import { createBotTurns } from '../../../src/channel/message/bot-turns.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

const chatId = 'oc_g';
const takeMany = (turns: ReturnType<typeof createBotTurns>, count: number): number =>
  Array.from({ length: count }, () => turns.take({ chatId })).filter(Boolean).length;

it('answers ten messages of bots in a row, until a person writes or ten minutes have passed', () => {
  let now = 0;
  const turns = createBotTurns(() => now);
  expect(takeMany(turns, 20)).toBe(10);
  expect(turns.take({ chatId: 'oc_other' })).toBe(true);
  turns.person(chatId);
  expect(takeMany(turns, 20)).toBe(10);
  now += 10 * 60_000;
  expect(takeMany(turns, 3)).toBe(3);
});

it('ends a conversation of two bots, and takes it up when a person writes', async () => {
  const scopes = ['im:message', 'im:message:send_as_bot', 'im:message.group_msg'];
  const sandbox = await sandboxWith({
    app: { scopes: [...scopes, 'im:message.group_at_msg.include_bot:readonly'] },
  });
  channelWith([accountOf(sandbox, { allowBots: 'mentions' })]);
  await waitFor(() => expect(sandbox.connections()).toBe(1));
  const group = { chatId: 'oc_bots', chatType: 'group', mentionBot: true } as const;
  const other = { openId: 'ou_other_bot', name: 'Other', senderType: 'app' } as const;
  const answers = () =>
    sandbox
      .messages({ chatId: 'oc_bots', fromBot: true })
      .filter(({ appId }) => appId === sandbox.appId)
      .map(({ content }) => sentText(content));
  for (let turn = 1; turn <= 12; turn++) {
    sandbox.say({ ...group, from: other, text: `bot ${turn}` });
    if (turn <= 10) await waitFor(() => expect(answers()).toHaveLength(turn));
  }
  sandbox.say({ ...group, text: 'a person' });
  await waitFor(() => expect(answers().at(-1)).toContain('a person'));
  expect(answers()).toHaveLength(11);
  sandbox.say({ ...group, from: other, text: 'bot again' });
  await waitFor(() => expect(answers().at(-1)).toContain('bot again'));
});
