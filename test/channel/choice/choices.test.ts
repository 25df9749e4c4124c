/** Cards with buttons: who may press, once, in time, and what the client shows at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Agent, Turn } from '../../../src/channel/agent/agent.ts';
import type { AnswerPiece } from '../../../src/channel/answer/answer-piece.ts';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, cleanUp, sandboxWith } from '../harness.ts';

const alice = { openId: 'ou_alice', name: 'Alice' };
const bob = { openId: 'ou_bob', name: 'Bob' };
const owner = { openId: 'ou_owner', name: '欧文' };
const question: AnswerPiece = {
  kind: 'buttons',
  text: 'Which **one**?',
  rows: [[{ text: 'Left' }, { text: '右边', value: '/turn right' }], [{ text: 'Neither' }]],
};

/** Asks the question at each message that says so, and records what it was asked. */
function askingAgent(ask: AnswerPiece = question): Agent & { readonly turns: Turn[] } {
  const turns: Turn[] = [];
  return {
    turns,
    async *answer(turn) {
      turns.push(turn);
      if (turn.content.text.includes('ask')) {
        yield 'Let me see.';
        yield ask;
      } else yield `heard: ${turn.content.text}`;
    },
  };
}

async function sandboxForCards(): Promise<Sandbox> {
  const scopes = appManifest.scopes.map(({ scope }) => scope);
  return sandboxWith({ app: { scopes } });
}

const cards = (sandbox: Sandbox) =>
  sandbox.messages({ fromBot: true }).filter(({ msgType }) => msgType === 'interactive');

async function askedCard(sandbox: Sandbox, count = 1): Promise<string> {
  await waitFor(() => expect(cards(sandbox)).toHaveLength(count));
  return cards(sandbox)[count - 1]?.messageId ?? '';
}

/** The sealed values in a card. */
function sealedIn(content: string): { choice: string; seal: string }[] {
  const found: { choice: string; seal: string }[] = [];
  JSON.parse(content, (_key, value) => {
    if (value?.seal) found.push(value);
    return value;
  });
  return found;
}

const inGroup = (sandbox: Sandbox, from: typeof alice, text: string) =>
  sandbox.say({ chatId: 'oc_team', chatType: 'group', mentionBot: true, from, text });

const toastOf = (answer: Readonly<Record<string, unknown>> | undefined) =>
  (answer?.toast ?? {}) as { type?: string; content?: string; i18n?: Record<string, string> };

it('a press is what the person says, and takes the place of the buttons', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  const { answer } = await sandbox.click({ messageId, from: alice, button: '右边' });
  expect(toastOf(answer)).toMatchObject({
    type: 'success',
    i18n: { en_us: 'You chose “右边”.', zh_cn: '你选择了“右边”。' },
  });
  const shown = sandbox.messages({ fromBot: true }).find((one) => one.messageId === messageId);
  expect(shown?.content).not.toContain('"button"');
  expect(shown?.content).toContain('Which **one**?');
  expect(shown?.content).toContain('Alice chose “右边”.');
  expect(shown?.content).toContain('Alice 选择了“右边”。');
  await event('answered', 2);
  expect(agent.turns[1]).toMatchObject({
    message: { kind: 'action', senderOpenId: 'ou_alice', targetId: messageId, chatType: 'p2p' },
    content: { text: '/turn right', command: '/turn right' },
  });
});

it('decides who may press: the person who was asked, and who may give commands', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  const { event } = channelWith([accountOf(sandbox, { allowFrom: ['ou_owner'] })], { agent });
  await event('ready');
  inGroup(sandbox, alice, 'ask');
  const first = await askedCard(sandbox);
  const refused = await sandbox.click({ messageId: first, from: bob, button: 'Left' });
  expect(toastOf(refused.answer)).toMatchObject({ type: 'warning' });
  expect(toastOf(refused.answer).content).toMatch(/not for you/);
  expect(toastOf(refused.answer).i18n?.zh_cn).toMatch(/被询问者/);
  const accepted = await sandbox.click({ messageId: first, from: owner, button: 'Left' });
  expect(toastOf(accepted.answer)).toMatchObject({ type: 'success' });
  await event('answered', 2);
  expect(agent.turns.slice(1).map(({ message }) => message.senderOpenId)).toEqual(['ou_owner']);
});

it('counts one press of a card, also of two at the same time', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const asked = sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  const buttons = ['Left', '右边', 'Neither', 'Left', 'Left'];
  const presses = await Promise.all(
    buttons.map((button) => sandbox.click({ messageId, from: alice, button })),
  );
  const types = presses.map(({ answer }) => toastOf(answer).type);
  expect(types.filter((type) => type === 'success')).toHaveLength(1);
  expect(types.filter((type) => type === 'warning')).toHaveLength(4);
  await event('answered', 2);
  sandbox.say({ from: alice, chatId: asked.chatId, text: 'and now' });
  await event('answered', 3);
  expect(agent.turns).toHaveLength(3);
});

