/** The typewriter of a card that streams: how much of a text is on the screen (docs/platform/media-and-cards.md#streaming). */

export interface Pace {
  readonly frequencyMs: number;
  readonly step: number;
  readonly strategy: 'fast' | 'delay';
}

/** A text that is typed since a moment. Characters are code points. */
export interface Typing {
  readonly text: string;
  readonly from: number;
  /** Characters that were there at `from`. */
  readonly shown: number;
  /** Absent where the card does not stream: everything is there. */
  readonly pace: Pace | undefined;
}

/** The text changes; `before` is what was typed until now. */
export function typed(
  before: Typing | undefined,
  text: string,
  pace: Pace | undefined,
  now: number,
): Typing {
  const all = [...text].length;
  if (!pace || !before || !text.startsWith(before.text))
    return { text, from: now, shown: all, pace };
  const isSame = text === before.text;
  const shown =
    pace.strategy === 'fast' && !isSame ? [...before.text].length : shownCount(before, now);
  return { text, from: now, shown, pace };
}

export function shownText(typing: Typing, now: number): string {
  return [...typing.text].slice(0, shownCount(typing, now)).join('');
}

export function isTyping(typing: Typing, now: number): boolean {
  return shownCount(typing, now) < [...typing.text].length;
}

function shownCount({ text, from, shown, pace }: Typing, now: number): number {
  const all = [...text].length;
  if (!pace) return all;
  return Math.min(all, shown + Math.floor((now - from) / pace.frequencyMs) * pace.step);
}
