/** What users of other plugins have complained of, where no other test has it from end to end. */
import { expect, it } from 'vitest';
import { type Agent, AgentFailure, type Turn } from '../../../src/channel/agent/agent.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';
import { answerIn, lastOf, watchedStage } from './stream/watched.ts';

it('gives the agent the text of its own streamed card where a person quotes it', async () => {
  const room = await watchedStage({ streaming: 'card' });
  const { chatId } = room.sandbox.say({ text: 'first' });
  await waitFor(() => expect(room.turns()).toBe(1));
  room.write('## Plan\n\n- **one**\n- two');
  await waitFor(() => expect(room.seen()).toHaveLength(1));
  room.end();
  await room.event('answered');
  const parentId = room.seen()[0]?.messageId ?? '';
  await room.channel.stop();

  const turns: Turn[] = [];
  const agent: Agent = {
    async *answer(turn) {
      turns.push(turn);
      yield 'ok';
    },
  };
  const { event } = channelWith([accountOf(room.sandbox)], { agent });
  await event('ready');
  room.sandbox.say({ text: 'what do you mean by this?', chatId, parentId });
  await event('answered');
  expect(turns[0]?.quote?.sender.isSelf).toBe(true);
  for (const words of ['Plan', 'one', 'two']) expect(turns[0]?.quote?.text).toContain(words);
  expect(turns[0]?.quote?.text).not.toContain('请升级');
});

it.each([
  [11310, 'card table number over limit'],
  [200550, 'card content is invalid'],
])('sends the text in another form where the platform refuses a card: %i', async (code, msg) => {
  const sandbox = await sandboxWith();
  const table = '| a | b |\n|---|---|\n| one | two |';
  const agent: Agent = {
    async *answer() {
      yield `# Tables\n\n${Array.from({ length: 3 }, (_, n) => `table ${n}\n\n${table}`).join('\n\n')}`;
    },
  };
  const { event } = channelWith([accountOf(sandbox, { streaming: 'off' })], { agent });
  await event('ready');
  sandbox.fault({
    match: { method: 'POST', path: /messages/ },
    times: 1,
    do: {
      kind: 'code',
      code: 230099,
      msg: `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: ${msg}`,
    },
  });
  sandbox.say({ text: 'tables, please' });
  await event('answered');
  const sent = sandbox.messages({ fromBot: true });
  expect(sent.map(({ msgType }) => msgType)).not.toContain('interactive');
  const text = sent.map(({ content }) => sentText(content)).join('\n');
  for (let n = 0; n < 3; n += 1) expect(text).toContain(`table ${n}`);
  expect(text.match(/one/g)).toHaveLength(3);
});

it('sends people with old clients no card at all, however long the answer takes', async () => {
  const room = await watchedStage({ streaming: 'auto', renderMode: 'post' });
  room.sandbox.say({ text: 'hi' });
  await waitFor(() => expect(room.turns()).toBe(1));
  room.write({ kind: 'status', text: 'Looking' }, '# Title\n\n| a |\n|---|\n| b |\n\n');
  room.pass(5000);
  room.write('```js\ncode\n```\n');
  room.end();
  await room.event('answered');
  const types = room.sandbox.messages({ fromBot: true }).map(({ msgType }) => msgType);
  expect(new Set(types)).toEqual(new Set(['post']));
  expect(room.sandbox.calls().filter(({ path }) => path.includes('cardkit'))).toEqual([]);
});

it('leaves no card open where the agent fails before its first text', async () => {
  const room = await watchedStage({ streaming: 'card' });
  room.sandbox.say({ text: 'hi' });
  await waitFor(() => expect(room.turns()).toBe(1));
  room.pass(2000);
  await waitFor(() => expect(room.seen()).toHaveLength(1));
  expect(lastOf(room.seen()[0]!).isGenerating).toBe(true);
  room.fail(new AgentFailure({ text: { en: 'The model is away.', zh: '' }, params: {} }));
  await waitFor(() => {
    const texts = room.standing().map((message) => answerIn(lastOf(message)));
    expect(texts).toEqual(['The model is away.']);
    expect(room.seen().some((message) => lastOf(message).isGenerating)).toBe(false);
  });
});
