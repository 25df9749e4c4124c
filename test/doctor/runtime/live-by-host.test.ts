/** `doctor --live` beside a running gateway: what the gateway answers is the proof. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { render } from '../../../src/shared/text/text.ts';
import { channelStatus, openWorkplace } from '../workplace.ts';

type Account = Readonly<Record<string, unknown>>;

/** @param recorded what the gateway's record says once the person was asked to write */
async function live(recorded: (now: number) => Account, patienceMs: number) {
  const workplace = await openWorkplace({ host: 'clawdbot' });
  onTestFinished(() => workplace.close());
  const asked: string[] = [];
  const status = (account: Account) =>
    workplace.write(
      join(workplace.home, 'host', 'status.json'),
      JSON.stringify(channelStatus({ running: true, ...account })),
    );
  workplace.options = {
    live: {
      openId: undefined,
      lang: 'en',
      patienceMs,
      ask: (request) => {
        asked.push(render(request, 'en'));
        void status(recorded(Date.now()));
      },
    },
  };
  const { checks } = await workplace.run();
  const check = checks.find(({ id }) => id === 'live');
  return { asked, status: check?.status, detail: check?.detail && render(check.detail, 'en') };
}

it('counts the message that the gateway answered', async () => {
  const found = await live((now) => ({ lastInboundAt: now, lastOutboundAt: now + 1 }), 60_000);
  expect(found).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('the gateway of clawdbot received a message and answered it'),
  });
  expect(found.asked.join('\n')).toContain('The record of the gateway of clawdbot is read');
});

it('names the failure of the agent that the gateway asked', async () => {
  const found = await live(
    (now) => ({
      lastInboundAt: now,
      lastOutboundAt: now + 1,
      lastAgentFailure: { at: now + 1, error: 'No API key found' },
    }),
    60_000,
  );
  expect(found).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('No API key found'),
  });
});

it('counts neither an older answer nor a message without one', async () => {
  const old = await live((now) => ({ lastInboundAt: now - 60_000, lastOutboundAt: now }), 1500);
  expect(old).toMatchObject({ status: 'fail', detail: expect.stringContaining('no message came') });
  const open = await live((now) => ({ lastInboundAt: now, lastOutboundAt: now - 60_000 }), 1500);
  expect(open.status).toBe('fail');
});
