/** A raw WebSocket server for the running test: writes bytes exactly when the test wants them. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { encodeFrame, FrameMethod, headersFrom } from '../../src/platform/connection/frames.ts';
import { APP_ID } from './stand-in.ts';

/** An event as the platform frames it. */
export function eventFrame(eventId: string): Uint8Array {
  const event = {
    schema: '2.0',
    header: {
      event_id: eventId,
      event_type: 'im.message.receive_v1',
      create_time: '1',
      token: '',
      app_id: APP_ID,
      tenant_key: 't',
    },
    event: { message: { message_id: 'om_1' } },
  };
  return encodeFrame({
    seqId: 1n,
    logId: 1n,
    service: 1,
    method: FrameMethod.data,
    headers: headersFrom({
      type: 'event',
      message_id: `m-${eventId}`,
      sum: 1,
      seq: 0,
      trace_id: 'trace',
    }),
    payload: Buffer.from(JSON.stringify(event)),
  });
}

/** The bytes of an unmasked binary WebSocket message under 64 KiB (RFC 6455, 5.2). */
function wsMessage(payload: Uint8Array): Buffer {
  const head = Buffer.from([0x82, 126, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

export interface RawPlatform {
  readonly url: string;
  /** How many WebSockets were opened. */
  readonly upgrades: number;
  /** What clients sent, decoded WebSocket messages. */
  readonly received: Uint8Array[];
}

/**
 * An endpoint that answers the upgrade and, in the same TCP write, the given frames.
 *
 * @param pong whether pings (protobuf ones) are answered
 */
export async function startRawPlatform(options: {
  readonly atOnce?: readonly Uint8Array[];
  readonly pong?: boolean;
  readonly refuse?: { readonly status: number; readonly headers: Record<string, string> };
  readonly closeAtOnce?: boolean;
}): Promise<RawPlatform> {
  const received: Uint8Array[] = [];
  const sockets = new Set<Socket>();
  let upgrades = 0;
  const server = http.createServer((req, res) => {
    req.resume();
    const { port } = server.address() as AddressInfo;
    const answer = req.url?.includes('tenant_access_token')
      ? { code: 0, tenant_access_token: 't-1', expire: 7200 }
      : {
          code: 0,
          msg: 'ok',
          data: {
            URL: `ws://127.0.0.1:${port}/ws?device_id=1&service_id=7`,
            ClientConfig: {
              ReconnectCount: 0,
              ReconnectInterval: 60,
              ReconnectNonce: 0,
              PingInterval: 60,
            },
          },
        };
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(answer));
  });
  const frames = new WebSocketServer({ noServer: true });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (req, socket: Socket, head) => {
    upgrades++;
    if (options.refuse) {
      const { status, headers } = options.refuse;
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} No\r\n${lines.join('')}connection: close\r\n\r\n`);
      return;
    }
    if (options.atOnce) {
      const accept = createHash('sha1')
        .update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      const answer = `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(answer), ...options.atOnce.map(wsMessage)]));
      socket.on('data', (bytes) => received.push(bytes));
      return;
    }
    frames.handleUpgrade(req, socket, head, (ws) => {
      if (options.closeAtOnce) ws.terminate();
      ws.on('message', (data: Buffer) => {
        received.push(data);
        if (!options.pong) return;
        ws.send(eventFrame('evt-unanswered'));
        ws.send(
          encodeFrame({
            seqId: 0n,
            logId: 0n,
            service: 7,
            method: FrameMethod.control,
            headers: headersFrom({ type: 'pong' }),
          }),
        );
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get upgrades() {
      return upgrades;
    },
  };
}
