/** `channels status --probe`: "ok" only where the platform has answered. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { probeAccount } from '../../../src/doctor/app/probe-account.ts';
import { temporarySandbox } from '../../support/sandbox.ts';

async function probe(answer: 'itself' | 'silent' | number, timeoutMs = 10_000) {
  const sandbox = await temporarySandbox();
  let domain = sandbox.url;
  if (answer !== 'itself') {
    const server = createServer((_request, response) => {
      if (answer !== 'silent') response.writeHead(answer).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const { appId, appSecret } = sandbox;
  const cfg = { channels: { feishu: { appId, appSecret, domain } } };
  return { sandbox, result: await probeAccount({ cfg, accountId: 'default', timeoutMs }) };
}

it('is ok where every check that it stands for was made', async () => {
  const { result } = await probe('itself');
  expect(result).toMatchObject({ ok: true, bot: { openId: expect.any(String) } });
});

it.each([500, 503, 404] as const)(
  'failed, with the reason, where the platform answers %i',
  async (status) => {
    const { result } = await probe(status);
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/\S{3}/) });
    expect(result.checks.some((check) => check.status === 'ok')).toBe(false);
  },
);

it('failed, with the reason, where the platform does not answer within the host’s time', async () => {
  const { result } = await probe('silent', 1_500);
  expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/127\.0\.0\.1.*answer/) });
});

it('failed where only what comes after the token is not answered', async () => {
  const sandbox = await temporarySandbox();
  const { appId, appSecret, url } = sandbox;
  sandbox.fault({ match: { path: '/open-apis/bot/v3/info' }, do: { kind: 'status', status: 502 } });
  const cfg = { channels: { feishu: { appId, appSecret, domain: url } } };
  const result = await probeAccount({ cfg, accountId: 'default', timeoutMs: 10_000 });
  expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/\S{3}/) });
});

it('shares the host’s time between the accounts that are on', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const domain = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const appOf = (digit: number) => ({ appId: `cli_${`${digit}`.repeat(16)}`, appSecret: 'secret' });
  const errorWith = async (accounts: object) => {
    const cfg = { channels: { feishu: { ...appOf(1), domain, accounts } } };
    return (await probeAccount({ cfg, accountId: 'default', timeoutMs: 2_000 })).error;
  };
  // An exchange gets three quarters of an account's time.
  expect(await errorWith({})).toContain('(1200 ms)');
  expect(await errorWith({ b: appOf(2) })).toContain('(600 ms)');
  expect(await errorWith({ b: appOf(2), c: appOf(3) })).toContain('(399 ms)');
  expect(await errorWith({ b: { ...appOf(2), enabled: false } })).toContain('(1200 ms)');
});
