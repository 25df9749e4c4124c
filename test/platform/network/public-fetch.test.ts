import { once } from 'node:events';
import http, { type IncomingMessage, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createAgents } from '../../../src/platform/network/proxy.ts';
import {
  createPublicFetch,
  PublicFetchError,
  type PublicFetchOptions,
} from '../../../src/platform/network/public-fetch.ts';

const noSignal = new AbortController().signal;

async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<number> {
  const server = http.createServer(listener);
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Names lead to the loopback, which counts as public here; all else is decided as in the product. */
function fetcher(options: Partial<PublicFetchOptions> = {}) {
  return createPublicFetch({
    agents: createAgents({}),
    userAgent: 'test',
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    isAllowed: (address) => address === '127.0.0.1',
    ...options,
  });
}

async function textOf(body: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'fetched',
    (error: unknown) => (error instanceof PublicFetchError ? error.reason : error),
  );

test('a public URL is fetched, over redirects', async () => {
  const hosts: unknown[] = [];
  const port = await serve((request, response) => {
    hosts.push(request.headers.host);
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else response.end('content');
  });
  const answer = await fetcher()(`http://media.example.com:${port}/a`, noSignal);
  expect(await textOf(answer.body)).toBe('content');
  expect(answer.url.pathname).toBe('/b');
  expect(hosts).toEqual([`media.example.com:${port}`, `media.example.com:${port}`]);
});

test('redirects lead to nothing that is not public, and end', async () => {
  const targets: Record<string, string> = {
    '/metadata': 'http://169.254.169.254/latest',
    '/mapped': 'http://[::ffff:10.0.0.1]/',
    '/decimal': 'http://3232235521/',
    '/file': 'file:///etc/passwd',
    '/login': 'http://user:secret@example.com/',
    '/name': 'http://localhost/',
    '/again': '/again',
    '/broken': 'http://[',
  };
  const port = await serve((request, response) => {
    response.writeHead(307, { location: targets[request.url ?? ''] }).end();
  });
  const reasons = Object.keys(targets).map(async (path) => [
    path,
    await reasonOf(fetcher()(`http://media.example.com:${port}${path}`, noSignal)),
  ]);
  expect(Object.fromEntries(await Promise.all(reasons))).toEqual({
    '/metadata': 'not-public',
    '/mapped': 'not-public',
    '/decimal': 'not-public',
    '/file': 'scheme',
    '/login': 'credentials',
    '/name': 'not-public',
    '/again': 'redirects',
    '/broken': 'invalid',
  });
});

test('a name is refused if any of its addresses is not public', async () => {
  const lookup = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  expect(await reasonOf(fetcher({ lookup })('http://a.example.com/', noSignal))).toBe('not-public');
  const nothing = async () => [];
  expect(await reasonOf(fetcher({ lookup: nothing })('http://a.example.com/', noSignal))).toBe(
    'not-public',
  );
});

test('DNS that changes between two questions does not lead inside', async () => {
  let asked = 0;
  const secret = await serve((_, response) => response.end('secret'), '127.0.0.2');
  const lookup = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  };
  const fetch = fetcher({ lookup });
  // The first question is answered with the public address, which has nothing on this port: no
  // second question follows.
  expect(await reasonOf(fetch(`http://a.example.com:${secret}/`, noSignal))).toBe('unreachable');
  expect(asked).toBe(1);
  // At the next request the changed address is checked again.
  expect(await reasonOf(fetch(`http://a.example.com:${secret}/`, noSignal))).toBe('not-public');
});

test('the addresses of this machine are refused without an allowance', async () => {
  let requests = 0;
  const port = await serve((_, response) => {
    requests += 1;
    response.end('secret');
  });
  const product = createPublicFetch({
    agents: createAgents({}),
    userAgent: 'test',
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  for (const host of ['127.0.0.1', 'localhost', '[::1]', 'rebound.example.com', '2130706433']) {
    expect(await reasonOf(product(`http://${host}:${port}/`, noSignal))).toBe('not-public');
  }
  expect(requests).toBe(0);
});

test('refusals and encoded bodies are failures', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    else if (request.url === '/large') {
      response.writeHead(200, { 'x-filler': 'x'.repeat(60_000) }).end('x');
    } else response.writeHead(Number(request.url?.slice(1))).end('no');
  });
  const reason = (path: string) =>
    reasonOf(fetcher()(`http://a.example.com:${port}${path}`, noSignal));
  expect(await reason('/404')).toBe('refused');
  expect(await reason('/500')).toBe('refused');
  expect(await reason('/301')).toBe('refused');
  expect(await reason('/204')).toBe('refused');
  expect(await reason('/gzip')).toBe('encoded');
  expect(await reason('/large')).toBe('unreachable');
});

test('aborting ends the request', async () => {
  const port = await serve(() => undefined);
  const abort = new AbortController();
  const fetched = reasonOf(fetcher()(`http://a.example.com:${port}/`, abort.signal));
  abort.abort(new Error('stopped'));
  expect(await fetched).toEqual(new Error('stopped'));
});

test('behind a proxy the name goes to the proxy, unless it is known to be inside', async () => {
  const port = await serve((_, response) => response.end('content'));
  const tunnels: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', ({ url = '' }, socket) => {
    tunnels.push(url);
    const target = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const agents = createAgents({ HTTP_PROXY: url, HTTPS_PROXY: url });
  const unknown = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  const behind = createPublicFetch({ agents, userAgent: 'test', lookup: unknown });
  const answer = await behind('http://only-the-proxy.example.com/a', noSignal);
  expect(await textOf(answer.body)).toBe('content');
  expect(tunnels).toEqual(['only-the-proxy.example.com:80']);

  for (const address of [
    'http://10.0.0.1/',
    'http://metadata.google.internal/',
    'http://0x7f.1/',
  ]) {
    expect(await reasonOf(behind(address, noSignal))).toBe('not-public');
  }
  const known = async () => [{ address: '192.168.0.7', family: 4 }];
  const knowing = createPublicFetch({ agents, userAgent: 'test', lookup: known });
  expect(await reasonOf(knowing('http://wiki.example.com/', noSignal))).toBe('not-public');
  expect(tunnels).toHaveLength(1);
});
