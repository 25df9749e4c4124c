/** Runs one WSClient from its start to its end; the caller decides about the next one. */
import type { PlatformClient } from '../../platform/client/client.ts';
import { createLongConnectionAgent } from '../../platform/connection/long-connection-agent.ts';
import { codeOf, isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { channelError } from '../channel-errors.ts';
import { watchHandshakes } from './handshakes.ts';
import type { EventHandler } from './platform-event.ts';
import { loadSdk, startSdkClient } from './sdk-client.ts';
import { type SilenceTimes, type SilenceWatchdog, watchSilence } from './silence.ts';

export interface ConnectionTimes extends SilenceTimes {
  /** From the endpoint's answer to the open socket (ms). */
  readonly handshakeTimeoutMs: number;
  readonly pingIntervalMs: number;
  /**
   * Without any frame for so long after a ping, the peer counts as dead (ms). Shorter than
   * `pingIntervalMs`: the SDK restarts this time with each ping (armLiveness, node-sdk@1.74.0).
   */
  readonly pongTimeoutMs: number;
  /** How often the platform is asked whether it still counts the connection (ms). */
  readonly countIntervalMs: number;
  /** How soon a first "no" is asked again (ms). */
  readonly countAgainMs: number;
}

export interface RunConnectionOptions extends ConnectionTimes {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent: EventHandler;
  readonly onConnected: () => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  /** Ends the connection; first the events being received are acknowledged. */
  readonly signal: AbortSignal;
}

export interface ConnectionEnd {
  readonly wasConnected: boolean;
  /** An event arrived over the connection. */
  readonly wasUseful: boolean;
  /** Why the connection ended; `undefined` if the socket just closed, or the signal aborted. */
  readonly error: MoltbotFeishuError | undefined;
}

/**
 * Events that are received at a time. More are not read: they cost nothing in the socket, but in
 * memory they would wait for the disk so long that collecting them costs twice as much.
 */
const MAX_EVENTS_IN_PROGRESS = 32;
/** How long a closing connection waits for the events being received (ms). */
const LAST_ACKS_TIMEOUT_MS = 500;

/** Opens one connection; resolves when it is over and no socket and no timer is left. */
export async function runConnection(options: RunConnectionOptions): Promise<ConnectionEnd> {
  const { client, log, signal } = options;
  const sdk = await loadSdk();
  const agent = createLongConnectionAgent(options.env);
  const handshakes = watchHandshakes(agent);
  const ended = new AbortController();
  /** Events that are being received. */
  let eventsInProgress = 0;
  let onAllReceived: () => void = () => undefined;
  let wasConnected = false;
  let wasUseful = false;
  let hasFetchedEndpoint = false;

  return new Promise((resolve) => {
    let countTimer: NodeJS.Timeout | undefined;
    let watchdog: SilenceWatchdog | undefined;
    let { pingIntervalMs } = options;

    function end(error?: MoltbotFeishuError): void {
      if (ended.signal.aborted) return;
      ended.abort();
      clearTimeout(countTimer);
      watchdog?.stop();
      signal.removeEventListener('abort', onAbort);
      ws.close({ force: true });
      handshakes.abort();
      resolve({ wasConnected, wasUseful, error });
    }

    function onAbort(): void {
      clearTimeout(countTimer);
      if (eventsInProgress === 0) {
        end();
        return;
      }
      const lastAcksTimer = setTimeout(end, LAST_ACKS_TIMEOUT_MS);
      onAllReceived = () => {
        clearTimeout(lastAcksTimer);
        // The SDK sends the acknowledgement some microtasks after the handler has resolved.
        setImmediate(end);
      };
    }

    /** Asks whether the platform still counts the connection: an open one may get no events. */
    function countConnectionsIn(waitMs: number, misses: number): void {
      countTimer = setTimeout(() => {
        client.onlineConnections({ signal: ended.signal }).then(
          (count) => {
            if (ended.signal.aborted) return;
            if (count > 0) countConnectionsIn(options.countIntervalMs, 0);
            else if (misses === 0) countConnectionsIn(options.countAgainMs, 1);
            else end(notCountedError());
          },
          (error: unknown) => {
            // A failed count is no reason to drop a connection that works.
            log.debug('connections were not counted', { error: codeOf(error) });
            if (!ended.signal.aborted) countConnectionsIn(options.countIntervalMs, misses);
          },
        );
      }, waitMs);
    }

    const ws = startSdkClient(sdk, {
      ...options,
      appId: client.appId,
      domain: client.endpoints.openApi,
      agent,
      fetchEndpoint: async () => {
        if (hasFetchedEndpoint) {
          const failure = handshakes.failure(client);
          end(failure);
          throw failure;
        }
        hasFetchedEndpoint = true;
        try {
          const endpoint = await client.wsEndpoint({ signal: ended.signal });
          ended.signal.throwIfAborted();
          return endpoint;
        } catch (error) {
          end(asMoltbotFeishuError(error));
          throw error;
        }
      },
      onEvent: async (event) => {
        // The platform sends an unacknowledged event again, over the next connection: docs/platform/connection.md#redelivery
        if (signal.aborted) throw new Error('the connection is being closed');
        wasUseful = true;
        eventsInProgress += 1;
        if (eventsInProgress === MAX_EVENTS_IN_PROGRESS) agent.hold();
        try {
          return await options.onEvent(event);
        } finally {
          eventsInProgress -= 1;
          if (eventsInProgress < MAX_EVENTS_IN_PROGRESS) agent.letGo();
          if (eventsInProgress === 0) onAllReceived();
        }
      },
      onFrame: () => watchdog?.frameReceived(),
      onPingInterval: (ms) => {
        pingIntervalMs = ms;
        watchdog?.setPingInterval(ms);
      },
      onReady: () => {
        if (ended.signal.aborted) return;
        wasConnected = true;
        watchdog = watchSilence({
          ...options,
          pingIntervalMs,
          isPaused: () => agent.isHeld,
          onSilence: () => {
            log.info('the connection is silent', { pingIntervalMs });
            end();
          },
        });
        options.onConnected();
        countConnectionsIn(options.countIntervalMs, 0);
      },
      onClosed: () => end(),
      onFailed: () => end(handshakes.failure(client)),
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function asMoltbotFeishuError(error: unknown): MoltbotFeishuError {
  if (isMoltbotFeishuError(error)) return error;
  return channelError('connectionFault');
}

function notCountedError(): MoltbotFeishuError {
  return channelError('notCounted');
}
