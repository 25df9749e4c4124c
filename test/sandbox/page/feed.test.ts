import { describe, expect, it } from 'vitest';
import { byTopic, messagesIn, noData, withFeed } from '../../../src/sandbox/page/client/data.ts';
import { messageLine } from '../../../src/sandbox/page/client/messages/message-line.ts';
import type { Feed } from '../../../src/sandbox/page/feed-form.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';

const { start } = useSandboxes();

async function feed(sandbox: Sandbox, after = 0): Promise<Feed> {
  return (await (await fetch(`${sandbox.page}feed?after=${after}`)).json()) as Feed;
}

describe('the feed of the chat page', () => {
  it('gives everything first, and then waits for what is new', async () => {
    const sandbox = await start({ redeliveryMs: [3_600_000] });
    sandbox.say({ text: 'one' });
    const first = await feed(sandbox);
    expect(first.apps).toMatchObject([{ appId: sandbox.appId, name: 'Sandbox Bot' }]);
    expect(first.messages.map(({ content }) => content)).toEqual(['{"text":"one"}']);
    expect(first.events).toMatchObject([{ undelivered: { zh: expect.stringContaining('连接') } }]);

    const next = feed(sandbox, first.cursor);
    const said = sandbox.say({ text: 'two', chatType: 'group', mentionBot: true });
    const second = await next;
    expect(second.messages).toMatchObject([{ messageId: said.messageId, isRecalled: false }]);
    expect(second.chats).toHaveLength(2);

    const changed = feed(sandbox, (await feed(sandbox, second.cursor - 1)).cursor);
    sandbox.recall({ messageId: said.messageId });
    const messages = (await changed).messages;
    expect(messages).toMatchObject([
      { messageId: said.messageId, isRecalled: true, content: '{}' },
    ]);
  });

  it('has each call of an app, without secrets', async () => {
    const sandbox = await start();
    const call = await caller(sandbox);
    await call('GET', 'bot/v3/info');
    const { calls } = await feed(sandbox);
    expect(calls.map(({ path }) => path)).toContain('/open-apis/bot/v3/info');
    expect(JSON.stringify(calls)).not.toContain(sandbox.appSecret);
  });

  it('answers a poll that waits when the sandbox ends', async () => {
    const sandbox = await start();
    const { cursor } = await feed(sandbox);
    const waiting = feed(sandbox, cursor).then(
      () => 'answered',
      () => 'cut',
    );
    await sandbox.close();
    expect(['answered', 'cut']).toContain(await waiting);
  });

  it('answers a cursor that is none as the first one', async () => {
    const sandbox = await start();
    sandbox.say({ text: 'one' });
    for (const cursor of [-1, 0.5, Number.NaN, 1e300]) {
      expect((await feed(sandbox, cursor)).messages).toHaveLength(1);
    }
  });
});

describe('what the page makes of the feed', () => {
  it('puts topics below their first message, and merged messages nowhere', async () => {
    const sandbox = await start();
    const group = { chatType: 'group', chatForm: 'topic' } as const;
    const root = sandbox.say({ ...group, text: 'a topic' });
    sandbox.say({ ...group, text: 'another' });
    sandbox.say({ ...group, text: 'a reply', parentId: root.messageId });
    sandbox.say({ ...group, merged: [{ text: 'inside' }] });
    const data = withFeed(noData, await feed(sandbox));
    const topics = byTopic(messagesIn(data, root.chatId), 'topic').map(({ message, replies }) => [
      messageLine(message, 'en'),
      ...replies.map((reply) => messageLine(reply, 'en')),
    ]);
    expect(topics).toEqual([['a topic', 'a reply'], ['another'], ['[Merged messages]']]);
  });

  it('keeps what is not changed, and replaces what is', async () => {
    const sandbox = await start();
    const said = sandbox.say({ text: 'before' });
    const other = sandbox.say({ text: 'other' });
    const first = withFeed(noData, await feed(sandbox));
    sandbox.edit({ messageId: said.messageId, text: 'after' });
    const second = withFeed(first, await feed(sandbox, first.cursor));
    expect([...second.messages.keys()]).toEqual([said.messageId, other.messageId]);
    expect(second.messages.get(said.messageId)).toMatchObject({
      edits: 1,
      content: '{"text":"after"}',
    });
  });
});
