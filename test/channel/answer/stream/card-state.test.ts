/** The calls for one card, whatever the model writes and the platform answers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallResult, CardCall } from '../../../../src/channel/answer/stream/card/card-call.ts';
import {
  afterCall,
  type CardState,
  nextStep,
  openedCard,
  type Wanted,
} from '../../../../src/channel/answer/stream/card/card-state.ts';
import { typingFor, updateIntervalMs } from '../../../../src/channel/answer/stream/card/pace.ts';
import { everyRow } from '../../../support/every-row.ts';

const refusal = (code: number, isRetryable = false, retryAfterMs?: number): CallResult => ({
  code,
  isRetryable,
  retryAfterMs,
});

interface MadeCall {
  readonly call: CardCall;
  readonly at: number;
  readonly result: CallResult;
}

/** What happens to one card: pieces of text at times, and the answers of its calls. */
interface Story {
  readonly pieces: readonly { readonly afterMs: number; readonly text: string }[];
  /** Taken one by one; afterwards every call is accepted. */
  readonly results: readonly CallResult[];
  /** How long the calls take, in turn (ms). */
  readonly callMs: readonly number[];
  readonly isEnded?: boolean;
}

/** Runs a card on a clock of its own until it is over, or rests for good. */
function play({ pieces, results, callMs, isEnded = true }: Story) {
  const calls: MadeCall[] = [];
  let now = 0;
  let card: CardState = openedCard({ sequence: 0, text: '', status: '', tools: '', now });
  let wanted: Wanted = { text: '', status: '', tools: '', isEnding: false, renderMs: 0 };
  let next = 0;
  let due = pieces[0]?.afterMs ?? 0;
  const shown: string[] = [];
  const arrive = (): void => {
    while (next < pieces.length && due <= now) {
      wanted = { ...wanted, text: wanted.text + pieces[next]!.text };
      next += 1;
      due += pieces[next]?.afterMs ?? 0;
    }
    if (next >= pieces.length && isEnded) wanted = { ...wanted, isEnding: true };
  };
  for (let turn = 0; turn < 5000; turn += 1) {
    arrive();
    const step = nextStep(card, wanted, now);
    if (step.kind === 'over') break;
    if (step.kind === 'call') {
      const startedAt = now;
      const result = results[calls.length] ?? 'accepted';
      now += callMs[calls.length % Math.max(1, callMs.length)] ?? 50;
      calls.push({ call: step.call, at: startedAt, result });
      card = afterCall(card, step.call, result, { startedAt, now, random: 0.5 });
      if (step.call.kind === 'text' && result === 'accepted') shown.push(step.call.source);
      continue;
    }
    const untilPiece = next < pieces.length ? due : Infinity;
    const until = step.kind === 'wait' ? Math.min(step.until, untilPiece) : untilPiece;
    if (until === Infinity) break;
    if (step.kind === 'wait' && until === step.until && !isEnded && next >= pieces.length) {
      if (until - now > 60_000) break;
    }
    now = Math.max(now, until);
  }
  return { calls, card, shown, text: wanted.text, now };
}

const answers = fc.oneof(
  { weight: 4, arbitrary: fc.constant<CallResult>('accepted') },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(200850, 200510, 300309, 300317, 200770, 200810, 300313, 300120, 99991400)
      .map((code) => refusal(code, [200810, 300313, 300120, 99991400].includes(code))),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3000 }).map((ms) => refusal(0, true, ms)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(200860, 200570, 230099, 11310, 10002, 200740, 200750, 300311, 99991672)
      .map((code) => refusal(code)),
  },
);

const stories: fc.Arbitrary<Story> = fc.record({
  pieces: fc.array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 700_000 })),
      text: fc.string({ minLength: 1, maxLength: 40 }),
    }),
    { maxLength: 40 },
  ),
  results: fc.array(answers, { maxLength: 40 }),
  callMs: fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 }),
});

it('numbers the calls upwards, keeps the rate, shows only beginnings of the text, and always ends', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { calls, card, shown, text } = play(story);
      for (const [index, { call, at }] of calls.entries()) {
        const before = calls[index - 1];
        if (!before) continue;
        expect(call.sequence).toBeGreaterThan(before.call.sequence);
        // Fewer than ten a second, and one at a time.
        expect(at - before.at).toBeGreaterThanOrEqual(105);
      }
      for (const [index, source] of shown.entries()) {
        expect(text.startsWith(source)).toBe(true);
        expect(source.length).toBeGreaterThan(shown[index - 1]?.length ?? 0);
      }
      expect(['whole', 'failed']).toContain(card.phase);
      const last = calls.at(-1);
      if (card.phase === 'whole')
        expect(last).toMatchObject({ call: { kind: 'final' }, result: 'accepted' });
      // The streaming mode is closed before the final form, unless the platform refuses to close it.
      if (card.phase === 'whole')
        expect(calls.some(({ call }) => call.kind === 'close')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('shows the first text of a new card at once, and the next one in time for ten calls a second', () => {
  const pieces = [5, 5, 5].map((afterMs) => ({ afterMs, text: 'words ' }));
  const { calls } = play({ pieces, results: [], callMs: [4], isEnded: false });
  expect(calls.map(({ call, at }) => [call.kind, at])).toEqual([
    ['text', 5],
    ['text', 135],
  ]);
});

it('shows the whole text before it closes where nothing is refused', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { card, shown, text } = play({ ...story, results: [] });
      expect(card.phase).toBe('whole');
      if (text !== '') expect(shown.at(-1)).toBe(text);
    }),
  );
});

