import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import * as Lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLongConnectionAgent } from '../../../src/platform/connection/long-connection-agent.ts';
import { waitFor } from '../../support/wait-for.ts';
import { testCertificate, testKey } from '../network/certificate.ts';
import { startConnectProxy } from '../network/connect-proxy.ts';
import { eventFrame, startRawPlatform } from '../raw-platform.ts';
import { APP_ID, SECRET } from '../stand-in.ts';

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
    await waitFor(() => expect(events).toEqual(['evt-1', 'evt-2']));
    await waitFor(() => expect(platform.received.length).toBeGreaterThan(0));
  });

  it('reaches the SDK through a proxy too', async () => {
    const platform = await startRawPlatform({ atOnce });
    const proxy = await startConnectProxy();
    const events = await connectSdk(
      platform.url,
      createLongConnectionAgent({ http_proxy: proxy.url }),
    );
    await waitFor(() => expect(events).toEqual(['evt-1', 'evt-2']));
    expect(proxy.targets).toEqual([new URL(platform.url).host]);
  });
});

it('leaves the proxy aside where NO_PROXY says so', async () => {
  const platform = await startRawPlatform({ atOnce: [eventFrame('evt-1')] });
  const proxy = await startConnectProxy();
  const env = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
  const events = await connectSdk(platform.url, createLongConnectionAgent(env));
  await waitFor(() => expect(events).toEqual(['evt-1']));
  expect(proxy.targets).toEqual([]);
});

/** A client through our agent, and the server's end of its line. */
async function connectPlain() {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });
  await new Promise<void>((resolve) => sockets.once('listening', resolve));
  const accepted = new Promise<WebSocket>((resolve) => sockets.on('connection', resolve));
  const agent = createLongConnectionAgent({});
  const { port } = sockets.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { agent });
  const received: string[] = [];
  client.on('message', (data) => received.push(String(data)));
  await new Promise((resolve) => client.once('open', resolve));
  return { agent, client, received, server: await accepted };
}

it('reads nothing more while it is held, and all of it, in order, when let go', async () => {
  const { agent, received, server } = await connectPlain();
  server.send('before');
  await waitFor(() => expect(received).toEqual(['before']));
  agent.hold();
  const messages = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(1000)}`);
  for (const message of messages) server.send(message);
  // Another line of the same kind is served meanwhile: what could have come would have.
  const other = await connectPlain();
  other.server.send('there');
  await waitFor(() => expect(other.received).toEqual(['there']));
  expect(received).toEqual(['before']);
  agent.letGo();
  await waitFor(() => expect(received.slice(1)).toEqual(messages));
});

it('sends what is written at one time as one piece, each with its answer', async () => {
  const { client, server } = await connectPlain();
  const { _socket: socket } = server as unknown as { _socket: Socket };
  const pieces: number[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece.length));
  const heard: string[] = [];
  server.on('message', (data) => heard.push(String(data)));
  const texts = Array.from({ length: 100 }, (_, index) => `answer ${index}`);
  const sent = texts.map(
    (text) => new Promise((resolve) => client.send(text, (error) => resolve(error ?? 'sent'))),
  );
  expect(await Promise.all(sent)).toEqual(texts.map(() => 'sent'));
  await waitFor(() => expect(heard).toEqual(texts));
  expect(pieces).toHaveLength(1);
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
