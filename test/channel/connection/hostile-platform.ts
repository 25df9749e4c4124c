/** A platform that hands out an address, and sends over the WebSocket whatever a test wants. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { encodeFrame, FrameMethod, headersFrom } from '../../../src/platform/connection/frames.ts';
import { cleanUp } from '../harness.ts';

export interface HostilePlatform {
  readonly url: string;
  /** Connections so far. */
  readonly connections: number;
  /** Sends to the newest connection. */
  send(bytes: Uint8Array | string): void;
}

export async function hostilePlatform(
  answer: (url: string) => unknown = (url) => ({ code: 0, data: { URL: url } }),
): Promise<HostilePlatform> {
  const sockets: WebSocket[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const { port } = server.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}/socket?device_id=1&service_id=2`;
    response.end(JSON.stringify(answer(url)));
  });
  const wss = new WebSocketServer({ server });
  wss.on('connection', (socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp(() => {
    for (const socket of sockets) socket.terminate();
    wss.close();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return sockets.length;
    },
    send: (bytes) => sockets.at(-1)?.send(bytes),
  };
}

/** An event's frame with these headers beside its type. */
export function eventFrame(
  headers: Readonly<Record<string, string | number>>,
  payload: Uint8Array | string,
): Uint8Array {
  return encodeFrame({
    seqId: 0n,
    logId: 0n,
    service: 2,
    method: FrameMethod.data,
    headers: headersFrom({
      type: 'event',
      message_id: 'm',
      sum: 1,
      seq: 0,
      trace_id: 't',
      ...headers,
    }),
    payload: Buffer.from(payload),
  });
}

export function pongFrame(payload: string): Uint8Array {
  return encodeFrame({
    seqId: 0n,
    logId: 0n,
    service: 2,
    method: FrameMethod.control,
    headers: headersFrom({ type: 'pong' }),
    payload: Buffer.from(payload),
  });
}

export const messageEvent = (eventId: string): string =>
  JSON.stringify({
    schema: '2.0',
    header: { event_id: eventId, event_type: 'im.message.receive_v1' },
    event: { sender: {}, message: {} },
  });
