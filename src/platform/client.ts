/**
 * The Open Platform as one app sees it: token, bot, long-connection endpoint, messages.
 *
 * In: an App ID, its secret and a domain. Out: parsed answers, or MoltbotFeishuErrors that tell the
 * network's failures from the platform's rejections. Nothing here ever shows the secret.
 */
import { z } from 'zod';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { type Logger, silentLogger } from '../shared/log.ts';
import { type Secret, scrub } from '../shared/secret.ts';
import { logIdOf, parsePart, readEnvelope, retryAfterMs } from './answer.ts';
import {
  botAnswer,
  connectionCountAnswer,
  grantedScopesAnswer,
  sentMessageAnswer,
  toBotInfo,
  toGrantedScopes,
  toSentMessage,
} from './answers.ts';
import { consoleLinks } from './console-links.ts';
import { type PlatformEndpoints, resolveEndpoints } from './endpoints.ts';
import type { ErrorFamily } from './error-table.ts';
import { createHttp, type HttpRequest } from './http.ts';
import { createAgents } from './proxy.ts';
import { rejectionError } from './rejection.ts';
import { type RetryPolicy, withRetries } from './retry.ts';
import { createTokenCache } from './tenant-token.ts';
import { askWsEndpoint, type WsEndpoint } from './ws-endpoint.ts';

export type { WsEndpoint } from './ws-endpoint.ts';

