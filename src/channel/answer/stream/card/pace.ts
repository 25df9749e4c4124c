/** How often a growing card is written, and how fast its clients type. Pure. */

/** Between the starts of two calls for one card (ms): the platform takes ten a second. */
export const MIN_CALL_GAP_MS = 110;

/**
 * Between two updates of the text (ms), by the size of the text (characters). Each update carries the
 * whole text, so that long texts are written less often; a person still sees each word within half a
 * second. Where the rendering takes long, updates are rarer: it takes at most an eighth of the time.
 */
export function updateIntervalMs(characters: number, renderMs: number): number {
  const bySize = characters < 2000 ? 130 : characters < 10_000 ? 250 : 380;
  return Math.max(bySize, Math.min(2000, renderMs * 8));
}

/** Changes of a status a second, of all cards of an account together. */
const STATUS_CALLS_PER_SECOND = 5;

/** How often a card changes its status (ms), where so many are open: it takes calls from their texts. */
export function statusIntervalMs(openCards: number): number {
  return Math.max(1000, (openCards * 1000) / STATUS_CALLS_PER_SECOND);
}

/** The end of a sentence or of a line: an update here shows whole sentences. */
const SENTENCE_END = /(?:[。！？；…\n]|[.!?;:]["')\]”’]?\s)$/u;

export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text.slice(-4));
}

/** How a client types the text that an update adds (`streaming_config`). */
export interface Typing {
  readonly frequencyMs: number;
  readonly step: number;
}

/** Characters a second, where no answer was measured yet. */
const USUAL_SPEED = 100;
const FREQUENCY_MS = 30;
const MAX_STEP = 100;

/** A little faster than the model, so that the client has typed an update when the next one comes. */
export function typingFor(charactersPerSecond: number): Typing {
  const step = Math.ceil((charactersPerSecond * 1.25 * FREQUENCY_MS) / 1000);
  return { frequencyMs: FREQUENCY_MS, step: Math.min(MAX_STEP, Math.max(2, step)) };
}

/** The speed of the answers so far, measured while they are written. */
export interface Speedometer {
  /** Characters a second. */
  readonly speed: number;
  /** An answer was written in `ms`. */
  measured(characters: number, ms: number): void;
}

/** Shorter answers say little about the speed. */
const MIN_MEASURED = { characters: 100, ms: 500 } as const;

export function createSpeedometer(): Speedometer {
  let speed: number = USUAL_SPEED;
  return {
    get speed() {
      return speed;
    },
    measured(characters, ms) {
      if (characters < MIN_MEASURED.characters || ms < MIN_MEASURED.ms) return;
      speed = (speed + (characters * 1000) / ms) / 2;
    },
  };
}
