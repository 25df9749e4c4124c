/** The message tool of the host's agent against the sandbox: each action, its dry run, its refusals. */
import { expect, it } from 'vitest';
import { actionNames } from '../../../src/host/actions/action-names.ts';
import { actionsAdapter, agentPrompt } from '../../../src/host/actions/actions-adapter.ts';
import { actions } from '../../../src/host/actions/all.ts';
import { handleAction, type ToolResult } from '../../../src/host/actions/handle-action.ts';
import { emojiType, knownEmoji } from '../../../src/host/emoji-names.ts';
import { PluginMemory } from '../../../src/host/plugin-memory.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { emojiTypes } from '../../../src/sandbox/state/emoji-types.ts';
import { cleanUp, sentText } from '../../channel/harness.ts';

const alice = { openId: 'ou_alice', name: 'Alice' };
const everyScope = [
  ...appManifest.scopes.map(({ scope }) => scope),
  'im:chat.members:read',
  'im:message.pins:read',
];

interface Tool {
  readonly sandbox: Sandbox;
  readonly memory: PluginMemory;
  /** The chat in which Alice has spoken, and her message there. */
  readonly chatId: string;
  readonly messageId: string;
  run(action: string, params?: object, more?: object): Promise<ToolResult['details']>;
}

async function tool(scopes: readonly string[] = everyScope): Promise<Tool> {
  const sandbox = await startSandbox({ app: { scopes } });
  cleanUp(() => sandbox.close());
  const { appId, appSecret, url: domain } = sandbox;
  const cfg = { channels: { feishu: { appId, appSecret, domain } } };
  const memory = new PluginMemory();
  const group = { chatId: 'oc_team', chatType: 'group' } as const;
  const { messageId } = sandbox.say({ ...group, from: alice, text: 'the roof **leaks**' });
  return {
    sandbox,
    memory,
    chatId: 'oc_team',
    messageId,
    async run(action, params = {}, more = {}) {
      const result = await handleAction(memory, { action, cfg, params: { ...params }, ...more });
      return result?.details ?? {};
    },
  };
}

const fromBot = ({ sandbox }: Tool) => sandbox.messages({ fromBot: true });

it('declares each action once, and lists what the config allows', () => {
  const declared = [...actions.values()].map(({ name, gate }) => [name, gate]);
  expect(Object.fromEntries(declared)).toEqual(actionNames);
  const adapter = actionsAdapter(new PluginMemory());
  const feishu = { appId: 'cli_0123456789abcdef', appSecret: 'x' };
  const all = adapter.listActions({ cfg: { channels: { feishu } } });
  expect(all).toEqual(Object.keys(actionNames));
  const off = { ...feishu, actions: { pins: false, reactions: false, messages: 'x' } };
  expect(adapter.listActions({ cfg: { channels: { feishu: off } } })).toEqual(
    all.filter((name) => !['react', 'reactions', 'pin', 'unpin', 'list-pins'].includes(name)),
  );
  for (const cfg of [{}, { channels: { feishu: { ...feishu, enabled: false } } }]) {
    expect(adapter.listActions({ cfg })).toEqual([]);
    expect(adapter.supportsButtons({ cfg })).toBe(false);
  }
  expect(adapter.describeMessageTool({ cfg: { channels: { feishu } } }).actions).toEqual(all);
  expect(adapter.supportsAction({ action: 'toString' })).toBe(false);
  expect(agentPrompt.messageToolHints().join('\n').length).toBeLessThan(900);
});

it('sends to every form of target, and leaves plain sending to the host', async () => {
  const one = await tool();
  expect(await one.run('send', { to: 'chat:oc_team', message: 'hi' })).toEqual({});
  const buttons = [[{ text: 'Go', callback_data: 'go' }]];
  const targets = ['oc_team', 'chat:oc_team', 'feishu:oc_team', 'ou_alice', 'user:ou_alice'];
  const people = ['open_id:ou_alice', 'feishu:user:ou_alice', 'on_alice', 'user:on_alice'];
  for (const to of [...targets, ...people]) {
    const sent = await one.run('send', { to, message: `to ${to}`, buttons });
    expect(sent, to).toMatchObject({ ok: true, messageId: expect.stringMatching(/^om_/) });
  }
  expect(fromBot(one).map(({ msgType }) => msgType)).toEqual(
    Array(targets.length + people.length).fill('interactive'),
  );
  await expect(one.run('send', { to: 'the team', message: 'x', buttons })).rejects.toThrow(
    '“the team” is no chat and no person. Give chat:oc_… or user:ou_….',
  );
});

it('mentions by name whom it has seen in the chat, and no one in another chat', async () => {
  const one = await tool();
  const { messageId, memory, sandbox } = one;
  const seen = new Map([['Alice', alice.openId]]);
  memory.people.set(sandbox.appId, (chatId) => (chatId === 'oc_team' ? seen : new Map()));
  await one.run('reply', { to: 'oc_team', messageId, message: '@Alice please look' });
  sandbox.say({ chatId: 'oc_other', chatType: 'group', from: alice, text: 'hello' });
  await one.run('send', {
    to: 'oc_other',
    message: '@Alice please look',
    buttons: [[{ text: 'Go', callback_data: 'go' }]],
  });
  const [inTeam, elsewhere] = fromBot(one).map(({ content }) => content);
  expect(inTeam).toContain(alice.openId);
  expect(elsewhere).not.toContain(alice.openId);
});

