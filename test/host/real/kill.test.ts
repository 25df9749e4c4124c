/** A kill -9 of a real host that has messages in hand in every state: each gets one answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelTexts } from '../../../src/channel/channel-texts.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { StoredMessage } from '../../../src/sandbox/state/chats.ts';
import { sentText } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, installPlugin, makeHost, patience } from './gateway.ts';
import { type MockModel, startMockModel } from './mock-model.ts';

/** Longer than the gateway lives: who asks for that is in hand at the kill. */
const NEVER_MS = 600_000;

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind) => {
  let sandbox: Sandbox;
  let model: MockModel;
  let host: Host;
  let isFirstLife = true;

  beforeAll(async () => {
    sandbox = await startSandbox({ redeliveryMs: [3000, 20_000, 60_000, 180_000] });
    model = await startMockModel((said) => {
      // A host that resumes a turn may say no more than that: then what stood before is meant.
      const asked = [model.prompts.at(-1) ?? '', said].flatMap(
        (text) => text.match(/ping-[\w-]+/g) ?? [],
      );
      const isHeld = isFirstLife && said.includes('ping-slow');
      return { text: `pong ${asked.at(-1)}`, delayMs: isHeld ? NEVER_MS : 0 };
    });
    host = await makeHost(kind, model.baseUrl);
    await installPlugin(host);
    await host.edit((config) => {
      config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
      config.channels = {
        feishu: { appId: sandbox.appId, appSecret: sandbox.appSecret, domain: sandbox.url },
      };
    });
    await host.startGateway();
    await waitFor(() => expect(sandbox.connections(sandbox.appId)).toBe(1), patience);
  });

  afterAll(async () => {
    await host?.remove();
    await model?.close();
    await sandbox?.close();
  });

  /** The card of an answer has its button until it has its final form. */
  const isOpen = ({ content, deleted }: StoredMessage): boolean =>
    !deleted && content.includes('"element_id":"stop"');

  /** Those that are complete, without what the host itself says about its restart. */
  const answersIn = (chatId: string) =>
    sandbox
      .messages({ chatId, fromBot: true })
      .filter((message) => !message.deleted && !isOpen(message))
      .map(({ content }) => sentText(content))
      .filter((text) => !text.includes('the gateway has just restarted'));

  const topic = { chatId: 'oc_group', chatType: 'group', threadId: 'omt_topic' } as const;
  const say = (name: string) =>
    sandbox.say({ text: `ping-${name}`, from: { openId: `ou_${name}`, name } }).chatId;

  it('answers once what was in hand at a kill, and goes on with its conversations', async () => {
    const slow = ['slow0', 'slow1'];
    const quick = Array.from({ length: 4 }, (_, index) => `quick${index}`);
    const chats = new Map([...slow, ...quick].map((name) => [name, say(name)]));
    sandbox.say({ ...topic, text: 'ping-slow-topic', mentionBot: true });
    await waitFor(
      () => {
        for (const name of [...slow, 'slow-topic'])
          expect(model.prompts.join()).toContain(`ping-${name}`);
        expect([...chats.values()].some((chatId) => answersIn(chatId).length > 0)).toBe(true);
      },
      { ...patience, interval: 10 },
    );
    await host.killGateway();
    isFirstLife = false;
    await host.startGateway();
    for (const [name, chatId] of chats) {
      await waitFor(() => expect(answersIn(chatId), name).not.toEqual([]), patience);
    }
    await waitFor(() => expect(answersIn(topic.chatId)).toHaveLength(1), patience);
    for (const { threadId } of sandbox.messages({ chatId: topic.chatId, fromBot: true })) {
      expect(threadId).toBe(topic.threadId);
    }
    // What comes later in a conversation is answered later: so the first answer was the only one.
    for (const name of chats.keys()) say(name);
    for (const [name, chatId] of chats) {
      await waitFor(() => expect(answersIn(chatId).length).toBeGreaterThan(1), patience);
      const [before, ...after] = answersIn(chatId);
      // A card that was open at the kill is closed with a sentence that says so.
      expect(before?.replace(`\n\n${channelTexts.cutShort.en}`, ''), name).toBe(
        `pong ping-${name}`,
      );
      expect(after, name).toEqual([`pong ping-${name}`]);
      await waitFor(() =>
        expect(sandbox.messages({ chatId, fromBot: true }).filter(isOpen)).toEqual([]),
      );
    }
  });
});
