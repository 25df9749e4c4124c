/** What a person sees while an answer is written: always a beginning of it, and soon. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { firstShown, typedText } from '../../../../src/sandbox/seen/typewriter.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { answerIn, lastOf, watchedStage } from './watched.ts';

const LAG_MS = 500;
const SECONDS = 4;

/** The longest times in which this process did nothing else: what is late by them is not late. */
function watchStalls() {
  const beats: number[] = [];
  const timer = setInterval(() => beats.push(Date.now()), 5);
  return {
    stop: () => clearInterval(timer),
    /** How long the loop was blocked between two moments (ms). */
    between(from: number, to: number): number {
      const around = [from, ...beats.filter((beat) => beat > from && beat < to), to];
      return around.reduce((sum, beat, index) => {
        const gap = beat - (around[index - 1] ?? beat);
        return gap > 15 ? sum + gap : sum;
      }, 0);
    },
  };
}

const words = ['the ', 'card ', 'grows ', 'while ', 'tokens ', 'come, ', 'one ', 'by ', 'one. '];
const characters = ['卡', '片会', '随着', '模型', '的输出', '不断', '增长', '，', '直到', '结束。'];

it.each([
  ['20 tokens/s', 20, words, 0],
  ['100 tokens/s', 100, words, 0],
  ['300 tokens/s', 300, words, 0],
  ['100 tokens/s of Chinese', 100, characters, 0],
  ['100 tokens/s after a long beginning', 100, words, 12_000],
])(
  'at %s the seen text is always a beginning of the answer, at most half a second late',
  async (_, rate, tokens, before) => {
    const stage = await watchedStage();
    const stalls = watchStalls();
    stage.sandbox.say({ text: 'go on' });
    await waitFor(() => expect(stage.turns()).toBe(1));
    const written: { readonly at: number; readonly characters: number }[] = [];
    let answer = 'All that came before. '.repeat(Math.ceil(before / 22));
    stage.write(answer);
    const begin = performance.now();
    for (let count = 0; count < rate * SECONDS; ) {
      const due = Math.floor(((performance.now() - begin) / 1000) * rate) + 1;
      for (; count < Math.min(due, rate * SECONDS); count += 1) {
        const word = tokens[count % tokens.length] ?? '';
        const token = count % 60 === 59 ? `${word.trimEnd()}\n\n` : word;
        answer += token;
        written.push({ at: stage.writeAt(token), characters: [...answer].length });
      }
      await delay(5);
    }
    stage.end();
    await stage.event('answered');
    stalls.stop();
    const whole = answer.trim();
    const [card, ...others] = stage.seen();
    expect(others).toEqual([]);
    expect(answerIn(lastOf(card!))).toBe(whole);
    expect(lastOf(card!).isGenerating).toBe(false);
    const foreign = card!.changes.map(answerIn).filter((text) => !whole.startsWith(text.trimEnd()));
    expect(foreign).toEqual([]);
    expect(card!.changes.length).toBeGreaterThan(5);
    const timeline = typedText(card!, answerIn);
    const late = written.flatMap(({ at, characters }) => {
      const shown = firstShown(timeline, Math.min(characters, [...whole].length));
      const lag = (shown ?? Number.POSITIVE_INFINITY) - at;
      const allowed = LAG_MS + stalls.between(at, at + lag);
      return lag > allowed ? [{ characters, lag: Math.round(lag), allowed }] : [];
    });
    expect(late).toEqual([]);
  },
  60_000,
);
