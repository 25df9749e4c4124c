import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/platform/app/autopilot.ts';
import { neededEvents } from '../../../src/platform/manifest/app-manifest.ts';
import { registerApp } from '../../../src/platform/registration/registration.ts';
import {
  addonsOfManifest,
  type RegistrationAddons,
} from '../../../src/platform/registration/registration-page.ts';
import { render } from '../../../src/shared/text/text.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { caller } from '../../sandbox/http/http.ts';
import {
  changesOf,
  clientFor,
  freshApp,
  noPause,
  PATCH_SCOPE,
  planBy,
  planOf,
  SELF_MANAGE,
  wordsOf,
  writesOf,
} from './autopilot-apps.ts';

const { start } = useSandboxes();
const receive = 'im.message.receive_v1';
const cardAction = 'card.action.trigger';

describe('a new app', () => {
  it('is told in words what will be done, in both languages', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox, { needs: ['required'] });
    expect(wordsOf(plan)).toEqual([
      'turn the bot on',
      'add 5 permissions: im:message, im:message:send_as_bot, im:chat:readonly, im:message.p2p_msg:readonly, im:message.group_at_msg:readonly',
      'receive events through persistent connection',
      `add the event ${receive}`,
      'receive callbacks through persistent connection',
      `add the callback ${cardAction}`,
      'publish version 1.0.0',
    ]);
    expect(wordsOf(plan, 'zh')).toEqual([
      '开启机器人能力',
      '开通 5 项权限：im:message、im:message:send_as_bot、im:chat:readonly、im:message.p2p_msg:readonly、im:message.group_at_msg:readonly',
      '将事件订阅方式设为“使用长连接接收事件”',
      `添加事件 ${receive}`,
      '将回调订阅方式设为“使用长连接接收回调”',
      `添加回调 ${cardAction}`,
      '发布版本 1.0.0',
    ]);
    const page = (name: string) => `${sandbox.url}/app/${sandbox.appId}/${name}`;
    expect(plan.steps.map(({ url }) => url)).toEqual([
      page('capability'),
      expect.stringContaining(page('auth?q=im:message,im:message:send_as_bot')),
      page('event?tab=event'),
      page('event?tab=event'),
      page('event?tab=callback'),
      page('event?tab=callback'),
      page('version/create'),
    ]);
    expect(plan.notes.map((note) => render(note, 'en'))).toEqual([
      'Your administrator may have to approve the version.',
    ]);
  });

  it('is set up in three calls, and then hears messages', async () => {
    const sandbox = await start({ app: freshApp });
    const told: string[] = [];
    const result = await applyPlan(clientFor(sandbox), await changesOf(sandbox), {
      onCall: (call, state) => void told.push(`${call} ${state}`),
    });
    expect(writesOf(sandbox)).toEqual(['PATCH ability', 'PATCH config', 'POST publish']);
    expect(told).toEqual(
      ['ability', 'config', 'publish', 'verify'].flatMap((call) => [
        `${call} begins`,
        `${call} done`,
      ]),
    );
    expect(result).toMatchObject({
      calls: ['ability', 'config', 'publish', 'verify'],
      published: { version: '1.0.0', versionId: expect.stringMatching(/^oav_/) },
      refusedScopes: [],
      after: { kind: 'up-to-date' },
    });
    // What no answer tells is said, not taken for good.
    expect(result.after.notReported.map(({ id }) => id)).toEqual(['event-mode', 'callbacks']);
    sandbox.say({ text: 'hello' });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('no-connection');
  });

  it('run again, gets reads only', async () => {
    const sandbox = await start({ app: freshApp });
    await applyPlan(clientFor(sandbox), await changesOf(sandbox));
    const before = sandbox.calls().length;
    const plan = await planOf(sandbox);
    expect(plan).toMatchObject({ kind: 'up-to-date', steps: [] });
    const methods = sandbox.calls().slice(before);
    expect(
      methods.filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/')),
    ).toEqual([]);
  });
});

