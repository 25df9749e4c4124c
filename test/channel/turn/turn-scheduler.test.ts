import { describe, expect, it } from 'vitest';
import { type Agent, AgentFailure } from '../../../src/channel/agent/agent.ts';
import { localize } from '../../../src/shared/text/text.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

/** An agent that works until it is told to go on. */
function heldAgent() {
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const agent: Agent = {
    async *answer(turn, signal) {
      if (turn.content.text === 'slow') {
        start();
        const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        await Promise.race([released, aborted]);
      }
      yield `answer to ${turn.content.text}`;
    },
  };
  return { agent, started, release };
}

describe('a slow agent', () => {
  it('delays no acknowledgement and no other chat', async () => {
    const sandbox = await sandboxWith();
    const { agent, release } = heldAgent();
    const { event } = channelWith([accountOf(sandbox)], { agent });
    await event('ready');
    const slow = sandbox.say({ text: 'slow', from: { openId: 'ou_slow' } });
    const quick = sandbox.say({ text: 'quick', from: { openId: 'ou_quick' } });
    const answer = await sandbox.nextAnswer({ chatId: quick.chatId });
    expect(sentText(answer.content)).toBe('answer to quick');
    const ackOf = (eventId: string) =>
      sandbox.deliveries().find((delivery) => delivery.eventId === eventId)?.ackCode;
    await waitFor(() => expect([slow, quick].map((s) => ackOf(s.eventId))).toEqual([200, 200]));
    expect(sandbox.messages({ chatId: slow.chatId, fromBot: true })).toHaveLength(0);
    release();
    expect(sentText((await sandbox.nextAnswer({ chatId: slow.chatId })).content)).toBe(
      'answer to slow',
    );
  });

  it('is stopped by /stop, which does not stand in line behind it; /status tells that it runs', async () => {
    const sandbox = await sandboxWith();
    const { agent, started } = heldAgent();
    const { event } = channelWith([accountOf(sandbox)], { agent });
    await event('ready');
    sandbox.say({ text: 'slow' });
    await started;
    sandbox.say({ text: '/status' });
    expect(sentText((await sandbox.nextAnswer()).content)).toMatch(/1 running, 0 waiting/);
    sandbox.say({ text: '/stop' });
    expect(sentText((await sandbox.nextAnswer()).content)).toBe('Stopped.');
    const ignored = await event('ignored');
    expect(ignored.reason).toBe('stopped');
    expect(sandbox.messages({ fromBot: true })).toHaveLength(2);
  });
});

describe('an agent that fails', () => {
  it('says why, in the language of the question, after what it had written', async () => {
    const sandbox = await sandboxWith();
    const agent: Agent = {
      async *answer() {
        yield 'the beginning';
        throw new AgentFailure(localize({ en: 'no more', zh: '到此为止' }));
      },
    };
    const { event } = channelWith([accountOf(sandbox)], { agent });
    await event('ready');
    sandbox.say({ text: '你好' });
    expect((await event('error')).error.code).toBe('agent-failed');
    const texts = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
    expect(texts.join('\n\n')).toBe('the beginning\n\n到此为止');
  });

  it('shows nothing of an unexpected error to the person', async () => {
    const sandbox = await sandboxWith();
    const agent: Agent = {
      // biome-ignore lint/correctness/useYield: fails before it writes anything
      async *answer() {
        throw new Error('internal detail');
      },
    };
    const { event, logs } = channelWith([accountOf(sandbox)], { agent });
    await event('ready');
    sandbox.say({ text: 'hello' });
    const answer = await sandbox.nextAnswer();
    expect(sentText(answer.content)).toMatch(/went wrong/);
    expect(JSON.stringify([answer.content, logs])).not.toContain('internal detail');
  });
});