export interface PlatformClientOptions {
  readonly appId: string;
  readonly appSecret: Secret;
  /** `feishu`, `lark` or an http(s) URL. */
  readonly domain: string;
  /** Where the proxy variables are read; default: no proxy. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly now?: () => number;
  readonly random?: () => number;
  /** For one exchange, connecting included (ms); default 10 000. */
  readonly timeoutMs?: number;
  readonly userAgent?: string;
  /** Only for calls that are safe to repeat; default 3 attempts, 200 ms. */
  readonly retry?: RetryPolicy;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface BotInfo {
  readonly name: string;
  readonly openId: string;
  /** 2 = enabled; see the open-platform shelf, section 4. −1 where the platform did not say. */
  readonly activateStatus: number;
  readonly ipWhiteList: readonly string[];
}

export interface SentMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly threadId?: string;
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

export interface PlatformClient {
  readonly appId: string;
  readonly endpoints: PlatformEndpoints;
  /** Cached, fetched once for all who ask, renewed when less than 30 minutes remain. */
  tenantAccessToken(options?: CallOptions & { fresh?: boolean }): Promise<Secret>;
  /** `GET bot/v3/info`; `bot-off` where the app has no bot or was never published. */
  botInfo(options?: CallOptions): Promise<BotInfo>;
  /** `POST /callback/ws/endpoint`: may this app connect, and where. */
  wsEndpoint(options?: CallOptions): Promise<WsEndpoint>;
  /** How many long connections of this app the platform counts, anybody's. */
  onlineConnections(options?: CallOptions): Promise<number>;
  /** Each scope that was ever asked for, and whether it is granted now. */
  grantedScopes(options?: CallOptions): Promise<ReadonlyMap<string, boolean>>;
  /** Sends a message; with a `uuid` a repetition within the hour sends nothing new. */
  createMessage(
    message: {
      readonly receiveIdType: 'open_id' | 'chat_id';
      readonly receiveId: string;
      readonly msgType: string;
      readonly content: string;
      readonly uuid?: string;
    },
    options?: CallOptions,
  ): Promise<SentMessage>;
  /** Replies to a message; `uuid` as in {@link createMessage}. */
  replyMessage(
    message: {
      readonly messageId: string;
      readonly msgType: string;
      readonly content: string;
      readonly uuid?: string;
      readonly replyInThread?: boolean;
    },
    options?: CallOptions,
  ): Promise<SentMessage>;
  /** Any other call with the tenant token. */
  call<T>(request: PlatformCall<T>, options?: CallOptions): Promise<T>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_RETRY: RetryPolicy = { attempts: 3, baseMs: 200 };

/** The platform refuses the token itself: another one may do (open-platform shelf 5.1). */
const staleTokenCodes = new Set([99991661, 99991663, 99991664, 99991671, 99991677]);

const tokenAnswer = z.object({
  tenant_access_token: z.string().min(1),
  expire: z.number().nonnegative().catch(0),
});

/**
 * @throws MoltbotFeishuError `domain-invalid`; its calls throw the codes of the error table's
 *   `error`, `platform-unreachable`, `platform-error`, `rate-limited` and `cancelled`
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { appId, appSecret, log = silentLogger, now = Date.now, random = Math.random } = options;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const retry = options.retry ?? DEFAULT_RETRY;
  const endpoints = resolveEndpoints(options.domain);
  const links = consoleLinks(endpoints, appId);
  const host = new URL(endpoints.openApi).host;
  const http = createHttp({ agents: createAgents(options.env ?? {}), timeoutMs });

  const tokens = createTokenCache(fetchToken, now);
  const clean = (text: string): string => scrub(text, [appSecret, ...tokens.secrets]);

  /** One exchange: the answer's envelope, or the error that it stands for. */
  async function exchange(
    family: ErrorFamily,
    request: Omit<HttpRequest, 'url' | 'headers'> & {
      readonly path: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Record<string, unknown>> {
    const { path, ...rest } = request;
    const startedAt = now();
    const route = path.split('?')[0] ?? path;
    try {
      const answer = await http({
        ...rest,
        url: `${endpoints.openApi}${path}`,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent ?? 'moltbot-feishu',
          ...(rest.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
          ...rest.headers,
        },
      });
      const envelope = readEnvelope(host, answer, now());
      log.debug('platform call', {
        method: rest.method,
        path: route,
        status: answer.status,
        code: envelope.code,
        ms: now() - startedAt,
      });
      if (envelope.code === 0) return envelope;
      throw rejectionError({
        family,
        envelope,
        logId: logIdOf(envelope, answer),
        retryAfterMs: retryAfterMs(answer.headers, now()),
        links,
        appId,
        clean,
      });
    } catch (error) {
      if (isMoltbotFeishuError(error)) {
        log.debug('platform call failed', {
          method: rest.method,
          path: route,
          error: error.code,
          code: error.feishuCode,
          ms: now() - startedAt,
        });
      }
      throw error;
    }
  }

  function repeat<T>(
    isSafe: boolean,
    signal: AbortSignal | undefined,
    attempt: () => Promise<T>,
  ): Promise<T> {
    if (!isSafe) return attempt();
    return withRetries({ ...retry, signal, now, random, patienceMs: timeoutMs }, attempt);
  }

  async function fetchToken(signal: AbortSignal) {
    const envelope = await repeat(true, signal, () =>
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

  async function call<T>(request: PlatformCall<T>, { signal }: CallOptions = {}): Promise<T> {
    const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
    let isSecondToken = false;
    const withToken = async (): Promise<Record<string, unknown>> => {
      const token = await tokens.get({ signal });
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
        // The refused call did nothing: it is safe to make it again.
        return withToken();
      }
    };
    const envelope = await repeat(request.safeToRepeat, signal, withToken);
    return request.envelope
      ? parsePart(host, 'answer', request.schema, envelope)
      : parsePart(host, 'data', request.schema, envelope.data);
  }

  return {
    appId,
    endpoints,
    tenantAccessToken: ({ signal, fresh } = {}) => tokens.get({ signal, fresh }),
    botInfo: async (callOptions) =>
      toBotInfo(
        await call(
          {
            method: 'GET',
            path: '/open-apis/bot/v3/info',
            schema: botAnswer,
            envelope: true,
            family: 'general',
            safeToRepeat: true,
          },
          callOptions,
        ),
      ),
    wsEndpoint: ({ signal } = {}) =>
      askWsEndpoint({
        host,
        links,
        retry: (attempt) => repeat(true, signal, attempt),
        ask: () =>
          exchange('ws-endpoint', {
            method: 'POST',
            path: '/callback/ws/endpoint',
            headers: { locale: 'zh' },
            body: { AppID: appId, AppSecret: appSecret.reveal() },
            signal,
          }),
        proveCredentials: async () => {
          if (!tokens.isProven) await tokens.get({ signal });
        },
      }),
    onlineConnections: async (callOptions) =>
      (
        await call(
          {
            method: 'GET',
            path: '/open-apis/event/v1/connection',
            schema: connectionCountAnswer,
            family: 'application',
            safeToRepeat: true,
          },
          callOptions,
        )
      ).online_instance_cnt,
    grantedScopes: async (callOptions) =>
      toGrantedScopes(
        await call(
          {
            method: 'GET',
            path: '/open-apis/application/v6/scopes',
            schema: grantedScopesAnswer,
            family: 'application',
            safeToRepeat: true,
          },
          callOptions,
        ),
      ),
    createMessage: async (message, callOptions) =>
      toSentMessage(
        await call(
          {
            method: 'POST',
            path: '/open-apis/im/v1/messages',
            query: { receive_id_type: message.receiveIdType },
            body: {
              receive_id: message.receiveId,
              msg_type: message.msgType,
              content: message.content,
              uuid: message.uuid,
            },
            schema: sentMessageAnswer,
            family: 'message',
            safeToRepeat: message.uuid !== undefined,
          },
          callOptions,
        ),
      ),
    replyMessage: async (message, callOptions) =>
      toSentMessage(
        await call(
          {
            method: 'POST',
            path: encodePath`/open-apis/im/v1/messages/${message.messageId}/reply`,
            body: {
              msg_type: message.msgType,
              content: message.content,
              reply_in_thread: message.replyInThread,
              uuid: message.uuid,
            },
            schema: sentMessageAnswer,
            family: 'message',
            safeToRepeat: message.uuid !== undefined,
          },
          callOptions,
        ),
      ),
    call,
  };
}

/** A path whose parameters cannot break out of their segment: encodePath`/im/v1/messages/${id}`. */
export function encodePath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => {
    const value = values[index - 1] ?? '';
    // encodeURIComponent leaves dots alone, and a segment of dots would climb.
    const segment = /^\.+$/.test(value) ? value.replaceAll('.', '%2E') : encodeURIComponent(value);
    return `${path}${segment}${part}`;
  });
}

function isStaleToken(error: unknown): error is MoltbotFeishuError {
  return isMoltbotFeishuError(error) && staleTokenCodes.has(error.feishuCode ?? 0);
}