it('replies to a message, and in a topic', async () => {
  const one = await tool();
  const { messageId } = one;
  await one.run('reply', { to: 'oc_team', messageId, message: 'a reply' });
  await one.run('thread-reply', { to: 'oc_team', messageId, message: 'in a topic' });
  const [reply, inTopic] = fromBot(one);
  expect(reply?.parentId).toBe(messageId);
  expect(reply?.threadId).toBeUndefined();
  expect(inTopic?.threadId).toMatch(/^omt_/);
  await one.run('thread-reply', {
    to: 'oc_team',
    threadId: inTopic?.threadId,
    messageId: inTopic?.messageId,
    message: 'more',
  });
  expect(fromBot(one)[2]?.threadId).toBe(inTopic?.threadId);
  const current = { currentChannelId: 'chat:oc_team', currentMessageId: `${messageId}#a.2` };
  await one.run('reply', { message: 'here' }, { toolContext: current });
  expect(fromBot(one)[3]?.parentId).toBe(messageId);
});

it('edits and deletes its own messages only', async () => {
  const one = await tool();
  const { messageId: text } = await one.run('reply', {
    to: 'oc_team',
    messageId: one.messageId,
    message: 'first',
  });
  await one.run('edit', { messageId: text, message: 'second' });
  expect(sentText(fromBot(one)[0]?.content ?? '')).toBe('second');
  const { messageId: post } = await one.run('reply', {
    to: 'oc_team',
    messageId: one.messageId,
    message: '# Title\n\n- a\n- b',
  });
  await one.run('edit', { messageId: post, message: '**new**' });
  const { messageId: card } = await one.run('send', {
    to: 'oc_team',
    card: { schema: '2.0', body: { elements: [{ tag: 'markdown', content: 'old' }] } },
  });
  await one.run('edit', { messageId: card, message: 'a | b\n--|--\n1 | 2' });
  expect(fromBot(one)[2]?.content).toContain('| 1 | 2 |');
  const not = `The message ${one.messageId} is not from this bot.`;
  await expect(one.run('edit', { messageId: one.messageId, message: 'x' })).rejects.toThrow(not);
  for (const name of ['delete', 'unsend']) {
    await expect(one.run(name, { messageId: one.messageId })).rejects.toThrow(not);
  }
  expect(await one.run('delete', { messageId: text })).toMatchObject({ deleted: true });
  await expect(one.run('unsend', { messageId: text })).rejects.toThrow(/deleted/);
  await expect(one.run('edit', { message: 'x' })).rejects.toThrow(/messageId is missing/);
  await expect(one.run('delete', { messageId: '7' })).rejects.toThrow(/no message id of Feishu/);
});

it('reacts, and takes its own reactions back', async () => {
  const one = await tool();
  const { messageId } = one;
  const reactions = () =>
    one.sandbox
      .messages()
      .find((message) => message.messageId === messageId)
      ?.reactions.map(({ emojiType: type }) => type);
  one.sandbox.react({ messageId, emojiType: 'SMILE', from: alice });
  await one.run('react', { messageId, emoji: '👍' });
  await one.run('react', { messageId, emoji: ':white_check_mark:' });
  expect(reactions()).toEqual(['SMILE', 'THUMBSUP', 'CheckMark']);
  expect(await one.run('reactions', { messageId })).toMatchObject({
    reactions: [
      { emoji: 'SMILE', count: 1, people: ['ou_alice'] },
      { emoji: 'THUMBSUP', count: 1 },
      { emoji: 'CheckMark', count: 1 },
    ],
  });
  await one.run('react', { messageId, emoji: '👍', remove: true });
  expect(reactions()).toEqual(['SMILE', 'CheckMark']);
  expect(await one.run('react', { messageId, remove: 'true' })).toMatchObject({
    removed: ['CheckMark'],
  });
  expect(reactions()).toEqual(['SMILE']);
  await expect(one.run('react', { messageId, emoji: 'shrug' })).rejects.toThrow(/Known ones: /);
  await expect(one.run('react', { messageId, emoji: 'NOTHING' })).rejects.toThrow(/231001/);
});

it('knows reactions by the platform’s names', () => {
  expect(knownEmoji.filter((name) => !emojiTypes.has(name))).toEqual([]);
  const written = ['👍🏽', '❤️', '✅', 'thumbsup', 'Thumbs Up', ':tada:', '+1', 'done', 'HUSKY'];
  expect(written.map(emojiType)).toEqual([
    ...['THUMBSUP', 'HEART', 'CheckMark', 'THUMBSUP', 'THUMBSUP', 'PARTY', 'THUMBSUP', 'DONE'],
    'HUSKY',
  ]);
  expect(['', ' ', '🦄', 'constructor', 'a'.repeat(99_999)].map(emojiType)).toEqual(
    Array(5).fill(undefined),
  );
});

