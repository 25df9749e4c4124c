/** Plain calls of a sandbox, with the token of one of its apps. */
import type { Credentials } from '../sdk.ts';

interface Server extends Credentials {
  readonly url: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<
    string,
    /* biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely */ any
  >;
}

export async function tokenOf(sandbox: Server, app: Credentials = sandbox): Promise<Reply> {
  return post(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    app_id: app.appId,
    app_secret: app.appSecret,
  });
}

/** A function that calls as the app: method, path below /open-apis, body. */
export async function caller(sandbox: Server, app: Credentials = sandbox) {
  const token: string = (await tokenOf(sandbox, app)).body.tenant_access_token;
  return (method: string, path: string, body?: unknown): Promise<Reply> =>
    send(method, `${sandbox.url}/open-apis/${path}`, body, { authorization: `Bearer ${token}` });
}

export function post(url: string, body: unknown): Promise<Reply> {
  return send('POST', url, body, {});
}

async function send(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : { text },
  };
}
