/**
 * The long connections: the endpoint that hands out URLs, the handshake, frames, ping and pong
 * (docs/platform/connection.md).
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  FrameMethod,
  headerOf,
  headersFrom,
  MAX_FRAGMENTS,
} from '../../platform/connection/frames.ts';
import { CONNECTIONS_PER_APP } from '../../platform/limits.ts';
import { isAllowedAddress } from '../api/router.ts';
import type { Answer } from '../http/answers.ts';
import { jsonBody, type Route, stringField } from '../http/call.ts';
import { refuseUpgrade } from '../http/server.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { hex } from '../state/ids.ts';

/** Seconds, as the endpoint and each pong tell them. */
export interface ClientConfig {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
}

export interface Connection {
  readonly id: number;
  readonly app: SandboxApp;
  send(frame: Frame): void;
}

export interface ConnectionOptions {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly callerAddress: string;
  readonly clientConfig: ClientConfig;
  /** Sends waiting events in the tick of the handshake: the SDK loses them (docs/platform/connection.md#traps-of-the-sdk). */
  readonly eagerDelivery: boolean;
  /** `ws://host:port` of this sandbox. */
  readonly wsUrl: () => string;
  readonly onReady: (connection: Connection) => void;
  readonly onAck: (connection: Connection, frame: Frame) => void;
  readonly onGone: (connection: Connection) => void;
}

export interface Connections {
  readonly routes: readonly Route[];
  upgrade(request: IncomingMessage, url: URL, socket: Duplex, head: Buffer): void;
  /** Connections that events may go to. */
  ready(app: SandboxApp): Connection[];
  count(appId?: string): number;
  drop(appId?: string): number;
  /** While muted, connections stay open and nothing is heard or answered: a dead peer. */
  mute(on: boolean): void;
}

/** Enough for the frames of a client: acknowledgements, pings and their headers (bytes). */
const MAX_FRAME_BYTES = 1024 * 1024;
const socketPath = '/callback/ws/v2';
/** A peer that answers no WebSocket ping counts as listening after this. */
const listensAfterMs = 250;

export function createConnections(options: ConnectionOptions): Connections {
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  const tickets = new Map<string, SandboxApp>();
  const open = new Map<Connection, { readonly socket: WebSocket; ready: boolean }>();
  let nextId = 1;
  let muted = false;

  const of = (appId?: string): Connection[] =>
    [...open.keys()].filter(({ app }) => appId === undefined || app.appId === appId);

  function accept(app: SandboxApp, socket: WebSocket): void {
    const connection: Connection = {
      id: nextId++,
      app,
      send: (frame) => {
        if (!muted && socket.readyState === socket.OPEN) socket.send(encodeFrame(frame));
      },
    };
    const state = { socket, ready: false };
    open.set(connection, state);
    const listening = (): void => {
      clearTimeout(timer);
      if (state.ready || !open.has(connection)) return;
      state.ready = true;
      options.onReady(connection);
    };
    // The pong to a WebSocket ping proves that the peer reads: what goes out after it is heard.
    const timer = setTimeout(listening, listensAfterMs);
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => {
      if (!muted) hear(connection, data, socket);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      open.delete(connection);
      options.onGone(connection);
    });
    if (options.eagerDelivery) listening();
    else {
      socket.once('pong', listening);
      socket.ping();
    }
  }

  function hear(connection: Connection, data: Buffer, socket: WebSocket): void {
    const frame = frameIn(data);
    if (!frame) socket.close(1002, 'not a frame');
    else if (Number(headerOf(frame, 'sum') ?? 1) > MAX_FRAGMENTS) {
      socket.close(1002, 'too many fragments');
    } else if (frame.method === FrameMethod.data) options.onAck(connection, frame);
    else if (headerOf(frame, 'type') === 'ping') {
      connection.send({
        ...frame,
        headers: headersFrom({ type: 'pong' }),
        payload: Buffer.from(JSON.stringify(options.clientConfig)),
      });
    }
  }

  function endpoint(appId: string, appSecret: string): Answer {
    const refuse = (code: number, msg: string): Answer => ({
      status: 200,
      body: { code, msg, data: {} },
    });
    const app = options.apps.get(appId);
    if (!app || app.appSecret !== appSecret) {
      return refuse(1000040345, 'app_id or app_secret is invalid');
    }
    if (!isAllowedAddress(app, options.callerAddress)) {
      return { status: 400, body: { code: 400, msg: 'Bad Request' } };
    }
    if (app.state.status === 'disabled' || app.state.kind === 'store') {
      return refuse(403, 'forbidden');
    }
    if (!app.state.published) return refuse(1000040345, 'system busy');
    if (of(appId).length >= CONNECTIONS_PER_APP) {
      return refuse(1000040350, 'the number of connections exceeded the limit');
    }
    const ticket = hex(32);
    tickets.set(ticket, app);
    // The first parameter is not device_id: the SDK parses the whole URL as one query string.
    const query = new URLSearchParams({
      fpid: '493',
      aid: '552564',
      device_id: hex(16),
      access_key: hex(32),
      service_id: '33554678',
      ticket,
    });
    return {
      status: 200,
      body: {
        code: 0,
        msg: '',
        data: {
          URL: `${options.wsUrl()}${socketPath}?${query}`,
          ClientConfig: options.clientConfig,
        },
      },
    };
  }

  return {
    routes: [
      {
        method: 'POST',
        path: '/callback/ws/endpoint',
        access: 'open',
        handle: (call) => {
          const body = jsonBody(call);
          if (!body) return { status: 400, body: { code: 400, msg: 'Bad Request' } };
          return endpoint(stringField(body, 'AppID'), stringField(body, 'AppSecret'));
        },
      },
      {
        method: 'GET',
        path: '/open-apis/event/v1/connection',
        access: 'app',
        scopes: [],
        handle: ({ app }) => ({
          status: 200,
          body: { code: 0, msg: 'success', data: { online_instance_cnt: of(app.appId).length } },
        }),
      },
    ],
    upgrade(request, url, socket, head) {
      const app = tickets.get(url.searchParams.get('ticket') ?? '');
      if (url.pathname !== socketPath) return refuseUpgrade(socket, 404);
      if (!app) return refuseUpgrade(socket, 401);
      if (of(app.appId).length >= CONNECTIONS_PER_APP) return refuseUpgrade(socket, 400);
      wss.handleUpgrade(request, socket, head, (webSocket) => accept(app, webSocket));
    },
    ready: (app) => of(app.appId).filter((connection) => open.get(connection)?.ready === true),
    count: (appId) => of(appId).length,
    drop(appId) {
      const dropped = of(appId);
      for (const connection of dropped) open.get(connection)?.socket.terminate();
      return dropped.length;
    },
    mute(on) {
      muted = on;
    },
  };
}

function frameIn(data: Buffer): Frame | undefined {
  try {
    return decodeFrame(data);
  } catch {
    // Nothing is lost: a connection that does not speak the protocol is closed for it.
    return undefined;
  }
}
