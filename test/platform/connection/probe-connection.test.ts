import { describe, expect, it } from 'vitest';
import { decodeFrame, headerOf } from '../../../src/platform/connection/frames.ts';
import { probeLongConnection } from '../../../src/platform/connection/probe-connection.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startConnectProxy } from '../network/connect-proxy.ts';
import { eventFrame, startRawPlatform } from '../raw-platform.ts';
import { clientOf, failureOf, startStandIn } from '../stand-in.ts';

it('opens, pings, hears the pong, and acknowledges nothing', async () => {
  const platform = await startRawPlatform({ pong: true });
  const result = await probeLongConnection(clientOf(platform.url));
  expect(result.pong).toBe(true);
  expect(result.handshakeMs).toBeGreaterThanOrEqual(0);
  const frames = platform.received.map(decodeFrame);
  expect(frames).toHaveLength(1);
  expect(headerOf(frames[0]!, 'type')).toBe('ping');
  expect(frames[0]?.service).toBe(7);
});

it('takes the handshake for proof, also where no pong comes', async () => {
  const platform = await startRawPlatform({ atOnce: [eventFrame('evt-1'), new Uint8Array([255])] });
  expect(await probeLongConnection(clientOf(platform.url), { pongTimeoutMs: 50 })).toMatchObject({
    pong: false,
  });
});

it('goes through the proxy', async () => {
  const platform = await startRawPlatform({ pong: true });
  const proxy = await startConnectProxy();
  const env = { HTTP_PROXY: proxy.url };
  const client = clientOf(platform.url, { env });
  expect((await probeLongConnection(client, { env })).pong).toBe(true);
  expect(proxy.targets).toHaveLength(2);
});

describe('a refused handshake', () => {
  it.each([
    [403, {}, 'app-not-ready', 6, 403],
    [
      401,
      {
        'handshake-status': '514',
        'handshake-msg': 'auth failed',
        'handshake-autherrcode': '1000040344',
      },
      'app-not-ready',
      6,
      1000040344,
    ],
    [
      400,
      { 'handshake-status': '514', 'handshake-autherrcode': '1000040350' },
      'too-many-connections',
      6,
      1000040350,
    ],
    [503, {}, 'platform-error', 4, 503],
  ])('%d %j', async (status, headers, code, exitCode, feishuCode) => {
    const platform = await startRawPlatform({ refuse: { status, headers: { ...headers } } });
    const error = await failureOf(probeLongConnection(clientOf(platform.url)));
    expect(error).toMatchObject({ code, exitCode, feishuCode });
    if ('handshake-msg' in headers) expect(String(error)).toContain('auth failed');
  });
});

describe('no handshake', () => {
  const endpoint = (url: string) => startStandIn(() => ({ json: { code: 0, data: { URL: url } } }));

  it('nobody listens', async () => {
    const server = await endpoint('ws://127.0.0.1:1/');
    expect(await failureOf(probeLongConnection(clientOf(server.url)))).toMatchObject({
      code: 'platform-unreachable',
      details: { reason: 'refused' },
    });
  });

  it('the proxy says no', async () => {
    const server = await endpoint('ws://elsewhere.example/');
    const proxy = await startConnectProxy(403);
    const env = { HTTP_PROXY: proxy.url };
    expect(await failureOf(probeLongConnection(clientOf(server.url), { env }))).toMatchObject({
      code: 'platform-unreachable',
      details: { reason: 'proxy-refused' },
    });
  });

  it('nobody answers, and the caller gives up', async () => {
    const server = await endpoint('ws://elsewhere.example/');
    const proxy = await startConnectProxy('hang');
    const env = { HTTP_PROXY: proxy.url };
    const client = clientOf(server.url);
    expect(await failureOf(probeLongConnection(client, { env, timeoutMs: 50 }))).toMatchObject({
      code: 'platform-unreachable',
      details: { reason: 'timeout' },
    });
    const abort = new AbortController();
    const probe = failureOf(probeLongConnection(client, { env, signal: abort.signal }));
    await waitFor(() => expect(proxy.targets.length).toBe(2));
    abort.abort();
    expect(await probe).toMatchObject({ code: 'cancelled' });
  });

  it('the connection is cut at once', async () => {
    const platform = await startRawPlatform({ closeAtOnce: true });
    expect(await failureOf(probeLongConnection(clientOf(platform.url)))).toMatchObject({
      code: expect.stringMatching(/^platform-(error|unreachable)$/),
      exitCode: 4,
    });
  });
});
