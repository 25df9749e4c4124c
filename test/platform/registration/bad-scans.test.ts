import { describe, expect, it } from 'vitest';
import { registerApp } from '../../../src/platform/registration/registration.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { failureOf, startStandIn } from '../stand-in.ts';
import { kinds, nothing, PATH, scanning, start } from './scanning.ts';

describe('a scan that does not come to an end', () => {
  it('is refused by the person', async () => {
    const scan = await scanning();
    const error = await failureOf(scan.run([nothing, () => scan.sandbox.registration.deny()]));
    expect(error).toMatchObject({
      code: 'scan-denied',
      exitCode: 130,
      details: { error: 'access_denied', answerLost: false },
      what: { text: { zh: '请求被拒绝' } },
      advice: { text: { zh: expect.stringContaining('重新扫码') } },
    });
  });

  it('expires at the platform', async () => {
    const scan = await scanning();
    const error = await failureOf(scan.run([nothing, () => scan.sandbox.registration.expire()]));
    expect(error).toMatchObject({ code: 'scan-expired', exitCode: 4 });
  });

  it.each([-1, 1, 365])('goes by no clock that is set meanwhile (%d days)', async (days) => {
    let time = Date.now();
    const scan = await scanning();
    const set = () => {
      time += days * 24 * 3600_000;
    };
    const app = await scan.run(
      [set, nothing, () => scan.sandbox.registration.approve()],
      {},
      { now: () => time },
    );
    expect(app.appId).toMatch(/^cli_/);
    expect(scan.pauses).toHaveLength(3);
  });

  it('expires here when its time is over, also while the network is away', async () => {
    const scan = await scanning({ intervalS: 5, expiresInS: 12 });
    const error = await failureOf(scan.run([() => scan.sandbox.refuse(true)]));
    expect(error).toMatchObject({
      code: 'scan-expired',
      // An app may have been made, and the answer with its secret lost.
      details: { error: 'expired_token', answerLost: true },
    });
    expect(scan.pauses).toEqual([5000, 5000, 2000]);
    expect(kinds(scan.events)).toEqual(['code-ready', 'hiccup', 'hiccup', 'hiccup']);
  });

  it.each([
    ['an unknown word', { error: 'server_mad', error_description: 'so mad' }, /server_mad: so mad/],
    ['a code that is used up', { error: 'invalid_grant' }, /no longer valid/],
  ])('ends with %s', async (_, body, words) => {
    const scan = await scanning();
    const refusing = () => {
      scan.sandbox.fault({ match: { path: PATH }, do: { kind: 'status', status: 400, body } });
    };
    const error = (await failureOf(scan.run([nothing, refusing]))) as MoltbotFeishuError;
    expect(error.code).toBe(
      'error' in body && body.error === 'invalid_grant' ? 'scan-expired' : 'scan-unavailable',
    );
    expect(error.message).toMatch(words);
  });

  it('is not offered by this platform', async () => {
    const server = await startStandIn(() => undefined);
    const error = await failureOf(registerApp({ domain: server.url }, { onEvent: nothing }));
    expect(error).toMatchObject({
      code: 'scan-unavailable',
      exitCode: 4,
      details: { status: 404 },
    });
    expect(server.calls).toHaveLength(1);
  });

  it('has no way to the platform before there is a code', async () => {
    const scan = await scanning();
    scan.sandbox.fault({ match: { path: PATH }, do: { kind: 'drop' } });
    expect(await failureOf(scan.run([nothing]))).toMatchObject({ code: 'platform-unreachable' });
    expect(scan.events).toEqual([]);
  });

  it('is cancelled, during a pause and during a poll', async () => {
    const paused = await scanning();
    const abort = new AbortController();
    const cancelled = { code: 'cancelled', exitCode: 130 };
    expect(
      await failureOf(paused.run([() => abort.abort()], {}, { signal: abort.signal })),
    ).toMatchObject(cancelled);

    const polling = await scanning();
    const second = new AbortController();
    const running = failureOf(
      polling.run(
        [() => void polling.sandbox.fault({ match: { path: PATH }, do: { kind: 'hang' } })],
        {},
        { signal: second.signal },
      ),
    );
    await until(() => polling.pauses.length === 1);
    second.abort();
    expect(await running).toMatchObject(cancelled);
  });

  it('is cancelled while it really waits', async () => {
    const sandbox = await start({ registration: { intervalS: 600 } });
    const abort = new AbortController();
    const running = registerApp(
      { domain: sandbox.url },
      { onEvent: () => abort.abort(), signal: abort.signal },
    );
    expect(await failureOf(running)).toMatchObject({ code: 'cancelled' });
  });
});

describe('a scan over a bad network', () => {
  it.each([
    ['a cut connection', { kind: 'drop' }, 'platform-unreachable'],
    ['an answer lost after it was made', { kind: 'drop', after: true }, 'platform-unreachable'],
    ['a server in trouble', { kind: 'status', status: 502, body: '<html>' }, 'platform-error'],
    ['a login page in between', { kind: 'malformed', as: 'html' }, 'platform-error'],
    ['half an answer', { kind: 'malformed', as: 'truncated' }, 'platform-error'],
    ['no answer at all', { kind: 'hang' }, 'platform-unreachable'],
  ] as const)('goes on after %s', async (_, fault, code) => {
    const scan = await scanning();
    let created = { appId: '' };
    const app = await scan.run(
      [
        () => void scan.sandbox.fault({ match: { path: PATH }, times: 2, do: fault }),
        nothing,
        () => {
          created = scan.sandbox.registration.approve();
        },
      ],
      {},
      fault.kind === 'hang' ? { timeoutMs: 1000 } : {},
    );
    expect(app.appId).toBe(created.appId);
    const hiccups = scan.events.filter((event) => event.kind === 'hiccup');
    expect(hiccups.map(({ error }) => error.code)).toEqual([code, code]);
  });

  it('gets its code at the second attempt', async () => {
    const scan = await scanning();
    scan.sandbox.fault({ match: { path: PATH }, times: 1, do: { kind: 'drop' } });
    const app = await scan.run([() => scan.sandbox.registration.approve()]);
    expect(app.appId).toMatch(/^cli_/);
    expect(kinds(scan.events)).toEqual(['code-ready']);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
