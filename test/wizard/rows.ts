/** A way through setup as a table: its questions, where Esc leads from each, and the answers. */
import type { Text } from '../../src/shared/text/text.ts';
import { ESC, type Terminal } from '../support/terminal.ts';
import { person, type Stage, texts } from './stage.ts';

export interface Row {
  /** Shown before the question; tells questions of the same words apart. */
  readonly after?: Text;
  readonly at: Text;
  /** Where Esc leads, and the keys that lead on from there; without it, Esc is not pressed. */
  readonly back?: readonly (readonly [Text, string])[];
  /** What a person does elsewhere before the answer. */
  readonly meanwhile?: () => void;
  /** The answer; without it the person writes to the bot. */
  readonly keys?: string;
}

export async function walk(scene: Stage, screen: Terminal, rows: readonly Row[]): Promise<void> {
  const somebody = person(scene, screen);
  const isAwaited = (question: Text) =>
    question === texts.waiting || question === texts.waitingApproval;
  // What is only shown gets no keys.
  const reach = (question: Text, keys: string) =>
    isAwaited(question) || keys === ''
      ? somebody.sees(question).then(() => screen.type(keys))
      : somebody.answer(question, keys);
  for (const { after, at, back, meanwhile, keys } of rows) {
    if (after) await somebody.sees(after);
    if (back) await reach(at, ESC);
    for (const [question, then] of back ?? []) await reach(question, then);
    if (back && after) await somebody.sees(after);
    meanwhile?.();
    if (keys !== undefined) await somebody.answer(at, keys);
    else if (at === texts.waiting) await somebody.writes();
  }
}
