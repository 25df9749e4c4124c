/** A plain HTTP server that answers as a test says, and remembers what it was asked. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  createPlatformClient,
  type PlatformClientOptions,
} from '../../src/platform/client/client.ts';
import { Secret } from '../../src/shared/secret.ts';

export const APP_ID = 'cli_0123456789abcdef';
export const SECRET = 'hunter2-hunter2-hunter2-hunter2!';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
  readonly text: string;
}

export type Answer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly raw?: string | Uint8Array;
      readonly headers?: Record<string, string>;
    }
  | 'drop'
  | 'hang';

export interface StandIn {
  readonly url: string;
  readonly calls: Call[];
  /** The calls of one path. */
  to(path: string): Call[];
}

export const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** Starts a server for the running test; a path that the test says nothing of gives 404. */
export async function startStandIn(
  answer: (call: Call) => Answer | undefined | Promise<Answer | undefined>,
): Promise<StandIn> {
  const calls: Call[] = [];
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const url = new URL(req.url ?? '/', 'http://stand-in');
    const text = Buffer.concat(chunks).toString();
    const call: Call = {
      method: req.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: req.headers,
      body: req.headers['content-type']?.startsWith('application/json')
        ? JSON.parse(text)
        : undefined,
      text,
    };
    calls.push(call);
    const said = await answer(call);
    if (said === 'hang') return;
    if (said === 'drop') {
      req.socket.destroy();
      return;
    }
    const { status = 200, json, raw, headers } = said ?? { status: 404, raw: '<html>no</html>' };
    res.writeHead(status, {
      'content-type': json === undefined ? 'text/html; charset=utf-8' : 'application/json',
      ...headers,
    });
    res.end(json === undefined ? raw : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, calls, to: (path) => calls.filter((call) => call.path === path) };
}

/** The token endpoint as it is when all is well; tokens are t-1, t-2, … */
export function tokenAnswers(expire = 7200): (call: Call) => Answer | undefined {
  let count = 0;
  return ({ path }) => {
    if (path !== TOKEN_PATH) return undefined;
    count++;
    return { json: { code: 0, msg: 'ok', tenant_access_token: `t-number-${count}`, expire } };
  };
}

export function clientOf(domain: string, options: Partial<PlatformClientOptions> = {}) {
  return createPlatformClient({
    appId: APP_ID,
    appSecret: new Secret(SECRET),
    domain,
    retry: { attempts: 3, baseMs: 1 },
    ...options,
  });
}

/** The error that a promise ends with; a promise that succeeds fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
