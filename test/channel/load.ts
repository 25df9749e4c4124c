/** People who write to a sandbox's bot without pause, and the account of what became of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { channelTexts } from '../../src/channel/texts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { sentText } from './harness.ts';

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

/**
 * Each message says, as its last word, how long the agent is to take. Every third is delivered twice,
 * and after every fiftieth all lines drop.
 */
export function startLoad(sandbox: Sandbox, options: LoadOptions = {}): Load {
  const { chats = 30, everyMs = 90, slowestS = 2 } = options;
  const said: Said[] = [];
  let isOn = true;
  const ended = (async () => {
    for (let count = 0; isOn; count++) {
      const openId = `ou_person${count % chats}`;
      // Not more than can be answered in the end, however slow the machine.
      while (isOn && said.length - answeredIn(sandbox) > MOST_OPEN) await delay(everyMs);
      const seconds = (((count * 7) % 21) / 20) * slowestS;
      const text = `${openId} ${count} ${seconds.toFixed(1)}`;
      const deliver = count % 3 === 0 ? 'twice' : 'once';
      said.push({ ...sandbox.say({ text, from: { openId }, deliver }), text });
      if (count % 50 === 49) sandbox.dropConnections();
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
export async function untilAnswered(sandbox: Sandbox, said: readonly Said[]): Promise<void> {
  await vi.waitFor(
    () => {
      expect(answeredIn(sandbox)).toBeGreaterThanOrEqual(said.length);
      const acknowledged = acknowledgements(sandbox);
      expect(said.filter(({ eventId }) => !acknowledged.has(eventId))).toEqual([]);
    },
    { timeout: 240_000, interval: 200 },
  );
}

/** What became of everything: each count of a wrong must be 0. */
export function accountOfLoad(sandbox: Sandbox, said: readonly Said[]) {
  const answers = sandbox
    .messages({ fromBot: true })
    .map(({ chatId, content, createTime }) => ({ chatId, createTime, text: sentText(content) }));
  const acknowledged = acknowledgements(sandbox);
  const answeredAt = new Map(answers.map(({ text, createTime }) => [text, createTime]));
  const times = new Map<string, number>();
  for (const { text } of answers) times.set(text, (times.get(text) ?? 0) + 1);
  const known = new Set(said.map(({ text }) => text));
  const unanswered = said.filter(({ text }) => !times.has(text));
  // A turn that three crashes cut short is parked, and the person told once instead.
  const notices = answers.filter(({ text }) => text === channelTexts.parkedTold.en);
  const chatsOf = (list: readonly { readonly chatId: string }[]) =>
    list.map(({ chatId }) => chatId).sort();

  /** Answered before every later message of its chat that began after it was acknowledged. */
  const isInOrder = (one: Said, index: number): boolean =>
    said.slice(index + 1).every((later) => {
      if (later.chatId !== one.chatId) return true;
      const [own, others] = [answeredAt.get(one.text), answeredAt.get(later.text)];
      if (own === undefined || others === undefined || own < others) return true;
      const begun = others - Number(later.text.split(' ').at(-1)) * 1000;
      return (acknowledged.get(one.eventId) ?? 0) > begun;
    });

  return {
    counts: {
      said: said.length,
      acknowledged: said.filter(({ eventId }) => acknowledged.has(eventId)).length,
      deliveries: sandbox.deliveries().length,
      answered: said.length - unanswered.length,
      parked: notices.length,
    },
    wrong: {
      twice: said.filter(({ text }) => (times.get(text) ?? 0) > 1).length,
      foreign:
        answers.length - notices.length - answers.filter(({ text }) => known.has(text)).length,
      lost: chatsOf(unanswered).join() === chatsOf(notices).join() ? 0 : unanswered.length,
      outOfOrder: said.filter((one, index) => !isInOrder(one, index)).length,
    },
  };
}

export const nothingWrong = { twice: 0, foreign: 0, lost: 0, outOfOrder: 0 };

function answeredIn(sandbox: Sandbox): number {
  return sandbox.messages({ fromBot: true }).length;
}

/** When each event was acknowledged first. */
function acknowledgements(sandbox: Sandbox): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { eventId, ackCode, ackedAt = 0 } of sandbox.deliveries()) {
    if (ackCode === 200 && !first.has(eventId)) first.set(eventId, ackedAt);
  }
  return first;
}
