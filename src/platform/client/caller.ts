/**
 * Calls of one app: each answer's code read, the tenant token attached, renewed, and asked again.
 *
 * Nothing that leaves here holds the secret or a token: what the platform says is cleaned first.
 */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type Secret, scrub } from '../../shared/secret.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformEndpoints } from '../address/endpoints.ts';
import type { ErrorFamily } from '../errors/error-table.ts';
import { rejectionError } from '../errors/rejection.ts';
import {
  type Envelope,
  type HttpAnswer,
  logIdOf,
  parsePart,
  readEnvelope,
  retryAfterMs,
} from '../network/answer.ts';
import type { Http, HttpRequest, HttpStream, StreamedAnswer } from '../network/http.ts';
import { type FormFile, multipartBody } from '../network/multipart.ts';
import { type RetryPolicy, withRetries } from '../network/retry.ts';
import { createTokenCache, type FetchedToken, type TokenCache } from './tenant-token.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** 1: made once, whether or not it is safe to repeat; the caller waits in its own way. */
  readonly attempts?: 1;
}

export interface PlatformCall<T> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** From `/open-apis/…`; its parameters already encoded ({@link encodePath}). */
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  /** Checks `data`, or the whole envelope with `envelope: true`. */
  readonly schema: z.ZodType<T>;
  readonly envelope?: boolean;
  readonly family: ErrorFamily;
  /** Whether doing it twice is the same as doing it once. */
  readonly safeToRepeat: boolean;
}

export interface CallerOptions {
  readonly appId: string;
  readonly appSecret: Secret;
  readonly endpoints: PlatformEndpoints;
  readonly http: Http;
  readonly httpStream: HttpStream;
  readonly retry: RetryPolicy;
  /** No attempt after the first one starts later than this (ms). */
  readonly patienceMs: number;
  readonly userAgent: string;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
}

export interface Exchange extends Omit<HttpRequest, 'url' | 'headers'> {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Caller {
  readonly tokens: TokenCache;
  /** One exchange without a token: returns the answer's envelope or throws the error it reports. */
  exchange(family: ErrorFamily, request: Exchange): Promise<Record<string, unknown>>;
  /** Runs an attempt that is safe to repeat, again where its error is worth it. */
  repeat<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T>;
  call<T>(request: PlatformCall<T>, options?: CallOptions): Promise<T>;
  /** A GET whose answer is a file: its head, and its body as a stream. Asked for once. */
  download(request: DownloadCall, options?: CallOptions): Promise<StreamedAnswer>;
  /** Streams a file up; repeated from its first byte where that may help. */
  upload<T>(request: UploadCall<T>, options?: CallOptions): Promise<T>;
}

/** A form with a file. Uploading it twice gives two keys, of which one is used: safe to repeat. */
export interface UploadCall<T> {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: FormFile;
  /** Checks `data`. */
  readonly schema: z.ZodType<T>;
}

export interface DownloadCall {
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly family: ErrorFamily;
}

/** The platform refuses the token itself: another one may do (docs/platform/credentials.md#which-of-the-two-is-wrong). */
const staleTokenCodes = new Set([99991661, 99991663, 99991664, 99991671, 99991677]);

const tokenAnswer = z.object({
  tenant_access_token: z.string().min(1),
  expire: z.number().nonnegative().catch(0),
});

export function createCaller(options: CallerOptions): Caller {
  const { appId, appSecret, endpoints, http, log, now, monotonic, random } = options;
  const links = consoleLinks(endpoints, appId);
  const host = new URL(endpoints.openApi).host;
  const tokens = createTokenCache(fetchToken, monotonic);
  const clean = (text: string): string => scrub(text, [appSecret, ...tokens.secrets]);

  function rejection(family: ErrorFamily, envelope: Envelope, answer: HttpAnswer) {
    return rejectionError({
      family,
      envelope,
      logId: logIdOf(envelope, answer),
      retryAfterMs: retryAfterMs(answer.headers, now()),
      links,
      clean,
    });
  }

  /** One exchange: returns the answer's envelope or throws the error it reports. */
  async function exchange(
    family: ErrorFamily,
    request: Exchange,
  ): Promise<Record<string, unknown>> {
    const { path, ...rest } = request;
    const startedAt = monotonic();
    const route = path.split('?')[0] ?? path;
    try {
      const answer = await http({
        ...rest,
        url: `${endpoints.openApi}${path}`,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...(rest.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
          ...rest.headers,
        },
      });
      const envelope = readEnvelope(host, answer, { nowMs: now(), clean });
      log.debug('platform call', {
        method: rest.method,
        path: route,
        status: answer.status,
        code: envelope.code,
        ms: Math.round(monotonic() - startedAt),
      });
      if (envelope.code === 0) return envelope;
      throw rejection(family, envelope, answer);
    } catch (error) {
      if (isMoltbotFeishuError(error)) {
        log.debug('platform call failed', {
          method: rest.method,
          path: route,
          error: error.code,
          code: error.feishuCode,
          ms: Math.round(monotonic() - startedAt),
        });
      }
      throw error;
    }
  }

  function repeat<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    const { retry, patienceMs } = options;
    return withRetries({ ...retry, signal, monotonic, random, patienceMs }, attempt);
  }

