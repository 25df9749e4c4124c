import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reasonOfCode } from '../../../src/platform/network/network-failure.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { render } from '../../../src/shared/text/text.ts';
import { clientOf, failureOf, startStandIn, tokenAnswers } from '../stand-in.ts';
import { testCertificate, testKey } from './certificate.ts';
import { startConnectProxy } from './connect-proxy.ts';

const unreachable = (reason: string) => ({
  code: 'platform-unreachable',
  exitCode: 4,
  details: { reason, retryable: true },
});

/** A server of raw bytes for the running test. */
async function startRaw(onSocket: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it.each([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['ENETUNREACH', 'no-route'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EPROTO', 'tls'],
  ['EWHATEVER', 'other'],
])('%s means %s', (code, reason) => {
  expect(reasonOfCode(code)).toBe(reason);
});

describe('without a proxy', () => {
  it('nobody listens', async () => {
    const client = clientOf(`http://127.0.0.1:${await deadPort()}`);
    expect(await failureOf(client.tenantAccessToken())).toMatchObject(unreachable('refused'));
  });

  it('the connection is cut', async () => {
    const port = await startRaw((socket) => socket.destroy());
    const client = clientOf(`http://127.0.0.1:${port}`);
    expect(await failureOf(client.tenantAccessToken())).toMatchObject(unreachable('reset'));
  });

  it('no answer comes, or never its end', async () => {
    const mute = await startRaw(() => undefined);
    const slow = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"code"');
    });
    for (const port of [mute, slow]) {
      const client = clientOf(`http://127.0.0.1:${port}`, { timeoutMs: 100 });
      expect(await failureOf(client.tenantAccessToken())).toMatchObject(unreachable('timeout'));
    }
  });

  it('the caller gives up', async () => {
    const abort = new AbortController();
    const port = await startRaw(() => abort.abort());
    const client = clientOf(`http://127.0.0.1:${port}`);
    expect(await failureOf(client.tenantAccessToken({ signal: abort.signal }))).toMatchObject({
      code: 'cancelled',
      exitCode: 130,
    });
  });

  it('what answers is no HTTP', async () => {
    const port = await startRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const client = clientOf(`http://127.0.0.1:${port}`);
    expect(await failureOf(client.tenantAccessToken())).toMatchObject({
      code: 'platform-error',
      exitCode: 4,
    });
  });

  it('what answers is no TLS', async () => {
    const port = await startRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const client = clientOf(`https://127.0.0.1:${port}`);
    expect(await failureOf(client.tenantAccessToken())).toMatchObject(unreachable('tls'));
  });

  it('the certificate is not trusted: says what a company proxy needs', async () => {
    const server = https.createServer({ key: testKey, cert: testCertificate });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const client = clientOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const error = (await failureOf(client.tenantAccessToken())) as MoltbotFeishuError;
    expect(error).toMatchObject(unreachable('certificate'));
    expect(render(error.advice!, 'en')).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('with a proxy', () => {
  it('goes through it, with its credentials, and calls the platform once', async () => {
    const server = await startStandIn(tokenAnswers());
    const proxy = await startConnectProxy();
    const withUser = proxy.url.replace('http://', 'http://user:p%40ss@');
    const client = clientOf(server.url, { env: { http_proxy: withUser } });
    await client.tenantAccessToken();
    expect(proxy.targets).toEqual([new URL(server.url).host]);
    expect(proxy.authorizations).toEqual([`Basic ${btoa('user:p@ss')}`]);
    expect(server.calls).toHaveLength(1);
  });

  it('leaves it aside where NO_PROXY says so, loopback being no exception', async () => {
    const server = await startStandIn(tokenAnswers());
    const proxy = await startConnectProxy();
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: '.example,127.0.0.1' };
    await clientOf(server.url, { env }).tenantAccessToken();
    expect(proxy.targets).toEqual([]);
  });

  it.each([
    [407, 'proxy-login'],
    [403, 'proxy-refused'],
    [502, 'proxy-refused'],
  ])('that answers %d: %s, not an answer of the platform', async (status, reason) => {
    const server = await startStandIn(tokenAnswers());
    const proxy = await startConnectProxy(status);
    const withUser = proxy.url.replace('http://', 'http://user:geheim-geheim@');
    const error = (await failureOf(
      clientOf(server.url, { env: { HTTP_PROXY: withUser } }).tenantAccessToken(),
    )) as MoltbotFeishuError;
    expect(error).toMatchObject(unreachable(reason));
    expect(error.message).toContain(new URL(proxy.url).host);
    expect(JSON.stringify(error)).not.toContain('geheim');
    expect(server.calls).toEqual([]);
  });

  it('that is not there', async () => {
    const env = { ALL_PROXY: `http://127.0.0.1:${await deadPort()}` };
    const client = clientOf('https://open.example', { env });
    expect(await failureOf(client.tenantAccessToken())).toMatchObject(
      unreachable('proxy-unreachable'),
    );
  });

  it('that never answers: the deadline holds, and its socket is closed', async () => {
    const closed: Promise<void>[] = [];
    const port = await startRaw((socket) => {
      socket.resume();
      closed.push(new Promise((resolve) => socket.once('close', () => resolve())));
    });
    const client = clientOf('https://open.example', {
      env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      timeoutMs: 100,
    });
    expect(await failureOf(client.tenantAccessToken())).toMatchObject(unreachable('timeout'));
    await Promise.all(closed);
    expect(closed.length).toBeGreaterThan(0);
  });
});
