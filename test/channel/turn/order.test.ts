import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { accountOf, channelWith, sandboxWith, sentText } from '../harness.ts';

it('answers 1,000 messages of 50 chats once and in order, though all come twice and ten lines are lost', {
  // Each loss makes the waits longer, and a busy machine loses more.
  timeout: 300_000,
}, async () => {
  const sandbox = await sandboxWith();
  const { event } = channelWith([accountOf(sandbox)]);
  await event('ready');
  const people = Array.from({ length: 50 }, (_, index) => ({
    openId: `ou_person${index}`,
    name: `Person ${index}`,
  }));
  for (let count = 0; count < 1000; count++) {
    const from = people[count % 50]!;
    sandbox.say({ text: `${from.openId} says ${count}`, from, deliver: 'twice' });
    if (count % 10 === 9) await delay(20);
    if (count % 100 === 99) sandbox.dropConnections();
  }
  await event('answered', 1000);
  const answers = sandbox.messages({ fromBot: true });
  expect(answers).toHaveLength(1000);
  for (const { openId } of people) {
    const said = answers
      .map(({ content }) => sentText(content))
      .filter((text) => text.startsWith(`${openId} `));
    const order = said.map((text) => Number(text.split(' ').at(-1)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(20);
  }
});
