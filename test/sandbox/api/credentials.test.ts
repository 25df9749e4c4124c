import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';
import { caller, tokenOf } from '../http/http.ts';

const { start } = useSandboxes();

describe('tenant_access_token', () => {
  it('is the same one until less than 30 minutes remain; then a new one, the old still works', async () => {
    let time = 1_000_000;
    const sandbox = await start({ now: () => time });
    const first = await tokenOf(sandbox);
    expect(first).toMatchObject({ status: 200, body: { code: 0, expire: 7200 } });
    time += 89 * 60_000;
    const same = await tokenOf(sandbox);
    expect(same.body.tenant_access_token).toBe(first.body.tenant_access_token);
    expect(same.body.expire).toBe(31 * 60);
    time += 2 * 60_000;
    const next = await tokenOf(sandbox);
    expect(next.body.tenant_access_token).not.toBe(first.body.tenant_access_token);
    const call = (token: string) =>
      fetch(`${sandbox.url}/open-apis/bot/v3/info`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await call(first.body.tenant_access_token)).status).toBe(200);
    time += 60 * 60_000;
    expect(await (await call(first.body.tenant_access_token)).json()).toMatchObject({
      code: 99991663,
    });
    expect((await call(next.body.tenant_access_token)).status).toBe(200);
  });

  it.each([
    ['an empty secret', { appSecret: '' }, {}, 10003, 'invalid param'],
    ['an id of the wrong form', { appId: 'nonsense' }, {}, 10003, 'invalid param'],
    ['an unknown id', { appId: 'cli_0123456789abcdef' }, {}, 10014, 'app id not exists'],
    ['a wrong secret', { appSecret: 'wrong' }, {}, 10014, 'app secret invalid'],
    ['a disabled app', {}, { status: 'disabled' }, 10014, /deactivated/],
  ] as const)('is refused with HTTP 200 for %s', async (_, credentials, state, code, msg) => {
    const sandbox = await start({ app: state });
    const { appId, appSecret } = sandbox;
    const answer = await tokenOf(sandbox, { appId, appSecret, ...credentials });
    expect(answer).toMatchObject({ status: 200, body: { code, msg: expect.stringMatching(msg) } });
    expect(answer.body).not.toHaveProperty('tenant_access_token');
  });

  it('is asked for by every call', async () => {
    const sandbox = await start();
    const none = await fetch(`${sandbox.url}/open-apis/bot/v3/info`);
    expect([none.status, ((await none.json()) as { code: number }).code]).toEqual([400, 99991661]);
    const call = await caller(sandbox);
    sandbox.revokeTokens();
    expect(await call('GET', 'bot/v3/info')).toMatchObject({
      status: 400,
      body: { code: 99991663 },
    });
  });
});

describe('a call', () => {
  it('of bot/v3/info has the bot at the top level', async () => {
    const sandbox = await start({ app: { name: '小助手' } });
    const call = await caller(sandbox);
    const { body } = await call('GET', 'bot/v3/info');
    expect(body).toMatchObject({
      code: 0,
      bot: {
        activate_status: 2,
        app_name: '小助手',
        ip_white_list: [],
        open_id: expect.stringMatching(/^ou_/),
      },
    });
  });

  it.each([
    ['bot off', { bot: false }, 11205],
    ['unpublished', { published: false }, 11205],
    ['disabled', { status: 'disabled' }, 99991662],
    ['outside the allow list', { ipAllowList: ['203.0.113.9'] }, 99991401],
  ] as const)('is refused: %s', async (_, state, code) => {
    const sandbox = await start();
    const call = await caller(sandbox);
    sandbox.configureApp(state);
    expect(await call('GET', 'bot/v3/info')).toMatchObject({ status: 400, body: { code } });
  });

  it('without its scope is refused with the alternatives and the link that grants them', async () => {
    const sandbox = await start({ app: { scopes: ['im:message'] } });
    const call = await caller(sandbox);
    const { status, body } = await call('GET', 'im/v1/chats');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 99991672,
      error: {
        permission_violations: [
          { type: 'action_scope_required', subject: 'im:chat' },
          { type: 'action_scope_required', subject: 'im:chat:read' },
          { type: 'action_scope_required', subject: 'im:chat:readonly' },
        ],
      },
    });
    const url = `${sandbox.url}/app/${sandbox.appId}/auth?q=im:chat,im:chat:read,im:chat:readonly&op_from=openapi&token_type=tenant`;
    expect(body.error.helps[0].url).toBe(url);
    expect(body.msg).toContain(url);
    sandbox.configureApp({ scopes: ['im:chat:read'] });
    expect((await call('GET', 'im/v1/chats')).body.code).toBe(0);
  });

  it('of a path that is not there is answered 404', async () => {
    const sandbox = await start();
    const call = await caller(sandbox);
    expect((await call('GET', 'im/v1/nothing')).status).toBe(404);
    expect((await call('GET', 'im/v1/messages/%E0%A4%A')).status).toBe(404);
  });
});
