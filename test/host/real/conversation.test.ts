/** What people send, in the real hosts: what each gives its model, and where the answers go. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Saying } from '../../../src/sandbox/people/acts/speaking.ts';
import { sentText } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, patience } from './gateway.ts';
import { hostedChannel } from './hosted-channel.ts';
import type { HostKind } from './install.ts';
import type { Answer } from './mock-model.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);
// The hosts transcribe nothing that is smaller than 1 KB.
const opus = Buffer.from(`OggS${'\0'.repeat(24)}OpusHead${'\0'.repeat(2000)}`, 'latin1');
const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');

const events = [
  'im.message.receive_v1',
  'im.message.recalled_v1',
  'im.message.reaction.created_v1',
];

/** Clawdbot gives its model the path, where the system's own image library is not installed. */
const pictureOf: Readonly<Record<HostKind, RegExp>> = {
  clawdbot: /inbound\/[^\s"]+\.png/,
  openclaw: /data:image\/png;base64/,
};

const groups = {
  oc_rules: {
    systemPrompt: 'Speak like the captain of a ship.',
    skills: ['knots'],
    tools: { deny: ['exec'] },
  },
  oc_topics: { groupSessionScope: 'group_topic' },
  oc_each: { groupSessionScope: 'group_sender' },
};

/** The last question, without what the hosts put around it: history, answers, and OpenClaw's notes. */
function answerTo(said: string): Answer {
  const asked = (said.split('respond to this').at(-1) ?? '').replace(
    /<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>.*?<<<END_OPENCLAW_INTERNAL_CONTEXT>>>/gs,
    '',
  );
  const name = asked.match(/(?<!pong )ping-[a-z]+/g)?.at(-1) ?? 'something';
  return { text: `pong ${name}`, ...(name === 'ping-regret' && { delayMs: 120_000 }) };
}

async function addSkill({ home }: Host, name: string): Promise<void> {
  const folder = join(home, 'workspace', 'skills', name);
  await mkdir(folder, { recursive: true });
  const text = `---\nname: ${name}\ndescription: All about ${name}.\n---\nNothing yet.\n`;
  await writeFile(join(folder, 'SKILL.md'), text);
}

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind) => {
  const channel = hostedChannel(kind, {
    answerTo,
    events,
    feishu: { groups },
    configure(config) {
      config.models.providers.mock.models[0].input = ['text', 'image'];
    },
    async prepare(host) {
      for (const skill of ['knots', 'knitting']) await addSkill(host, skill);
    },
  });

  /** What a person sees of the bot: a card that was deleted is gone. */
  const botMessages = (chatId: string) =>
    channel.sandbox.messages({ chatId, fromBot: true }).filter(({ deleted }) => !deleted);
  const answersIn = (chatId: string) => botMessages(chatId).map(({ content }) => sentText(content));

  async function answered(chatId: string, ...texts: readonly string[]): Promise<void> {
    await waitFor(() => expect(answersIn(chatId)).toEqual(texts), patience);
  }

  /** The first request that has a text in it: what the host gave its model for that message. */
  const requestWith = (text: string): string =>
    channel.model.prompts.find((prompt) => prompt.includes(text)) ?? '';

  const person = (name: string) => ({ openId: `ou_${name.toLowerCase()}`, name });

  const inGroup = (chatId: string, name: string, text: string, more: Partial<Saying> = {}) =>
    channel.sandbox.say({
      chatId,
      chatType: 'group',
      from: person(name),
      text,
      mentionBot: true,
      ...more,
    });

  it('gives the model what each person sends', async () => {
    const image = channel.sandbox.putResource('image', png);
    const voice = channel.sandbox.putResource('file', opus, 'voice.opus');
    const file = channel.sandbox.putResource('file', pdf, '年度报告.pdf');
    const merged = [
      { from: person('Ann'), text: 'the bridge is closed' },
      { from: person('Bo'), text: 'since Monday' },
    ];
    const cases: readonly (readonly [name: string, saying: Saying, expected: RegExp[]])[] = [
      ['Painter', { images: [image] }, [/<media:image>/, pictureOf[kind]]],
      [
        'Humming',
        { audio: { key: voice } },
        [/<media:audio>/, /inbound\/[^\s"]+\.(?:ogg|opus|oga)/],
      ],
      ['Talking', { audio: { key: voice, speechToText: 'twelve apples' } }, [/twelve apples/]],
      ['Filing', { files: [file] }, [/年度报告/, /inbound\/[^\s"]+\.pdf/]],
      ['Forwarding', { merged }, [/Ann/, /the bridge is closed/, /Bo/, /since Monday/]],
    ];
    const chats = cases.map(([name, saying]) =>
      channel.sandbox.say({ ...saying, from: person(name) }),
    );
    const drawn = inGroup('oc_pictures', 'Drawing', '', { images: [image], mentionBot: false });
    inGroup('oc_pictures', 'Listening', 'it rains in Oslo', { mentionBot: false });
    inGroup('oc_pictures', 'Asking', 'ping-picture', { parentId: drawn.messageId });
    for (const { chatId } of chats) await answered(chatId, 'pong something');
    await answered('oc_pictures', 'pong ping-picture');
    const missing = [
      ...cases.map(([name, , expected]) => [name, expected] as const),
      ['ping-picture', [pictureOf[kind], /Drawing/, /it rains in Oslo/]] as const,
    ].flatMap(([name, expected]) =>
      expected.filter((part) => !part.test(requestWith(name))).map((part) => `${name}: ${part}`),
    );
    const whole = channel.model.prompts.map((prompt) => prompt.slice(-4000)).join('\n\n');
    expect(missing, whole).toEqual([]);
  });

  // OpenClaw names the media of the history to its model, and shows them to an ACP agent; Clawdbot neither.
  it.runIf(kind === 'openclaw')('takes the last images of the group', async () => {
    const image = channel.sandbox.putResource('image', png);
    inGroup('oc_album', 'Drawing', '', { images: [image], mentionBot: false });
    inGroup('oc_album', 'Asking', 'ping-album');
    await answered('oc_album', 'pong ping-album');
    expect(requestWith('ping-album')).toContain('Drawing: [image 1] [image/png]');
  });

  it('keeps a session for each topic, and answers there', async () => {
    const opening = inGroup('oc_topics', 'Iris', 'ping-group');
    const from = person('Tess');
    const direct = channel.sandbox.say({ from, text: 'ping-direct' });
    await answered('oc_topics', 'pong ping-group');
    await answered(direct.chatId, 'pong ping-direct');
    const topic = { threadId: 'omt_group', rootId: opening.messageId };
    inGroup('oc_topics', 'Iris', 'ping-topic', topic);
    const talk = { from, threadId: 'omt_direct', rootId: direct.messageId };
    channel.sandbox.say({ ...talk, text: 'ping-talk' });
    await answered('oc_topics', 'pong ping-group', 'pong ping-topic');
    await answered(direct.chatId, 'pong ping-direct', 'pong ping-talk');
    inGroup('oc_topics', 'Iris', 'ping-more', topic);
    channel.sandbox.say({ ...talk, text: 'ping-again' });
    await answered('oc_topics', 'pong ping-group', 'pong ping-topic', 'pong ping-more');
    await answered(direct.chatId, 'pong ping-direct', 'pong ping-talk', 'pong ping-again');
    const threads = (chatId: string) => botMessages(chatId).map(({ threadId }) => threadId);
    expect(threads('oc_topics')).toEqual([undefined, 'omt_group', 'omt_group']);
    expect(threads(direct.chatId)).toEqual([undefined, 'omt_direct', 'omt_direct']);
    expect(requestWith('ping-more')).toContain('pong ping-topic');
    expect(requestWith('ping-more')).not.toContain('pong ping-group');
    expect(requestWith('ping-again')).toContain('pong ping-talk');
    expect(requestWith('ping-again')).not.toContain('pong ping-direct');
  });

  it('keeps a session for each person of a group, where its config says so', async () => {
    inGroup('oc_each', 'Alice', 'ping-alice');
    inGroup('oc_each', 'Bob', 'ping-bob');
    await waitFor(() => expect(answersIn('oc_each')).toHaveLength(2), patience);
    inGroup('oc_each', 'Alice', 'ping-then');
    await waitFor(() => expect(answersIn('oc_each').at(-1)).toBe('pong ping-then'), patience);
    expect(requestWith('ping-then')).toContain('pong ping-alice');
    expect(requestWith('ping-then')).not.toContain('ping-bob');
  });

  it('obeys the prompt, the skills and the tools of a group', async () => {
    inGroup('oc_rules', 'Ruth', 'ping-rules');
    inGroup('oc_free', 'Frank', 'ping-free');
    await answered('oc_rules', 'pong ping-rules');
    await answered('oc_free', 'pong ping-free');
    const has = (name: string) => {
      const request = requestWith(name);
      const { tools } = JSON.parse(request) as { tools: { function: { name: string } }[] };
      return {
        prompt: request.includes('the captain of a ship'),
        knots: request.includes('All about knots'),
        knitting: request.includes('All about knitting'),
        exec: tools.some((tool) => tool.function.name === 'exec'),
      };
    };
    expect(has('ping-free')).toEqual({ prompt: false, knots: true, knitting: true, exec: true });
    expect(has('ping-rules')).toEqual({ prompt: true, knots: true, knitting: false, exec: false });
  });

  it('stops a running turn when its message is recalled', async () => {
    const from = person('Remorse');
    const { chatId, messageId } = channel.sandbox.say({ from, text: 'ping-regret' });
    await waitFor(() => expect(requestWith('ping-regret')).not.toBe(''), patience);
    await waitFor(() => expect(botMessages(chatId)).toHaveLength(1), patience);
    channel.sandbox.recall({ messageId });
    await waitFor(() => expect(channel.model.abandoned.join()).toContain('ping-regret'), patience);
    await waitFor(() => expect(botMessages(chatId)).toEqual([]), patience);
    channel.sandbox.say({ from, text: 'ping-sorry' });
    await answered(chatId, 'pong ping-sorry');
  });

  it('tells the agent of a reaction to its message at the next turn', async () => {
    const from = person('Happy');
    const { chatId } = channel.sandbox.say({ from, text: 'ping-joke' });
    await answered(chatId, 'pong ping-joke');
    const messageId = botMessages(chatId)[0]?.messageId ?? '';
    channel.sandbox.react({ messageId, emojiType: 'LAUGH', from });
    const asksForIt = ({ path }: { path: string }) => path.includes(`/im/v1/messages/${messageId}`);
    await waitFor(() => expect(channel.sandbox.calls().some(asksForIt)).toBe(true), patience);
    channel.sandbox.say({ from, text: 'ping-next' });
    await answered(chatId, 'pong ping-joke', 'pong ping-next');
    expect(requestWith('ping-next')).toMatch(/reaction added: LAUGH by Happy/);
  });
});
