import { inspect } from 'node:util';
import * as lark from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type RegistrationEvent,
  registerApp,
} from '../../../src/platform/registration/registration.ts';
import { readBegin, readPoll } from '../../../src/platform/registration/registration-answers.ts';
import { addonsOfManifest } from '../../../src/platform/registration/registration-page.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { createLineLogger } from '../../../src/shared/log.ts';
import { caller } from '../../sandbox/http/http.ts';
import { startConnectProxy } from '../network/connect-proxy.ts';
import { failureOf, startStandIn } from '../stand-in.ts';
import { kinds, nothing, PATH, scanning, start } from './scanning.ts';

describe('a scan', () => {
  it('shows a link with everything that is wanted, waits, and ends with the credentials', async () => {
    const scan = await scanning();
    let created = { appId: '', appSecret: '' };
    const app = await scan.run(
      [
        nothing,
        nothing,
        () => {
          created = scan.sandbox.registration.approve({ url: scan.link() });
        },
      ],
      {
        appPreset: {
          name: 'Bot of {user}',
          desc: 'answers',
          avatar: ['https://a/1', 'https://a/2'],
        },
        addons: addonsOfManifest({ scopes: ['im:message.group_msg'] }),
        createOnly: true,
      },
    );
    expect(app).toMatchObject({
      appId: created.appId,
      openId: scan.sandbox.user.openId,
      brand: 'custom',
      domain: scan.sandbox.url,
    });
    expect(app.appSecret.reveal()).toBe(created.appSecret);
    expect(scan.events).toEqual([
      {
        kind: 'code-ready',
        url: scan.link(),
        userCode: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
        expiresAt: 1_000_000 + 600_000,
      },
    ]);
    const query = new URL(scan.link()).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      user_code: expect.any(String),
      from: 'sdk',
      source: 'node-sdk/moltbot-feishu',
      tp: 'sdk',
      name: 'Bot of {user}',
      desc: 'answers',
      createOnly: 'true',
    });
    expect(query.getAll('avatar')).toEqual(['https://a/1', 'https://a/2']);
    const call = await caller(scan.sandbox, created);
    expect((await call('GET', 'bot/v3/info')).body.bot.app_name).toBe('Bot of Sandbox User');
    const { scopes } = (await call('GET', 'application/v6/scopes')).body.data;
    expect(scopes).toContainEqual(
      expect.objectContaining({ scope_name: 'im:message.group_msg', grant_status: 1 }),
    );
    expect(scopes).toContainEqual(
      expect.objectContaining({ scope_name: 'application:application:patch', grant_status: 1 }),
    );
  });

  it('waits the interval before the first poll, and between polls', async () => {
    const scan = await scanning({ intervalS: 7 });
    await scan.run([nothing, nothing, () => scan.sandbox.registration.approve()]);
    expect(scan.pauses).toEqual([7000, 7000, 7000]);
    const polls = scan.sandbox.calls().filter(({ path }) => path === PATH);
    expect(polls).toHaveLength(1 + 3);
  });

  it('asks 5 s less often each time it is told to slow down', async () => {
    const scan = await scanning();
    const { registration } = scan.sandbox;
    await scan.run([
      () => registration.slowDown(),
      () => registration.slowDown(),
      () => registration.approve(),
    ]);
    expect(scan.pauses).toEqual([5000, 10_000, 15_000]);
    expect(scan.events.slice(1)).toEqual([
      { kind: 'slow-down', intervalMs: 10_000 },
      { kind: 'slow-down', intervalMs: 15_000 },
    ]);
  });

  it('never asks less often than once a minute', async () => {
    const scan = await scanning({ intervalS: 50 });
    scan.sandbox.fault({
      match: { path: PATH },
      do: { kind: 'status', status: 429, body: {} },
      times: 3,
    });
    const failing = failureOf(scan.run([nothing]));
    // The code itself was refused: asked again, then told.
    expect(await failing).toMatchObject({ code: 'platform-error', details: { status: 429 } });
    const again = scan.run([
      () => {
        scan.sandbox.fault({
          match: { path: PATH },
          do: { kind: 'status', status: 429, body: {} },
          times: 1,
        });
      },
      () => scan.sandbox.registration.slowDown(),
      () => scan.sandbox.registration.approve(),
    ]);
    await again;
    expect(scan.pauses).toEqual([50_000, 55_000, 60_000]);
  });

  it('changes an app that there is, and gives that one back', async () => {
    const scan = await scanning();
    const before = scan.sandbox.createApp({ scopes: ['im:chat'] });
    const app = await scan.run([() => scan.sandbox.registration.approve({ url: scan.link() })], {
      appId: before.appId,
      addons: { scopes: { tenant: ['im:resource'] } },
    });
    expect([app.appId, app.appSecret.reveal()]).toEqual([before.appId, before.appSecret]);
    const call = await caller(scan.sandbox, before);
    const { scopes } = (await call('GET', 'application/v6/scopes')).body.data;
    expect(scopes.map(({ scope_name }: { scope_name: string }) => scope_name)).toEqual([
      'im:chat',
      'im:resource',
    ]);
  });
});

