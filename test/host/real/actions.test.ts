/** The message tool in the real hosts: a scripted model reacts, pins, asks with buttons, edits, deletes. */
import { describe, expect, it } from 'vitest';
import { sentText } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { patience } from './gateway.ts';
import { hostedChannel } from './hosted-channel.ts';
import type { HostKind } from './install.ts';
import type { Answer } from './mock-model.ts';

/** How each host's tool takes buttons. */
const buttonsFor: Readonly<Record<HostKind, object>> = {
  clawdbot: { buttons: [[{ text: 'Left', callback_data: 'go left' }]] },
  openclaw: {
    presentation: {
      blocks: [
        {
          type: 'buttons',
          buttons: [{ label: 'Left', action: { type: 'callback', value: 'go left' } }],
        },
      ],
    },
  },
};

const person = { openId: 'ou_ada', name: 'Ada' };

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind: HostKind) => {
  /** What the model calls at the next question that names it. */
  const calls = new Map<string, object>();
  const results: string[] = [];

  function answerTo(said: string): Answer {
    const name = said.match(/do-[a-z]+/g)?.at(-1);
    const parameters = name === undefined ? undefined : calls.get(name);
    if (name === undefined || !parameters) {
      results.push(said);
      return { text: `heard ${said.includes('go left') ? 'left' : 'it'}` };
    }
    calls.delete(name);
    return { text: '', tool: { name: 'message', parameters } };
  }

  const channel = hostedChannel(kind, { answerTo, feishu: { allowFrom: [person.openId] } });

  /** Asks the model to call the tool; resolves with what the tool gave it. */
  async function act(name: string, parameters: object, text = ''): Promise<string> {
    const count = results.length;
    calls.set(name, parameters);
    channel.sandbox.say({ from: person, text: `please ${name} ${text}` });
    await waitFor(() => expect(results.length).toBeGreaterThan(count), patience);
    return results.at(-1) ?? '';
  }

  const find = (messageId: string) =>
    channel.sandbox.messages().find((message) => message.messageId === messageId);

  it('carries out what the model asks its tool for', async () => {
    const { messageId, chatId } = channel.sandbox.say({ from: person, text: 'hello' });
    // A card may be there before the model has answered.
    await waitFor(() => {
      expect(results).toHaveLength(1);
      expect(channel.sandbox.messages({ chatId, fromBot: true })).toHaveLength(1);
    }, patience);
    const target = `user:${person.openId}`;
    const reacted = await act('do-react', { action: 'react', target, messageId, emoji: '👍' });
    await waitFor(() =>
      expect(
        find(messageId)?.reactions.map(({ emojiType }) => emojiType),
        reacted,
      ).toContain('THUMBSUP'),
    );
    const own = channel.sandbox.messages({ chatId, fromBot: true })[0]?.messageId ?? '';
    expect(await act('do-pin', { action: 'pin', target, messageId: own })).toContain('"pinned"');
    expect(await act('do-list', { action: 'list-pins', target })).toContain(own);
    await act('do-edit', { action: 'edit', target, messageId: own, message: 'changed' });
    expect(sentText(find(own)?.content ?? '')).toBe('changed');
    const refused = await act('do-forge', { action: 'edit', target, messageId, message: 'x' });
    expect(refused).toContain('is not from this bot');
    await act('do-delete', { action: 'delete', target, messageId: own });
    expect(find(own)?.deleted).toBe(true);
    expect(await act('do-read', { action: 'read', target, limit: 3 })).toContain('please do-read');
  });

  it('asks with buttons, and hears the press', async () => {
    const { chatId } = channel.sandbox.say({ from: person, text: 'hello again' });
    const message = 'Which way?';
    const target = `user:${person.openId}`;
    await act('do-ask', { action: 'send', target, message, ...buttonsFor[kind] });
    const card = () =>
      channel.sandbox
        .messages({ chatId, fromBot: true })
        .find(({ content }) => content.includes('Which way?'));
    await waitFor(() => expect(card()?.msgType).toBe('interactive'), patience);
    const { answer } = await channel.sandbox.click({
      messageId: card()?.messageId ?? '',
      from: person,
      button: 'Left',
    });
    expect(answer).toMatchObject({ toast: { type: 'success' } });
    const texts = () =>
      channel.sandbox.messages({ chatId, fromBot: true }).map(({ content }) => content);
    await waitFor(() => expect(texts().join()).toContain('heard left'), patience);
    expect(card()?.content).not.toContain('"button"');
  });

  it('tells the model how to use the channel', () => {
    expect(channel.model.prompts.join()).toContain('Feishu targets');
    expect(channel.model.prompts.join()).toContain('Feishu shows buttons');
    // OpenClaw asks the plugin; Clawdbot knows no way to ask.
    if (kind === 'openclaw')
      expect(channel.model.prompts.join()).not.toContain('Inline buttons OFF');
  });
});
