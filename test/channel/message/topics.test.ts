import { expect, it } from 'vitest';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

const everything = [
  { text: 'a question', answer: /^a question$/ },
  { text: '/status', answer: /^Connected as/ },
  { text: '/stop', answer: /^Nothing is running/ },
];

it('answers in the topic of a direct chat, control commands, too', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)]);
  await event('ready');
  for (const { text, answer } of everything) {
    const asked = sandbox.say({
      text,
      threadId: 'omt_Topic',
      rootId: 'om_root',
      parentId: 'om_root',
    });
    const sent = await sandbox.nextAnswer();
    expect(sentText(sent.content)).toMatch(answer);
    expect(sent).toMatchObject({ replyTo: asked.messageId, threadId: 'omt_Topic' });
  }
});

it('refuses in the topic, too, whoever is not paired', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox, { dmPolicy: 'pairing' })]);
  await event('ready');
  const asked = sandbox.say({ text: 'hello', threadId: 'omt_topic' });
  expect(await sandbox.nextAnswer()).toMatchObject({
    replyTo: asked.messageId,
    threadId: 'omt_topic',
  });
});

it('takes a quote in a direct chat for no topic', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)]);
  await event('ready');
  sandbox.say({ text: 'a quote', rootId: 'om_first', parentId: 'om_first' });
  const sent = await sandbox.nextAnswer();
  expect([sent.replyTo, sent.threadId]).toEqual([undefined, undefined]);
});

it('opens a topic for each answer where replyInThread says so, in direct chats as in groups', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox, { replyInThread: true })]);
  await event('ready');
  for (const place of [{}, { chatType: 'group', chatId: 'oc_g', mentionBot: true }] as const) {
    const asked = sandbox.say({ ...place, text: 'hello' });
    const sent = await sandbox.nextAnswer();
    expect(sent.replyTo).toBe(asked.messageId);
    expect(sent.threadId).toMatch(/^omt_/);
  }
});

it('falls back to the chat where the platform has no topics', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox, { replyInThread: true })]);
  await event('ready');
  sandbox.fault({
    match: { path: /\/reply$/ },
    times: 2,
    do: { kind: 'code', code: 230071, msg: 'no topics here' },
  });
  sandbox.say({ text: 'hello' });
  const sent = await sandbox.nextAnswer();
  expect([sentText(sent.content), sent.replyTo]).toEqual(['hello', undefined]);
});
