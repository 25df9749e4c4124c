/**
 * One card that grows: makes the calls that its state asks for, one at a time.
 *
 * In: the text so far, a status, and at last the final form. Out: calls of CardKit. It waits on the
 * clock, on the limiter that all sends of the app share, and for what is wanted next.
 */
import type { Logger } from '../../../../shared/log.ts';
import type { SendLimiter } from '../../send-limiter.ts';
import type { Progress } from '../progress/progress-line.ts';
import type { CardCall } from './card-call.ts';
import type { CallContent, CardCalls } from './card-calls.ts';
import { type FinalForm, fitsCard } from './card-json.ts';
import { afterCall, type CardState, nextStep, type Wanted } from './card-state.ts';

export interface CardStreamOptions {
  readonly cardId: string;
  readonly state: CardState;
  readonly calls: Pick<CardCalls, 'make'>;
  readonly limiter: Pick<SendLimiter, 'acquireCall' | 'pauseFor'>;
  /** The Markdown of the card's element for a text that still grows. */
  readonly render: (source: string) => string;
  /** Called before each call: resolves when a later process would use a higher number. */
  readonly reserve: (sequence: number) => Promise<void>;
  readonly clock: StreamClock;
  readonly log: Logger;
  /** Ends the calls at once; the card stays as it is. */
  readonly signal: AbortSignal;
}

export interface StreamClock {
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or when the signal aborts. Never rejects. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How the card ends: `whole`: it shows its final form. */
export type CardEnd = 'whole' | 'failed';

export interface CardStream {
  /** The whole text so far. */
  show(text: string): void;
  progress(shown: Progress): void;
  /** Whether the card can show nothing any more. @throws why no call can be made any more */
  hasFailed(): boolean;
  /** The text is more than the card can show. */
  readonly isTooLarge: boolean;
  /** Closes the card and gives it its final form. @throws the reason of the signal */
  end(text: string, final: FinalForm): Promise<CardEnd>;
}

export function createCardStream(options: CardStreamOptions): CardStream {
  const { cardId, calls, limiter, clock, log, signal } = options;
  const { monotonic } = clock;
  let state = options.state;
  const { text, status, tools } = state;
  let wanted: Wanted = { text, status, tools, isEnding: false, renderMs: 0 };
  let final: FinalForm = { card: '', summary: '' };
  let isTooLarge = false;
  let woken = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  const ending = new AbortController();
  /** Aborts when the card is to end, too: what waits for a call of its growth waits no longer. */
  const growing = AbortSignal.any([signal, ending.signal]);

  function want(change: Partial<Wanted>): void {
    wanted = { ...wanted, ...change };
    woken.abort();
  }

  async function wait(ms: number): Promise<void> {
    woken = new AbortController();
    await clock.pause(ms, AbortSignal.any([woken.signal, signal]));
  }

  function contentOf(call: CardCall): CallContent {
    if (call.kind !== 'text') return { markdown: '', ...final };
    const startedAt = monotonic();
    const markdown = options.render(call.source);
    wanted = { ...wanted, renderMs: monotonic() - startedAt };
    isTooLarge = !fitsCard(markdown);
    return { markdown, ...final };
  }

  async function make(): Promise<void> {
    await limiter
      .acquireCall(cardId, growing)
      .catch(() => limiter.acquireCall(cardId, signal, 'end'));
    // Meanwhile the text may have grown.
    const step = nextStep(state, wanted, monotonic());
    if (step.kind !== 'call') return;
    const { call } = step;
    const content = contentOf(call);
    if (call.kind === 'text' && content.markdown === '') {
      // Nothing is to be seen yet, such as the first mark of a list.
      state = { ...state, text: call.source };
      return;
    }
    await options.reserve(call.sequence);
    const startedAt = monotonic();
    const result = await calls.make(cardId, call, content, signal);
    const times = { startedAt, now: monotonic(), random: clock.random() };
    state = afterCall(state, call, result, times);
    if (result === 'accepted') return;
    log.info('a call for a card was refused', { cardId, call: call.kind, code: result.code });
    const { retryAfterMs } = result;
    if (retryAfterMs !== undefined) limiter.pauseFor(retryAfterMs);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const step = nextStep(state, wanted, monotonic());
      if (step.kind === 'over') return;
      if (step.kind === 'call') await make();
      else await wait(step.kind === 'wait' ? step.until - monotonic() : REST_MS);
    }
    signal.throwIfAborted();
  }
  const running = run().catch((error: unknown) => {
    failure = { error };
  });

  return {
    show: (text) => want({ text }),
    progress: want,
    hasFailed() {
      if (failure) throw failure.error;
      return state.phase === 'failed';
    },
    get isTooLarge() {
      return isTooLarge;
    },
    async end(text, last) {
      final = last;
      want({ text, isEnding: true });
      ending.abort();
      await running;
      if (failure) throw failure.error;
      return state.phase === 'whole' ? 'whole' : 'failed';
    },
  };
}

/** A frozen card waits for its end only. */
const REST_MS = 60 * 60_000;
