/**
 * Calls of one app: each answer's code read, the tenant token attached, renewed, and asked again.
 *
 * Nothing that leaves here holds the secret or a token: what the platform says is cleaned first.
 */
import { z } from 'zod';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type Secret, scrub } from '../../shared/secret.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformEndpoints } from '../address/endpoints.ts';
import type { ErrorFamily } from '../errors/error-table.ts';
import { rejectionError } from '../errors/rejection.ts';
import { logIdOf, parsePart, readEnvelope, retryAfterMs } from '../network/answer.ts';
import type { Http, HttpRequest } from '../network/http.ts';
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
      throw rejectionError({
        family,
        envelope,
        logId: logIdOf(envelope, answer),
        retryAfterMs: retryAfterMs(answer.headers, now()),
        links,
        clean,
      });
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
    const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
    let token = await tokens.get({ signal });
    let isSecondToken = false;
    const withToken = async (): Promise<Record<string, unknown>> => {
      try {
        return await exchange(request.family, {
          method: request.method,
          path: `${request.path}${query}`,
          headers: { authorization: `Bearer ${token.reveal()}` },
          body: request.body,
          signal,
        });
      } catch (error) {
        if (isSecondToken || !isStaleToken(error)) throw error;
        isSecondToken = true;
        tokens.drop(token);
        token = await tokens.get({ signal });
        // The refused call did nothing: it is safe to make it again.
        return withToken();
      }
    };
    const isRepeated = request.safeToRepeat && attempts !== 1;
    const envelope = await (isRepeated ? repeat(signal, withToken) : withToken());
    return request.envelope
      ? parsePart(host, 'answer', request.schema, envelope, clean)
      : parsePart(host, 'data', request.schema, envelope.data, clean);
  }

  return { tokens, exchange, repeat, call };
}

function isStaleToken(error: unknown): boolean {
  return isMoltbotFeishuError(error) && staleTokenCodes.has(error.feishuCode ?? 0);
}