describe('an app that was made by a scan', () => {
  async function scanned(addons: RegistrationAddons) {
    const sandbox = await start();
    const { appId, appSecret } = await registerApp(
      { domain: sandbox.url, addons },
      {
        sleep: noPause,
        onEvent: (event) => event.kind === 'code-ready' && sandbox.registration.approve(event),
      },
    );
    return clientFor({ url: sandbox.url, appId, appSecret: appSecret.reveal() });
  }

  it('with the whole manifest in its link needs nothing more', async () => {
    const plan = await planBy(await scanned(addonsOfManifest()));
    expect(plan).toMatchObject({ kind: 'up-to-date', missingEvents: undefined });
    expect(plan.notReported.map(({ id }) => id)).toEqual(['event-mode', 'events', 'callbacks']);
  });

  it('with less is completed on the page for it, and asked for nothing that it has', async () => {
    const plan = await planBy(await scanned({ preset: false, scopes: { tenant: [SELF_MANAGE] } }));
    expect(plan).toMatchObject({ kind: 'blocked', reason: 'not-console-made' });
    expect(plan.scopes.granted).toEqual([SELF_MANAGE]);
    expect(plan.changes.scopes).not.toContain(SELF_MANAGE);
  });
});

describe('an app that is half configured', () => {
  it('gets only what lacks, and the version after the highest', async () => {
    const sandbox = await start({
      app: {
        ...freshApp,
        bot: true,
        published: true,
        scopes: [PATCH_SCOPE, SELF_MANAGE, 'im:message:send_as_bot', 'im:chat:read'],
        tellsSubscription: true,
        eventMode: 'websocket',
        callbackMode: 'websocket',
        callbacks: [cardAction],
      },
    });
    const plan = await changesOf(sandbox, { needs: ['required'] });
    expect(wordsOf(plan)).toEqual([
      'add 2 permissions: im:message.p2p_msg:readonly, im:message.group_at_msg:readonly',
      `add the event ${receive}`,
      'publish version 1.0.1',
    ]);
    const { after } = await applyPlan(clientFor(sandbox), plan);
    expect(after).toMatchObject({ kind: 'up-to-date', notReported: [] });
    expect(writesOf(sandbox)).toEqual(['PATCH config', 'POST publish']);
  });

  it('with scopes that were added and never published, is published', async () => {
    const sandbox = await start({ app: { pendingScopes: ['im:message.group_msg'] } });
    sandbox.grantScopes([PATCH_SCOPE]);
    const plan = await changesOf(sandbox, { scopes: ['im:message.group_msg'] });
    expect(wordsOf(plan)).toEqual(['publish version 1.0.1']);
    expect((await applyPlan(clientFor(sandbox), plan)).after.kind).toBe('up-to-date');
  });

  it('with a version that was made and never submitted, has that one submitted', async () => {
    const sandbox = await start({ app: freshApp });
    const made = sandbox.makeVersion(false);
    const plan = await changesOf(sandbox);
    expect(wordsOf(plan).at(-1)).toBe(
      `submit version ${made.version}, which was created and never submitted`,
    );
    expect(plan.notes.map((note) => render(note, 'en'))).toContain(
      'Unpublished changes in the console are published with it.',
    );
    const { published, after, reading } = await applyPlan(clientFor(sandbox), plan);
    expect(published).toEqual(made);
    expect(after.kind).toBe('up-to-date');
    expect(reading.versions).toMatchObject({ value: [{ version: made.version, status: 'live' }] });
  });

  it('with a rejected version, is told so before it publishes the next', async () => {
    const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
    const client = clientFor(sandbox);
    await applyPlan(client, await changesOf(sandbox));
    sandbox.reviewVersion(false);
    const plan = await changesOf(sandbox);
    expect(wordsOf(plan).at(-1)).toBe('publish version 1.0.1');
    expect(render(plan.notes[0]!, 'en')).toContain('Version 1.0.0 was rejected');
  });
});

