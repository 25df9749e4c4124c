import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPlatformClient } from '../../src/platform/client/client.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { Secret } from '../../src/shared/secret.ts';
import { temporaryHome } from '../support/home.ts';
import { otherPlatform } from '../support/other-platform.ts';
import { cleanUp, sandboxWith } from './harness.ts';
import {
  BEGUN,
  type Load,
  nothingWrong,
  type PlatformUnderLoad,
  type Said,
  startLoad,
  underLoad,
  wrongsOf,
} from './load.ts';
import { configure, type RuntimeProcess, sleepyEcho, startRuntime } from './runtime-process.ts';

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 5);
/** The other platform takes its time to deliver again. */
const OTHER_KILLS = Number(process.env.KILLS ?? 5);
const timeout = 60_000 + KILLS * 15_000;
/** Soon enough that what was lost comes again within the test. */
const redeliveryMs = [300, ...Array<number>(200).fill(1500)];

/** One runtime after another, each killed at some moment of its work; gives the last, which lives. */
async function killAgainAndAgain(
  home: string,
  kills: number,
  exec = sleepyEcho,
): Promise<RuntimeProcess> {
  let runtime = startRuntime(home, { exec });
  for (let kill = 0; kill < kills; kill++) {
    await runtime.line(({ event }) => event === 'ready');
    await delay(Math.random() * 6000);
    await runtime.kill();
    runtime = startRuntime(home, { exec });
  }
  return runtime;
}

describe('messages under load, with kill -9 again and again', () => {
  it('are answered exactly once and in order, once they were acknowledged', {
    timeout,
  }, async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs });
    await configure(home, sandbox);
    const platform = underLoad(sandbox);
    const load = startLoad(platform);
    const last = await killAgainAndAgain(home, KILLS);
    expect(await wrongsOf(platform, load, [last], { kills: KILLS })).toEqual(nothingWrong);
  });

  it('are answered exactly once by two processes with one inbox, of which either dies', {
    timeout,
  }, async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs });
    await configure(home, sandbox);
    const platform = underLoad(sandbox);
    const load = startLoad(platform);
    const start = () => startRuntime(home, { exec: sleepyEcho });
    const both = [start(), start()];
    for (let kill = 0; kill < KILLS; kill++) {
      const which = Math.random() < 0.5 ? 0 : 1;
      await Promise.all(both.map((one) => one.line(({ event }) => event === 'ready')));
      await delay(Math.random() * 4000);
      await both[which]?.kill();
      both[which] = start();
    }
    const about = { processes: 2, kills: KILLS };
    expect(await wrongsOf(platform, load, both, about)).toEqual(nothingWrong);
  });

  it('are answered exactly once on a platform that is not the sandbox, nor made of its parts', {
    timeout,
  }, async () => {
    const home = await temporaryHome();
    const platform = await otherPlatform(redeliveryMs);
    cleanUp(() => platform.close());
    await configure(home, platform);
    const load = startLoad(platform);
    const last = await killAgainAndAgain(home, OTHER_KILLS);
    const about = {
      platform: 'other',
      kills: OTHER_KILLS,
      get cutShort() {
        return platform.cutShort;
      },
    };
    expect(await wrongsOf(platform, load, [last], about)).toEqual(nothingWrong);
  });

  it('are answered exactly once while files come in and buttons are pressed', {
    timeout,
  }, async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs });
    await configure(home, sandbox);
    const people = underLoad(sandbox);
    let count = 0;
    const unheard = new Set<string>();
    const platform: PlatformUnderLoad = {
      ...people,
      // Without the card whose button is pressed, and answers to presses that a kill cut off before
      // their acknowledgement, after they were kept.
      answers: () =>
        people
          .answers()
          .filter(({ text }) => text !== CARD_TEXT && !unheard.has(text.split(BEGUN)[0] ?? '')),
      say(saying) {
        count += 1;
        if (count % 2 === 0) return people.say(saying);
        const files = [sandbox.putResource('file', { bytes: FILE_BYTES }, 'data.bin')];
        return sandbox.say({ ...saying, files });
      },
    };
    sandbox.fault({
      match: { path: '/resources/' },
      do: { kind: 'slow', bytesPerSecond: FILE_BYTES },
    });
    const buttons = await startPressing(sandbox, unheard);
    const load = startLoad(platform, { everyMs: 180 });
    const last = await killAgainAndAgain(home, KILLS, fileEcho);
    await buttons.stop();
    const all = { said: [...load.said, ...buttons.said], stop: load.stop };
    // A press comes once, in between the messages that come again: it has no place in their order.
    const { outOfOrder: _, ...wrong } = await wrongsOf(platform, all, [last], {
      kills: KILLS,
      pressed: buttons.said.length,
    });
    expect(buttons.said.length).toBeGreaterThan(0);
    expect(wrong).toEqual({ twice: 0, foreign: 0, lost: 0 });
  });
});

const FILE_BYTES = 100_000;
const CARD_TEXT = 'press';

/** Answers like `sleepyEcho`, once the file of a message is there whole. */
const fileEcho = `node -e '${[
  'const begun = Date.now();',
  'const message = JSON.parse(require("fs").readFileSync(0, "utf8"));',
  'const [text] = message.text.split("\\n");',
  'for (const { path, error } of message.attachments) {',
  '  const bytes = error ? -1 : require("fs").statSync(path).size;',
  `  if (bytes !== ${FILE_BYTES}) throw new Error(\`\${error} \${bytes}\`);`,
  '}',
  `setTimeout(() => console.log(text + ${JSON.stringify(BEGUN)} + begun), 1000 * text.split(" ").pop());`,
].join(' ')}'`;

/** A person presses a button of a card, again and again; a press without an answer is not sent again. */
async function startPressing(sandbox: Sandbox, unheard: Set<string>): Promise<Load> {
  const from = { openId: 'ou_presser' };
  const { chatId } = sandbox.openChat({ from });
  const client = createPlatformClient({
    appId: sandbox.appId,
    appSecret: new Secret(sandbox.appSecret),
    domain: sandbox.url,
  });
  const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: CARD_TEXT }] } };
  const { messageId } = await client.createMessage({
    receiveIdType: 'chat_id',
    receiveId: chatId,
    msgType: 'interactive',
    content: JSON.stringify(card),
  });
  const said: Said[] = [];
  let isOn = true;
  const pressing = (async () => {
    for (let count = 0; isOn; count++) {
      const text = `pressed ${count} 0.3`;
      const { eventId, answer } = await sandbox.click({
        messageId,
        from,
        action: { value: { text } },
      });
      const isStored = (answer?.toast as { type?: string } | undefined)?.type === 'info';
      if (isStored) said.push({ eventId, chatId, text });
      else unheard.add(text);
      await delay(400);
    }
  })();
  return {
    said,
    stop() {
      isOn = false;
      return pressing;
    },
  };
}
