/** kill -9 at random moments of streaming: each answer is seen whole once, or ended by one sentence. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryHome } from '../../../support/home.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { sandboxWith } from '../../harness.ts';
import { configure, startRuntime } from '../../runtime-process.ts';
import { answerIn, lastOf } from './watched.ts';

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 5);
const STEPS = 20;

/** An agent that repeats its question in each of twenty steps, for two seconds. */
const stepByStep = [
  'read -r line',
  't=${line##*\\"text\\":\\"}',
  't=${t%%\\"*}',
  'i=1',
  `while [ $i -le ${STEPS} ]; do printf '%s step %s.\\n\\n' "$t" $i; i=$((i+1)); sleep 0.1; done`,
].join('; ');

/** After a part of the answer, and in its place: a turn is begun three times at most. */
const sentence = /The program was interrupted|the program was interrupted three times/g;

/** What is wrong with an answer as it is seen at the end; `undefined` where nothing is. */
function wrongIn(question: string, text: string): string | undefined {
  const steps = [...text.matchAll(/(\S+) step (\d+)\./g)];
  const isInOrder = steps.every(
    ([, of, step], index) => of === question && step === `${index + 1}`,
  );
  const sentences = text.match(sentence)?.length ?? 0;
  const isEnded = steps.length === STEPS ? sentences === 0 : sentences === 1;
  return isInOrder && isEnded ? undefined : text;
}

it(
  `answers are seen whole once, or ended by one sentence, after ${KILLS} kills`,
  async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs: [300, ...Array<number>(200).fill(1500)] });
    await configure(home, sandbox, { streaming: 'card' });
    const questions = new Map<string, string>();
    const start = () => startRuntime(home, { exec: stepByStep });
    let runtime = start();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await runtime.line(({ event }) => event === 'ready');
      for (const place of ['a', 'b']) {
        const text = `q${kill}${place}`;
        const { chatId } = sandbox.say({ text, from: { openId: `ou_${text}`, name: text } });
        questions.set(text, chatId);
        await delay(Math.random() * 1500);
      }
      await delay(Math.random() * 1500);
      await runtime.kill();
      runtime = start();
    }
    // Each person has a chat of their own.
    const answerTo = (chatId: string) => {
      const seen = sandbox.seen(chatId).filter(({ fromBot }) => fromBot);
      const standing = seen.filter((message) => !lastOf(message).isRecalled);
      return {
        isOpen: seen.some((message) => lastOf(message).isGenerating),
        text: standing.map((message) => answerIn(lastOf(message))).join('\n\n'),
      };
    };
    const wrongs = () =>
      [...questions].flatMap(([question, chatId]) => {
        const { isOpen, text } = answerTo(chatId);
        const wrong = wrongIn(question, text);
        return isOpen || wrong !== undefined ? [{ question, isOpen, text }] : [];
      });
    await waitFor(() => expect(wrongs()).toEqual([]), { timeout: 60_000, interval: 500 });
    // Nothing more comes: what was answered is not answered again.
    await runtime.stop();
    expect(wrongs()).toEqual([]);
  },
  120_000 + KILLS * 15_000,
);