describe('an app that somebody else configured', () => {
  it('keeps all that it has', async () => {
    const theirs = {
      scopes: [PATCH_SCOPE, SELF_MANAGE, 'im:message.group_msg', 'im:message.pins:read'],
      events: ['im.message.reaction.created_v1', 'drive.notice.comment_add_v1'],
      callbacks: ['url.preview.get'],
    };
    const sandbox = await start({
      app: { ...freshApp, ...theirs, bot: true, published: true, tellsSubscription: true },
    });
    const plan = await changesOf(sandbox);
    expect(plan.notes.map((note) => render(note, 'en'))).toEqual([
      'Your administrator may have to approve the version.',
      'Events go to a web address of yours now; after this they come here instead.',
      'Callbacks go to a web address of yours now; after this they come here instead.',
    ]);
    const { reading, after } = await applyPlan(clientFor(sandbox), plan);
    expect(after.kind).toBe('up-to-date');
    if (!reading.app.reported || !reading.grants.reported) throw new Error('not read');
    const { subscribedEvents, subscribedCallbacks } = reading.app.value;
    expect(subscribedEvents).toEqual([...new Set([...theirs.events, ...neededEvents()])]);
    expect(subscribedCallbacks).toEqual([...theirs.callbacks, cardAction]);
    for (const scope of theirs.scopes) expect(reading.grants.value.get(scope)).toBe(true);
    const bodies = JSON.stringify(sandbox.calls().map(({ body }) => body));
    expect(bodies).not.toContain('remove');
  });
});

describe('an app under review', () => {
  it('with everything asked for, waits', async () => {
    const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
    const result = await applyPlan(clientFor(sandbox), await changesOf(sandbox));
    expect(result.after).toMatchObject({
      kind: 'waiting',
      version: { version: '1.0.0', status: 'in-review' },
      url: expect.stringContaining(`/app/${sandbox.appId}/version/oav_`),
    });
    sandbox.reviewVersion(true);
    expect((await planOf(sandbox)).kind).toBe('up-to-date');
  });

  it('with something lacking, cannot be changed, and says what lacks', async () => {
    const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
    const { version } = sandbox.makeVersion(true);
    const plan = await planOf(sandbox);
    expect(plan).toMatchObject({
      kind: 'blocked',
      reason: 'under-review',
      error: { code: 'under-review', exitCode: 6, details: { version } },
    });
    expect(wordsOf(plan)[0]).toBe('turn the bot on');
  });

  it('is refused when the review began after the plan was made', async () => {
    const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
    const plan = await changesOf(sandbox);
    sandbox.makeVersion(true);
    await expect(applyPlan(clientFor(sandbox), plan)).rejects.toMatchObject({
      code: 'under-review',
      feishuCode: 210040,
    });
  });
});

describe('an app that may not set itself up', () => {
  it('made elsewhere: has a page on which its owner adds what lacks', async () => {
    const sandbox = await start({
      app: { createSource: 'bot_builder', scopes: [SELF_MANAGE], events: [], callbacks: [] },
    });
    const plan = await planOf(sandbox);
    if (plan.kind !== 'blocked') throw new Error(plan.kind);
    expect(plan).toMatchObject({
      reason: 'not-console-made',
      error: { code: 'not-console-made', details: { createSource: 'bot_builder' } },
    });
    sandbox.confirm(plan.error.url ?? '');
    expect((await planOf(sandbox)).kind).toBe('up-to-date');
    expect(writesOf(sandbox)).toEqual([]);
  });

  it('made elsewhere, and complete: needs nothing', async () => {
    const sandbox = await start({ app: { createSource: 'bot_builder' } });
    expect((await planOf(sandbox)).kind).toBe('up-to-date');
  });

  it.each([
    ['complete', {}],
    ['bare', freshApp],
  ])('a store app is refused with the reason, %s or not', async (_, app) => {
    const sandbox = await start({ app: { ...app, kind: 'store' } });
    const plan = await planOf(sandbox);
    expect(plan).toMatchObject({
      kind: 'blocked',
      reason: 'store-app',
      error: { code: 'store-app', exitCode: 6, url: `${sandbox.url}/app` },
    });
  });

  it('without the scope for it: has one link that grants it, and goes on', async () => {
    const sandbox = await start({ app: { ...freshApp, scopes: [SELF_MANAGE] } });
    const plan = await planOf(sandbox);
    if (plan.kind !== 'blocked') throw new Error(plan.kind);
    expect(plan).toMatchObject({
      reason: 'autopilot-scope',
      error: {
        code: 'scope-missing',
        url: `${sandbox.url}/app/${sandbox.appId}/auth?q=${PATCH_SCOPE}&op_from=moltbot-feishu&token_type=tenant`,
        details: { scopes: [PATCH_SCOPE], state: 'missing' },
      },
    });
    sandbox.confirm(plan.error.url ?? '');
    const { after } = await applyPlan(clientFor(sandbox), await changesOf(sandbox));
    expect(after.kind).toBe('up-to-date');
  });

  it('with the scope asked for and not in force: says that a version lacks', async () => {
    const sandbox = await start({ app: { ...freshApp, scopes: [SELF_MANAGE] } });
    sandbox.confirm(`${sandbox.url}/app/${sandbox.appId}/auth?q=${PATCH_SCOPE}`, { waits: true });
    expect(await planOf(sandbox)).toMatchObject({
      kind: 'blocked',
      reason: 'autopilot-scope',
      error: { url: `${sandbox.url}/app/${sandbox.appId}/version`, details: { state: 'waiting' } },
    });
  });

  it('disabled: says who can enable it', async () => {
    const sandbox = await start();
    const client = clientFor(sandbox);
    await client.tenantAccessToken();
    sandbox.configureApp({ status: 'disabled' });
    const plan = await planBy(client);
    expect(plan).toMatchObject({ kind: 'blocked', reason: 'disabled' });
  });
});

