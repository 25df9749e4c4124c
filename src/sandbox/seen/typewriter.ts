/**
 * The typewriter of a client: which part of a streamed text is on the screen at a moment
 * (docs/platform/media-and-cards.md#streaming). Characters are code points.
 */
import type { Printing, SeenChange, SeenMessage } from './seen.ts';

/** From a moment on, a text of which some characters are on the screen, and the rest is typed. */
export interface TypedText {
  readonly from: number;
  readonly text: string;
  readonly characters: number;
  /** Characters on the screen at `from`. */
  readonly shown: number;
  readonly printing: Printing | undefined;
}

/** The timeline of a text of a message: of all of it, or of what `textOf` takes of each state. */
export function typedText(
  message: SeenMessage,
  textOf: (change: SeenChange) => string = ({ text }) => text,
): TypedText[] {
  const timeline: TypedText[] = [];
  for (const change of message.changes) {
    const text = textOf(change);
    const last = timeline.at(-1);
    const { printing } = change;
    // The same text goes on being typed, but for a change of the pace or the end of streaming.
    if (last?.text === text && isSamePace(last.printing, printing)) continue;
    const characters = [...text].length;
    timeline.push({
      from: change.at,
      text,
      characters,
      shown: shownFirst(last, change, text),
      printing,
    });
  }
  return timeline;
}

const isSamePace = (one: Printing | undefined, other: Printing | undefined): boolean =>
  one?.frequencyMs === other?.frequencyMs &&
  one?.step === other?.step &&
  one?.strategy === other?.strategy;

/** How many characters are there at once. */
function shownFirst(
  last: TypedText | undefined,
  { at, printing }: SeenChange,
  text: string,
): number {
  const all = [...text].length;
  if (!printing || !last || !text.startsWith(last.text)) return all;
  return printing.strategy === 'fast' && last.text !== text
    ? last.characters
    : shownCount(last, at);
}

function shownCount({ from, shown, characters, printing }: TypedText, at: number): number {
  if (!printing) return characters;
  const steps = Math.floor((at - from) / printing.frequencyMs);
  return Math.min(characters, shown + steps * printing.step);
}

/** The text on the screen at a moment; empty before the message is there. */
export function shownAt(timeline: readonly TypedText[], at: number): string {
  const { text, characters } = charactersAt(timeline, at);
  return [...text].slice(0, characters).join('');
}

/** How much of which text is on the screen at a moment, in characters. */
export function charactersAt(
  timeline: readonly TypedText[],
  at: number,
): { readonly text: string; readonly characters: number } {
  const current = timeline.findLast(({ from }) => from <= at);
  return current
    ? { text: current.text, characters: shownCount(current, at) }
    : { text: '', characters: 0 };
}

/** When so many characters are on the screen for the first time; `undefined` where they never are. */
export function firstShown(timeline: readonly TypedText[], characters: number): number | undefined {
  for (const [index, part] of timeline.entries()) {
    if (part.shown >= characters) return part.from;
    if (!part.printing || part.characters < characters) continue;
    const steps = Math.ceil((characters - part.shown) / part.printing.step);
    const at = part.from + steps * part.printing.frequencyMs;
    const next = timeline[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    if (at < next) return at;
  }
  return undefined;
}
