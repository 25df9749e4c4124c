/** What a person felt of one turn, from the record of what was on the screen. Pure. */
import type { SeenMessage } from '../../src/sandbox/seen/seen.ts';
import { charactersAt, typedText } from '../../src/sandbox/seen/typewriter.ts';
import { wordEnds } from './scenario.ts';

/** All in ms, `undefined` where it did not happen. */
export interface TurnTimes {
  /** From the question to the first sign: a reaction to it, or a message. */
  readonly sign: number | undefined;
  /** From the question to the first word of the answer on the screen. */
  readonly firstText: number | undefined;
  /** The longest time between two moments at which the text grew on the screen. */
  readonly gap: number | undefined;
  /** From the question to the whole answer on the screen. */
  readonly whole: number | undefined;
  /** From the model's last word to the whole answer on the screen. */
  readonly afterLast: number | undefined;
}

export interface Turn {
  /** By which its words are known. */
  readonly question: string;
  readonly messageId: string;
  readonly words: number;
  /** By the sandbox's clock, as all times of the record. */
  readonly askedAt: number;
  readonly lastWordAt: number | undefined;
}

/** The screen is looked at as often as a slow one is drawn. */
const FRAME_MS = 10;

/** @param seen the messages of the turn's chat @param until the end of the record */
export function turnTimes(turn: Turn, seen: readonly SeenMessage[], until: number): TurnTimes {
  const { askedAt, question, words, lastWordAt } = turn;
  const answers = seen
    .filter(({ fromBot, changes }) => fromBot && (changes[0]?.at ?? 0) >= askedAt)
    .map((message) => wordsOverTime(message, question));
  let [firstText, whole, grownAt, gap, shown]: (number | undefined)[] = [];
  for (let at = askedAt; at <= until && whole === undefined; at += FRAME_MS) {
    const now = Math.max(0, ...answers.map((wordsAt) => wordsAt(at)));
    if (now <= (shown ?? 0)) continue;
    if (grownAt !== undefined) gap = Math.max(gap ?? 0, at - grownAt);
    firstText ??= at;
    [shown, grownAt] = [now, at];
    if (now >= words) whole = at;
  }
  const since = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : at - askedAt;
  return {
    sign: since(firstSign(turn, seen)),
    firstText: since(firstText),
    gap,
    whole: since(whole),
    afterLast: whole === undefined || lastWordAt === undefined ? undefined : whole - lastWordAt,
  };
}

/** Whether the whole answer has reached the client: what it has to type may not be on the screen yet. */
export function hasArrived(
  { question, words }: Pick<Turn, 'question' | 'words'>,
  seen: readonly SeenMessage[],
): boolean {
  return seen.some(({ fromBot, changes }) => {
    const text = fromBot && changes.at(-1)?.text;
    return text && (wordEnds(text, question).at(-1)?.number ?? 0) >= words;
  });
}

/** How many words of the answer are on the screen at a moment. Each text is read once. */
function wordsOverTime(message: SeenMessage, question: string): (at: number) => number {
  const timeline = typedText(message);
  const ends = new Map(timeline.map(({ text }) => [text, wordEnds(text, question)]));
  return (at) => {
    const { text, characters } = charactersAt(timeline, at);
    return ends.get(text)?.findLast(({ end }) => end <= characters)?.number ?? 0;
  };
}

function firstSign({ askedAt, messageId }: Turn, seen: readonly SeenMessage[]): number | undefined {
  const signs = seen.flatMap(({ messageId: id, fromBot, changes }) => {
    if (fromBot) return changes.slice(0, 1).map(({ at }) => at);
    if (id !== messageId) return [];
    return changes
      .filter(({ reactions }) => reactions.length > 0)
      .slice(0, 1)
      .map(({ at }) => at);
  });
  const later = signs.filter((at) => at >= askedAt);
  return later.length === 0 ? undefined : Math.min(...later);
}
