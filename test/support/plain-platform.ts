/**
 * An Open Platform that shares no code with the embedded sandbox: plain HTTP and WebSocket, just
 * what the wire protocol asks for.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

export const plainApp = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'S3cr3t-of-the-plain-platform',
};

export interface PlainPlatform {
  readonly url: string;
  readonly calls: string[];
}

/** @param failing answers 500 with an HTML body to everything */
export async function plainPlatform(failing = false): Promise<PlainPlatform> {
  const calls: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    calls.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (failing) {
      response
        .writeHead(500, { 'content-type': 'text/html' })
        .end('<h1>Internal Server Error</h1>');
      return;
    }
    const answer = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (request.url?.split('?')[0]) {
      case '/open-apis/auth/v3/tenant_access_token/internal':
        answer(
          body.app_id !== plainApp.appId
            ? { code: 10014, msg: 'app id not exists' }
            : body.app_secret !== plainApp.appSecret
              ? { code: 10014, msg: 'app secret invalid' }
              : { code: 0, msg: 'ok', tenant_access_token: 't-plain', expire: 7200 },
        );
        return;
      case '/open-apis/bot/v3/info':
        answer({
          code: 0,
          msg: 'ok',
          bot: { activate_status: 2, app_name: 'Plain', open_id: 'ou_plain' },
        });
        return;
      case '/callback/ws/endpoint': {
        const { port } = server.address() as AddressInfo;
        answer({
          code: 0,
          msg: '',
          data: {
            URL: `ws://127.0.0.1:${port}/ws?device_id=1&service_id=2`,
            ClientConfig: {
              ReconnectCount: -1,
              ReconnectInterval: 120,
              ReconnectNonce: 30,
              PingInterval: 120,
            },
          },
        });
        return;
      }
      default:
        response.writeHead(404).end('404 page not found');
    }
  });
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request) text += piece;
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