describe('what waits for the administrator alone', () => {
  it('is no reason to publish once more', async () => {
    const sandbox = await start({
      app: { ...freshApp, adminScopes: ['contact:user.base:readonly'] },
    });
    const { after } = await applyPlan(clientFor(sandbox), await changesOf(sandbox));
    expect(after).toMatchObject({
      kind: 'ask-admin',
      scopes: { forAdmin: ['contact:user.base:readonly'] },
      steps: [],
    });
    const call = await caller(sandbox);
    expect((await call('POST', 'application/v6/scopes/apply', {})).body.code).toBe(0);
    sandbox.grantScopes();
    expect((await planOf(sandbox)).kind).toBe('up-to-date');
  });
});

describe('what cannot be read', () => {
  it('is left alone while nothing else changes, and set when it is insisted on', async () => {
    const sandbox = await start({ app: { eventMode: 'webhook' } });
    sandbox.grantScopes([PATCH_SCOPE]);
    const plan = await planOf(sandbox);
    expect(plan).toMatchObject({ kind: 'up-to-date' });
    expect(plan.notReported.map(({ id }) => id)).toEqual(['event-mode', 'callbacks']);
    const insisting = await changesOf(sandbox, { insist: true });
    expect(wordsOf(insisting)).toEqual([
      'receive events through persistent connection',
      'receive callbacks through persistent connection',
      `add the callback ${cardAction}`,
      'publish version 1.0.1',
    ]);
    const { after } = await applyPlan(clientFor(sandbox), insisting, { sleep: noPause });
    expect(after.kind).toBe('up-to-date');
    sandbox.say({ text: 'hello' });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('no-connection');
  });

  it('of a scanned app without versions says nothing against it', async () => {
    const sandbox = await start();
    sandbox.fault({
      match: { path: '/app_versions' },
      do: { kind: 'status', status: 200, body: { code: 0, msg: 'ok', data: { items: [] } } },
    });
    const plan = await planOf(sandbox);
    expect(plan.kind).toBe('up-to-date');
    expect(plan.notReported.map(({ id }) => id)).toEqual(['event-mode', 'events', 'callbacks']);
  });

  it('does not stop an app that may not look at itself from setting itself up', async () => {
    const sandbox = await start({ app: { ...freshApp, scopes: [PATCH_SCOPE] } });
    const plan = await changesOf(sandbox);
    expect(wordsOf(plan).at(-1)).toBe('publish a new version');
    expect(plan.notReported.map(({ id }) => id)).toEqual(['review']);
    const { after, published } = await applyPlan(clientFor(sandbox), plan);
    expect(published?.version).toBe('0.0.1');
    // It may look now: that permission was among those added.
    expect(after).toMatchObject({ kind: 'up-to-date' });
  });
});