it('refuses values that it has not sealed, or not for this chat', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  const [sealed] = sealedIn(cards(sandbox)[0]?.content ?? '');
  if (!sealed) throw new Error('the card has no sealed button');
  inGroup(sandbox, alice, 'ask');
  const inTeam = await askedCard(sandbox, 2);
  const hostile: unknown[] = [
    { ...sealed, choice: sealed.choice.replace('Left', 'rm -rf') },
    { ...sealed, seal: `${sealed.seal.slice(0, -1)}_` },
    { choice: sealed.choice, seal: '' },
    { choice: null, seal: sealed.seal },
    { choice: '['.repeat(5000), seal: 'x' },
    { choice: 'x'.repeat(1_000_000), seal: sealed.seal },
  ];
  for (const value of hostile) {
    const { answer } = await sandbox.click({ messageId, from: alice, action: { value } });
    expect(toastOf(answer), JSON.stringify(value).slice(0, 100)).toMatchObject({
      type: 'warning',
      content: expect.stringContaining('no effect'),
    });
  }
  const elsewhere = await sandbox.click({
    messageId: inTeam,
    from: alice,
    action: { value: sealed },
  });
  expect(toastOf(elsewhere.answer).content).toContain('no effect');
  expect(agent.turns).toHaveLength(2);
});

it('answers within 3 s while the agent is busy, and the policy counts', async () => {
  const sandbox = await sandboxForCards();
  let release: () => void = () => undefined;
  const busy: Agent = {
    async *answer(turn) {
      if (turn.content.text === 'wait') {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      }
      yield question;
    },
  };
  const { event } = channelWith([accountOf(sandbox, { allowFrom: ['ou_alice'] })], { agent: busy });
  await event('ready');
  inGroup(sandbox, alice, 'ask');
  const messageId = await askedCard(sandbox);
  await event('answered');
  inGroup(sandbox, alice, 'wait');
  await event('received', 2);
  const { answer } = await sandbox.click({ messageId, from: alice, button: 'Left' });
  expect(toastOf(answer)).toMatchObject({ type: 'success' });
  release();
  await event('answered', 3);
});

it('a card that nobody answers in time loses its buttons, also in a later process', async () => {
  const sandbox = await sandboxForCards();
  const inbox = await mkdtemp(join(tmpdir(), 'choices-'));
  cleanUp(() => rm(inbox, { recursive: true, force: true }));
  const agent = askingAgent();
  let now = Date.now();
  const options = { agent, inbox, now: () => now };
  const first = channelWith([accountOf(sandbox)], options);
  await first.event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  await first.event('answered');
  await first.channel.stop();
  now += 25 * 60 * 60_000;
  const second = channelWith([accountOf(sandbox)], options);
  await second.event('ready');
  const content = () =>
    sandbox.messages({ fromBot: true }).find((one) => one.messageId === messageId)?.content;
  await waitFor(() => expect(content()).toContain('Expired: no choice was made.'));
  expect(content()).toContain('已过期，未作选择。');
  expect(content()).not.toContain('"button"');
});

it('a card that cannot be changed holds up no other', async () => {
  const sandbox = await sandboxForCards();
  const agent: Agent = {
    async *answer({ content }) {
      yield { ...question, forMs: Number(content.text) };
    },
  };
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.say({ from: alice, text: '1' });
  const broken = await askedCard(sandbox);
  const fault = { kind: 'status', status: 503 } as const;
  sandbox.fault({ match: { method: 'PATCH', path: broken }, do: fault });
  const tries = () =>
    sandbox.calls().filter(({ method, path }) => method === 'PATCH' && path.includes(broken));
  await waitFor(() => expect(tries()).not.toEqual([]));
  sandbox.say({ from: bob, text: '1' });
  const other = await askedCard(sandbox, 2);
  const contentOf = (messageId: string) =>
    sandbox.messages().find((one) => one.messageId === messageId)?.content;
  await waitFor(() => expect(contentOf(other)).toContain('Expired'), { timeout: 40_000 });
  expect(contentOf(broken)).toContain('"button"');
}, 60_000);

it('a press after the end of the time is refused in words, and the buttons go', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  let now = Date.now();
  const { event } = channelWith([accountOf(sandbox)], { agent, now: () => now });
  await event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  await event('answered');
  // The clock jumps: the timer that takes the buttons away has not run.
  now += 25 * 60 * 60_000;
  const { answer } = await sandbox.click({ messageId, from: alice, button: 'Left' });
  expect(toastOf(answer)).toMatchObject({
    type: 'warning',
    i18n: { en_us: 'Too late: this card has expired.', zh_cn: '此卡片已过期，无法再选择。' },
  });
  const shown = sandbox.messages({ fromBot: true }).find((one) => one.messageId === messageId);
  expect(shown?.content).not.toContain('"button"');
  expect(shown?.content).toContain('Expired: no choice was made.');
  expect(agent.turns).toHaveLength(1);
});