describe('a person of a Lark company', () => {
  it('is asked for at the Lark host, once, with the same code', async () => {
    let feishuPolls = 0;
    const form = (body: unknown) => new URLSearchParams(String(body));
    const lark = await startStandIn(({ text }) =>
      form(text).get('device_code') === 'dc-1'
        ? {
            json: {
              client_id: 'cli_00000000000000aa',
              client_secret: 'lark-secret-lark-secret',
              user_info: { open_id: 'ou_l', tenant_brand: 'lark' },
            },
          }
        : { status: 400, json: { error: 'invalid_grant' } },
    );
    const feishu = await startStandIn(({ text }) => {
      if (form(text).get('action') === 'begin') {
        return {
          json: {
            device_code: 'dc-1',
            user_code: 'AAAA-BBBB',
            verification_uri_complete: `${lark.url}/page/launcher?user_code=AAAA-BBBB`,
            interval: 5,
            expires_in: 60,
          },
        };
      }
      feishuPolls++;
      return feishuPolls === 1
        ? { status: 400, json: { error: 'authorization_pending' } }
        : { json: { user_info: { tenant_brand: 'lark' } } };
    });
    const events: RegistrationEvent[] = [];
    const pauses: number[] = [];
    const app = await registerApp(
      { domain: feishu.url, larkDomain: lark.url },
      {
        onEvent: (event) => void events.push(event),
        sleep: async (ms) => pauses.push(ms),
      },
    );
    expect(app).toMatchObject({ appId: 'cli_00000000000000aa', openId: 'ou_l' });
    expect(kinds(events)).toEqual(['code-ready', 'brand-switched']);
    expect(pauses).toEqual([5000, 5000]);
    expect([feishu.calls.length, lark.calls.length]).toEqual([3, 1]);
  });

  it('is told once where one host serves both brands', async () => {
    const scan = await scanning();
    const app = await scan.run([
      () => scan.sandbox.registration.approve({ brand: 'lark', openId: 'ou_lark' }),
    ]);
    expect(app).toMatchObject({ openId: 'ou_lark', brand: 'custom', domain: scan.sandbox.url });
    expect(kinds(scan.events)).toEqual(['code-ready', 'brand-switched']);
  });
});

