/**
 * An Open Platform written apart from the program, so that the two share no misunderstanding: from the
 * protocol's description alone, over `ws` and protobufjs, without a line of `src/`.
 *
 * It delivers as badly as the real one may: to one random connection, again when it is not
 * acknowledged, twice when told, and every so often it takes a message and cuts the call short.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import {
  CONTROL,
  DATA,
  frameOf,
  headerIn,
  readFrame,
  SERVICE,
  type WireFrame,
} from './other-frames.ts';

type Json = Readonly<Record<string, unknown>>;

export interface OtherDelivery {
  readonly eventId: string;
  readonly sentAt: number;
  ackedAt?: number;
  ackCode?: number;
}

export interface OtherAnswer {
  readonly chatId: string;
  readonly text: string;
  readonly at: number;
}

export interface OtherPlatform {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  /** A person writes to the bot; each person has a chat of their own. */
  say(saying: {
    readonly text: string;
    readonly from: { readonly openId: string };
    readonly deliver: 'once' | 'twice';
    /** Fields of the event's header that differ from the usual ones. */
    readonly header?: Json;
  }): { readonly eventId: string; readonly chatId: string };
  dropConnections(): void;
  answers(): readonly OtherAnswer[];
  deliveries(): readonly OtherDelivery[];
  /** Calls that took effect and were cut short before their answer. */
  readonly cutShort: number;
  close(): Promise<void>;
}

