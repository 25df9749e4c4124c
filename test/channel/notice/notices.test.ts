/** What people do beside writing: recalls, edits, reactions, buttons, the menu, and new chats. */
import { expect, it } from 'vitest';
import type { Agent, Turn } from '../../../src/channel/agent/agent.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import type { Sandbox } from '../../../src/sandbox/contract.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

const everything = [
  'im.message.receive_v1',
  'im.message.updated_v1',
  'im.message.recalled_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'im.chat.disbanded_v1',
  'application.bot.menu_v6',
];

const allSandbox = (): Promise<Sandbox> =>
  sandboxWith({
    app: {
      events: everything,
      callbacks: ['card.action.trigger'],
      scopes: [
        'im:message',
        'im:message:send_as_bot',
        'im:message.p2p_msg:readonly',
        'im:message.group_at_msg:readonly',
        'im:message.group_msg',
        'im:message.reactions:read',
        'im:chat',
        'im:chat.members:bot_access',
        'im:chat.access_event.bot_p2p_chat:read',
      ],
    },
  });

/** Answers each turn when it is told to; keeps what it got. */
function heldAgent(): Agent & { readonly turns: Turn[]; release(): void } {
  let release: () => void = () => undefined;
  let released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const turns: Turn[] = [];
  return {
    turns,
    release() {
      release();
      released = Promise.resolve();
    },
    async *answer(turn, signal) {
      turns.push(turn);
      yield `first part of ${turn.content.text}\n\n`;
      await Promise.race([
        released,
        new Promise((resolve) => signal.addEventListener('abort', resolve)),
      ]);
      if (!signal.aborted) yield `rest of ${turn.content.text}`;
    },
  };
}

it('a recall ends the running turn, and nothing more is sent', async () => {
  const sandbox = await allSandbox();
  const agent = heldAgent();
  const { event } = channelWith([accountOf(sandbox, { streaming: 'off' })], { agent });
  await event('ready');
  const { messageId } = sandbox.say({ text: 'one' });
  await waitFor(() => expect(agent.turns).toHaveLength(1));
  sandbox.recall({ messageId });
  expect(await event('ignored')).toMatchObject({
    message: { messageId },
    reason: 'message-recalled',
  });
  sandbox.say({ text: 'two' });
  agent.release();
  await event('answered');
  const sent = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
  expect(sent.join()).not.toContain('one');
  expect(sent.join()).toContain('rest of two');
});

it('a recall drops a message that waits, and an edit changes it', async () => {
  const sandbox = await allSandbox();
  const agent = heldAgent();
  const { event, events } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.say({ text: 'running' });
  await waitFor(() => expect(agent.turns).toHaveLength(1));
  const dropped = sandbox.say({ text: 'dropped' });
  const changed = sandbox.say({ text: 'before' });
  await event('received', 3);
  sandbox.recall({ messageId: dropped.messageId });
  sandbox.edit({ messageId: changed.messageId, text: 'after' });
  await event('notice', 2);
  agent.release();
  await event('answered', 2);
  expect(agent.turns.map(({ content }) => content.text)).toEqual(['running', 'after']);
  const ignored = events.flatMap((one) => (one.event === 'ignored' ? [one.reason] : []));
  expect(ignored).toEqual(['message-recalled']);
});

it('what was recalled or edited while no process ran is known to the next one', async () => {
  const sandbox = await allSandbox();
  const inbox = await temporaryHome();
  const agent = heldAgent();
  const first = channelWith([accountOf(sandbox)], { agent, inbox });
  await first.event('ready');
  sandbox.say({ text: 'running' });
  await waitFor(() => expect(agent.turns).toHaveLength(1));
  const dropped = sandbox.say({ text: 'dropped' });
  const changed = sandbox.say({ text: 'before' });
  await first.event('received', 3);
  await first.channel.stop();
  sandbox.recall({ messageId: dropped.messageId });
  sandbox.edit({ messageId: changed.messageId, text: 'after' });
  const next = heldAgent();
  next.release();
  const second = channelWith([accountOf(sandbox)], { agent: next, inbox });
  await second.event('answered', 2);
  expect(next.turns.map(({ content }) => content.text)).toEqual(['running', 'after']);
});

it('an edit that adds the mention makes a question, once', async () => {
  const sandbox = await allSandbox();
  const { event, events } = channelWith([accountOf(sandbox)]);
  await event('ready');
  const { messageId } = sandbox.say({ chatType: 'group', text: 'what now?' });
  await event('ignored');
  sandbox.edit({ messageId, text: 'what now, please?', mentionBot: true });
  const { message } = await event('answered');
  expect(message.targetId).toBe(messageId);
  const [answer] = sandbox.messages({ fromBot: true });
  expect(answer?.parentId).toBe(messageId);
  expect(sentText(answer?.content ?? '')).toBe('what now, please?');
  sandbox.edit({ messageId, text: 'what now, once more?' });
  sandbox.say({ text: 'marker' });
  await event('answered', 2);
  expect(events.filter(({ event: kind }) => kind === 'answered')).toHaveLength(2);
});