it('makes the link that the SDK’s registerApp makes', async () => {
  const sandbox = await start();
  const host = new URL(sandbox.url).host;
  // registerApp always builds https URLs; everything else of it is as it is.
  const rewriting = lark.defaultHttpInstance.interceptors.request.use((config) => ({
    ...config,
    url: config.url?.replace(/^https:/, 'http:') ?? '',
  }));
  onTestFinished(() => lark.defaultHttpInstance.interceptors.request.eject(rewriting));
  const request = {
    appPreset: { name: '小龙虾 {user}', desc: 'a & b', avatar: ['https://a/1', 'https://a/2'] },
    createOnly: true,
    appId: 'cli_0123456789abcdef',
  };
  const manifest = addonsOfManifest({ scopes: ['im:message.group_msg'] });
  const addons = {
    scopes: { tenant: [...(manifest.scopes?.tenant ?? [])] },
    events: { items: { tenant: [...(manifest.events?.items?.tenant ?? [])] } },
    callbacks: { items: [...(manifest.callbacks?.items ?? [])] },
  };
  const query = (link: string) =>
    [...new URL(link).searchParams].filter(([name]) => name !== 'user_code').sort();
  const theirs = new AbortController();
  const sdkLink = new Promise<string>((resolve) => {
    const running = lark.registerApp({
      ...request,
      addons,
      source: 'moltbot-feishu',
      domain: host,
      signal: theirs.signal,
      onQRCodeReady: ({ url }) => resolve(url),
    });
    running.catch(() => undefined);
  });
  const ours = new AbortController();
  const ourLink = new Promise<string>((resolve) => {
    const running = registerApp(
      { ...request, addons, domain: sandbox.url },
      {
        signal: ours.signal,
        onEvent: (event) => event.kind === 'code-ready' && resolve(event.url),
      },
    );
    running.catch(() => undefined);
  });
  expect(query(await ourLink)).toEqual(query(await sdkLink));
  theirs.abort();
  ours.abort();
});

it('goes through the proxy of its environment', async () => {
  const proxy = await startConnectProxy();
  const scan = await scanning();
  const app = await scan.run(
    [() => scan.sandbox.registration.approve()],
    {},
    { env: { http_proxy: proxy.url } },
  );
  expect(app.appId).toMatch(/^cli_/);
  expect(new Set(proxy.targets)).toEqual(new Set([new URL(scan.sandbox.url).host]));
});

it('reads any answer without falling over, and takes only a whole pair for credentials', () => {
  const field = fc.constantFrom(
    'device_code',
    'verification_uri_complete',
    'interval',
    'expires_in',
    'client_id',
    'client_secret',
    'user_info',
    'error',
    'error_description',
  );
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(field, fc.jsonValue()).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(body, fc.integer({ min: 100, max: 599 }), (text, status) => {
      const answer = { status, text, headers: {}, contentType: '' };
      const begun = readBegin(answer);
      expect(['begun', 'refused', 'unreadable']).toContain(begun.kind);
      const said = readPoll(answer);
      if (said.kind === 'registered') {
        expect(said.appId).not.toBe('');
        expect(said.appSecret.isEmpty).toBe(false);
      }
    }),
  );
});

it('shows no secret and no device code: not in logs, events, errors, nor in what it returns', async () => {
  const scan = await scanning();
  const lines: string[] = [];
  const log = createLineLogger({
    write: (line) => void lines.push(line),
    level: 'debug',
    now: () => 0,
  });
  let deviceCode = '';
  const fail = () =>
    void scan.sandbox.fault({ match: { path: PATH }, times: 1, do: { kind: 'drop' } });
  const app = await scan.run([fail, () => scan.sandbox.registration.approve()], {}, { log });
  const seen = [inspect(app, { depth: 9 }), JSON.stringify(app), ...lines].join('\n');
  expect(lines.length).toBeGreaterThan(0);
  expect(seen).not.toContain(app.appSecret.reveal());

  const server = await startStandIn(({ text }) => {
    const form = new URLSearchParams(text);
    deviceCode = 'device-code-device-code';
    if (form.get('action') === 'begin') {
      return {
        json: {
          device_code: deviceCode,
          verification_uri_complete: 'https://x/page?user_code=A-B',
        },
      };
    }
    const echo = form.get('device_code');
    return { status: 400, json: { error: 'mad', error_description: `no ${echo}` } };
  });
  const events: RegistrationEvent[] = [];
  const error = await failureOf(
    registerApp(
      { domain: server.url },
      { onEvent: (event) => void events.push(event), sleep: async () => undefined, log },
    ),
  );
  const shown = [inspect(error, { depth: 9 }), JSON.stringify(error), inspect(events), ...lines];
  expect(shown.join('\n')).not.toContain(deviceCode);
  expect((error as MoltbotFeishuError).message).toContain('no ***');
});