/** @param redeliveryMs waits before the second, third, … attempt; the last one for all after it */
export async function otherPlatform(redeliveryMs: readonly number[]): Promise<OtherPlatform> {
  const [appId, appSecret] = ['cli_fedcba9876543210', 'a secret of the other platform'];
  const token = 't-of-the-other-platform';
  const deliveries: OtherDelivery[] = [];
  const answers: OtherAnswer[] = [];
  /** What each `uuid` has sent: asked again, it sends nothing. */
  const byUuid = new Map<string, Json>();
  const chatOf = new Map<string, string>();
  /** By the frame's own id, until it is acknowledged. */
  const underWay = new Map<string, { readonly delivery: OtherDelivery; again(): void }>();
  const timers = new Set<NodeJS.Timeout>();
  let count = 0;
  /** No two messages at one time: their order is that of sending. */
  let saidAt = 0;
  let cutShort = 0;

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const lines = new WebSocketServer({ server, path: '/long' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://other');
    const answer = (value: Json, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (pathname === '/open-apis/auth/v3/tenant_access_token/internal') {
      const isRight = body.app_id === appId && body.app_secret === appSecret;
      return isRight
        ? answer({ code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 })
        : answer({ code: 10014, msg: 'app secret invalid' }, 400);
    }
    if (pathname === '/callback/ws/endpoint') {
      const isRight = body.AppID === appId && body.AppSecret === appSecret;
      return answer(isRight ? lineOffer(port) : { code: 514, msg: 'auth failed' });
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      return answer({ code: 99991663, msg: 'token invalid' }, 400);
    }
    if (pathname === '/open-apis/bot/v3/info') {
      return answer({
        code: 0,
        msg: 'ok',
        bot: { activate_status: 2, app_name: 'Other', open_id: 'ou_other' },
      });
    }
    if (request.method === 'POST' && pathname === '/open-apis/im/v1/messages') {
      if (searchParams.get('receive_id_type') !== 'chat_id') {
        return answer({ code: 99992402, msg: 'field validation failed' }, 400);
      }
      const data = take(body);
      // Every now and then the call takes effect, and nobody is told.
      if (answers.length % CUT_EVERY === 0 && Math.random() < 0.5) {
        cutShort += 1;
        request.socket.destroy();
        return;
      }
      return answer({ code: 0, msg: 'success', data });
    }
    if (/^\/open-apis\/im\/v1\/messages\/[^/]+\/reactions(?:\/[^/]+)?$/.test(pathname)) {
      return answer({ code: 0, msg: 'success', data: { reaction_id: 'a-reaction' } });
    }
    response.writeHead(404).end('404 page not found');
  }

  function take(body: Json): Json {
    const uuid = String(body.uuid ?? '');
    const before = byUuid.get(uuid);
    if (uuid !== '' && before) return before;
    const chatId = String(body.receive_id);
    answers.push({ chatId, text: textOf(String(body.content)), at: Date.now() });
    const data = { message_id: `om_answer${answers.length}`, chat_id: chatId };
    byUuid.set(uuid, data);
    return data;
  }

  lines.on('connection', (line) => {
    line.on('message', (bytes: Buffer) => {
      const frame = readFrame(bytes);
      if (frame.method === CONTROL) {
        if (headerIn(frame, 'type') === 'ping') line.send(frameOf(CONTROL, { type: 'pong' }, {}));
      } else acknowledge(frame);
    });
  });

  function acknowledge(frame: WireFrame): void {
    const id = headerIn(frame, 'message_id') ?? '';
    const { code } = JSON.parse(Buffer.from(frame.payload).toString()) as { code: number };
    const { delivery, again } = underWay.get(id) ?? {};
    underWay.delete(id);
    if (!delivery) return;
    delivery.ackedAt = Date.now();
    delivery.ackCode = code;
    if (code !== 200) again?.();
  }

  /** To one of the connections at random, and again until it is acknowledged. */
  function deliver(event: Json, eventId: string, attempt = 0): void {
    const open = [...lines.clients].filter(({ readyState, OPEN }) => readyState === OPEN);
    const line = open[Math.floor(Math.random() * open.length)];
    const waitMs = redeliveryMs[Math.min(attempt, redeliveryMs.length - 1)] ?? 1000;
    const id = `frame-${++count}`;
    let isAgain = false;
    const again = (): void => {
      if (isAgain) return;
      isAgain = true;
      later(waitMs, () => deliver(event, eventId, attempt + 1));
    };
    if (!line) {
      again();
      return;
    }
    const delivery: OtherDelivery = { eventId, sentAt: Date.now() };
    deliveries.push(delivery);
    underWay.set(id, { delivery, again });
    const headers = { type: 'event', message_id: id, sum: '1', seq: '0', trace_id: id };
    line.send(frameOf(DATA, headers, event));
    // What is acknowledged after this counts, and what comes again is a duplicate.
    later(ACK_MS, () => {
      if (underWay.has(id)) again();
    });
  }

  function later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, ms);
    timers.add(timer);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    appId,
    appSecret,
    say({ text, from: { openId }, deliver: times, header = {} }) {
      saidAt = Math.max(saidAt + 1, Date.now());
      const now = String(saidAt);
      const number = ++count;
      const [eventId, messageId] = [`event-${number}`, `om_question${number}`];
      const chatId = chatOf.get(openId) ?? `oc_other${chatOf.size}`;
      chatOf.set(openId, chatId);
      const event = {
        schema: '2.0',
        header: {
          event_id: eventId,
          event_type: 'im.message.receive_v1',
          create_time: now,
          token: '',
          app_id: appId,
          tenant_key: 'other',
          ...header,
        },
        event: {
          sender: { sender_id: { open_id: openId }, sender_type: 'user', tenant_key: 'other' },
          message: {
            message_id: messageId,
            create_time: now,
            chat_id: chatId,
            chat_type: 'p2p',
            message_type: 'text',
            content: JSON.stringify({ text }),
          },
        },
      };
      deliver(event, eventId);
      if (times === 'twice') deliver(event, eventId);
      return { eventId, chatId };
    },
    dropConnections() {
      for (const line of lines.clients) line.terminate();
    },
    answers: () => answers,
    deliveries: () => deliveries,
    get cutShort() {
      return cutShort;
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const line of lines.clients) line.terminate();
      lines.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An event that is not acknowledged within this time (ms) is sent again. */
const ACK_MS = 3000;
/** Of so many messages that are taken, one may be cut short. */
const CUT_EVERY = 20;

function lineOffer(port: number): Json {
  return {
    code: 0,
    msg: 'ok',
    data: {
      URL: `ws://127.0.0.1:${port}/long?device_id=1&service_id=${SERVICE}`,
      ClientConfig: {
        ReconnectCount: -1,
        ReconnectInterval: 1,
        ReconnectNonce: 1,
        PingInterval: 30,
      },
    },
  };
}

/** What a person reads in a text message, or in a post. */
function textOf(content: string): string {
  const { text, zh_cn: post } = JSON.parse(content) as {
    text?: string;
    zh_cn?: { content: { text?: string }[][] };
  };
  return (
    text ??
    post?.content
      .flat()
      .map((piece) => piece.text ?? '')
      .join('') ??
    ''
  );
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const piece of request) text += piece;
  return text === '' ? {} : (JSON.parse(text) as Json);
}
