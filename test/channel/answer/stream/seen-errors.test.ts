/** Each error of CardKit once at each step: the text comes whole and once, and no card is left open. */
import { expect, it } from 'vitest';
import type { CardStep } from '../../../../src/sandbox/cards/card-failures.ts';
import { type CardKitCode, cardKitTexts } from '../../../../src/sandbox/cards/card-faults.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { answerIn, lastOf, watchedStage } from './watched.ts';

const codes = [...Object.keys(cardKitTexts).map(Number), 230020] as (CardKitCode | 230020)[];
/** The calls of a streamed answer; texts fail as the first and as a later one. */
const steps: readonly (readonly [CardStep, readonly number[]])[] = [
  ['create', [0]],
  ['send', [0]],
  ['content', [0, 1]],
  ['settings', [0]],
  ['update', [0]],
];
const parts = ['First part. ', 'Second part. ', 'Third part. ', 'Last part.'];
const whole = parts.join('');

type Stage = Awaited<ReturnType<typeof watchedStage>>;

/** Answers once; gives what is wrong with what a person has seen. */
async function wrongIn(stage: Stage): Promise<unknown> {
  stage.sandbox.say({ text: 'go on' });
  const ended = stage.event('answered');
  for (const [index, part] of parts.entries()) {
    stage.write(part);
    const shown = parts
      .slice(0, index + 1)
      .join('')
      .trim();
    // Where it is refused, a part may come later: the end waits for all.
    await waitFor(() => expect(JSON.stringify(stage.seen())).toContain(shown), 300).catch(
      () => undefined,
    );
  }
  stage.end();
  await ended;
  const seen = stage.seen();
  const text = stage
    .standing()
    .map((message) => answerIn(lastOf(message)))
    .join('');
  const open = seen.filter((message) => lastOf(message).isGenerating).length;
  const refused = stage.sandbox.calls().filter(({ status }) => status === 400).length;
  return text === whole && open === 0 && refused > 0 ? undefined : { text, open, refused };
}

it.each(steps)(
  'at %s',
  async (step, afters) => {
    const failures: unknown[] = [];
    // Several rooms at a time: most of the time is spent in waiting.
    const queue = codes.flatMap((code) => afters.map((after) => ({ code, after })));
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { code, after } = next;
        const stage = await watchedStage();
        stage.sandbox.failCard({ step, code, after });
        const wrong = await wrongIn(stage);
        if (wrong) failures.push({ code, after, wrong });
        await stage.channel.stop();
        await stage.sandbox.close();
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(failures).toEqual([]);
  },
  180_000,
);
