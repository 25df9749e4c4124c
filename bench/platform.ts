/**
 * An Open Platform that does as little as it can: it sends events, times their acknowledgements and
 * takes answers. The sandbox keeps a record of everything, and would be what is measured.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  decodeFrame,
  encodeFrame,
  FrameMethod,
  fragmentFrame,
  headerOf,
  headersFrom,
} from '../src/platform/connection/frames.ts';
import { Answers, type Counted } from './answers.ts';
import { eventBody } from './event-body.ts';
import { type Percentiles, percentiles } from './percentiles.ts';

export interface Offer {
  /** Events in all. */
  readonly count: number;
  /** Sent and not yet acknowledged at a time: a closed loop. */
  readonly inFlight?: number;
  /** Or sent so often, whatever comes back (events/s): an open one. */
  readonly perSecond?: number;
  readonly chats?: number;
  /** The number of the first chat: 0, if not said. */
  readonly firstChat?: number;
  /** Length of the text (bytes). */
  readonly textBytes?: number;
}

/** Times in ms. */
export interface Offered {
  readonly acksPerSecond: number;
  readonly ackMs: Percentiles;
}

export interface BenchPlatform {
  readonly url: string;
  /** Resolves when a subject is connected, or is so already. */
  connected(): Promise<void>;
  /** What is not acknowledged when the line breaks is sent again over the next one. */
  offer(offer: Offer): Promise<Offered>;
  /**
   * Resolves when so many events of those offered last are answered, or `quietMs` have gone by
   * without an answer; from the event to its answer (ms).
   */
  answers(count: number, quietMs?: number): Promise<Percentiles>;
  /** How many of the events offered last were answered in one message, in none, in several. */
  counted(): Counted;
  close(): Promise<void>;
}

const fragmentBytes = 64 * 1024;

interface Sent {
  readonly frames: readonly Uint8Array[];
  acknowledged(code: number): void;
}

/** @param tls for subjects that talk to an https:// platform only */
export async function startPlatform(tls?: {
  readonly key: string;
  readonly cert: string;
}): Promise<BenchPlatform> {
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response);
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  const secure = tls === undefined ? '' : 's';
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const pending = new Map<string, Sent>();
  const answers = new Answers();
  let socket: WebSocket | undefined;
  let serial = 0;
  let onConnected: () => void = () => undefined;

  sockets.on('connection', (peer) => {
    peer.on('message', (data: Buffer) => {
      const frame = decodeFrame(data);
      if (frame.method !== FrameMethod.data) {
        peer.send(
          encodeFrame({
            ...frame,
            headers: headersFrom({ type: 'pong' }),
            payload: Buffer.from('{"PingInterval":120}'),
          }),
        );
        return;
      }
      const id = headerOf(frame, 'message_id') ?? '';
      const code = /"code":\s*(\d+)/.exec(Buffer.from(frame.payload ?? []).toString())?.[1];
      pending.get(id)?.acknowledged(Number(code));
      pending.delete(id);
    });
    // The SDK listens a tick after the socket has opened.
    peer.once('pong', () => {
      socket = peer;
      for (const { frames } of pending.values()) for (const frame of frames) peer.send(frame);
      onConnected();
    });
    peer.once('close', () => {
      if (socket === peer) socket = undefined;
    });
    peer.ping();
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += piece;
    const reply = (value: unknown): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const { port } = server.address() as AddressInfo;
    const path = request.url?.split('?')[0] ?? '';
    if (path.endsWith('/tenant_access_token/internal')) {
      return reply({ code: 0, msg: 'ok', tenant_access_token: 't-bench', expire: 7200 });
    }
    if (path === '/open-apis/bot/v3/info') {
      const bot = { activate_status: 2, app_name: 'Bench', open_id: 'ou_bench' };
      return reply({ code: 0, msg: 'ok', bot });
    }
    if (path === '/callback/ws/endpoint') {
      const ClientConfig = {
        ReconnectCount: -1,
        ReconnectInterval: 1,
        ReconnectNonce: 0,
        PingInterval: 120,
      };
      const URL = `ws${secure}://127.0.0.1:${port}/ws?device_id=1&service_id=2`;
      return reply({ code: 0, msg: '', data: { URL, ClientConfig } });
    }
    if (/^\/open-apis\/(?:im\/v1\/messages|cardkit)/.test(path)) {
      return reply({ code: 0, msg: 'success', data: answers.take(path, text) });
    }
    reply({ code: 0, msg: 'success', data: { online_instance_cnt: 1 } });
  }

  function send(chat: number, textBytes: number): Promise<number> {
    serial += 1;
    const id = String(serial);
    const payload = Buffer.from(JSON.stringify(eventBody(id, chat, textBytes)));
    const pieces = fragmentFrame(payload, fragmentBytes);
    const frames = pieces.map((piece, seq) =>
      encodeFrame({
        seqId: 0n,
        logId: 0n,
        service: 2,
        method: FrameMethod.data,
        headers: headersFrom({
          type: 'event',
          message_id: id,
          sum: pieces.length,
          seq,
          trace_id: id,
        }),
        payloadEncoding: 'json',
        payloadType: 'event',
        payload: piece,
        logIdNew: id,
      }),
    );
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const acknowledged = (code: number): void => {
        if (code === 200) resolve(performance.now() - start);
        else reject(new Error(`an event was answered with ${code}`));
      };
      pending.set(id, { frames, acknowledged });
      answers.sent(id, start);
      for (const frame of frames) socket?.send(frame);
    });
  }

  async function closedLoop(offer: Offer, waits: number[]): Promise<void> {
    const { count, inFlight = 64, chats = 50, firstChat = 0, textBytes = 20 } = offer;
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        waits.push(await send(firstChat + (next % chats), textBytes));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  }

  async function openLoop(offer: Offer, perSecond: number, waits: number[]): Promise<void> {
    const { count, chats = 50, firstChat = 0, textBytes = 20 } = offer;
    const start = performance.now();
    const all: Promise<unknown>[] = [];
    while (all.length < count) {
      const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
      while (all.length < due) {
        all.push(send(firstChat + (all.length % chats), textBytes).then((ms) => waits.push(ms)));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(all);
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http${secure}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async connected() {
      while (socket === undefined) {
        await new Promise<void>((resolve) => {
          onConnected = resolve;
        });
      }
    },
    async offer(offer) {
      answers.clear();
      const waits: number[] = [];
      const start = performance.now();
      if (offer.perSecond === undefined) await closedLoop(offer, waits);
      else await openLoop(offer, offer.perSecond, waits);
      const seconds = (performance.now() - start) / 1000;
      return { acksPerSecond: offer.count / seconds, ackMs: percentiles(waits) };
    },
    answers: (count, quietMs) => answers.wait(count, quietMs),
    counted: () => answers.counted(),
    async close() {
      for (const peer of sockets.clients) peer.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
