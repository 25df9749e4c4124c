import { describe, expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { overviewOf } from '../../../src/platform/app/app-overview.ts';
import { planApp } from '../../../src/platform/app/app-plan.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { type Lang, render } from '../../../src/shared/text/text.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { freshApp, planOf } from './autopilot-apps.ts';

const { start } = useSandboxes();

async function rowsOf(sandbox: Sandbox, lang: Lang = 'en'): Promise<string[]> {
  const rows = overviewOf(await planOf(sandbox));
  return rows.map(({ id, state, text }) => `${id} ${state}: ${render(text, lang)}`);
}

describe('the app in a few rows', () => {
  it('when it is as it should be', async () => {
    const sandbox = await start({ app: { tellsSubscription: true } });
    expect(await rowsOf(sandbox)).toEqual([
      'bot ok: on',
      'permissions ok: 13 of 13',
      'events ok: im.message.receive_v1 · persistent connection',
      'version ok: 1.0.0 published',
    ]);
    expect(await rowsOf(sandbox, 'zh')).toEqual([
      'bot ok: 已开启',
      'permissions ok: 13/13 项',
      'events ok: im.message.receive_v1 · 长连接',
      'version ok: 1.0.0 已发布',
    ]);
  });

  it('when it is new', async () => {
    const sandbox = await start({ app: freshApp });
    const rows = await rowsOf(sandbox);
    expect(rows[0]).toBe('bot lacks: off, or never published');
    expect(rows[1]).toMatch(/^permissions lacks: 1 of 13; missing: im:message, /);
    expect(rows.slice(2)).toEqual([
      'events lacks: missing: im.message.receive_v1 and 4 more',
      'version lacks: never published',
    ]);
  });

  it('when something waits', async () => {
    const sandbox = await start({ app: { reviewRequired: true } });
    sandbox.configureApp({
      scopes: ['application:application:self_manage'],
      pendingScopes: ['im:resource'],
      eventMode: 'webhook',
      tellsSubscription: true,
    });
    const { version } = sandbox.makeVersion(true);
    const rows = await rowsOf(sandbox);
    expect(rows[2]).toBe(
      'events lacks: im.message.receive_v1 · to a web address, not through persistent connection',
    );
    expect(rows[3]).toBe(`version waits: ${version} under review`);
    sandbox.reviewVersion(false);
    expect((await rowsOf(sandbox))[3]).toBe('version ok: 1.0.0 published');
    sandbox.grantScopes(['im:message', 'im:message:send_as_bot', 'im:chat:readonly']);
    sandbox.configureApp({
      scopes: [
        'application:application:self_manage',
        'im:message.p2p_msg:readonly',
        'im:message.group_at_msg:readonly',
        'im:message',
        'im:chat',
        'im:message:readonly',
        'im:resource',
        'cardkit:card:write',
        'contact:contact.base:readonly',
      ],
      pendingScopes: ['contact:user.base:readonly'],
    });
    expect((await rowsOf(sandbox))[1]).toBe(
      'permissions waits: 12 of 13; not in force yet: contact:user.base:readonly',
    );
  });

  it('when it may not look, or nothing is told: never “ok”', async () => {
    const blind = await start({ app: { scopes: ['im:message'] } });
    const rows = await rowsOf(blind);
    expect(rows[2]).toMatch(/^events not-reported: whether im\.message\.receive_v1 is subscribed/);
    expect(rows[3]).toMatch(/^version not-reported: unknown: The app lacks a scope/);

    const scanned = await start();
    scanned.fault({
      match: { path: '/app_versions' },
      do: { kind: 'status', status: 200, body: { code: 0, msg: 'ok', data: {} } },
    });
    expect((await rowsOf(scanned)).slice(2)).toEqual([
      expect.stringMatching(/^events not-reported: /),
      'version not-reported: unknown: the platform lists no version of this app, though it works',
    ]);
  });
});

it('a version that does not list its scopes is not published again for what waits', async () => {
  const sandbox = await start({ app: { scopes: [], pendingScopes: ['im:resource'] } });
  sandbox.grantScopes(['application:application:self_manage', 'application:application:patch']);
  const { reading } = await planOf(sandbox);
  if (!reading.versions.reported) throw new Error('not read');
  const [live] = reading.versions.value;
  const silent = {
    ...reading,
    versions: { reported: true, value: [{ ...live!, scopes: undefined }] },
  } as const;
  const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
  const wants = { needs: [], scopes: ['im:resource'] };
  expect(planApp(silent, links, wants).kind).toBe('changes');
  expect(planApp(silent, links, { ...wants, published: live!.versionId })).toMatchObject({
    kind: 'ask-admin',
    scopes: { forAdmin: ['im:resource'] },
  });
});
