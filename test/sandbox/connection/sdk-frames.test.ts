import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  FrameMethod,
  headerOf,
  headersFrom,
} from '../../../src/platform/connection/frames.ts';
import { waitFor } from '../../support/wait-for.ts';
import { listen } from '../sdk.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

it('the frames that the SDK sends are, byte for byte, those that we encode', async () => {
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo;
    const ClientConfig = {
      ReconnectCount: 0,
      ReconnectInterval: 1,
      ReconnectNonce: 0,
      PingInterval: 60,
    };
    const URL = `ws://127.0.0.1:${port}/?a=1&device_id=d&service_id=7`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: 0, msg: '', data: { URL, ClientConfig } }));
  });
  const wss = new WebSocketServer({ server });
  const received: Buffer[] = [];
  let socket: WebSocket | undefined;
  wss.on('connection', (connected) => {
    socket = connected;
    connected.on('message', (data: Buffer) => received.push(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    wss.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const listener = listen({
    url: `http://127.0.0.1:${port}`,
    appId: 'cli_0123456789abcdef',
    appSecret: 's',
  });
  cleanups.push(listener.close);
  await listener.ready;
  await waitFor(() => expect(received).toHaveLength(1));
  const event: Frame = {
    // The SDK (1.74.0) keeps uint64 as a number: larger ids come back rounded in its acknowledgement.
    seqId: 2n ** 53n - 1n,
    logId: 1n,
    service: 7,
    method: FrameMethod.data,
    headers: headersFrom({ type: 'event', message_id: 'm', sum: 1, seq: 0, trace_id: '跟踪' }),
    payloadEncoding: 'json',
    payloadType: 'event',
    payload: Buffer.from(
      '{"schema":"2.0","header":{"event_type":"im.message.receive_v1"},"event":{"message":{}}}',
    ),
    logIdNew: 'log',
  };
  socket?.send(encodeFrame(event));
  await waitFor(() => expect(received).toHaveLength(2));
  const [ping, ack] = received.map(decodeFrame);
  expect(ping).toMatchObject({ service: 7, method: FrameMethod.control });
  expect(ack).toMatchObject({ seqId: event.seqId, logId: event.logId, logIdNew: 'log' });
  expect(ack && headerOf(ack, 'trace_id')).toBe('跟踪');
  expect(Buffer.from(ack?.payload ?? []).toString()).toBe('{"code":200}');
  for (const bytes of received) expect(Buffer.from(encodeFrame(decodeFrame(bytes)))).toEqual(bytes);
});
