/**
 * The HTTP shell: one listening port, faults, routes, recording; upgrades are handed on.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Fault, type Faults, isBodyFault } from '../state/faults.ts';
import type { Answer } from './answers.ts';
import { parseObject } from './call.ts';
import { maskPath, maskSecrets, type RecordedCall } from './recording.ts';
import { write } from './writing.ts';

export interface IncomingCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface SandboxServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly now: () => number;
  readonly faults: Faults;
  readonly answer: (call: IncomingCall) => Promise<Answer>;
  readonly upgrade: (request: IncomingMessage, url: URL, socket: Duplex, head: Buffer) => void;
  readonly onCall: (call: RecordedCall) => void;
  /** Control calls meet no fault and are not recorded. */
  readonly isControl: (path: string) => boolean;
}

export interface SandboxServer {
  readonly port: number;
  refuse(on: boolean): void;
  close(): Promise<void>;
}

/** Uploads may be 30 MB; nothing the platform takes is larger. */
const maxBodyBytes = 40 * 1024 * 1024;

/** Starts listening. Throws what `listen` throws (EADDRINUSE). */
export async function startServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const { tls } = options;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response).catch(() => request.socket.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    // Until the handshake is answered there is no other listener, and an unheard error ends the process.
    socket.on('error', () => socket.destroy());
    openSocket(request, socket, head).catch(() => socket.destroy());
  });
  await listen(server, options.port, options.host);
  // Listening again may fail where the port was taken meanwhile: the sandbox stays, unreachable.
  server.on('error', () => undefined);
  const { port } = server.address() as AddressInfo;

  const later = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });

  /** `undefined` where the request line holds no URL (`GET //[`). */
  function urlOf(request: IncomingMessage): URL | undefined {
    const [target, base] = [request.url ?? '/', `http://${options.host}:${port}`];
    return URL.canParse(target, base) ? new URL(target, base) : undefined;
  }

  function record(request: IncomingMessage, url: URL, body: Buffer, status: number): void {
    options.onCall({
      method: request.method ?? '',
      path: maskPath(url.pathname + url.search),
      body: body.length === 0 ? undefined : maskSecrets(parseObject(body.toString('utf8'))),
      bodyBytes: body.length,
      status,
      at: options.now(),
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    const plain = { fault: undefined, later };
    if (!url) return write(response, { status: 400, body: 'not a URL' }, plain);
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    const call: IncomingCall = { method, url, headers: request.headers, body };
    if (options.isControl(url.pathname)) return write(response, await options.answer(call), plain);
    const fault = options.faults.take(method, url.pathname);
    const answer = await answerUnder(fault, call, later, options.answer);
    record(request, url, body, answer === 'hang' || answer === 'cut' ? 0 : answer.status);
    if (answer === 'hang') return;
    if (answer === 'cut') request.socket.destroy();
    else await write(response, answer, isBodyFault(fault) ? { fault, later } : plain);
  }

  async function openSocket(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = urlOf(request);
    if (!url) return refuseUpgrade(socket, 400);
    const fault = options.faults.take('GET', url.pathname);
    if (fault?.kind === 'hang') {
      // Read on, or the peer's leaving would never be noticed.
      socket.on('error', () => socket.destroy()).on('end', () => socket.destroy());
      socket.resume();
      return record(request, url, head, 0);
    }
    if (fault?.kind === 'delay') await later(fault.ms);
    else if (fault !== undefined && !isBodyFault(fault)) {
      const refused = fault.kind === 'status' ? fault.status : fault.kind === 'drop' ? 0 : 400;
      record(request, url, head, refused);
      return refused === 0 ? void socket.destroy() : refuseUpgrade(socket, refused);
    }
    record(request, url, head, 101);
    options.upgrade(request, url, socket, head);
  }

  return {
    port,
    refuse(on) {
      if (on && server.listening) {
        server.close();
        // An idle keep-alive connection would let a call through all the same.
        server.closeIdleConnections();
      } else if (!on && !server.listening) server.listen(port, options.host);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Answers a handshake with an HTTP status instead of 101. */
export function refuseUpgrade(socket: Duplex, status: number, reason = 'Refused'): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function answerUnder(
  fault: Fault | undefined,
  call: IncomingCall,
  later: (ms: number) => Promise<void>,
  proper: (call: IncomingCall) => Promise<Answer>,
): Promise<Answer | 'hang' | 'cut'> {
  switch (fault?.kind) {
    case undefined:
    case 'slow':
    case 'stall':
    case 'cut':
    case 'wrong-length':
      return proper(call);
    case 'delay':
      await later(fault.ms);
      return proper(call);
    case 'hang':
      return 'hang';
    case 'drop':
      if (fault.after === true) await proper(call);
      return 'cut';
    case 'status':
      return {
        status: fault.status,
        body: fault.body ?? '',
        ...(fault.headers && { headers: fault.headers }),
      };
    case 'code':
      return {
        status: fault.status ?? 400,
        body: { code: fault.code, msg: fault.msg },
        ...(fault.headers && { headers: fault.headers }),
      };
    case 'malformed':
      return { status: 200, body: malformedBody[fault.as ?? 'html'] };
    default:
      return fault satisfies never;
  }
}

const malformedBody = {
  html: '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body></body></html>',
  truncated: Buffer.from('{"code":0,"msg":"success","data":{"mess'),
  'no-data': { code: 0, msg: 'success' },
  empty: '',
} as const;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
