import { expect, it } from 'vitest';
import type { Agent } from '../../../src/channel/agent/agent.ts';
import { createBlockAssembler, MAX_BLOCK } from '../../../src/channel/answer/text/cut/blocks.ts';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';
import { openFence } from './text/open-fence.ts';

/** The messages of an agent that never ends by itself, and how much it was asked for. */
async function answersOf(
  line: string,
  settings: Parameters<typeof accountOf>[1] = {},
): Promise<{ texts: string[]; characters: number; isEnded: boolean }> {
  const sandbox = await sandboxWith();
  let characters = 0;
  let isEnded = false;
  const agent: Agent = {
    async *answer() {
      try {
        yield '```\n';
        for (;;) {
          characters += line.length;
          yield line;
        }
      } finally {
        isEnded = true;
      }
    },
  };
  const { event } = channelWith([accountOf(sandbox, settings)], { agent });
  await event('ready');
  sandbox.say({ text: 'go on' });
  await event('answered');
  const texts = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
  return { texts, characters, isEnded };
}

it.each(['block', 'off'] as const)(
  'ends an endless answer in a fence: streaming %s',
  async (streaming) => {
    const { texts, characters, isEnded } = await answersOf('y\n'.repeat(2000), { streaming });
    expect(isEnded).toBe(true);
    expect(characters).toBeLessThan(500_000);
    expect(texts.length).toBeLessThanOrEqual(101);
    expect(texts.at(-1)).toMatch(/This answer is too long: the rest was left out\.$/);
    for (const text of texts.slice(0, -1)) expect(openFence(text)).toBeUndefined();
  },
);

it('says so once where an endless answer has no text', async () => {
  const { texts, isEnded } = await answersOf('\n'.repeat(4000));
  expect(isEnded).toBe(true);
  expect(texts.filter((text) => /left out/.test(text))).toHaveLength(1);
});

it('sends a whole answer of the longest kind as at most 100 messages, then one sentence', async () => {
  const sandbox = await sandboxWith();
  const line = `${'word '.repeat(19)}end.\n`;
  const agent: Agent = {
    async *answer() {
      yield line.repeat(10_000);
    },
  };
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.say({ text: '说长一点' });
  await event('answered');
  const texts = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
  expect(texts.length).toBeLessThanOrEqual(101);
  expect(texts.filter((text) => text.includes('回答过长，其余部分已省略。'))).toHaveLength(1);
  expect(texts.at(-1)).toMatch(/已省略。$/);
});

it('gives blocks within the bound while a fence, a table or a list item never ends', () => {
  const openings = [
    ['```js\n', 'code();\n'],
    ['- item\n\n      ~~~~\n', '      code\n'],
    ['> ```\n', '> code\n'],
    ['| a | b |\n|---|---|\n', '| c | d |\n'],
    ['1. item\n', '\n   more of it\n'],
    ['', 'word'],
    ['[', '[x'],
  ] as const;
  for (const [opening, line] of openings) {
    const assembler = createBlockAssembler('block');
    const blocks = [...assembler.push(opening)];
    let sent = 0;
    for (let count = 0; count < 100_000 / line.length; count += 1) {
      blocks.push(...assembler.push(line));
      sent += line.length;
      const given = blocks.reduce((sum, block) => sum + block.length, 0);
      if (sent - given > 2 * MAX_BLOCK) expect.fail(`${JSON.stringify(opening)}: ${sent - given}`);
    }
    blocks.push(...assembler.end());
    for (const block of blocks) {
      expect(block.length).toBeLessThanOrEqual(MAX_BLOCK);
      expect(openFence(block)).toBeUndefined();
    }
  }
});
