/** The SDK's WSClient with its traps closed: own endpoint call, own agent, quiet, pings capped. */
import { EventEmitter } from 'node:events';
import type http from 'node:http';
import type { HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { WsEndpoint } from '../../platform/client/client.ts';
import type { Logger } from '../../shared/log.ts';
import { MASK } from '../../shared/secret.ts';
import { createFragmentAssembler, type Fragment } from './fragments.ts';

/** Loaded on first use: it costs three times a bare start of Node (feishu-wire, "SDK traps"). */
export const loadSdk = () => import('@larksuiteoapi/node-sdk');
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

export interface SdkClientOptions {
  readonly appId: string;
  readonly domain: string;
  readonly agent: http.Agent;
  /** Where to connect. Called a second time when the handshake of the first has failed. */
  readonly pull: () => Promise<WsEndpoint>;
  /** Resolving acknowledges the event; rejecting has it sent again. */
  readonly onEvent: (event: unknown) => Promise<void>;
  /** A frame came in, whatever is in it. */
  readonly onFrame: () => void;
  /** The ping interval that is in force from now on (ms). */
  readonly onPingInterval: (ms: number) => void;
  readonly onReady: () => void;
  readonly onLost: () => void;
  readonly onGivenUp: () => void;
  readonly handshakeTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** Starts one connection. The SDK reports its loss (`onReconnecting`) and is then to be closed. */
export function startSdkClient(sdk: Sdk, options: SdkClientOptions): WSClient {
  const logger = quietLogger(options.log);
  const loggerLevel = sdk.LoggerLevel.warn;
  const client = new sdk.WSClient({
    appId: options.appId,
    // Never used: the endpoint is asked through our own client, so the SDK need not know it.
    appSecret: MASK,
    domain: options.domain,
    httpInstance: endpointOnly(options),
    agent: options.agent,
    handshakeTimeoutMs: options.handshakeTimeoutMs,
    wsConfig: { pingTimeout: options.pongTimeoutMs / 1000 },
    logger,
    loggerLevel,
    onReady: options.onReady,
    onReconnecting: options.onLost,
    onError: options.onGivenUp,
  });
  watchSocket(client, options);
  mergeWithinBounds(client, options.monotonic);
  const eventDispatcher = new (dispatcherOf(sdk, options))({ logger, loggerLevel });
  client.start({ eventDispatcher }).catch(options.onGivenUp);
  return client;
}

/**
 * The SDK's dispatcher without what a long connection does not need: it copies each event five times
 * to look for an encryption and a signature that come over HTTP only (RequestHandle, node-sdk@1.74.0),
 * and answers an event that nobody waits for with a text about it.
 */
function dispatcherOf({ EventDispatcher }: Sdk, { appId, log, onEvent }: SdkClientOptions) {
  return class extends EventDispatcher {
    // A returned value would travel with the acknowledgement.
    override invoke(envelope: unknown): Promise<void> {
      if (!isEnvelope(envelope)) return Promise.resolve();
      const { header, event } = envelope;
      if (header.event_type !== 'im.message.receive_v1') return Promise.resolve();
      if (header.app_id !== undefined && header.app_id !== appId) {
        // Not acknowledged: it may still reach the app that it is for.
        const eventId = typeof header.event_id === 'string' ? header.event_id : undefined;
        log.warn('an event of another app was refused', { eventId });
        return Promise.reject(new Error('an event of another app'));
      }
      const { sender, message } = event;
      return onEvent({ event_id: header.event_id, sender, message });
    }
  };
}

interface Envelope {
  readonly header: {
    readonly event_type?: unknown;
    readonly event_id?: unknown;
    readonly app_id?: unknown;
  };
  readonly event: { readonly sender?: unknown; readonly message?: unknown };
}

/** Events of schema 2.0; the messages' are never older. */
function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { header, event } = value as Partial<Record<keyof Envelope, unknown>>;
  return (
    typeof header === 'object' && header !== null && typeof event === 'object' && event !== null
  );
}

/** An HTTP instance for the one call that WSClient makes; its own reconnecting is never waited for. */
function endpointOnly({ pull, pingIntervalMs }: SdkClientOptions): HttpInstance {
  const refuse = (): Promise<never> => Promise.reject(new Error('only the endpoint is asked'));
  return {
    request: async <T, R = T>(): Promise<R> => {
      const { url, clientConfig } = await pull();
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
 * Keeps the ping interval short, and hears every frame. Each pong overwrites the interval, unchecked,
 * with what the platform wishes (120 s; or NaN, which pings without pause), and no setting forbids that
 * (node-sdk@1.74.0, handleControlData). Where another version is built otherwise, only this is lost.
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
 * Puts events together in our own way, within bounds, in place of the SDK's cache (DataCache,
 * node-sdk@1.74.0). There an event that comes in one frame, as nearly all do, is also copied, and a Map
 * that grows and shrinks with each event leaves a chain behind, table to table: whatever hangs on it
 * outlives the young generation, 3 KB an event. Where another version is built otherwise, only this is
 * lost.
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

const SHORTEST_PING_MS = 1000;

function cappedMs(wished: unknown, longestMs: number): number {
  const isTime = typeof wished === 'number' && wished >= Math.min(SHORTEST_PING_MS, longestMs);
  return isTime ? Math.min(wished, longestMs) : longestMs;
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
