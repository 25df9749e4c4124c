/**
 * The Open Platform as one app sees it: token, bot, long-connection endpoint, messages.
 *
 * In: an App ID, its secret and a domain. Out: parsed answers, or MoltbotFeishuErrors that tell the
 * network's failures from the platform's rejections. Nothing here ever shows the secret.
 */

import { type Logger, silentLogger } from '../../shared/log.ts';
import type { Secret } from '../../shared/secret.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import { consoleLinks } from '../address/console-links.ts';
import { type PlatformEndpoints, resolveEndpoints } from '../address/endpoints.ts';
import { createHttp, createHttpStream, type StreamedAnswer } from '../network/http.ts';
import { encodePath } from '../network/path.ts';
import { createAgents } from '../network/proxy.ts';
import type { RetryPolicy } from '../network/retry.ts';
import {
  type BotInfo,
  botAnswer,
  connectionCountAnswer,
  grantedScopesAnswer,
  type SentMessage,
  sentMessageAnswer,
  toBotInfo,
  toGrantedScopes,
  toSentMessage,
} from './answers.ts';
import {
  type CallOptions,
  createCaller,
  type DownloadCall,
  type PlatformCall,
  type UploadCall,
} from './caller.ts';
import { askWsEndpoint, type WsEndpoint } from './ws-endpoint.ts';

export type { CallOptions, PlatformCall } from './caller.ts';
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
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  /** For one exchange, connecting included (ms); default 10 000. */
  readonly timeoutMs?: number;
  readonly userAgent?: string;
  /** Only for calls that are safe to repeat; default 3 attempts, 200 ms. */
  readonly retry?: RetryPolicy;
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
  /** How many long connections of this app the platform counts (docs/platform/connection.md#several-connections). */
  onlineConnections(options?: CallOptions): Promise<number>;
  /** Each scope that was ever asked for, and whether it is granted now. */
  grantedScopes(options?: CallOptions): Promise<ReadonlyMap<string, boolean>>;
  /** Sends a message; with a `uuid` a repetition within the hour sends nothing new. */
  createMessage(
    message: {
      readonly receiveIdType: 'open_id' | 'union_id' | 'chat_id';
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
  /** A file, as a stream; asked for once, since its reader decides what a repetition is worth. */
  download(request: DownloadCall, options?: CallOptions): Promise<StreamedAnswer>;
  /** Streams a file to the platform. */
  upload<T>(request: UploadCall<T>, options?: CallOptions): Promise<T>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_RETRY: RetryPolicy = { attempts: 3, baseMs: 200 };

/**
 * @throws MoltbotFeishuError `domain-invalid`; its calls throw the codes of the error table's
 *   `error`, `platform-unreachable`, `platform-error`, `rate-limited` and `cancelled`
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { appId, appSecret } = options;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const endpoints = resolveEndpoints(options.domain);
  const agents = createAgents(options.env ?? {});
  const caller = createCaller({
    appId,
    appSecret,
    endpoints,
    http: createHttp({ agents, timeoutMs }),
    httpStream: createHttpStream({ agents, timeoutMs }),
    retry: options.retry ?? DEFAULT_RETRY,
    patienceMs: timeoutMs,
    userAgent: options.userAgent ?? 'moltbot-feishu',
    log: options.log ?? silentLogger,
    now: options.now ?? Date.now,
    monotonic: options.monotonic ?? monotonicNow,
    random: options.random ?? Math.random,
  });
  const { call, exchange, repeat, tokens } = caller;

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
        host: new URL(endpoints.openApi).host,
        isSecure: new URL(endpoints.openApi).protocol === 'https:',
        links: consoleLinks(endpoints, appId),
        retry: (attempt) => repeat(signal, attempt),
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
    download: caller.download,
    upload: caller.upload,
  };
}