  async function fetchToken(signal: AbortSignal): Promise<FetchedToken> {
    const envelope = await repeat(signal, () =>
      exchange('token', {
        method: 'POST',
        path: '/open-apis/auth/v3/tenant_access_token/internal',
        body: { app_id: appId, app_secret: appSecret.reveal() },
        signal,
      }),
    );
    const answer = parsePart(host, 'answer', tokenAnswer, envelope);
    return { token: answer.tenant_access_token, expiresInS: answer.expire };
  }

  async function call<T>(
    request: PlatformCall<T>,
    { signal, attempts }: CallOptions = {},
  ): Promise<T> {
    const envelopeOf = (token: Secret) =>
      exchange(request.family, {
        method: request.method,
        path: pathOf(request),
        headers: { authorization: `Bearer ${token.reveal()}` },
        body: request.body,
        signal,
      });
    const attempt = withToken(envelopeOf, signal);
    const isRepeated = request.safeToRepeat && attempts !== 1;
    const envelope = await (isRepeated ? repeat(signal, attempt) : attempt());
    return request.envelope
      ? parsePart(host, 'answer', request.schema, envelope, clean)
      : parsePart(host, 'data', request.schema, envelope.data, clean);
  }

  async function upload<T>(
    { path, fields, file, schema }: UploadCall<T>,
    { signal, attempts }: CallOptions = {},
  ): Promise<T> {
    const stream = multipartBody(fields, file, randomUUID());
    const envelopeOf = (token: Secret) =>
      exchange('media', {
        method: 'POST',
        path,
        headers: { authorization: `Bearer ${token.reveal()}` },
        stream,
        signal,
      });
    const attempt = withToken(envelopeOf, signal);
    const envelope = await (attempts === 1 ? attempt() : repeat(signal, attempt));
    return parsePart(host, 'data', schema, envelope.data, clean);
  }

  /** The attempt with a token that counts, and once more with a new one where it does not. */
  function withToken<T>(
    attempt: (token: Secret) => Promise<T>,
    signal: AbortSignal | undefined,
  ): () => Promise<T> {
    let isSecondToken = false;
    return async function attemptAgain(): Promise<T> {
      const token = await tokens.get({ signal });
      try {
        return await attempt(token);
      } catch (error) {
        if (isSecondToken || !isStaleToken(error)) throw error;
        isSecondToken = true;
        tokens.drop(token);
        // The refused call did nothing: it is safe to make it again.
        return attemptAgain();
      }
    };
  }

  async function openDownload(
    request: DownloadCall,
    token: Secret,
    signal: AbortSignal | undefined,
  ): Promise<StreamedAnswer> {
    const answer = await options.httpStream({
      method: 'GET',
      url: `${endpoints.openApi}${pathOf(request)}`,
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        // Without it the platform leaves out the name of the file (im-v1/file/get).
        'content-type': 'application/json',
        'user-agent': options.userAgent,
      },
      signal,
    });
    if (answer.status === 200) return answer;
    const refused = { ...answer, text: await textOf(answer.body) };
    const envelope = readEnvelope(host, refused, { nowMs: now(), clean });
    throw rejection(request.family, envelope, refused);
  }

  return {
    tokens,
    exchange,
    repeat,
    call,
    download: (request, { signal } = {}) =>
      withToken((token) => openDownload(request, token, signal), signal)(),
    upload,
  };
}

function pathOf({ path, query }: Pick<PlatformCall<unknown>, 'path' | 'query'>): string {
  return query ? `${path}?${new URLSearchParams(query)}` : path;
}

/** The largest refusal that is read (bytes). */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** The text of a refusal; what is longer is none. */
async function textOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // The connection broke: what has arrived may do.
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isStaleToken(error: unknown): boolean {
  return isMoltbotFeishuError(error) && staleTokenCodes.has(error.feishuCode ?? 0);
}
