/**
 * An Open Platform that does as little as it can: it sends events, times their acknowledgements and
 * takes answers. The sandbox keeps a record of everything, and would be what is measured.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
} from '../src/platform/frames.ts';

export const benchApp = { appId: 'cli_0123456789abcdef', appSecret: 'bench' } as const;

export interface Offer {
  /** Events in all. */
  readonly count: number;
  /** Sent and not yet acknowledged at a time: a closed loop. */
  readonly inFlight?: number;
  /** Or sent so often, whatever comes back (events/s): an open one. */
  readonly perSecond?: number;
  readonly chats?: number;
  /** Length of the text (bytes). */
  readonly textBytes?: number;
}

/** Times in ms. */
export interface Offered {
  readonly acksPerSecond: number;
  readonly ackMs: Percentiles;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface BenchPlatform {
  readonly url: string;
  /** Resolves when a subject is connected. */
  readonly connected: Promise<void>;
  offer(offer: Offer): Promise<Offered>;
  /** Resolves when so many answers to what was offered last have come; from the event to its answer (ms). */
  answers(count: number): Promise<Percentiles>;
  close(): Promise<void>;
}

const fragmentBytes = 64 * 1024;

export async function startPlatform(): Promise<BenchPlatform> {
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const pending = new Map<string, (code: number) => void>();
  const sentAt = new Map<string, number>();
  let answerMs: number[] = [];
  let onAnswer: () => void = () => undefined;
  let socket: WebSocket | undefined;
  let serial = 0;
  let onConnected: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => {
    onConnected = resolve;
  });

  sockets.on('connection', (peer) => {
    socket = peer;
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
      pending.get(id)?.(Number(code));
      pending.delete(id);
    });
    // The SDK listens a tick after the socket has opened.
    peer.once('pong', onConnected);
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
      const URL = `ws://127.0.0.1:${port}/ws?device_id=1&service_id=2`;
      return reply({ code: 0, msg: '', data: { URL, ClientConfig } });
    }
    if (path.startsWith('/open-apis/im/v1/messages')) {
      // An answer may be to several events at once.
      for (const [, id = ''] of text.matchAll(/#(\d+)#/g)) {
        const since = sentAt.get(id);
        sentAt.delete(id);
        if (since !== undefined) answerMs.push(performance.now() - since);
      }
      onAnswer();
      const data = { message_id: `om_answer${serial}`, chat_id: 'oc_bench' };
      return reply({ code: 0, msg: 'success', data });
    }
    reply({ code: 0, msg: 'success', data: { online_instance_cnt: 1 } });
  }

  function send(chat: number, textBytes: number): Promise<number> {
    serial += 1;
    const id = String(serial);
    const payload = Buffer.from(JSON.stringify(eventBody(id, chat, textBytes)));
    const pieces = fragmentFrame(payload, fragmentBytes);
    return new Promise((resolve, reject) => {
      pending.set(id, (code) => {
        if (code === 200) resolve(performance.now() - start);
        else reject(new Error(`an event was answered with ${code}`));
      });
      const start = performance.now();
      sentAt.set(id, start);
      for (const [seq, piece] of pieces.entries()) {
        socket?.send(
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
      }
    });
  }

  async function closedLoop(offer: Offer, waits: number[]): Promise<void> {
    const { count, inFlight = 64, chats = 50, textBytes = 20 } = offer;
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        waits.push(await send(next % chats, textBytes));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  }

  async function openLoop(offer: Offer, perSecond: number, waits: number[]): Promise<void> {
    const { count, chats = 50, textBytes = 20 } = offer;
    const start = performance.now();
    const all: Promise<unknown>[] = [];
    while (all.length < count) {
      const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
      while (all.length < due) {
        all.push(send(all.length % chats, textBytes).then((ms) => waits.push(ms)));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(all);
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connected,
    async offer(offer) {
      sentAt.clear();
      answerMs = [];
      const waits: number[] = [];
      const start = performance.now();
      if (offer.perSecond === undefined) await closedLoop(offer, waits);
      else await openLoop(offer, offer.perSecond, waits);
      const seconds = (performance.now() - start) / 1000;
      return { acksPerSecond: offer.count / seconds, ackMs: percentiles(waits) };
    },
    async answers(count) {
      while (answerMs.length < count) {
        await new Promise<void>((resolve) => {
          onAnswer = resolve;
        });
      }
      return percentiles(answerMs);
    },
    async close() {
      for (const peer of sockets.clients) peer.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** Ids as long as the platform's own. */
function eventBody(id: string, chat: number, textBytes: number): object {
  const text = `#${id}# `.padEnd(textBytes, 'lorem ipsum ');
  const createTime = String(Date.now());
  return {
    schema: '2.0',
    header: {
      event_id: id.padStart(32, '0'),
      event_type: 'im.message.receive_v1',
      create_time: createTime,
      token: '',
      app_id: benchApp.appId,
      tenant_key: '0123456789abcdef',
    },
    event: {
      sender: {
        sender_id: {
          open_id: `ou_${String(chat).padStart(32, '0')}`,
          union_id: 'on_0',
          user_id: '',
        },
        sender_type: 'user',
        tenant_key: '0123456789abcdef',
      },
      message: {
        message_id: `om_${id.padStart(32, '0')}`,
        create_time: createTime,
        update_time: createTime,
        chat_id: `oc_${String(chat).padStart(32, '0')}`,
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
      },
    },
  };
}
