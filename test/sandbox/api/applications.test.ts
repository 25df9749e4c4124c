import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { sdkClient } from '../sdk.ts';

const { start } = useSandboxes();
const patchScope = 'application:application:patch';
const selfManage = 'application:application:self_manage';
const receive = 'im.message.receive_v1';
const wanted = {
  scope: { add_scopes: [{ scope_name: 'im:message', token_type: 'tenant' as const }] },
  event: { subscription_type: 'websocket' as const, add_events: [receive] },
  callback: { callback_type: 'websocket' as const, add_callbacks: ['card.action.trigger'] },
};
const notes = { changelog: 'first', remark: 'please' };

async function bareApp(app: SandboxOptions['app'] = {}) {
  const sandbox = await start({
    app: {
      bot: false,
      published: false,
      scopes: [patchScope, selfManage],
      events: [],
      eventMode: 'webhook',
      ...app,
    },
  });
  return { sandbox, client: sdkClient(sandbox), path: { app_id: sandbox.appId } };
}

const withCode = (code: number) => ({ response: { data: { code } } });

describe('an app sets itself up (application v7)', () => {
  it('bot, scopes, events, publish; all in force once the version is online', async () => {
    const { sandbox, client, path } = await bareApp();
    const { applicationAbility, applicationConfig, applicationPublish } = client.application.v7;
    await applicationAbility.patch({ path, data: { bot: { enable: true } } });
    await applicationConfig.patch({ path, data: wanted });
    sandbox.say({ text: 'too early' });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('not-published');
    const published = await applicationPublish.create({
      path,
      data: { ...notes, pc_default_ability: 'bot', mobile_default_ability: 'bot' },
    });
    expect(published.data).toEqual({
      version_id: expect.stringMatching(/^oav_/),
      version: '0.0.1',
    });
    const me = await client.application.v6.application.get({
      path: { app_id: 'me' },
      params: { lang: 'zh_cn' },
    });
    expect(me.data?.app).toMatchObject({
      status: 1,
      online_version_id: published.data?.version_id,
      create_source: 'developer_console',
    });
    const versions = await client.application.v6.applicationAppVersion.list({
      path: { app_id: 'me' },
      params: { lang: 'zh_cn', page_size: 2 },
    });
    expect(versions.data?.items).toMatchObject([
      { version: '0.0.1', status: 1, event_infos: [{ event_type: receive }], ability: { bot: {} } },
    ]);
    const call = await caller(sandbox);
    expect((await call('GET', 'bot/v3/info')).body.code).toBe(0);
    sandbox.configureApp({ scopes: ['im:message.p2p_msg:readonly'] });
    sandbox.say({ text: 'now' });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('no-connection');
  });

  it('a version that needs review is not in force before the admin approves it', async () => {
    const { sandbox, client, path } = await bareApp({ reviewRequired: true });
    const call = await caller(sandbox);
    const { applicationAbility, applicationConfig, applicationPublish } = client.application.v7;
    await applicationAbility.patch({ path, data: { bot: { enable: true } } });
    await applicationConfig.patch({ path, data: wanted });
    const created = await applicationPublish.create({ path, data: notes });
    const status = async () =>
      (
        await call(
          'GET',
          `application/v6/applications/me/app_versions/${created.data?.version_id}?lang=zh_cn`,
        )
      ).body.data.app_version.status;
    const granted = async (): Promise<number> =>
      (await call('GET', 'application/v6/scopes')).body.data.scopes.find(
        ({ scope_name }: { scope_name: string }) => scope_name === 'im:message',
      )?.grant_status;
    expect([await status(), await granted()]).toEqual([3, 2]);
    await expect(applicationConfig.patch({ path, data: wanted })).rejects.toMatchObject(
      withCode(210040),
    );
    expect((await call('POST', 'application/v6/scopes/apply', {})).body.code).toBe(0);
    expect((await call('POST', 'application/v6/scopes/apply', {})).body.code).toBe(212004);
    expect(sandbox.reviewVersion(false)).toBe(true);
    expect([await status(), await granted()]).toEqual([2, 2]);
    await applicationPublish.create({ path, data: notes });
    expect(sandbox.reviewVersion(true)).toBe(true);
    expect(await granted()).toBe(1);
    expect((await call('GET', 'bot/v3/info')).body.code).toBe(0);
    expect(sandbox.reviewVersion(true)).toBe(false);
    expect((await call('POST', 'application/v6/scopes/apply', {})).body.code).toBe(212002);
  });

  it('scopes that the tenant exempts are granted at once', async () => {
    const { sandbox, client, path } = await bareApp({ bot: true, exemptScopes: ['im:message'] });
    await client.application.v7.applicationConfig.patch({ path, data: wanted });
    const { body } = await (await caller(sandbox))('GET', 'application/v6/scopes');
    expect(body.data.scopes).toContainEqual({
      scope_name: 'im:message',
      grant_status: 1,
      scope_type: 'tenant',
    });
  });

  it.each([
    ['bot scopes before the bot', {}, 'config', wanted, 210041],
    [
      'an unknown scope',
      { bot: true },
      'config',
      { scope: { add_scopes: [{ scope_name: 'im:nonsense', token_type: 'tenant' }] } },
      210031,
    ],
    [
      'a mode that is none',
      { bot: true },
      'config',
      { event: { subscription_type: 'pigeon' } },
      210031,
    ],
    ['an app not from the developer console', { createSource: 'one_click' }, 'ability', {}, 210035],
    ['a version without notes', {}, 'publish', {}, 210304],
    ['a version of the wrong form', {}, 'publish', { ...notes, version: 'v2' }, 210303],
    [
      'a version that is not higher',
      { published: true },
      'publish',
      { ...notes, version: '1.0.0' },
      210303,
    ],
    ['no scope for it', { scopes: [] }, 'ability', {}, 99991672],
  ] as const)('is refused for %s', async (_, app, what, body, code) => {
    const { sandbox } = await bareApp(app);
    const call = await caller(sandbox);
    const method = what === 'publish' ? 'POST' : 'PATCH';
    const path = `application/v7/applications/${sandbox.appId}/${what}`;
    expect(await call(method, path, body)).toMatchObject({ status: 400, body: { code } });
  });

  it('is refused for another app', async () => {
    const { sandbox } = await bareApp();
    const other = sandbox.createApp();
    const call = await caller(sandbox);
    const path = (id: string) => `application/v7/applications/${id}/ability`;
    expect((await call('PATCH', path(other.appId), {})).body.code).toBe(210036);
    expect((await call('PATCH', path('nonsense'), {})).body.code).toBe(210032);
  });
});

describe('an app reads itself (application v6)', () => {
  it('needs `lang`, and tells only its own', async () => {
    const sandbox = await start();
    const call = await caller(sandbox);
    const get = (id: string, query = '?lang=zh_cn') =>
      call('GET', `application/v6/applications/${id}${query}`).then(({ body }) => body.code);
    expect(await get('me')).toBe(0);
    expect(await get(sandbox.appId)).toBe(0);
    expect(await get('me', '')).toBe(99992402);
    expect(await get(sandbox.createApp().appId)).toBe(210508);
    expect(await get('cli_0123456789abcdef')).toBe(210504);
    expect(await get('nonsense')).toBe(210503);
  });
});
