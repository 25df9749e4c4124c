import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import * as Lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLongConnectionAgent } from '../../src/platform/long-connection-agent.ts';
import { testCertificate, testKey } from './certificate.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { eventFrame, startRawPlatform } from './raw-platform.ts';
import { APP_ID, SECRET } from './stand-in.ts';

/** The real SDK, connected; returns the events it hands over, as they come. */
async function connectSdk(domain: string, agent: http.Agent | undefined) {
  const events: string[] = [];
  const ready = new Promise<void>((resolve) => {
    const client = new Lark.WSClient({
      appId: APP_ID,
      appSecret: SECRET,
      domain,
      loggerLevel: Lark.LoggerLevel.error,
      onReady: resolve,
      ...(agent && { agent }),
    });
    onTestFinished(() => client.close());
    void client.start({
      eventDispatcher: new Lark.EventDispatcher({
        loggerLevel: Lark.LoggerLevel.error,
      }).register({
        'im.message.receive_v1': (data) => {
          events.push((data as { event_id?: string }).event_id ?? '');
        },
      }),
    });
  });
  await ready;
  return events;
}

/** Lets everything run that is due: frames already here have been handed over or lost. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('an event in the same TCP write as the answer to the upgrade', () => {
  const atOnce = [eventFrame('evt-1'), eventFrame('evt-2')];

  it('is lost by the SDK alone', async () => {
    const platform = await startRawPlatform({ atOnce });
    const events = await connectSdk(platform.url, new http.Agent());
    await settle();
    expect(events).toEqual([]);
    expect(platform.upgrades).toBe(1);
  });

  it('reaches the SDK with our agent', async () => {
    const platform = await startRawPlatform({ atOnce });
    const events = await connectSdk(platform.url, createLongConnectionAgent({}));
    await expect.poll(() => events).toEqual(['evt-1', 'evt-2']);
    await expect.poll(() => platform.received.length).toBeGreaterThan(0);
  });

  it('reaches the SDK through a proxy too', async () => {
    const platform = await startRawPlatform({ atOnce });
    const proxy = await startConnectProxy();
    const events = await connectSdk(
      platform.url,
      createLongConnectionAgent({ http_proxy: proxy.url }),
    );
    await expect.poll(() => events).toEqual(['evt-1', 'evt-2']);
    expect(proxy.targets).toEqual([new URL(platform.url).host]);
  });
});

it('leaves the proxy aside where NO_PROXY says so', async () => {
  const platform = await startRawPlatform({ atOnce: [eventFrame('evt-1')] });
  const proxy = await startConnectProxy();
  const env = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
  const events = await connectSdk(platform.url, createLongConnectionAgent(env));
  await expect.poll(() => events).toEqual(['evt-1']);
  expect(proxy.targets).toEqual([]);
});

describe.each(['directly', 'through a proxy'])('wss, %s', (way) => {
  it('checks the certificate against the host’s name', async () => {
    const server = https.createServer({ key: testKey, cert: testCertificate });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => socket.send('hello'));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    onTestFinished(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    });
    const proxy = await startConnectProxy();
    const env = way === 'directly' ? {} : { HTTPS_PROXY: proxy.url };
    const { port } = server.address() as AddressInfo;
    const open = (options: object): WebSocket =>
      new WebSocket(`wss://localhost:${port}`, {
        agent: createLongConnectionAgent(env),
        ...options,
      });

    const trusting = open({ ca: testCertificate });
    const hello = await new Promise((resolve, reject) => {
      trusting.on('message', (data) => resolve(String(data)));
      trusting.on('error', reject);
    });
    expect(hello).toBe('hello');
    trusting.terminate();

    const distrusting = open({});
    const error = await new Promise((resolve) => distrusting.on('error', resolve));
    expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(proxy.targets).toHaveLength(way === 'directly' ? 0 : 2);
  });
});
