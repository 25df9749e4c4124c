/**
 * One long connection, opened to see that it can be, and closed again.
 *
 * Events that arrive meanwhile are not acknowledged: the platform sends them again, to a client
 * that answers them.
 */
import { WebSocket } from 'ws';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformClient } from '../client/client.ts';
import { lookup } from '../errors/error-table.ts';
import { networkFailure } from '../network/http.ts';
import { cancelled, timeoutError } from '../network/network-failure.ts';
import type { ProxyEnv } from '../network/proxy.ts';
import { platformError } from '../platform-errors.ts';
import { platformTexts as texts } from '../platform-texts.ts';
import { decodeFrame, encodeFrame, FrameMethod, headerOf, headersFrom } from './frames.ts';
import { createLongConnectionAgent } from './long-connection-agent.ts';

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** For the handshake (ms); default 10 000. */
  readonly timeoutMs?: number;
  /** For the answer to the ping, after the handshake (ms); default 3000. */
  readonly pongTimeoutMs?: number;
  /** Where the proxy variables are read. */
  readonly env?: ProxyEnv;
  readonly now?: () => number;
}

export interface ProbeResult {
  /** From the first byte to the open socket (ms), the endpoint call apart. */
  readonly handshakeMs: number;
  /** Whether a ping was answered; `false` is odd, not proof of a fault. */
  readonly pong: boolean;
}

/** @throws MoltbotFeishuError what {@link PlatformClient.wsEndpoint} throws; the handshake's refusal */
export async function probeLongConnection(
  client: PlatformClient,
  options: ProbeOptions = {},
): Promise<ProbeResult> {
  const { signal, timeoutMs = 10_000, pongTimeoutMs = 3000, env = {}, now = Date.now } = options;
  const { url } = await client.wsEndpoint({ signal });
  if (signal?.aborted) throw cancelled();
  const startedAt = now();
  const socket = new WebSocket(url, { agent: createLongConnectionAgent(env), maxRedirects: 0 });
  try {
    await opened(socket, client, { signal, timeoutMs });
    const handshakeMs = now() - startedAt;
    const pong = await pinged(socket, url, { signal, pongTimeoutMs });
    return { handshakeMs, pong };
  } finally {
    // Nothing is owed to anybody; what terminate() may still emit is of no interest.
    socket.on('error', () => undefined);
    socket.terminate();
  }
}

function opened(
  socket: WebSocket,
  client: PlatformClient,
  { signal, timeoutMs }: { signal: AbortSignal | undefined; timeoutMs: number },
): Promise<void> {
  const host = new URL(socket.url).host;
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      done();
    };
    const timer = setTimeout(() => settle(() => reject(timeoutError(host, timeoutMs))), timeoutMs);
    const abort = (): void => settle(() => reject(cancelled()));
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('open', () => settle(resolve));
    socket.on('error', (error) => settle(() => reject(networkFailure(host, error))));
    socket.once('unexpected-response', (request, answer) => {
      request.destroy();
      const header = (name: string): string => [answer.headers[name] ?? ''].flat().join(', ');
      const refusal = {
        status: Number(header('handshake-status')) || (answer.statusCode ?? 0),
        authCode: Number(header('handshake-autherrcode')) || undefined,
        msg: header('handshake-msg').slice(0, 200),
      };
      settle(() => reject(handshakeRefused(client, refusal)));
    });
  });
}

function pinged(
  socket: WebSocket,
  url: string,
  { signal, pongTimeoutMs }: { signal: AbortSignal | undefined; pongTimeoutMs: number },
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      done();
    };
    const timer = setTimeout(() => settle(() => resolve(false)), pongTimeoutMs);
    const abort = (): void => settle(() => reject(cancelled()));
    signal?.addEventListener('abort', abort, { once: true });
    socket.on('message', (data: Buffer) => {
      if (isPong(data)) settle(() => resolve(true));
    });
    socket.once('close', (status) =>
      settle(() =>
        reject(platformError('closedEarly', { status: status }, { details: { status: status } })),
      ),
    );
    socket.send(pingFrame(url));
  });
}

function pingFrame(url: string): Uint8Array {
  return encodeFrame({
    seqId: 0n,
    logId: 0n,
    service: Number(new URL(url).searchParams.get('service_id')) || 0,
    method: FrameMethod.control,
    headers: headersFrom({ type: 'ping' }),
  });
}

function isPong(data: Buffer): boolean {
  try {
    const frame = decodeFrame(data);
    return frame.method === FrameMethod.control && headerOf(frame, 'type') === 'pong';
  } catch {
    // Bytes that are no frame are no pong either; the probe goes on waiting for one.
    return false;
  }
}

interface HandshakeRefusal {
  readonly status: number;
  readonly authCode: number | undefined;
  readonly msg: string;
}

/** The statuses are those of the endpoint: 403 forbidden, 514 auth failed (node-sdk@1.74.0). */
function handshakeRefused(client: PlatformClient, refusal: HandshakeRefusal): MoltbotFeishuError {
  const feishuCode = refusal.authCode ?? refusal.status;
  const links = consoleLinks(client.endpoints, client.appId);
  if (feishuCode === 1000040350) {
    const entry = lookup('ws-endpoint', feishuCode);
    const params = { code: feishuCode, msg: refusal.msg };
    return new MoltbotFeishuError({
      code: entry.error,
      exitCode: ExitCode.appNotReady,
      what: localize(texts.rejected, { meaning: localize(entry.meaning, params), ...params }),
      advice: localize(entry.advice, params),
      feishuCode,
      details: { retryable: true },
    });
  }
  // The endpoint gave the address just now, so the credentials are right.
  const { status, msg } = refusal;
  const params = { status: feishuCode, msg: msg || `HTTP ${status}` };
  const facts = { feishuCode, details: { status, msg } };
  return status >= 500 && status !== 514
    ? platformError('handshakeFailed', params, facts)
    : platformError('handshakeRefused', params, { ...facts, url: links.versions });
}
