/** What went through the bundled runtime, as the doctor tells it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { RECORD_FILE, readRunRecord } from '../../../src/channel/run-record.ts';
import { render } from '../../../src/shared/text/text.ts';
import { accountOf, channelWith, noLimits } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { openWorkplace } from '../workplace.ts';

async function stage() {
  const workplace = await openWorkplace();
  onTestFinished(() => workplace.close());
  await workplace.goOffline();
  const { sandbox, home } = workplace;
  const inbox = join(home, '.clawdbot', 'feishu-inbox');
  const directory = join(inbox, sandbox.appId);

  async function checkOf(name: string, minutesLater: number) {
    workplace.options = { now: () => Date.now() + minutesLater * 60_000 };
    const { checks } = await workplace.run();
    return checks.find(({ id }) => id === name);
  }

  function start() {
    return channelWith([accountOf(sandbox)], {
      inbox,
      times: { sendLimits: noLimits, recordEveryMs: 1 },
    });
  }

  return {
    sandbox,
    directory,
    start,
    /** Starts the channel, which receives a message, answers it and records both. */
    async startAndAnswer() {
      const { channel, event } = start();
      await event('ready');
      sandbox.say({ text: 'hello' });
      await event('answered');
      await waitFor(async () =>
        expect((await readRunRecord(directory))?.lastAnswerAt).toBeGreaterThan(0),
      );
      return channel;
    },
    async traffic(minutesLater = 0) {
      const { status, detail, advice: fix } = (await checkOf('traffic', minutesLater)) ?? {};
      return { status, detail: detail && render(detail, 'en'), fix: fix && render(fix, 'en') };
    },
    async eventMode(minutesLater: number) {
      const { status, detail } = (await checkOf('event-mode', minutesLater)) ?? {};
      return `${status}: ${detail && render(detail, 'en')}`;
    },
  };
}

it('tells when the last message and the last answer were, while it runs and after', async () => {
  const { startAndAnswer, traffic } = await stage();
  expect(await traffic()).toMatchObject({ status: 'not-checked' });
  const channel = await startAndAnswer();
  expect(await traffic(7)).toMatchObject({
    status: 'ok',
    detail: 'last message 7 min ago, last answer 7 min ago',
  });
  await channel.stop();
  const ended = await traffic(9);
  expect(ended.status).toBe('ok');
  expect(ended.detail).toMatch(/^last message 9 min ago, .* nothing runs here now$/);
});

it('counts what a message of the last minutes proves, and no older one', async () => {
  const { startAndAnswer, eventMode } = await stage();
  const channel = await startAndAnswer();
  expect(await eventMode(7)).toBe('ok: proved by a message that arrived 7 min ago');
  expect(await eventMode(-7)).toMatch(/^not-checked: /);
  await channel.stop();
  expect(await eventMode(8)).toBe('ok: proved by a message that arrived 8 min ago');
  expect(await eventMode(11)).toMatch(/^not-checked: /);
});

it('warns of a runtime whose line stays down, not of one that has just lost it', async () => {
  const { sandbox, directory, start, traffic } = await stage();
  const { event } = start();
  await event('ready');
  await sandbox.close();
  await waitFor(async () =>
    expect((await readRunRecord(directory))?.state).toMatch(/^(?:re)?connecting$/),
  );
  expect((await traffic(1)).status).toBe('ok');
  const down = await traffic(5);
  expect(down.status).toBe('warn');
  expect(down.detail).toMatch(/has been disconnected for 5 min/);
  expect(down.fix).toContain('moltbot-feishu run --verbose');
});

it('does not know where the record is broken', async () => {
  const { directory, start, traffic } = await stage();
  const { channel, event } = start();
  await event('ready');
  await channel.stop();
  await writeFile(join(directory, RECORD_FILE), '{"state":');
  expect((await traffic()).status).toBe('not-checked');
});
