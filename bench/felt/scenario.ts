/** What the agents do whose answers are timed: as a person meets them. */

export interface Scenario {
  /** As the tables name it. */
  readonly name: string;
  /** Before the first word (ms). */
  readonly delayMs: number;
  /** Words of an answer, one a token. */
  readonly words: number;
  /** Between two words (ms). */
  readonly wordMs: number;
  /** Tools that are called one after the other before the text. */
  readonly toolCalls: number;
  /** How many chats ask at the same moment; a turn each, and so often. */
  readonly chats: readonly { readonly count: number; readonly turns: number }[];
}

/** 50 words a second for 4 s is what a fast model writes. */
export const scenarios: Readonly<Record<'instant' | 'streaming' | 'tools' | 'slow', Scenario>> = {
  instant: {
    name: 'answers at once',
    delayMs: 0,
    words: 1,
    wordMs: 0,
    toolCalls: 0,
    chats: [
      { count: 1, turns: 20 },
      { count: 10, turns: 2 },
      { count: 50, turns: 1 },
    ],
  },
  streaming: {
    name: 'streams 50 words/s for 4 s',
    delayMs: 0,
    words: 200,
    wordMs: 20,
    toolCalls: 0,
    chats: [
      { count: 1, turns: 6 },
      { count: 10, turns: 1 },
      { count: 50, turns: 1 },
    ],
  },
  tools: {
    name: 'calls two tools, then streams 1 s',
    delayMs: 0,
    words: 50,
    wordMs: 20,
    toolCalls: 2,
    chats: [{ count: 1, turns: 4 }],
  },
  slow: {
    name: 'thinks for 30 s',
    delayMs: 30_000,
    words: 10,
    wordMs: 20,
    toolCalls: 0,
    chats: [{ count: 1, turns: 1 }],
  },
};

export type ScenarioName = keyof typeof scenarios;

const WORD_CHARACTERS = 5;

/**
 * The answer to a question: numbered words of one length, so that what is seen can be counted.
 *
 * @example answerText('q7', 2) // 'q7w001 q7w002 '
 */
export function answerText(question: string, words: number): string {
  return Array.from({ length: words }, (_, index) => wordOf(question, index + 1)).join('');
}

export const wordLength = (question: string): number => question.length + WORD_CHARACTERS;

const wordOf = (question: string, number: number): string =>
  `${question}w${String(number).padStart(WORD_CHARACTERS - 2, '0')} `;

/** The words of an answer that stand in a text, each with the number of characters up to its end. */
export function wordEnds(
  text: string,
  question: string,
): readonly { readonly end: number; readonly number: number }[] {
  const ends: { end: number; number: number }[] = [];
  let [read, characters, most] = [0, 0, 0];
  for (const { 0: word, 1: number, index } of text.matchAll(
    new RegExp(`${question}w(\\d{3})`, 'g'),
  )) {
    characters += [...text.slice(read, index + word.length)].length;
    read = index + word.length;
    most = Math.max(most, Number(number));
    ends.push({ end: characters, number: most });
  }
  return ends;
}
