/**
 * One app's long connection, kept up for ever: an SDK WSClient a connection, our own waits between.
 *
 * In: a platform client and a handler whose resolving is the acknowledgement. Out: each change of
 * state. The SDK's own reconnecting is not used: it gives up on terminal errors, waits up to two
 * minutes, and never says why (node-sdk@1.74.0).
 */
import type { HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { PlatformClient } from '../platform/client.ts';
import { isAppId } from '../platform/endpoints.ts';
import { createLongConnectionAgent } from '../platform/long-connection-agent.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../shared/errors.ts';
import { type Logger, silentLogger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import { channelTexts as texts } from './texts.ts';

export interface ConnectionState {
  readonly state: 'connecting' | 'connected' | 'reconnecting' | 'failed' | 'stopped';
  /** When this state began (ms since 1970). */
  readonly since: number;
  /** Failed attempts in a row. */
  readonly attempt: number;
  /** Why the last attempt failed, or the line was lost. */
  readonly error?: MoltbotFeishuError | undefined;
  /** When the next attempt begins (ms since 1970). */
  readonly nextAttemptAt?: number | undefined;
}

export interface LongConnection {
  readonly state: ConnectionState;
  close(): Promise<void>;
}

export interface LongConnectionOptions {
  readonly client: PlatformClient;
  readonly appSecret: Secret;
  /** An event `im.message.receive_v1`, flattened. Resolving acknowledges it; rejecting has it sent again. */
  readonly onEvent: (event: unknown) => Promise<void>;
  readonly onState?: (state: ConnectionState) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  readonly random?: () => number;
  /** How often the platform is asked whether it still counts us (ms). */
  readonly watchIntervalMs?: number;
}

/** A lost line is opened again almost at once; then ever later, up to a minute. */
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 60_000;
/** An error that only a person can mend is asked again more seldom. */
const TERMINAL_WAIT_MS = 5_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Feishu asks for a ping every 120 s; a dead peer should be noticed sooner than after two minutes. */
const LONGEST_PING_INTERVAL_S = 30;
const PONG_TIMEOUT_S = 10;
const WATCH_INTERVAL_MS = 5 * 60_000;
/** A single miscount may be the platform's own lag (open-platform shelf 4). */
const MISCOUNTS = 2;

export function openLongConnection(options: LongConnectionOptions): LongConnection {
  const { client, log = silentLogger, now = Date.now, random = Math.random } = options;
  let state: ConnectionState = { state: 'connecting', since: now(), attempt: 0 };
  let stopped = false;
  let current: WSClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  let attempts = 0;
  let everConnected = false;
  const pulls = new AbortController();

  const enter = (next: Omit<ConnectionState, 'since'>) => {
    state = { ...next, since: now() };
    log.info('long connection', {
      state: state.state,
      attempt: state.attempt,
      error: state.error?.code,
    });
    options.onState?.(state);
  };

  const drop = () => {
    clearTimeout(watch);
    current?.close({ force: true });
    current = undefined;
  };

  /** This connection is over: close it, wait, open the next one. */
  const again = (error: MoltbotFeishuError | undefined) => {
    if (stopped) return;
    drop();
    clearTimeout(timer);
    const terminal = error !== undefined && error.details.retryable === false;
    const base = terminal ? TERMINAL_WAIT_MS : FIRST_WAIT_MS;
    const ceiling = Math.min(LONGEST_WAIT_MS, base * 2 ** Math.min(attempts, 10));
    const waitMs = Math.max(
      error?.retryAfterMs ?? 0,
      terminal ? ceiling / 2 + (random() * ceiling) / 2 : random() * ceiling,
    );
    attempts++;
    enter({
      state: terminal ? 'failed' : everConnected ? 'reconnecting' : 'connecting',
      attempt: attempts,
      error,
      nextAttemptAt: now() + waitMs,
    });
    timer = setTimeout(() => void connect(), waitMs);
  };

  const connect = async () => {
    try {
      const sdk = await import('@larksuiteoapi/node-sdk');
      if (stopped) return;
      current = createClient(sdk);
      const dispatcher = new sdk.EventDispatcher({
        logger: sdkLogger,
        loggerLevel: sdk.LoggerLevel.error,
      }).register({
        'im.message.receive_v1': (event: unknown) => options.onEvent(event),
      });
      await current.start({ eventDispatcher: dispatcher });
    } catch (error) {
      log.error('the SDK could not be started', {
        error: error instanceof Error ? error.message : String(error),
      });
      again(isMoltbotFeishuError(error) ? error : handshakeFailed());
    }
  };

  const createClient = (sdk: typeof import('@larksuiteoapi/node-sdk')): WSClient => {
    let pulled = false;
    let over = false;
    const end = (error: MoltbotFeishuError | undefined) => {
      if (over) return;
      over = true;
      again(error);
    };
    return new sdk.WSClient({
      appId: client.appId,
      appSecret: options.appSecret.reveal(),
      domain: client.endpoints.openApi,
      // The SDK asks for the endpoint through this: our client's proxies, timeouts and errors.
      httpInstance: endpointOnly(sdk, async () => {
        // Asked a second time by one client: the handshake of the first has failed.
        if (pulled || over) {
          end(handshakeFailed());
          throw new Error('superseded');
        }
        pulled = true;
        try {
          const { url, clientConfig } = await client.wsEndpoint({ signal: pulls.signal });
          return {
            code: 0,
            msg: '',
            data: {
              URL: url,
              ClientConfig: {
                ReconnectCount: -1,
                ReconnectInterval: 1,
                ReconnectNonce: 0,
                PingInterval: Math.min(
                  clientConfig.pingIntervalS || LONGEST_PING_INTERVAL_S,
                  LONGEST_PING_INTERVAL_S,
                ),
              },
            },
          };
        } catch (error) {
          end(isMoltbotFeishuError(error) ? error : handshakeFailed());
          throw error;
        }
      }),
      agent: createLongConnectionAgent(options.env ?? {}),
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      wsConfig: { pingTimeout: PONG_TIMEOUT_S },
      logger: sdkLogger,
      loggerLevel: sdk.LoggerLevel.error,
      onReady: () => {
        if (over || stopped) return;
        attempts = 0;
        everConnected = true;
        enter({ state: 'connected', attempt: 0 });
        watchOver(end);
      },
      onReconnecting: () => end(undefined),
      onError: () => end(handshakeFailed()),
    });
  };

  const watchOver = (end: (error: MoltbotFeishuError) => void) => {
    let miscounts = 0;
    const look = async () => {
      try {
        miscounts =
          (await client.onlineConnections({ signal: pulls.signal })) === 0 ? miscounts + 1 : 0;
      } catch (error) {
        // Not being told is no reason to drop a line that works.
        log.debug('the platform did not count connections', {
          error: isMoltbotFeishuError(error) ? error.code : 'unknown',
        });
      }
      if (stopped || state.state !== 'connected') return;
      if (miscounts >= MISCOUNTS) end(notCounted());
      else watch = setTimeout(() => void look(), options.watchIntervalMs ?? WATCH_INTERVAL_MS);
    };
    watch = setTimeout(() => void look(), options.watchIntervalMs ?? WATCH_INTERVAL_MS);
  };

  const handshakeFailed = () =>
    new MoltbotFeishuError({
      code: 'platform-unreachable',
      exitCode: ExitCode.unavailable,
      what: message(texts.handshakeFailed, { host: new URL(client.endpoints.openApi).host }),
      fix: texts.handshakeFix,
      details: { retryable: true, reason: 'handshake' },
    });

  const notCounted = () =>
    new MoltbotFeishuError({
      code: 'connection-not-counted',
      exitCode: ExitCode.unavailable,
      what: texts.notCounted,
      details: { retryable: true },
    });

  /** R9: the SDK logs payloads; only the fact that it said something is kept. */
  const said = () => log.debug('sdk');
  const sdkLogger = { error: said, warn: said, info: said, debug: said, trace: said };

  const close = () => {
    if (stopped) return Promise.resolve();
    stopped = true;
    pulls.abort();
    clearTimeout(timer);
    drop();
    enter({ state: 'stopped', attempt: attempts });
    options.signal?.removeEventListener('abort', close);
    return Promise.resolve();
  };

  if (!isAppId(client.appId)) {
    // The SDK would only log it and return (WSClient.start, node-sdk@1.74.0).
    stopped = true;
    state = {
      state: 'failed',
      since: now(),
      attempt: 0,
      error: new MoltbotFeishuError({
        code: 'app-id-invalid',
        exitCode: ExitCode.config,
        what: message(texts.badAppId, { appId: client.appId }),
        fix: texts.runSetup,
        details: { retryable: false },
      }),
    };
    options.onState?.(state);
  } else if (options.signal?.aborted) {
    void close();
  } else {
    options.signal?.addEventListener('abort', close, { once: true });
    void connect();
  }

  return {
    get state() {
      return state;
    },
    close,
  };
}

type Sdk = typeof import('@larksuiteoapi/node-sdk');

/** An HTTP instance that can do the one call that WSClient makes. */
function endpointOnly(sdk: Sdk, pull: () => Promise<unknown>): HttpInstance {
  return new Proxy(sdk.defaultHttpInstance as unknown as HttpInstance, {
    get: (target, key, receiver) => (key === 'request' ? pull : Reflect.get(target, key, receiver)),
  });
}