const steady = (charactersPerSecond: number, seconds: number): Story['pieces'] =>
  Array.from({ length: seconds * 20 }, () => ({
    afterMs: 50,
    text: 'x'.repeat(Math.round(charactersPerSecond / 20)),
  }));

describe('the time of a card', () => {
  everyRow([80, 400, 1200])('shows each character within half a second at %s a second', (speed) => {
    const pieces = steady(speed, 15);
    const { calls } = play({ pieces, results: [], callMs: [80], isEnded: true });
    const texts = calls.flatMap(({ call, at }) =>
      call.kind === 'text' ? [{ length: call.source.length, at: at + 80 }] : [],
    );
    let lag = 0;
    let written = 0;
    for (const [index, piece] of pieces.entries()) {
      written += piece.text.length;
      const shownAt = texts.find(({ length }) => length >= written)?.at ?? Infinity;
      lag = Math.max(lag, shownAt - (index + 1) * 50);
    }
    expect(lag).toBeLessThanOrEqual(500);
  });

  it('opens the streaming mode again before ten minutes, for as long as the answer takes', () => {
    const pieces = Array.from({ length: 150 }, () => ({ afterMs: 10_000, text: 'word ' }));
    const { calls } = play({ pieces, results: [], callMs: [50] });
    const openings = calls.filter(({ call }) => call.kind === 'reopen').map(({ at }) => at);
    expect(openings.length).toBeGreaterThanOrEqual(2);
    for (const [index, at] of [...openings, pieces.length * 10_000].entries()) {
      expect(at - (openings[index - 1] ?? 0)).toBeLessThan(600_000);
    }
  });
});

describe('a refused call', () => {
  const pieces = Array.from({ length: 20 }, () => ({ afterMs: 300, text: 'word ' }));
  const kinds = (story: Partial<Story>): string[] =>
    play({ pieces, results: [], callMs: [50], ...story }).calls.map(({ call }) => call.kind);

  everyRow([200850, 300309, 200510])(
    '%s opens the streaming mode, and then shows the text',
    (code) => {
      expect(kinds({ results: [refusal(code)] }).slice(0, 3)).toEqual(['text', 'reopen', 'text']);
    },
  );

  it('that cannot be opened again leaves the card alone until its end', () => {
    const results = [refusal(300309), refusal(300309)];
    expect(kinds({ results })).toEqual(['text', 'reopen', 'close', 'final']);
  });

  it('300317 raises the number by more each time', () => {
    const results = [refusal(300317), refusal(300317)];
    const { calls } = play({ pieces, results, callMs: [50] });
    const [first, second, third] = calls.map(({ call }) => call.sequence) as [
      number,
      number,
      number,
    ];
    expect(second - first).toBeGreaterThan(10);
    expect(third - second).toBeGreaterThan(second - first);
  });

  everyRow([200810, 99991400])('%s waits before the next call', (code) => {
    const { calls } = play({ pieces, results: [refusal(code, true, 2000)], callMs: [50] });
    expect(calls[1]!.at - calls[0]!.at).toBeGreaterThanOrEqual(2000);
  });

  it('of a content is never repeated with the same content', () => {
    const results = Array.from({ length: 40 }, () => refusal(200570));
    const { calls, card } = play({ pieces, results, callMs: [50] });
    const sources = calls.flatMap(({ call }) => (call.kind === 'text' ? [call.source] : []));
    expect(new Set(sources).size).toBe(sources.length);
    expect(sources.length).toBeLessThanOrEqual(3);
    expect(card.phase).toBe('failed');
  });

  it('after which no call arrives for 30 seconds goes on where the text is then', () => {
    const results = Array.from({ length: 6 }, () => refusal(0, true));
    const { card, shown, text } = play({ pieces, results, callMs: [5000] });
    expect(card.phase).toBe('whole');
    expect(shown.at(-1)).toBe(text);
  });
});

it('types as fast as the model writes, and no text waits for its size alone', () => {
  for (const speed of [1, 20, 80, 400, 1200, 1e6]) {
    const { frequencyMs, step } = typingFor(speed);
    expect(step).toBeGreaterThanOrEqual(1);
    expect((step * 1000) / frequencyMs).toBeGreaterThanOrEqual(Math.min(speed, 3000));
  }
  const sizes = [0, 1000, 1999, 2000, 9999, 10_000, 25_000];
  const waits = sizes.map((size) => updateIntervalMs(size, 0));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(updateIntervalMs(100, 10_000)).toBe(2000);
});
