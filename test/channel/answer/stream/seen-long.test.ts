/** Long turns and outages: the card stays open, the text comes whole, and the card is closed. */
import { expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { answerIn, lastOf, watchedStage } from './watched.ts';

const MINUTE_MS = 60_000;

it('streams through a turn of 25 minutes with tools, and never looks ended before', async () => {
  const stage = await watchedStage();
  stage.sandbox.say({ text: 'work' });
  let answer = '';
  for (let minute = 0; minute < 25; minute += 1) {
    const name = `tool-${minute}`;
    stage.write({ kind: 'tool', id: name, name, state: 'running' });
    await waitFor(() =>
      expect(JSON.stringify(stage.seen().at(-1)?.changes.at(-1))).toContain(name),
    );
    stage.write({ kind: 'tool', id: name, name, state: 'done' });
    if (minute % 5 === 4) {
      const text = `Step ${minute} is done.\n\n`;
      answer += text;
      stage.write(text);
      await waitFor(() => expect(answerIn(lastOf(stage.seen()[0]!))).toBe(answer.trim()));
    }
    stage.pass(MINUTE_MS);
  }
  stage.end();
  await stage.event('answered');
  const [card, ...others] = stage.seen();
  expect(others).toEqual([]);
  expect(answerIn(lastOf(card!))).toBe(answer.trim());
  const generating = card!.changes.map(({ isGenerating }) => isGenerating);
  // Open from the first state to the last but the closing ones.
  expect(generating.slice(0, generating.indexOf(false))).not.toContain(false);
  expect(generating.slice(generating.indexOf(false))).not.toContain(true);
  expect(stage.sandbox.calls().filter(({ status }) => status >= 400)).toEqual([]);
}, 120_000);

it.each([
  ['answers 503', { kind: 'status', status: 503 }],
  ['cuts connections', { kind: 'drop' }],
  ['takes connections and never answers', { kind: 'hang' }],
  ['cuts connections after it has done what was asked', { kind: 'drop', after: true }],
  [
    'limits the rate',
    {
      kind: 'code',
      code: 99991400,
      msg: 'request trigger frequency limit',
      status: 429,
      headers: { 'x-ogw-ratelimit-reset': '1' },
    },
  ],
] as const)(
  'an outage of 30 s in mid-stream that %s costs no text and repeats none',
  async (_, fault) => {
    const stage = await watchedStage();
    stage.sandbox.say({ text: 'go on' });
    stage.write('Before the outage. ');
    await waitFor(() =>
      expect(stage.seen()[0]?.changes.map(answerIn)).toContain('Before the outage.'),
    );
    stage.sandbox.fault({ match: { path: '/open-apis/' }, forMs: 30_000, do: fault });
    stage.write('During the outage. ');
    const failed = () =>
      stage.sandbox.calls().filter(({ status }) => status !== 200 && status !== 101);
    // A call that is never answered fails after the time that each call has.
    await waitFor(() => expect(failed().length).toBeGreaterThan(0), 40_000);
    for (let second = 0; second < 30; second += 1) {
      stage.write(`Second ${second}. `);
      stage.pass(1000);
    }
    stage.write('After the outage.');
    stage.end();
    await stage.event('answered');
    const seconds = Array.from({ length: 30 }, (_, second) => `Second ${second}. `).join('');
    const whole = `Before the outage. During the outage. ${seconds}After the outage.`;
    expect(stage.standing().map((message) => answerIn(lastOf(message)))).toEqual([whole]);
    expect(stage.seen().every((message) => !lastOf(message).isGenerating)).toBe(true);
  },
  120_000,
);
