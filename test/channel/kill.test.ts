import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { channelTexts } from '../../src/channel/texts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { sandboxWith, sentText } from './harness.ts';
import { configure, type RuntimeProcess, sleepyEcho, startRuntime } from './runtime-process.ts';

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 12);
const CHATS = 30;
/** Between two messages, all chats together (ms); an app may send 1,000 a minute. */
const EVERY_MS = 90;

interface Said {
  readonly eventId: string;
  readonly chatId: string;
  readonly text: string;
}

it(`answers what it acknowledged exactly once and in order, though killed with -9 ${KILLS} times under load`, {
  timeout: 60_000 + KILLS * 12_000,
}, async () => {
  const home = await temporaryHome();
  const sandbox = await sandboxWith({ redeliveryMs: [300, ...Array(60).fill(1500)] });
  await configure(home, sandbox);
  const said: Said[] = [];
  let isLoading = true;
  const load = (async () => {
    for (let count = 0; isLoading; count++) {
      const openId = `ou_person${count % CHATS}`;
      // The agent takes 0 to 2 s: every chat meets every time.
      const text = `${openId} ${count} ${(((count * 7) % 21) / 10).toFixed(1)}`;
      const deliver = count % 3 === 0 ? 'twice' : 'once';
      said.push({ ...sandbox.say({ text, from: { openId }, deliver }), text });
      if (count % 50 === 49) sandbox.dropConnections();
      await delay(EVERY_MS);
    }
  })();
  let runtime: RuntimeProcess = startRuntime(home, { exec: sleepyEcho });
  for (let kill = 0; kill < KILLS; kill++) {
    await runtime.line(({ event }) => event === 'ready');
    await delay(Math.random() * 6000);
    await runtime.kill();
    runtime = startRuntime(home, { exec: sleepyEcho });
  }
  isLoading = false;
  await load;
  const acknowledged = (): Said[] => said.filter(({ eventId }) => firstAck(sandbox, eventId));
  await vi.waitFor(
    () => {
      expect(acknowledged()).toHaveLength(said.length);
      expect(answersOf(sandbox).length).toBeGreaterThanOrEqual(said.length);
    },
    { timeout: 240_000, interval: 200 },
  );
  await runtime.stop();

  const answers = answersOf(sandbox);
  const notice = channelTexts.parkedTold.en;
  const times = new Map<string, number>();
  for (const { text } of answers) times.set(text, (times.get(text) ?? 0) + 1);
  const unanswered = said.filter(({ text }) => !times.has(text));
  const parked = answers.filter(({ text }) => text === notice);
  const twice = said.filter(({ text }) => (times.get(text) ?? 0) > 1);
  const foreign = answers.filter(
    ({ text }) => text !== notice && !said.some((one) => one.text === text),
  );
  const disordered = said.length - inOrder(said, answers, sandbox);
  console.log(
    JSON.stringify({
      kills: KILLS,
      said: said.length,
      acknowledged: acknowledged().length,
      delivered: sandbox.deliveries().length,
      answered: answers.length - parked.length - foreign.length,
      parked: parked.length,
      unanswered: unanswered.length,
      twice: twice.length,
      outOfOrder: disordered,
    }),
  );
  expect(twice).toEqual([]);
  expect(foreign).toEqual([]);
  expect(disordered).toBe(0);
  // A turn that three crashes cut short is parked, and the person told once instead.
  const chatsOf = (list: readonly { readonly chatId: string }[]) =>
    list.map(({ chatId }) => chatId);
  expect(chatsOf(parked).sort()).toEqual(chatsOf(unanswered).sort());
});

interface Answer {
  readonly chatId: string;
  readonly text: string;
  readonly createTime: number;
}

function answersOf(sandbox: Sandbox): Answer[] {
  return sandbox
    .messages({ fromBot: true })
    .map(({ chatId, content, createTime }) => ({ chatId, createTime, text: sentText(content) }));
}

function firstAck(sandbox: Sandbox, eventId: string): number | undefined {
  return sandbox.deliveries().find((one) => one.eventId === eventId && one.ackCode === 200)
    ?.ackedAt;
}

/** How many were answered before every later message of their chat that came in after they were acknowledged. */
function inOrder(said: readonly Said[], answers: readonly Answer[], sandbox: Sandbox): number {
  const answeredAt = new Map(answers.map(({ text, createTime }) => [text, createTime]));
  return said.filter((one, index) =>
    said.slice(index + 1).every((later) => {
      if (later.chatId !== one.chatId) return true;
      const [own, others] = [answeredAt.get(one.text), answeredAt.get(later.text)];
      if (own === undefined || others === undefined || own < others) return true;
      // Not yet acknowledged, nobody could know of it: it came again behind the later one.
      const wait = Number(later.text.split(' ').at(-1)) * 1000;
      return (firstAck(sandbox, one.eventId) ?? 0) > others - wait;
    }),
  ).length;
}
