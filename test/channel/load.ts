/** People who write to a bot without pause, and the account of what became of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { channelTexts } from '../../src/channel/channel-texts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { waitFor } from '../support/wait-for.ts';
import { sentText } from './harness.ts';

/** What a platform has to do, and to know, for a load. */
export interface PlatformUnderLoad {
  say(saying: {
    readonly text: string;
    readonly from: { readonly openId: string };
    readonly deliver: 'once' | 'twice';
  }): { readonly eventId: string; readonly chatId: string };
  /** Ends every long connection. */
  dropConnections(): unknown;
  /** What the bot has sent, in order; times in ms. */
  answers(): readonly { readonly chatId: string; readonly text: string; readonly at: number }[];
  deliveries(): readonly {
    readonly eventId: string;
    readonly ackCode?: number;
    readonly ackedAt?: number;
  }[];
}

export function underLoad(sandbox: Sandbox): PlatformUnderLoad {
  return {
    say: sandbox.say,
    dropConnections: () => sandbox.dropConnections(),
    answers: () =>
      sandbox
        .messages({ fromBot: true })
        .map(({ chatId, content, createTime: at }) => ({ chatId, text: sentText(content), at })),
    deliveries: sandbox.deliveries,
  };
}

export interface Said {
  readonly eventId: string;
  readonly chatId: string;
  readonly text: string;
}

export interface Load {
  readonly said: readonly Said[];
  stop(): Promise<void>;
}

/** Messages that wait for their answer, at most. */
const MOST_OPEN = 150;

export interface LoadOptions {
  readonly chats?: number;
  /** Between two messages, all chats together (ms); an app may send 1,000 a minute. */
  readonly everyMs?: number;
  /** The longest that an agent is to take (s). */
  readonly slowestS?: number;
}

/** Between the message that an agent repeats, and when the agent began (ms since 1970). */
export const BEGUN = ' begun ';

/**
 * Each message says, as its last word, how long the agent is to take. Every third is delivered twice,
 * and after every fiftieth all lines drop.
 */
export function startLoad(platform: PlatformUnderLoad, options: LoadOptions = {}): Load {
  const { chats = 30, everyMs = 90, slowestS = 2 } = options;
  const said: Said[] = [];
  let isOn = true;
  const ended = (async () => {
    for (let count = 0; isOn; count++) {
      const openId = `ou_person${count % chats}`;
      // Not more than can be answered in the end, however slow the machine.
      while (isOn && said.length - platform.answers().length > MOST_OPEN) await delay(everyMs);
      // What is said after the end is in no test's account.
      if (!isOn) break;
      const seconds = (((count * 7) % 21) / 20) * slowestS;
      const text = `${openId} ${count} ${seconds.toFixed(1)}`;
      const deliver = count % 3 === 0 ? 'twice' : 'once';
      said.push({ ...platform.say({ text, from: { openId }, deliver }), text });
      if (count % 50 === 49) platform.dropConnections();
      await delay(everyMs);
    }
  })();
  return {
    said,
    stop() {
      isOn = false;
      return ended;
    },
  };
}

/** Waits until everything said is acknowledged, and answered as often as it should be. */
export async function untilAnswered(
  platform: PlatformUnderLoad,
  said: readonly Said[],
): Promise<void> {
  await waitFor(
    () => {
      expect(platform.answers().length).toBeGreaterThanOrEqual(said.length);
      const acknowledged = acknowledgements(platform);
      expect(said.filter(({ eventId }) => !acknowledged.has(eventId))).toEqual([]);
    },
    { timeout: 240_000, interval: 200 },
  );
}

/**
 * From a turn's beginning to its agent's own first word, on a busy machine (ms): what is acknowledged
 * within it came too late for its place in line.
 */
const START_MS = 500;

/** What became of everything: each count of a wrong must be 0. */
export function accountOfLoad(platform: PlatformUnderLoad, said: readonly Said[]) {
  const answers = platform.answers().map(({ text: whole, ...sent }) => {
    const [text = '', begunAt] = whole.split(BEGUN);
    return { ...sent, text, begunAt: Number(begunAt ?? Number.NaN) };
  });
  const acknowledged = acknowledgements(platform);
  const answerTo = new Map(answers.map((answer) => [answer.text, answer]));
  const times = new Map<string, number>();
  for (const { text } of answers) times.set(text, (times.get(text) ?? 0) + 1);
  const known = new Set(said.map(({ text }) => text));
  const unanswered = said.filter(({ text }) => !times.has(text));
  // A turn that three crashes cut short is parked, and the person told once instead.
  const notices = answers.filter(({ text }) => text === channelTexts.parkedNotice.en);
  const foreign = answers
    .map(({ text }) => text)
    .filter((text) => !known.has(text) && text !== channelTexts.parkedNotice.en);
  const chatsOf = (list: readonly { readonly chatId: string }[]) =>
    list.map(({ chatId }) => chatId).sort();

  /** Answered before every later message of its chat that began after it was acknowledged. */
  const isInOrder = (one: Said, index: number): boolean =>
    said.slice(index + 1).every((later) => {
      if (later.chatId !== one.chatId) return true;
      const [own, other] = [answerTo.get(one.text), answerTo.get(later.text)];
      if (!own || !other || own.at <= other.at) return true;
      return (acknowledged.get(one.eventId) ?? 0) > other.begunAt - START_MS;
    });

  return {
    counts: {
      said: said.length,
      acknowledged: said.filter(({ eventId }) => acknowledged.has(eventId)).length,
      deliveries: platform.deliveries().length,
      answered: said.length - unanswered.length,
      parked: notices.length,
      foreign,
    },
    wrong: {
      twice: said.filter(({ text }) => (times.get(text) ?? 0) > 1).length,
      foreign: foreign.length,
      lost: chatsOf(unanswered).join() === chatsOf(notices).join() ? 0 : unanswered.length,
      outOfOrder: said.filter((one, index) => !isInOrder(one, index)).length,
    },
  };
}

/** Ends a load that runtimes were killed under, prints its counts, and tells what is wrong. */
export async function wrongsOf(
  platform: PlatformUnderLoad,
  load: Load,
  runtimes: readonly { stop(): Promise<unknown> }[],
  about: Readonly<Record<string, unknown>>,
) {
  await load.stop();
  await untilAnswered(platform, load.said);
  for (const runtime of runtimes) await runtime.stop();
  const { counts, wrong } = accountOfLoad(platform, load.said);
  console.log(JSON.stringify({ ...about, counts, wrong }));
  return wrong;
}

export const nothingWrong = { twice: 0, foreign: 0, lost: 0, outOfOrder: 0 };

/** When each event was acknowledged first. */
function acknowledgements(platform: PlatformUnderLoad): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { eventId, ackCode, ackedAt = 0 } of platform.deliveries()) {
    if (ackCode === 200 && !first.has(eventId)) first.set(eventId, ackedAt);
  }
  return first;
}
