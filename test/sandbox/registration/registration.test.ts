import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { listen } from '../sdk.ts';

const { start } = useSandboxes();

async function poll(sandbox: Sandbox, fields: Record<string, string>) {
  const response = await fetch(`${sandbox.url}/oauth/v1/app/registration`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function begun(options: SandboxOptions['registration'] = { intervalS: 0 }) {
  let time = 1_000;
  const sandbox = await start({ registration: options, now: () => time });
  const { body } = await poll(sandbox, { action: 'begin', archetype: 'PersonalAgent' });
  return {
    sandbox,
    code: body,
    poll: () => poll(sandbox, { action: 'poll', device_code: body.device_code ?? '' }),
    pass: (ms: number) => {
      time += ms;
    },
  };
}

describe('scan to create', () => {
  it('waits, then gives id, secret and the person', async () => {
    const { sandbox, code, poll: next } = await begun();
    expect(code).toMatchObject({
      user_code: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
      verification_uri_complete: expect.stringContaining(`${sandbox.url}/page/launcher?user_code=`),
      expires_in: 600,
    });
    expect(await next()).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
    const app = sandbox.registration.approve();
    expect(await next()).toEqual({
      status: 200,
      body: {
        client_id: app.appId,
        client_secret: app.appSecret,
        user_info: { open_id: sandbox.user.openId, tenant_brand: 'feishu' },
      },
    });
    expect((await (await caller(sandbox, app))('GET', 'bot/v3/info')).body.code).toBe(0);
  });

  it('tells the brand first where the person is of a Lark tenant', async () => {
    const { sandbox, poll: next } = await begun();
    sandbox.registration.approve({ brand: 'lark', openId: 'ou_lark' });
    expect((await next()).body).toEqual({ user_info: { tenant_brand: 'lark' } });
    expect((await next()).body).toMatchObject({
      client_id: expect.any(String),
      user_info: { open_id: 'ou_lark', tenant_brand: 'lark' },
    });
  });

  it('ends by refusal, by expiry, and for an unknown code', async () => {
    const denied = await begun();
    denied.sandbox.registration.deny();
    expect((await denied.poll()).body.error).toBe('access_denied');
    const expired = await begun();
    expired.pass(600_000);
    expect((await expired.poll()).body.error).toBe('expired_token');
    expect(() => expired.sandbox.registration.approve()).toThrow(RangeError);
    const unknown = await poll(expired.sandbox, { action: 'poll', device_code: 'x' });
    expect(unknown.body.error).toBe('invalid_grant');
    expect((await poll(expired.sandbox, { action: 'dance' })).status).toBe(400);
    expect((await poll(expired.sandbox, { action: 'init' })).body).toEqual({
      supported_auth_methods: ['client_secret'],
    });
  });

  it('asks to slow down when told to, and when polled too often', async () => {
    const { sandbox, poll: next, pass } = await begun({ intervalS: 5 });
    await next();
    expect((await next()).body.error).toBe('slow_down');
    pass(5_000);
    expect((await next()).body.error).toBe('authorization_pending');
    sandbox.registration.slowDown();
    pass(5_000);
    expect((await next()).body.error).toBe('slow_down');
  });
});

describe('the SDK’s registerApp', () => {
  const { interceptors } = lark.defaultHttpInstance;
  let rewriting: number | undefined;
  afterEach(() => {
    if (rewriting !== undefined) interceptors.request.eject(rewriting);
  });

  it('gets an app with what its addons asked for', async () => {
    const sandbox = await start({ registration: { intervalS: 1 } });
    // registerApp always builds https URLs; everything else of it is as it is.
    rewriting = interceptors.request.use((config) => ({
      ...config,
      url: config.url?.replace(/^https:/, 'http:') ?? '',
    }));
    const host = new URL(sandbox.url).host;
    let link = '';
    const registered = lark.registerApp({
      domain: host,
      larkDomain: host,
      appPreset: { name: 'Bot of {user}' },
      addons: { scopes: { tenant: ['im:message.group_msg', 'no:such:scope'] } },
      onQRCodeReady: ({ url }) => {
        link = url;
      },
    });
    await waitFor(() => expect(link).not.toBe(''));
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const app = sandbox.registration.approve({ brand: 'lark' });
    const result = await registered;
    expect(result).toMatchObject({ client_id: app.appId, client_secret: app.appSecret });
    const call = await caller(sandbox, app);
    expect((await call('GET', 'bot/v3/info')).body.bot.app_name).toBe('Bot of Sandbox User');
    const { scopes } = (await call('GET', 'application/v6/scopes')).body.data;
    const names = scopes.map(({ scope_name }: { scope_name: string }) => scope_name);
    expect(names).toContain('im:message.group_msg');
    expect(names).not.toContain('no:such:scope');
    const listener = listen(sandbox, { app });
    await listener.ready;
    sandbox.say({ text: 'unmentioned', chatType: 'group', appId: app.appId });
    await waitFor(() => expect(listener.events).toHaveLength(1));
    listener.close();
  });

  it('page is not known for another code', async () => {
    const sandbox = await start();
    expect((await fetch(`${sandbox.url}/page/launcher?user_code=AAAA-BBBB`)).status).toBe(404);
  });
});
