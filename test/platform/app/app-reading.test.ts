import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  liveVersion,
  pendingVersion,
  readApp,
} from '../../../src/platform/app/reading/app-reading.ts';
import {
  appAnswer,
  toAppRecord,
  toAppVersions,
  versionsAnswer,
} from '../../../src/platform/app/reading/app-reading-answers.ts';
import { neededEvents } from '../../../src/platform/manifest/app-manifest.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { failureOf } from '../stand-in.ts';
import { clientFor, freshApp, SELF_MANAGE } from './autopilot-apps.ts';

const { start, listen } = useSandboxes();

describe('a reading', () => {
  it('of a working app knows everything, and changes nothing', async () => {
    const sandbox = await start();
    const listener = listen(sandbox);
    await listener.ready;
    const reading = await readApp(clientFor(sandbox), { now: () => 42 });
    expect(reading).toMatchObject({
      appId: sandbox.appId,
      readAt: 42,
      bot: {
        reported: true,
        value: { on: true, info: { name: 'Sandbox Bot', activateStatus: 2 } },
      },
      app: {
        reported: true,
        value: {
          name: 'Sandbox Bot',
          status: 'enabled',
          kind: 'custom',
          createSource: 'developer_console',
          ownerOpenId: sandbox.user.openId,
          eventMode: undefined,
          subscribedEvents: undefined,
        },
      },
      connections: { reported: true, value: 1 },
    });
    expect(liveVersion(reading)).toMatchObject({
      version: '1.0.0',
      events: neededEvents(),
      hasBot: true,
    });
    expect(pendingVersion(reading)).toBeUndefined();
    expect(reading.grants.reported && reading.grants.value.get('im:message')).toBe(true);
    const others = sandbox
      .calls()
      .filter(({ path }) => path.startsWith('/open-apis') && !path.includes('/auth/v3/'));
    expect(new Set(others.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('of an app that was never published: no bot, and no version', async () => {
    const sandbox = await start({ app: freshApp });
    const reading = await readApp(clientFor(sandbox));
    expect(reading.bot).toMatchObject({
      reported: true,
      value: { on: false, error: { code: 'bot-off', feishuCode: 11205 } },
    });
    expect(reading.versions).toEqual({ reported: true, value: [] });
  });

  it('of an app that may not look says so, with the link that lets it', async () => {
    const sandbox = await start({ app: { scopes: ['im:message'] } });
    const { app, versions, grants, connections } = await readApp(clientFor(sandbox));
    for (const part of [app, versions]) {
      expect(part).toMatchObject({
        reported: false,
        reason: 'may-not-look',
        error: { feishuCode: 99991672 },
        url: expect.stringContaining(`/app/${sandbox.appId}/auth?q=${SELF_MANAGE},`),
      });
    }
    expect([grants.reported, connections.reported]).toEqual([true, true]);
  });

  it('of an app that is not installed says that too', async () => {
    const sandbox = await start({ app: freshApp });
    sandbox.fault({
      match: { path: '/application/v6/scopes' },
      do: { kind: 'code', code: 212100, msg: 'app not installed' },
    });
    expect((await readApp(clientFor(sandbox))).grants).toMatchObject({
      reported: false,
      reason: 'not-installed',
    });
  });

  it('keeps what it got where one call fails', async () => {
    const sandbox = await start();
    sandbox.fault({ match: { path: '/app_versions' }, do: { kind: 'malformed', as: 'html' } });
    const { app, versions } = await readApp(clientFor(sandbox));
    expect(app.reported).toBe(true);
    expect(versions).toMatchObject({
      reported: false,
      reason: 'failed',
      error: { code: 'platform-error' },
    });
  });

  it('ends with what concerns every call', async () => {
    const rejected = await start();
    rejected.fault({
      match: { path: '/auth/v3' },
      do: { kind: 'code', code: 10014, msg: 'app secret invalid', status: 200 },
    });
    expect(await failureOf(readApp(clientFor(rejected)))).toMatchObject({
      code: 'credentials-rejected',
    });
    const away = await start();
    away.refuse(true);
    expect(await failureOf(readApp(clientFor(away)))).toMatchObject({
      code: 'platform-unreachable',
    });
    const denied = await start({ app: { ipAllowList: ['203.0.113.7'] } });
    expect(await failureOf(readApp(clientFor(denied)))).toMatchObject({ code: 'ip-denied' });
    const left = await start();
    const signal = AbortSignal.abort();
    expect(await failureOf(readApp(clientFor(left), { signal }))).toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('what the answers may look like', () => {
  it('a version is live when it passed and is published; older ones are past', () => {
    const item = (version: string, status: number, publish_time: unknown) => ({
      version,
      version_id: `id-${version}`,
      status,
      publish_time,
    });
    const versions = toAppVersions(
      versionsAnswer.parse({
        items: [
          item('1.0.5', 4, null),
          item('1.0.4', 3, null),
          item('1.0.3', 1, ''),
          item('1.0.2', 1, '1700000000'),
          item('1.0.1', 2, null),
          item('1.0.0', 1, '1600000000'),
        ],
      }),
    );
    expect(versions.map(({ status }) => status)).toEqual([
      'unsubmitted',
      'in-review',
      'unknown',
      'live',
      'rejected',
      'past',
    ]);
  });

  it('an empty event and callback tell nothing; a mode tells', () => {
    const record = (app: object) => toAppRecord(appAnswer.parse({ app }));
    expect(record({ event: {}, callback: {} })).toMatchObject({
      eventMode: undefined,
      subscribedEvents: undefined,
      subscribedCallbacks: undefined,
    });
    expect(
      record({
        event: { subscription_type: 'websocket', subscribed_events: ['a'] },
        callback_info: { callback_type: 'webhook', subscribed_callbacks: ['b'] },
        scene_type: 1,
        owner: { type: 1, owner_id: 'on_x' },
        creator_id: 'ou_creator',
      }),
    ).toMatchObject({
      eventMode: 'websocket',
      subscribedEvents: ['a'],
      callbackMode: 'webhook',
      subscribedCallbacks: ['b'],
      kind: 'store',
      ownerOpenId: 'ou_creator',
    });
  });

  it('scopes of the user’s token are not the app’s', () => {
    const scopes = [
      { scope: 'a', token_types: ['user'] },
      { scope: 'b', token_types: ['tenant', 'user'] },
      { scope: 'c' },
      null,
    ];
    const record = toAppRecord(appAnswer.parse({ app: { scopes } }));
    expect(record.configuredScopes).toEqual(['b', 'c']);
  });

  it('whatever the fields hold, nothing but the shape as a whole is refused', () => {
    const fields = ['app_name', 'status', 'scene_type', 'scopes', 'owner', 'event', 'callback'];
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()),
        fc.array(
          fc.dictionary(
            fc.constantFrom(
              'version',
              'status',
              'publish_time',
              'event_infos',
              'scopes',
              'ability',
            ),
            fc.jsonValue(),
          ),
        ),
        (app, items) => {
          toAppRecord(appAnswer.parse({ app }));
          expect(toAppVersions(versionsAnswer.parse({ items }))).toHaveLength(items.length);
        },
      ),
    );
  });
});
