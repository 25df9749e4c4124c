/** One HTTP exchange: axios with our own agents, one deadline, and errors that hold no secret. */
import { Readable } from 'node:stream';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { type HttpAnswer, notHttpError } from './answer.ts';
import { cancelled, codeOf, timeoutError, unreachable } from './network-failure.ts';
import type { Agents } from './proxy.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form instead, encoded as a query is. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent instead of either, as it is; each piece that is taken starts the time-out again. */
  readonly stream?: StreamedBody | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A body that is too large for the memory. */
export interface StreamedBody {
  readonly contentType: string;
  /** Its length (bytes). */
  readonly bytes: number;
  /** Begins from its first byte each time. */
  open(): AsyncIterable<Uint8Array>;
}

export interface HttpOptions {
  readonly agents: Agents;
  /** For connecting and answering together (ms). */
  readonly timeoutMs: number;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** An answer whose body is still on its way. */
export interface StreamedAnswer extends Omit<HttpAnswer, 'text'> {
  /** The caller reads it to its end or destroys it; it ends with an error if the signal aborts. */
  readonly body: Readable;
}

export type HttpStream = (request: HttpRequest) => Promise<StreamedAnswer>;

/** The largest answer that is read (bytes): the calls made here answer in kilobytes. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * @throws MoltbotFeishuError `platform-unreachable` without an answer, `platform-error` for what is
 *   not HTTP, `cancelled` when the caller's signal aborts
 */
export function createHttp(options: HttpOptions): Http {
  return async (request) => {
    const answer = await exchange<string>(request, 'text', options);
    const text = typeof answer.data === 'string' ? answer.data : '';
    return { ...answer.head, text };
  };
}

/**
 * As {@link createHttp}, for bodies that are too large for the memory. The time-out ends when the
 * head of the answer is there: how long its body may take is the reader's decision.
 */
export function createHttpStream(options: HttpOptions): HttpStream {
  return async (request) => {
    const { data, head } = await exchange<Readable>(request, 'stream', options);
    return { ...head, body: data };
  };
}

async function exchange<T>(
  request: HttpRequest,
  responseType: 'text' | 'stream',
  { agents, timeoutMs }: HttpOptions,
): Promise<{ readonly head: Omit<HttpAnswer, 'text'>; readonly data: T }> {
  const { host } = new URL(request.url);
  if (request.signal?.aborted) throw cancelled();
  // Loaded at the first call: commands that call nothing start without it.
  const { default: axios } = await import('axios');
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const signals = request.signal ? [request.signal, deadline.signal] : [deadline.signal];
  const signal = AbortSignal.any(signals);
  const agent = agents.agentFor(request.url);
  const { stream } = request;
  const upload = stream && Readable.from(watched(stream, () => timer.refresh()));
  try {
    const answer = await axios.request<T>({
      method: request.method,
      url: request.url,
      headers: {
        ...request.headers,
        ...(stream && { 'content-type': stream.contentType, 'content-length': stream.bytes }),
      },
      data: upload ?? bodyOf(request),
      signal,
      adapter: 'http',
      proxy: false,
      ...(agent && { httpAgent: agent, httpsAgent: agent }),
      // A redirect would carry the secret to another host.
      maxRedirects: 0,
      maxContentLength: responseType === 'text' ? MAX_ANSWER_BYTES : Number.POSITIVE_INFINITY,
      maxBodyLength: Number.POSITIVE_INFINITY,
      responseType,
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
    });
    const headers = plainHeaders(answer.headers);
    const contentType = headers['content-type'] ?? '';
    return { head: { status: answer.status, contentType, headers }, data: answer.data };
  } catch (thrown) {
    // The thrown error holds the request, and with it the secret: only its code goes on.
    if (request.signal?.aborted) throw cancelled();
    if (deadline.signal.aborted) throw timeoutError(host, timeoutMs);
    throw networkFailure(host, thrown);
  } finally {
    clearTimeout(timer);
    upload?.destroy();
  }
}

async function* watched(stream: StreamedBody, onPiece: () => void): AsyncGenerator<Uint8Array> {
  for await (const piece of stream.open()) {
    onPiece();
    yield piece;
  }
}

function bodyOf({ form, body }: HttpRequest): string | undefined {
  if (form) return new URLSearchParams(form).toString();
  return body === undefined ? undefined : JSON.stringify(body);
}

/** No usable answer, as our error; nothing of the request travels with it. */
export function networkFailure(host: string, thrown: unknown): MoltbotFeishuError {
  const code = codeOf(thrown);
  return isBrokenAnswer(code) ? notHttpError(host, code) : unreachable(host, thrown);
}

/** Codes of Node, zlib and axios for an answer that is not HTTP, badly encoded, or too long. */
function isBrokenAnswer(code: string): boolean {
  return /^(HPE_|Z_|ERR_BAD_RESPONSE|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_HTTP_)/.test(code);
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') plain[name.toLowerCase()] = value;
  }
  return plain;
}
