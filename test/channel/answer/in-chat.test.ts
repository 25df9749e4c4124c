import { expect, it } from 'vitest';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

const bo = { openId: 'ou_bo', name: 'Bo Li' };

/** The messages of an answer in a group where Bo Li was mentioned before. */
async function answered(text: string, settings: Parameters<typeof accountOf>[1] = {}) {
  const sandbox = await sandboxWith();
  const agent = {
    async *answer() {
      yield text;
    },
  };
  const account = accountOf(sandbox, { requireMention: false, streaming: 'off', ...settings });
  const { event } = channelWith([account], { agent });
  await event('ready');
  sandbox.say({ text: 'hello', chatType: 'group', mentionBot: true, mention: [bo] });
  await event('answered');
  return sandbox.messages({ fromBot: true });
}

it.each([
  ['@Bo Li hi', 'text', '<at user_id="ou_bo">Bo Li</at> hi'],
  ['@Bo Li *hi*', 'post', '<at user_id="ou_bo">Bo Li</at> *hi*'],
  ['@Bo Li `hi`', 'interactive', '<at id=ou_bo></at> `hi`'],
  ['hello, nobody is called', 'text', 'hello, nobody is called'],
])('mentions who was seen in the chat: %j', async (text, type, shown) => {
  const [message] = await answered(text);
  expect(message?.msgType).toBe(type);
  expect(sentText(message?.content ?? '')).toBe(shown);
});

it.each([
  ['auto', 'interactive', '# A\n\n`b`'],
  ['card', 'interactive', '*c*'],
  ['post', 'post', '**A**\n\n`b`'],
  ['text', 'text', 'A\n\nb'],
] as const)('has the form that the account asks for: %s', async (renderMode, type, shown) => {
  const [message] = await answered(renderMode === 'card' ? '*c*' : '# A\n\n`b`', { renderMode });
  expect(message?.msgType).toBe(type);
  // The heading of a card is its title.
  expect(sentText(message?.content ?? '')).toBe(shown.replace(/^# A\n\n/, ''));
});

it.each(['text', 'post', 'card'] as const)(
  'cuts an answer where the account says: %s',
  async (renderMode) => {
    const sentences = Array.from({ length: 40 }, (_, index) => `Sentence **${index}** is here.`);
    const messages = await answered(sentences.join(' '), { renderMode, textChunkLimit: 200 });
    const texts = messages.map(({ content }) => sentText(content));
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(200);
    const whole = texts.join(' ').replaceAll('*', '');
    expect(whole).toBe(sentences.join(' ').replaceAll('*', ''));
  },
);

it('sends a longer message than usual where the account allows it', async () => {
  const text = `${'word '.repeat(1300)}end`;
  expect(await answered(text)).toHaveLength(2);
  expect(await answered(text, { textChunkLimit: 10_000 })).toHaveLength(1);
});
