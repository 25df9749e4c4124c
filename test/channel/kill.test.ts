import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { otherPlatform } from '../support/other-platform.ts';
import { cleanUp, sandboxWith } from './harness.ts';
import { nothingWrong, startLoad, underLoad, wrongsOf } from './load.ts';
import { configure, type RuntimeProcess, sleepyEcho, startRuntime } from './runtime-process.ts';

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 5);
/** The other platform takes its time to deliver again. */
const OTHER_KILLS = Number(process.env.KILLS ?? 5);
const timeout = 60_000 + KILLS * 15_000;
/** Soon enough that what was lost comes again within the test. */
const redeliveryMs = [300, ...Array<number>(200).fill(1500)];

/** One runtime after another, each killed at some moment of its work; gives the last, which lives. */
async function killAgainAndAgain(home: string, kills: number): Promise<RuntimeProcess> {
  let runtime = startRuntime(home, { exec: sleepyEcho });
  for (let kill = 0; kill < kills; kill++) {
    await runtime.line(({ event }) => event === 'ready');
    await delay(Math.random() * 6000);
    await runtime.kill();
    runtime = startRuntime(home, { exec: sleepyEcho });
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
});