it('200 presses are answered before the agent, which is busy with another question, ends', async () => {
  const sandbox = await sandboxForCards();
  let release: () => void = () => undefined;
  let isBusy = false;
  const busy: Agent = {
    async *answer(turn) {
      if (turn.content.text === 'wait') {
        isBusy = true;
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        isBusy = false;
      } else if (turn.content.text === 'ask') {
        yield { kind: 'buttons', text: 'Again?', rows: [[{ text: 'Yes', isReusable: true }]] };
      }
      yield 'done';
    },
  };
  const { event } = channelWith([accountOf(sandbox)], { agent: busy });
  await event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  await event('answered');
  sandbox.say({ from: alice, text: 'wait' });
  await waitFor(() => expect(isBusy).toBe(true));
  const toasts: string[] = [];
  for (let press = 0; press < 200; press += 1) {
    const { answer } = await sandbox.click({ messageId, from: alice, button: 'Yes' });
    toasts.push(`${isBusy}: ${toastOf(answer).type}`);
  }
  release();
  expect(new Set(toasts)).toEqual(new Set(['true: success']));
});

it('a press after a restart counts, and the buttons go', async () => {
  const sandbox = await sandboxForCards();
  const agent = askingAgent();
  const first = channelWith([accountOf(sandbox)], { agent });
  await first.event('ready');
  sandbox.say({ from: alice, text: 'ask' });
  const messageId = await askedCard(sandbox);
  await first.event('answered');
  await first.channel.stop();
  // Without a directory nothing is left of the first process but the card itself.
  const [value] = sealedIn(cards(sandbox)[0]?.content ?? '');
  const second = channelWith([accountOf(sandbox)], { agent });
  await second.event('ready');
  const { answer } = await sandbox.click({ messageId, from: alice, button: 'Neither' });
  expect(toastOf(answer)).toMatchObject({ type: 'success' });
  const content = () =>
    sandbox.messages({ fromBot: true }).find((one) => one.messageId === messageId)?.content;
  await waitFor(() => expect(content()).toContain('Alice chose “Neither”.'));
  expect(content()).not.toContain('"button"');
  const again = await sandbox.click({
    messageId,
    from: alice,
    action: { value },
  });
  expect(toastOf(again.answer)).toMatchObject({
    type: 'warning',
    content: 'This is already decided. Alice chose “Neither”.',
  });
});

it('a reaction and a card of the agent reach the chat', async () => {
  const sandbox = await sandboxForCards();
  const card = {
    schema: '2.0',
    body: { elements: [{ tag: 'markdown', content: 'a card of its own' }] },
  };
  const agent: Agent = {
    async *answer() {
      yield { kind: 'react', emoji: 'DONE' } as const;
      yield { kind: 'card', card } as const;
      yield 'after';
    },
  };
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const { messageId, chatId } = sandbox.say({ from: alice, text: 'go' });
  await event('answered');
  const types = sandbox.messages({ chatId, fromBot: true }).map(({ msgType }) => msgType);
  expect(types).toEqual(['interactive', 'text']);
  const reactions = () =>
    sandbox.messages({ chatId }).find((one) => one.messageId === messageId)?.reactions;
  await waitFor(() => expect(reactions()?.map(({ emojiType }) => emojiType)).toEqual(['DONE']));
});

it.each(['post', 'text'] as const)(
  'an account that writes %ss asks in words, and sends a card as them',
  async (renderMode) => {
    const sandbox = await sandboxForCards();
    const card = {
      schema: '2.0',
      body: { elements: [{ tag: 'markdown', content: 'a card of **its** own' }] },
    };
    const agent: Agent = {
      async *answer() {
        yield question;
        yield { kind: 'card', card } as const;
      },
    };
    const { event } = channelWith([accountOf(sandbox, { renderMode })], { agent });
    await event('ready');
    const { chatId } = sandbox.say({ from: alice, text: 'ask' });
    await event('answered');
    const sent = sandbox.seen(chatId).filter(({ fromBot }) => fromBot);
    expect(sent.map((message) => message.msgType)).toEqual([renderMode, renderMode]);
    const [asked, shown] = sent.map(({ changes }) => changes.at(-1)?.oldClient);
    expect(asked).toMatch(/^Which (\*\*)?one/);
    expect(asked).toMatch(/Reply with one of:.*Left.*右边: \/turn right.*Neither/s);
    expect(shown).toMatch(/a card of (\*\*)?its(\*\*)? own/);
  },
);
