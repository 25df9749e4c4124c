import { expect, it } from 'vitest';
import type { Agent } from '../../../src/channel/agent/agent.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import type { Saying } from '../../../src/sandbox/people/acts/speaking.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Fault } from '../../../src/sandbox/state/faults.ts';
import { waitFor } from '../../support/wait-for.ts';
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

const group = { chatType: 'group', mentionBot: true } as const;

/** Answers with the topic that the agent sees. */
const topicAgent: Agent = {
  async *answer({ message }) {
    yield `topic ${message.threadId ?? 'none'}`;
  },
};

/** What the agent saw, and whether the answer was sent as a reply in the topic. */
async function asked(sandbox: Sandbox, saying: Saying): Promise<[string, unknown]> {
  const { messageId } = sandbox.say({ text: 'hello', ...group, ...saying });
  const { content } = await sandbox.nextAnswer({ replyTo: messageId });
  // The call is recorded when it has been answered.
  const inThread = await waitFor(() => {
    const call = sandbox.calls().findLast(({ path }) => path.endsWith(`${messageId}/reply`));
    if (!call) throw new Error('no reply was recorded');
    return Reflect.get(call.body as object, 'reply_in_thread');
  });
  return [sentText(content), inThread];
}

const lookUps = (sandbox: Sandbox, path: RegExp): number =>
  sandbox.calls().filter((call) => call.method === 'GET' && path.test(call.path)).length;

it('finds the topic of a reply in a topic group by its root_id, and only there', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)], { agent: topicAgent });
  await event('ready');
  for (const chatForm of ['topic', 'thread'] as const) {
    const chat = { chatId: `oc_${chatForm}`, chatForm };
    const reply = (rootId: string) => asked(sandbox, { ...chat, rootId, parentId: rootId });
    // The platform knows nothing of this one: its root names the topic.
    expect(await reply('om_first')).toEqual(['topic om_first', true]);
    const opener = sandbox.say({ ...chat, ...group, text: 'a topic' });
    const { threadId } = await sandbox.nextAnswer({ replyTo: opener.messageId });
    expect(await reply(opener.messageId)).toEqual([`topic ${threadId}`, true]);
    expect(await reply(opener.messageId)).toEqual([`topic ${threadId}`, true]);
    // Nobody asked the bot here; the platform still knows the topic.
    const unseen = sandbox.say({ ...chat, chatType: 'group', text: 'x', threadId: 'omt_Unseen' });
    expect(await reply(unseen.messageId)).toEqual(['topic omt_Unseen', true]);
  }
  const quote = { rootId: 'om_first', parentId: 'om_first' };
  const plain = await asked(sandbox, { ...quote, chatId: 'oc_plain' });
  expect(plain).toEqual(['topic none', false]);
  expect(lookUps(sandbox, /im\/v1\/chats\/oc_topic/)).toBe(1);
  // A direct chat is no group: nothing is looked up.
  const direct = sandbox.say({ text: 'a quote', ...quote });
  expect(sentText((await sandbox.nextAnswer({ chatId: direct.chatId })).content)).toBe(
    'topic none',
  );
  expect(lookUps(sandbox, new RegExp(`im/v1/chats/${direct.chatId}`))).toBe(0);
});

it('takes a root_id for no topic where the kind of the group cannot be known', async () => {
  const faults: readonly Fault[] = [
    { kind: 'code', code: 99991672, msg: 'Access denied. One of the following scopes' },
    { kind: 'code', code: 232011, msg: 'Operator can NOT be out of the chat.' },
    { kind: 'malformed', as: 'empty' },
    { kind: 'hang' },
  ];
  for (const fault of faults) {
    const sandbox = await sandboxWith();
    const { event } = channelWith([accountOf(sandbox)], { agent: topicAgent });
    await event('ready');
    const cleared = sandbox.fault({ match: { path: /im\/v1\/chats\/oc_topic/ }, do: fault });
    const chat = { chatId: 'oc_topic', chatForm: 'topic', rootId: 'om_1' } as const;
    expect([fault, await asked(sandbox, chat)]).toEqual([fault, ['topic none', false]]);
    const before = lookUps(sandbox, /im\/v1\/chats\/oc_topic/);
    // It is not asked again at each message.
    expect(await asked(sandbox, chat)).toEqual(['topic none', false]);
    expect(lookUps(sandbox, /im\/v1\/chats\/oc_topic/)).toBe(before);
    cleared.clear();
  }
});

it('does not delay other chats while the kind of a group is looked up', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)], { agent: topicAgent });
  await event('ready');
  sandbox.fault({ match: { path: /im\/v1\/chats\/oc_slow/ }, do: { kind: 'hang' } });
  const slow = { ...group, chatId: 'oc_slow', chatForm: 'topic', rootId: 'om_1' } as const;
  sandbox.say({ ...slow, text: 'slow' });
  const other = sandbox.say({ ...group, chatId: 'oc_other', text: 'other' });
  const first = await sandbox.nextAnswer();
  expect(first.chatId).toBe(other.chatId);
  expect((await sandbox.nextAnswer()).chatId).toBe('oc_slow');
});

it('asks for the kind of a group again after an hour', async () => {
  const sandbox = await sandboxWith();
  let later = 0;
  const monotonic = (): number => performance.now() + later;
  const { event } = channelWith([accountOf(sandbox)], { agent: topicAgent, monotonic });
  await event('ready');
  const chat = { chatId: 'oc_changing', rootId: 'om_1' } as const;
  expect(await asked(sandbox, { ...chat, chatForm: 'plain' })).toEqual(['topic none', false]);
  expect(await asked(sandbox, { ...chat, chatForm: 'thread' })).toEqual(['topic none', false]);
  later += 61 * 60_000;
  expect(await asked(sandbox, chat)).toEqual(['topic om_1', true]);
});

it('puts what a topic group says beside the bot in its topic', async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)], { agent: topicAgent });
  await event('ready');
  sandbox.configureApp({
    scopes: [...appManifest.scopes.map(({ scope }) => scope), 'im:message.group_msg'],
  });
  const chat = { chatId: 'oc_topic', chatForm: 'topic', chatType: 'group' } as const;
  sandbox.say({ ...chat, text: 'beside', rootId: 'om_1' });
  expect((await event('ignored')).message.threadId).toBe('om_1');
});
