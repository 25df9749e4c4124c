/** The wall clock is set while the runtime is up: nothing that waits goes by it. */
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { backoffTimes, waitBeforeRetry } from '../../src/channel/connection/retry-wait.ts';
import { nodeJournalFiles } from '../../src/channel/inbox/directory/journal-files.ts';
import { openJournalInbox } from '../../src/channel/inbox/directory/journal-inbox.ts';
import { MAX_RETRY_AFTER_MS, retryAfterMs } from '../../src/platform/network/answer.ts';
import { ExitCode, MoltbotFeishuError } from '../../src/shared/errors.ts';
import { temporaryHome } from '../support/home.ts';
import { accountOf, channelWith, sandboxWith, sentText } from './harness.ts';
import { idleListener } from './inbox/own-inbox.ts';
import { inbound } from './messages.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

it.each([
  ['back by one hour', [-HOUR_MS]],
  ['back by 30 days', [-30 * DAY_MS]],
  ['forward by a year', [365 * DAY_MS]],
  ['forward by 30 days and back again', [30 * DAY_MS, -30 * DAY_MS]],
  ['to 1970', [-Date.now()]],
])(
  'messages are answered at once though the clock is set %s',
  async (_name, steps) => {
    const sandbox = await sandboxWith();
    let offset = 0;
    const now = (): number => Date.now() + offset;
    const { event } = channelWith([accountOf(sandbox)], {
      now,
      inbox: await temporaryHome(),
      // With the limits that hold in Feishu, and all waits as they are.
      times: {},
    });
    await event('ready');
    sandbox.say({ text: 'before' });
    await event('answered');
    for (const [index, step] of steps.entries()) {
      offset += step;
      // Turns wait after a loss for what was lost with the line.
      sandbox.dropConnections();
      sandbox.say({ text: `after ${index}` });
      for (let count = 0; count < 6; count++) sandbox.say({ text: `more ${index} ${count}` });
      await event('answered', 1 + (index + 1) * 7);
    }
    const answers = sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
    expect(new Set(answers).size).toBe(1 + 7 * steps.length);
  },
  30_000,
);

it('a message is known however the clock is set meanwhile, also after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -365, max: 365 }), { minLength: 1, maxLength: 4 }),
      async (days) => {
        const directory = await temporaryHome();
        let at = Date.now();
        const open = async () => {
          const options = { directory, files: nodeJournalFiles, listener: idleListener };
          const inbox = await openJournalInbox({
            ...options,
            now: () => at,
            monotonic: () => 1000,
          });
          onTestFinished(() => inbox.close());
          return inbox;
        };
        const inbox = await open();
        const message = inbound();
        expect(await inbox.receive(message)).toBe('new');
        for (const day of days) {
          at += day * DAY_MS;
          expect(await inbox.receive(message)).toBe('duplicate');
        }
        await inbox.close();
        // Before it was received, as this clock has it now.
        at = 0;
        expect(await (await open()).receive(message)).toBe('duplicate');
      },
    ),
    { numRuns: 10 },
  );
});

it('the platform makes nothing wait longer than its bound, whatever it says', () => {
  const header = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom('9'.repeat(400), '1e9', '-1', 'Infinity', '99999999999', ''),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.string(),
  );
  fc.assert(
    fc.property(
      header,
      header,
      fc.double({ noNaN: true, min: 0, max: 4e12 }),
      (value, date, now) => {
        const waitMs = retryAfterMs({ 'retry-after': value, date }, now);
        if (waitMs === undefined) return;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
        const error = new MoltbotFeishuError({
          code: 'rate-limited',
          exitCode: ExitCode.unavailable,
          what: { en: '', zh: '' },
          retryAfterMs: waitMs,
        });
        expect(
          waitBeforeRetry({ kind: 'failed', attempt: 99, error }, 1, backoffTimes),
        ).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
      },
    ),
  );
});

it('a moment of the platform is told by its own clock', () => {
  const headers = {
    'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT',
    date: 'Thu, 01 Jan 2026 00:00:00 GMT',
  };
  for (const now of [0, Date.now(), Date.parse('2030-01-01')]) {
    expect(retryAfterMs(headers, now)).toBe(10_000);
  }
});
