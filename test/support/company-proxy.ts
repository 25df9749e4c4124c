/**
 * A company's proxy that inspects TLS: it stands between the program and Feishu's and Lark's own
 * addresses, shows its own certificate, and a sandbox answers for both brands.
 */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { companyCertificate, companyKey } from './company-certificate.ts';

export type Brand = 'feishu' | 'lark';

export interface CompanyProxy {
  /** What a person behind the proxy has set: the proxy, and the certificate of the company. */
  readonly env: {
    readonly HTTPS_PROXY: string;
    readonly NODE_EXTRA_CA_CERTS: string;
  };
  /** `host:port` of each tunnel. */
  readonly tunnels: readonly string[];
}

export async function startCompanyProxy(options: {
  readonly sandbox: Sandbox;
  /** The directory that gets the certificate. */
  readonly home: string;
  /** The answer of a brand where it is not the sandbox's. */
  readonly answer: (brand: Brand, path: string) => object | undefined;
}): Promise<CompanyProxy> {
  const { sandbox, home } = options;
  const target = new URL(sandbox.url);
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const inspected = http.createServer((request, response) => {
    void forward(request, response).catch(() => response.destroy());
  });
  inspected.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    const onward = net.connect(Number(target.port), target.hostname, () => {
      const lines = [`GET ${request.url} HTTP/1.1`];
      for (let at = 0; at < request.rawHeaders.length; at += 2) {
        lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
      }
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.pipe(socket).pipe(onward);
    });
    keep(onward);
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  const proxy = http.createServer((_, response) => response.writeHead(400).end('only CONNECT'));
  proxy.on('connection', keep);
  proxy.on('connect', ({ url = '' }, socket: Socket) => {
    tunnels.push(url);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const secured = new tls.TLSSocket(socket, {
      isServer: true,
      key: companyKey,
      cert: companyCertificate,
    });
    keep(secured);
    inspected.emit('connection', secured);
  });

  function keep(socket: Socket): void {
    sockets.add(socket);
    // A client that does not trust the certificate ends the connection.
    socket.on('error', () => socket.destroy());
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '' } = request.headers;
    const brand: Brand = host.endsWith('.feishu.cn') ? 'feishu' : 'lark';
    const body = await bytesOf(request);
    const own = options.answer(brand, new URL(request.url ?? '/', sandbox.url).pathname);
    if (own) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(own));
      return;
    }
    const { method } = request;
    const headers = { ...request.headers, host: target.host };
    const onward = http.request(new URL(request.url ?? '/', sandbox.url), { method, headers });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    // The place of the long connection lies behind the proxy as well.
    const text = (await bytesOf(answer))
      .toString()
      .replaceAll(`ws://${target.host}`, `wss://${host}`);
    const { 'content-length': _length, ...kept } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, kept).end(text);
  }

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const certificate = join(home, 'company-ca.pem');
  await writeFile(certificate, companyCertificate);
  const { port } = proxy.address() as AddressInfo;
  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: certificate },
    tunnels,
  };
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