describe('a group', () => {
  it('gets its answer as a reply, in the topic where it was asked', async () => {
    const sandbox = await sandboxWith();
    const { event } = channelWith([accountOf(sandbox)]);
    await event('ready');
    const said = sandbox.say({ text: 'hello', chatType: 'group', mentionBot: true });
    const answer = await sandbox.nextAnswer({ chatId: said.chatId });
    expect(answer).toMatchObject({ parentId: said.messageId });
    expect(sentText(answer.content)).toBe('hello');
    const inTopic = sandbox.say({
      text: 'again',
      chatType: 'group',
      chatId: said.chatId,
      mentionBot: true,
      threadId: 'omt_topic',
      rootId: said.messageId,
    });
    const reply = await sandbox.nextAnswer({ chatId: inTopic.chatId });
    expect(reply.threadId).toBe('omt_topic');
  });

  it.each([230019, 230071, 230072, 230075])(
    'gets a plain reply where the platform opens no topic (%i)',
    async (code) => {
      const sandbox = await sandboxWith();
      const fault = sandbox.fault({
        match: { path: '/reply' },
        times: 1,
        do: { kind: 'code', code, msg: 'no topic' },
      });
      const { event } = channelWith([accountOf(sandbox, { replyInThread: true })]);
      await event('ready');
      const said = sandbox.say({ text: 'hello', chatType: 'group', mentionBot: true });
      const answer = await sandbox.nextAnswer({ chatId: said.chatId });
      expect(answer).toMatchObject({ parentId: said.messageId });
      expect(answer.threadId).toBeUndefined();
      expect(sentText(answer.content)).toBe('hello');
      fault.clear();
    },
  );

  it('waits until the bot knows itself; a direct message does not', async () => {
    const sandbox = await sandboxWith();
    const fault = sandbox.fault({
      match: { path: '/open-apis/bot/v3/info' },
      do: { kind: 'status', status: 500 },
    });
    const { event } = channelWith([accountOf(sandbox)]);
    await waitFor(() => expect(sandbox.connections()).toBe(1));
    const group = sandbox.say({ text: 'in a group', chatType: 'group', mentionBot: true });
    const direct = sandbox.say({ text: 'direct' });
    await sandbox.nextAnswer({ chatId: direct.chatId });
    expect(sandbox.messages({ chatId: group.chatId, fromBot: true })).toHaveLength(0);
    fault.clear();
    await sandbox.nextAnswer({ chatId: group.chatId });
    await event('answered', 2);
  });
});

describe('several accounts', () => {
  it('answer each from its own bot, and one that is broken breaks alone', async () => {
    const sandbox = await sandboxWith();
    const second = sandbox.createApp();
    const broken = accountOf({ ...sandbox, appId: 'cli_00' }, { id: 'broken' });
    const rejected = accountOf(
      { ...sandbox, ...sandbox.createApp(), appSecret: 'another-secret' },
      { id: 'rejected' },
    );
    const { event, events, channel } = channelWith([
      broken,
      rejected,
      accountOf(sandbox, { id: 'first' }),
      accountOf({ ...sandbox, ...second }, { id: 'second', appId: second.appId }),
    ]);
    await event('ready', 2);
    const said = [sandbox.appId, second.appId].map((appId) =>
      sandbox.say({ appId, text: `to ${appId}`, from: { openId: `ou_${appId}` } }),
    );
    for (const [index, appId] of [sandbox.appId, second.appId].entries()) {
      const answer = await sandbox.nextAnswer({ chatId: said[index]!.chatId });
      expect(answer.appId).toBe(appId);
    }
    expect(events).toContainEqual(
      expect.objectContaining({
        event: 'error',
        account: 'broken',
        error: expect.objectContaining({ code: 'app-id-invalid' }),
      }),
    );
    await waitFor(() =>
      expect(channel.accounts.find(({ id }) => id === 'rejected')?.error?.code).toBe(
        'credentials-rejected',
      ),
    );
  });
});

it('stops in time though an agent ignores its abort, and leaves no connection', async () => {
  const sandbox = await sandboxWith();
  const deaf: Agent = {
    async *answer() {
      await new Promise(() => undefined);
      yield '';
    },
  };
  const { event, channel } = channelWith([accountOf(sandbox)], { agent: deaf });
  await event('ready');
  sandbox.say({ text: 'hello' });
  await event('received');
  await channel.stop();
  await channel.stopped;
  await waitFor(() => expect(sandbox.connections()).toBe(0));
  expect(sandbox.messages({ fromBot: true })).toHaveLength(0);
});
