/** Turns of a plugin, one after the other or in several chats at once, and what was felt of them. */

import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedCall } from '../../src/sandbox/http/recording.ts';
import { type Percentiles, percentiles } from '../percentiles.ts';
import type { FeltHost } from './felt-host.ts';
import type { Scenario } from './scenario.ts';
import { hasArrived, type Turn, type TurnTimes, turnTimes } from './turn-times.ts';
import { type Step, waterfall } from './waterfall.ts';

/** Longer than any wait between two signs of life that was seen (ms). */
const QUIET_MS = 90_000;
/** A chat has had its first turn before it is timed: that one loads what the host loads late. */
const WARM_UP_TURNS = 3;
/** A client types what has arrived last within this time (ms). */
const TYPED_MS = 2000;

/** Times in ms; the maximum of the gaps counts, since one long one is what is felt. */
export interface Felt {
  readonly chats: number;
  readonly turns: number;
  readonly sign: Percentiles;
  readonly firstText: Percentiles;
  readonly gap: Percentiles;
  readonly whole: Percentiles;
  readonly afterLast: Percentiles;
  /** Turns whose answer was not seen whole. */
  readonly unseen: number;
  readonly callsPerTurn: number;
  readonly cpuMsPerTurn: number;
  readonly residentMb: number;
  /** Of the turns whose whole answer was the median's and the slowest. */
  readonly waterfalls: { readonly p50: readonly Step[]; readonly p99: readonly Step[] };
}

export interface Asking {
  nextQuestion(): string;
}

export function createAsking(): Asking {
  let serial = 0;
  return {
    nextQuestion() {
      serial += 1;
      return `q${String(serial).padStart(4, '0')}`;
    },
  };
}

/** The host's own start of work, out of the way: turns that are not timed. */
export async function warmUp(felt: FeltHost, scenario: Scenario, asking: Asking): Promise<void> {
  for (let turn = 0; turn < WARM_UP_TURNS; turn++) await turnsAtOnce(felt, scenario, asking, 1);
}

export async function feltTurns(
  felt: FeltHost,
  scenario: Scenario,
  asking: Asking,
  { count, turns }: { readonly count: number; readonly turns: number },
): Promise<Felt> {
  const { sandbox } = felt;
  const before = felt.usage();
  const callsBefore = sandbox.calls().length;
  const all: Timed[] = [];
  for (let turn = 0; turn < turns; turn++) {
    all.push(...(await turnsAtOnce(felt, scenario, asking, count)));
  }
  const after = felt.usage();
  const of = (pick: (times: TurnTimes) => number | undefined): Percentiles =>
    percentiles(all.flatMap(({ times }) => pick(times) ?? []));
  const calls = sandbox.calls().slice(callsBefore).filter(isCall);
  const bySpeed = all
    .filter(({ times }) => times.whole !== undefined)
    .sort((one, other) => (one.times.whole ?? 0) - (other.times.whole ?? 0));
  const steps = (share: number): readonly Step[] => {
    const timed = bySpeed[Math.ceil(share * bySpeed.length) - 1];
    return timed ? waterfall(timed.turn, timed.times, felt) : [];
  };
  return {
    chats: count,
    turns: all.length,
    sign: of(({ sign }) => sign),
    firstText: of(({ firstText }) => firstText),
    gap: of(({ gap }) => gap),
    whole: of(({ whole }) => whole),
    afterLast: of(({ afterLast }) => afterLast),
    unseen: all.length - bySpeed.length,
    callsPerTurn: calls.length / all.length,
    cpuMsPerTurn: ((after?.cpuMs ?? Number.NaN) - (before?.cpuMs ?? 0)) / all.length,
    residentMb: after?.residentMb ?? Number.NaN,
    waterfalls: { p50: steps(0.5), p99: steps(0.99) },
  };
}

const isCall = ({ path }: RecordedCall): boolean => path.startsWith('/open-apis/');

interface Timed {
  readonly turn: Turn;
  readonly times: TurnTimes;
}

/** Each chat's question at the same moment; resolves when all are answered or nothing moves. */
async function turnsAtOnce(
  felt: FeltHost,
  scenario: Scenario,
  asking: Asking,
  count: number,
): Promise<readonly Timed[]> {
  const { sandbox } = felt;
  felt.plays(scenario);
  const asked = Array.from({ length: count }, (_, chat) => {
    const question = asking.nextQuestion();
    const askedAt = sandbox.time();
    const from = { openId: `ou_felt${chat}`, name: `Felt ${chat}` };
    const said = sandbox.say({ text: `please answer ${question}`, from });
    return { question, askedAt, ...said };
  });
  const { words } = scenario;
  // Looked at while the turns go on: it must not take the time of what is measured.
  const waiting = new Map(asked.map(({ chatId, question }) => [chatId, question]));
  const changed = new Set<string>();
  const isWaiting = (): boolean => {
    for (const chatId of changed) {
      const question = waiting.get(chatId);
      if (question === undefined) continue;
      if (hasArrived({ question, words }, sandbox.seen(chatId))) waiting.delete(chatId);
    }
    changed.clear();
    return waiting.size > 0;
  };
  let movedAt = sandbox.time();
  const stop = sandbox.watch(({ chatId }) => {
    movedAt = sandbox.time();
    changed.add(chatId);
  });
  const shortest = scenario.delayMs + scenario.words * scenario.wordMs;
  await delay(shortest);
  while (isWaiting() && sandbox.time() - movedAt < QUIET_MS) await delay(200);
  stop();
  // What is typed then, and what is sent then, a mark that is taken off, belongs to the turn.
  await delay(TYPED_MS);
  return asked.map(({ question, askedAt, messageId, chatId }) => {
    const lastWordAt = felt.modelTimes(question).at(-1)?.lastWordAt;
    const turn = { question, messageId, words, askedAt, lastWordAt };
    return { turn, times: turnTimes(turn, sandbox.seen(chatId), sandbox.time()) };
  });
}
