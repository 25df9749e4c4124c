import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FaultRule, Sandbox } from '../../src/sandbox/sandbox.ts';
import { waitFor } from '../support/wait-for.ts';
import { useSandboxes } from './cleanup.ts';
import { caller, tokenOf } from './http/http.ts';

const { start, listen } = useSandboxes();
const info = '/open-apis/bot/v3/info';
const get = (sandbox: Sandbox, init: RequestInit = {}) => fetch(`${sandbox.url}${info}`, init);

describe('a fault', () => {
  it.each([
    [
      'a status',
      { kind: 'status', status: 503, body: 'busy', headers: { 'retry-after': '7' } },
      503,
      'busy',
    ],
    [
      'a status with JSON',
      { kind: 'status', status: 429, body: { code: 99991400 } },
      429,
      '{"code":99991400}',
    ],
    ['a code', { kind: 'code', code: 230020, msg: 'slow' }, 400, '{"code":230020,"msg":"slow"}'],
    ['HTML', { kind: 'malformed' }, 200, /^<!DOCTYPE html>/],
    ['cut JSON', { kind: 'malformed', as: 'truncated' }, 200, /^{"code":0[^}]*$/],
    ['no data', { kind: 'malformed', as: 'no-data' }, 200, '{"code":0,"msg":"success"}'],
    ['an empty body', { kind: 'malformed', as: 'empty' }, 200, ''],
  ] as const)('answers %s', async (_, fault, status, body) => {
    const sandbox = await start();
    sandbox.fault({ match: { path: info }, do: fault });
    const answer = await get(sandbox);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toEqual(
      typeof body === 'string' ? body : expect.stringMatching(body),
    );
    if ('headers' in fault) expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('meets as many requests as it says, of the method and path it says', async () => {
    const sandbox = await start();
    const rule: FaultRule = {
      match: { method: 'get', path: /bot\/v\d\/info$/g },
      times: 2,
      do: { kind: 'status', status: 500 },
    };
    sandbox.fault(rule);
    expect((await tokenOf(sandbox)).status).toBe(200);
    expect((await fetch(`${sandbox.url}${info}`, { method: 'POST' })).status).toBe(404);
    const call = await caller(sandbox);
    const statuses = [];
    for (let index = 0; index < 3; index += 1)
      statuses.push((await call('GET', 'bot/v3/info')).status);
    expect(statuses).toEqual([500, 500, 200]);
    const { clear } = sandbox.fault({ match: {}, do: { kind: 'status', status: 502 } });
    expect((await call('GET', 'bot/v3/info')).status).toBe(502);
    clear();
    expect((await call('GET', 'bot/v3/info')).status).toBe(200);
  });

  it('delays an answer, which is then the proper one', async () => {
    const sandbox = await start();
    const call = await caller(sandbox);
    sandbox.fault({ match: { path: info }, do: { kind: 'delay', ms: 20 } });
    expect((await call('GET', 'bot/v3/info')).body.code).toBe(0);
  });

  it('drops the connection, before or after the call took effect', async () => {
    const sandbox = await start();
    const { chatId } = sandbox.say({ text: 'x' });
    const call = await caller(sandbox);
    const create = () =>
      call('POST', 'im/v1/messages?receive_id_type=chat_id', {
        receive_id: chatId,
        msg_type: 'text',
        content: '{"text":"y"}',
        uuid: 'once',
      });
    sandbox.fault({ match: { path: '/messages' }, times: 1, do: { kind: 'drop' } });
    sandbox.fault({ match: { path: '/messages' }, times: 1, do: { kind: 'drop', after: true } });
    await expect(create()).rejects.toThrow();
    expect(sandbox.messages({ fromBot: true })).toHaveLength(0);
    await expect(create()).rejects.toThrow();
    expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
    expect((await create()).body.code).toBe(0);
    expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
  });

  it('hangs, and closing the sandbox ends that too', async () => {
    const sandbox = await start();
    sandbox.fault({ match: { path: info }, do: { kind: 'hang' } });
    const hanging = expect(get(sandbox)).rejects.toThrow();
    await waitFor(() => expect(sandbox.calls()).toHaveLength(1));
    await sandbox.close();
    await hanging;
  });

  it('meets the handshake of the long connection; the SDK then connects again', async () => {
    const sandbox = await start({ clientConfig: { ReconnectInterval: 0 } });
    sandbox.fault({
      match: { path: '/callback/ws/v2' },
      times: 1,
      do: { kind: 'status', status: 503 },
    });
    sandbox.fault({ match: { path: '/callback/ws/v2' }, times: 1, do: { kind: 'drop' } });
    const { client } = listen(sandbox);
    await waitFor(() => expect(client.getConnectionStatus().state).toBe('connected'));
    const handshakes = sandbox.calls().filter(({ path }) => path.startsWith('/callback/ws/v2'));
    expect(handshakes.map(({ status }) => status)).toEqual([503, 0, 101]);
  });
});

describe('refusing connections', () => {
  const reach = (sandbox: Sandbox): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.once('connect', () => socket.destroy());
    });

  it('leaves open ones alone, and can be undone', async () => {
    const sandbox = await start();
    const { events, ready } = listen(sandbox);
    await ready;
    sandbox.refuse(true);
    expect(await reach(sandbox)).toBe('ECONNREFUSED');
    await expect(get(sandbox)).rejects.toThrow();
    sandbox.say({ text: 'still here' });
    await waitFor(() => expect(events).toHaveLength(1));
    sandbox.refuse(false);
    expect(await reach(sandbox)).toBe('connected');
    expect((await tokenOf(sandbox)).status).toBe(200);
  });

  it('does not keep the sandbox from closing', async () => {
    const sandbox = await start();
    sandbox.refuse(true);
    await sandbox.close();
    expect(await reach(sandbox)).toBe('ECONNREFUSED');
  });
});

describe('calls', () => {
  it('are recorded without secrets', async () => {
    const sandbox = await start();
    const { ready } = listen(sandbox);
    await ready;
    await tokenOf(sandbox);
    const recorded = sandbox.calls();
    expect(recorded.map(({ method, status }) => [method, status])).toEqual([
      ['POST', 200],
      ['GET', 101],
      ['POST', 200],
    ]);
    expect(recorded[2]).toMatchObject({
      path: '/open-apis/auth/v3/tenant_access_token/internal',
      body: { app_id: sandbox.appId, app_secret: '***' },
    });
    expect(recorded[1]?.path).toContain('ticket=***');
    expect(JSON.stringify(recorded)).not.toContain(sandbox.appSecret);
  });
});

describe('closing', () => {
  it('leaves no timer and no socket behind, whatever is under way', async () => {
    const held = () =>
      process.getActiveResourcesInfo().filter((kind) => /^(Timeout|TCP|TLS|Immediate)/.test(kind));
    await get(await start()).catch(() => undefined);
    const before = held().length;
    const sandbox = await start({ redeliveryMs: [60_000], ackTimeoutMs: 60_000 });
    const { ready, close } = listen(sandbox, { handle: () => new Promise(() => undefined) });
    await ready;
    sandbox.say({ text: 'never acknowledged' });
    sandbox.say({ text: 'no connection', appId: sandbox.createApp().appId });
    sandbox.fault({ match: { path: info }, do: { kind: 'delay', ms: 60_000 } });
    const delayed = expect(get(sandbox)).rejects.toThrow();
    await waitFor(() => expect(sandbox.deliveries()).toHaveLength(2));
    close();
    await sandbox.close();
    await sandbox.close();
    await sandbox.closed;
    await delayed;
    await waitFor(() => expect(held().length).toBeLessThanOrEqual(before));
  });
});