it('reads a chat and a topic, bounded, and says who wrote', async () => {
  const one = await tool();
  const group = { chatId: 'oc_team', chatType: 'group' } as const;
  one.sandbox.say({ ...group, from: alice, text: 'x'.repeat(5000) });
  await one.run('reply', { to: 'oc_team', messageId: one.messageId, message: 'noted' });
  const read = await one.run('read', { to: 'oc_team', limit: '2' });
  expect(read).toMatchObject({
    chatId: 'oc_team',
    messages: [{ from: 'ou_alice', text: `${'x'.repeat(2000)}…` }, { from: 'this bot' }],
  });
  const direct = one.sandbox.say({ from: alice, text: 'between us' });
  await expect(one.run('read', { to: 'user:ou_alice' })).rejects.toThrow(/is not known/);
  one.memory.directChats.remember({
    chatType: 'p2p',
    chatId: direct.chatId,
    senderOpenId: 'ou_alice',
  } as Parameters<PluginMemory['directChats']['remember']>[0]);
  expect(await one.run('read', { to: 'user:ou_alice' })).toMatchObject({
    messages: [{ text: 'between us' }],
  });
  const { messageId } = await one.run('thread-reply', {
    to: 'oc_team',
    messageId: one.messageId,
    message: 'in the topic',
  });
  const threadId = fromBot(one).find((message) => message.messageId === messageId)?.threadId;
  const topic = await one.run('read', { to: 'oc_team', threadId });
  expect(JSON.stringify(topic)).toContain('in the topic');
  expect(JSON.stringify(topic)).not.toContain('between us');
});

it('pins, lists and unpins', async () => {
  const one = await tool();
  const { messageId } = one;
  expect(await one.run('pin', { messageId })).toMatchObject({ pinned: true });
  expect(await one.run('list-pins', { to: 'oc_team' })).toMatchObject({
    pins: [{ messageId, from: 'ou_alice', text: 'the roof **leaks**' }],
  });
  await one.run('unpin', { messageId });
  expect(await one.run('list-pins', { to: 'oc_team' })).toMatchObject({ pins: [] });
  await expect(one.run('pin', { messageId: 'om_unknown' })).rejects.toThrow();
});

it('tells of people and chats', async () => {
  const one = await tool();
  expect(await one.run('member-info', { userId: 'ou_alice' })).toMatchObject({
    openId: 'ou_alice',
    name: 'Alice',
  });
  expect(await one.run('channel-info', { channelId: 'chat:oc_team' })).toMatchObject({
    chatId: 'oc_team',
    kind: 'group',
    people: 1,
    members: [{ openId: 'ou_alice', name: 'Alice' }],
  });
  expect(await one.run('channel-list')).toMatchObject({ channels: [{ target: 'chat:oc_team' }] });
  await expect(one.run('member-info', { userId: 'oc_team' })).rejects.toThrow(/ou_…/);
});

it('sends stickers that came in', async () => {
  const one = await tool();
  await expect(one.run('sticker', { to: 'oc_team' })).rejects.toThrow(/stickerId is missing/);
  one.memory.stickers.remember(one.sandbox.appId, {
    messageType: 'sticker',
    content: '{"file_key":"file_v3_smile"}',
  } as Parameters<PluginMemory['stickers']['remember']>[1]);
  await expect(one.run('sticker', { to: 'oc_team' })).rejects.toThrow(/file_v3_smile/);
  await one.run('sticker', { to: 'oc_team', stickerId: ['file_v3_smile'] });
  expect(fromBot(one)).toMatchObject([
    { msgType: 'sticker', content: '{"file_key":"file_v3_smile"}' },
  ]);
});

it('checks in a dry run, and calls nothing', async () => {
  const one = await tool();
  const calls = one.sandbox.calls().length;
  for (const name of Object.keys(actionNames)) {
    const params = { to: 'oc_team', message: 'x', messageId: one.messageId, card: {} };
    expect(await one.run(name, params, { dryRun: true }), name).toEqual({
      ok: true,
      dryRun: true,
      action: name,
    });
  }
  expect(one.sandbox.calls()).toHaveLength(calls);
});

it('names the permission that the app lacks', async () => {
  const one = await tool(['im:message.group_at_msg:readonly', 'im:chat:readonly']);
  const { messageId } = one;
  const refused: string[] = [];
  for (const name of ['react', 'reactions', 'pin', 'read', 'member-info', 'edit', 'reply']) {
    const params = { to: 'oc_team', messageId, message: 'x', emoji: 'OK', userId: 'ou_alice' };
    const error = await one.run(name, params).then(
      () => 'done',
      (reason: Error) => reason.message,
    );
    const { permissions = [] } = actions.get(name) ?? {};
    if (!permissions.every((scope) => error.includes(scope))) refused.push(`${name}: ${error}`);
  }
  expect(refused).toEqual([]);
});
