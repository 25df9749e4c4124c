/** The SDK's WSClient made safe: our own endpoint call and agent, a quiet log, bounded pings. */
import { EventEmitter } from 'node:events';
import type http from 'node:http';
import type { HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { WsEndpoint } from '../../platform/client/client.ts';
import type { Logger } from '../../shared/log.ts';
import { MASK } from '../../shared/secret.ts';
import { createFragmentAssembler, type Fragment } from './fragments.ts';
import type { EventHandler } from './platform-event.ts';

/** Loaded on first use: loading takes three bare starts of Node (docs/platform/connection.md#traps-of-the-sdk). */
export const loadSdk = () => import('@larksuiteoapi/node-sdk');
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

export interface SdkClientOptions {
  readonly appId: string;
  readonly domain: string;
  readonly agent: http.Agent;
  /** Gets the endpoint. The SDK calls it a second time after a failed handshake. */
  readonly fetchEndpoint: () => Promise<WsEndpoint>;
  /** Resolving acknowledges the event; after a rejection the platform sends it again (docs/platform/connection.md#acknowledgement). */
  readonly onEvent: EventHandler;
  /** A frame of any kind arrived. */
  readonly onFrame: () => void;
  /** The ping interval from now on (ms). */
  readonly onPingInterval: (ms: number) => void;
  readonly onReady: () => void;
  readonly onClosed: () => void;
  readonly onFailed: () => void;
  readonly handshakeTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** Starts one connection. After a loss (`onReconnecting`) the caller closes the client. */
export function startSdkClient(sdk: Sdk, options: SdkClientOptions): WSClient {
  const logger = quietLogger(options.log);
  const loggerLevel = sdk.LoggerLevel.warn;
  const client = new sdk.WSClient({
    appId: options.appId,
    // Never used: our own client asks for the endpoint, so the SDK does not need the secret.
    appSecret: MASK,
    domain: options.domain,
    httpInstance: endpointOnly(options),
    agent: options.agent,
    handshakeTimeoutMs: options.handshakeTimeoutMs,
    wsConfig: { pingTimeout: options.pongTimeoutMs / 1000 },
    logger,
    loggerLevel,
    onReady: options.onReady,
    onReconnecting: options.onClosed,
    onError: options.onFailed,
  });
  watchSocket(client, options);
  mergeWithinBounds(client, options.monotonic);
  const eventDispatcher = new (dispatcherOf(sdk, options))({ logger, loggerLevel });
  client.start({ eventDispatcher }).catch(options.onFailed);
  return client;
}

/**
 * The SDK's dispatcher without the parts for HTTP. The original copies each event five times to
 * look for an encryption and a signature that only HTTP has (RequestHandle, node-sdk@1.74.0), and
 * answers an event without a handler with a text.
 */
function dispatcherOf({ EventDispatcher }: Sdk, { appId, log, onEvent }: SdkClientOptions) {
  return class extends EventDispatcher {
    /** @returns what the SDK sends with the acknowledgement: only a callback has an answer */
    override async invoke(envelope: unknown): Promise<object | undefined> {
      if (!isEnvelope(envelope)) return undefined;
      const { header, event } = envelope;
      if (header.app_id !== undefined && header.app_id !== appId) {
        // Not acknowledged, so that the platform can still deliver it to the right app.
        const eventId = typeof header.event_id === 'string' ? header.event_id : undefined;
        log.warn('an event of another app was refused', { eventId });
        throw new Error('an event of another app');
      }
      const { event_type: type, event_id: eventId, create_time: createTime } = header;
      if (typeof type !== 'string') return undefined;
      const answer = await onEvent({ type, eventId, createTime, body: event });
      return callbackTypes.has(type) ? (answer ?? noChange) : undefined;
    }
  };
}

/** A client shows an error where a callback has no answer within 3 s; this one changes nothing. */
const noChange = {};
const callbackTypes: ReadonlySet<string> = new Set(['card.action.trigger']);

interface Envelope {
  readonly header: {
    readonly event_type?: unknown;
    readonly event_id?: unknown;
    readonly create_time?: unknown;
    readonly app_id?: unknown;
  };
  readonly event: object;
}

/** Whether an event has schema 2.0; the events that are read here never have an older one. */
function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { header, event } = value as Partial<Record<keyof Envelope, unknown>>;
  return (
    typeof header === 'object' && header !== null && typeof event === 'object' && event !== null
  );
}

/** An HTTP instance for WSClient's only call; its answer makes the SDK reconnect without a wait. */
function endpointOnly({ fetchEndpoint, pingIntervalMs }: SdkClientOptions): HttpInstance {
  const refuse = (): Promise<never> => Promise.reject(new Error('only the endpoint is asked'));
  return {
    request: async <T, R = T>(): Promise<R> => {
      const { url, clientConfig } = await fetchEndpoint();
      const answer = {
        code: 0,
        msg: '',
        data: {
          URL: url,
          ClientConfig: {
            ReconnectCount: -1,
            ReconnectInterval: 1,
            ReconnectNonce: 0,
            PingInterval: cappedMs(clientConfig.pingIntervalS * 1000, pingIntervalMs) / 1000,
          },
        },
      };
      return answer as R;
    },
    get: refuse,
    delete: refuse,
    head: refuse,
    options: refuse,
    post: refuse,
    put: refuse,
    patch: refuse,
  };
}

interface WsConfig {
  updateWs(patch: Readonly<Record<string, unknown>>): void;
  setWSInstance(socket: unknown): void;
}

/**
 * Keeps the ping interval short, and observes every frame. Each pong overwrites the interval,
 * unchecked, with the platform's value (120 s; or NaN, which pings without pause), and no setting
 * prevents that (node-sdk@1.74.0, handleControlData). If another SDK version differs, only this is
 * lost.
 */
function watchSocket(client: WSClient, options: SdkClientOptions): void {
  const config: unknown = Reflect.get(client, 'wsConfig');
  if (!isWsConfig(config)) return;
  const update = config.updateWs.bind(config);
  config.updateWs = (patch) => {
    if (!('pingInterval' in patch)) return update(patch);
    const pingInterval = cappedMs(patch.pingInterval, options.pingIntervalMs);
    options.onPingInterval(pingInterval);
    update({ ...patch, pingInterval });
  };
  const setSocket = config.setWSInstance.bind(config);
  config.setWSInstance = (socket) => {
    if (socket instanceof EventEmitter) {
      for (const frame of ['message', 'ping', 'pong']) socket.on(frame, options.onFrame);
    }
    setSocket(socket);
  };
}

function isWsConfig(value: unknown): value is WsConfig {
  return (
    typeof value === 'object' && value !== null && 'updateWs' in value && 'setWSInstance' in value
  );
}

interface DataCache {
  mergeData(fragment: Fragment): unknown;
}

/**
 * Replaces the SDK's cache (DataCache, node-sdk@1.74.0) with our own bounded assembler. The SDK's
 * cache also copies events that arrive in one frame, as nearly all do. Its Map grows and shrinks
 * with each event and leaves a chain of tables, which keeps 3 KB an event beyond the young
 * generation.
 * If another SDK version differs, only this is lost.
 */
function mergeWithinBounds(client: WSClient, monotonic: () => number): void {
  const cache: unknown = Reflect.get(client, 'dataCache');
  if (!isDataCache(cache)) return;
  const fragments = createFragmentAssembler(monotonic);
  cache.mergeData = fragments.add;
}

function isDataCache(value: unknown): value is DataCache {
  return typeof value === 'object' && value !== null && 'mergeData' in value;
}

const MIN_PING_MS = 1000;

function cappedMs(wished: unknown, maxMs: number): number {
  const isTime = typeof wished === 'number' && wished >= Math.min(MIN_PING_MS, maxMs);
  return isTime ? Math.min(wished, maxMs) : maxMs;
}

/**
 * The SDK's warnings and errors at debug level, up to the first colon: the text after it may
 * contain ids or a part of the payload (R9).
 */
function quietLogger(log: Logger) {
  const say = (...words: unknown[]): void => {
    const line = words.flat().filter((word) => typeof word === 'string');
    const [head = ''] = line.join(' ').split(/[:;\n{"]/);
    log.debug('sdk', { says: head.trim().slice(0, 80) });
  };
  return { error: say, warn: say, info: say, debug: say, trace: say };
}
