/** Presses of buttons while the agent is busy: the callback's answer is waited for by a person. */
import { performance } from 'node:perf_hooks';
import { type Percentiles, percentiles } from './percentiles.ts';
import { startOnSandbox } from './sandbox-subject.ts';

/** Asks with buttons; works for a minute on everything else. */
const program = `
let text = '';
for await (const piece of process.stdin) text += piece;
const { text: asked } = JSON.parse(text);
if (asked === 'ask') {
  console.log(JSON.stringify({ buttons: [[{ text: 'Yes', value: 'yes' }, { text: 'No', value: 'no' }]] }));
} else {
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
`;

/** As many turns run at once, so that each chat's agent is busy. */
const CHATS = 15;

/** From the press to its toast (ms): so many in each chat, whose next turn goes on meanwhile. */
export async function measurePresses(perChat: number): Promise<Percentiles> {
  const { sandbox, stop } = await startOnSandbox(program, { streaming: 'off' });
  const waits: number[] = [];
  try {
    for (let chat = 0; chat < CHATS; chat++) {
      const from = { openId: `ou_press${chat}` };
      const cards: string[] = [];
      while (cards.length < perChat) {
        const { chatId } = sandbox.say({ from, text: 'ask' });
        cards.push((await sandbox.nextAnswer({ chatId })).messageId);
      }
      sandbox.say({ from, text: 'work' });
      for (const messageId of cards) {
        const startedAt = performance.now();
        const { answer } = await sandbox.click({ messageId, from, button: 'Yes' });
        if (!JSON.stringify(answer ?? '').includes('toast')) throw new Error('no toast');
        waits.push(performance.now() - startedAt);
      }
    }
    return percentiles(waits);
  } finally {
    await stop();
  }
}