it('a reaction on the bot’s message is a note of the next turn, and no turn', async () => {
  const sandbox = await allSandbox();
  const agent = heldAgent();
  agent.release();
  const { event, events } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const asked = sandbox.say({ text: 'question' });
  await event('answered');
  const [answer] = sandbox.messages({ fromBot: true });
  sandbox.react({ messageId: answer?.messageId ?? '', emojiType: 'THUMBSUP' });
  sandbox.react({ messageId: asked.messageId, emojiType: 'OK' });
  await event('notice', 2);
  await waitFor(() => {
    const reads = sandbox.calls().filter(({ path }) => path.includes(asked.messageId));
    expect(reads.length).toBeGreaterThan(0);
  });
  sandbox.say({ text: 'next' });
  await event('answered', 2);
  expect(agent.turns[1]?.notes).toMatchObject([
    { notice: { kind: 'reaction', emojiType: 'THUMBSUP', isRemoved: false } },
  ]);
  expect(events.filter(({ event: kind }) => kind === 'received')).toHaveLength(2);
});

it('a button is a turn of who pressed it, answered at the card, whatever the agent does', async () => {
  const sandbox = await allSandbox();
  const agent = heldAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const { chatId } = sandbox.say({ chatType: 'group', mentionBot: true, text: 'a card, please' });
  await waitFor(() => expect(agent.turns).toHaveLength(1));
  const client = createPlatformClient({
    appId: sandbox.appId,
    appSecret: new Secret(sandbox.appSecret),
    domain: sandbox.url,
  });
  const card = await client.createMessage({
    receiveIdType: 'chat_id',
    receiveId: chatId,
    msgType: 'interactive',
    content: JSON.stringify({
      schema: '2.0',
      body: { elements: [{ tag: 'markdown', content: 'x' }] },
    }),
  });
  // The chat's turn still runs: the acknowledgement waits for no agent.
  const clicked = await sandbox.click({
    messageId: card.messageId,
    from: { openId: 'ou_presser' },
    action: { name: 'approve', value: { amount: 3 } },
  });
  expect(clicked).toMatchObject({ answer: { toast: { type: 'info', content: 'Received.' } } });
  agent.release();
  await event('answered', 2);
  expect(agent.turns[1]).toMatchObject({
    message: { kind: 'action', senderOpenId: 'ou_presser', targetId: card.messageId },
    content: { text: '[button: approve, amount: 3]' },
  });
  const answers = sandbox.messages({ fromBot: true });
  expect(answers.at(-1)?.parentId).toBe(card.messageId);
});

it('an entry of the menu is a turn, answered to the person', async () => {
  const sandbox = await allSandbox();
  const { event } = channelWith([accountOf(sandbox)]);
  await event('ready');
  sandbox.chooseMenu({ eventKey: 'weather' });
  await event('answered');
  const [answer] = sandbox.messages({ fromBot: true });
  expect(answer?.chatType).toBe('p2p');
  expect(sentText(answer?.content ?? '')).toBe('weather');
});

it('a new chat gets the welcome text, once, and only where there is one', async () => {
  const sandbox = await allSandbox();
  const welcome = { en: 'Welcome!', zh: '欢迎！' };
  const { event } = channelWith([accountOf(sandbox, { welcome })], { lang: 'zh' });
  await event('ready');
  const { chatId } = sandbox.openChat();
  const said = await sandbox.nextAnswer();
  expect(said.chatId).toBe(chatId);
  expect(sentText(said.content)).toBe('欢迎！');
  sandbox.openChat();
  sandbox.setMembership('oc_new', true);
  expect((await sandbox.nextAnswer()).chatId).toBe('oc_new');
  expect(sandbox.messages({ fromBot: true })).toHaveLength(2);
});

it('a recall of a message that the agent knows is a note, one of a waiting message is none', async () => {
  const sandbox = await allSandbox();
  const agent = heldAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const known = sandbox.say({ text: 'known' });
  await waitFor(() => expect(agent.turns).toHaveLength(1));
  const waiting = sandbox.say({ text: 'waiting' });
  await event('received', 2);
  sandbox.recall({ messageId: waiting.messageId });
  await event('notice');
  agent.release();
  await event('answered');
  sandbox.recall({ messageId: known.messageId });
  await event('notice', 2);
  sandbox.say({ text: 'next' });
  await event('answered', 2);
  expect(agent.turns[1]?.notes).toEqual([
    { notice: { kind: 'recalled', messageId: known.messageId, chatId: known.chatId } },
  ]);
});
