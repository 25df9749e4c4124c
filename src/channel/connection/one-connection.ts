/** Runs one WSClient from its start to its end; the caller decides about the next one. */
import type { PlatformClient } from '../../platform/client/client.ts';
import { createLongConnectionAgent } from '../../platform/connection/long-connection-agent.ts';
import { codeOf, ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { channelTexts as texts } from '../texts.ts';
import { watchHandshakes } from './handshakes.ts';
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
  readonly watchIntervalMs: number;
  /** How soon a first "no" is asked again (ms). */
  readonly watchAgainMs: number;
}

export interface OneConnectionOptions extends ConnectionTimes {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent: (event: unknown) => Promise<void>;
  readonly onConnected: () => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  /** Ends the connection; first the events being received are acknowledged. */
  readonly signal: AbortSignal;
}

export interface Ending {
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
const MOST_IN_HAND = 64;
/** How long a closing connection waits for the events being received (ms). */
const LAST_ACKS_MS = 500;

/** Opens one connection; resolves when it is over and no socket and no timer is left. */
export async function runConnection(options: OneConnectionOptions): Promise<Ending> {
  const { client, log, signal } = options;
  const sdk = await loadSdk();
  const agent = createLongConnectionAgent(options.env);
  const handshakes = watchHandshakes(agent);
  const over = new AbortController();
  /** Events that are being received. */
  let inHand = 0;
  let onEmptyHanded: () => void = () => undefined;
  let wasConnected = false;
  let wasUseful = false;
  let hasPulled = false;

  return new Promise((resolve) => {
    let watch: NodeJS.Timeout | undefined;
    let silence: SilenceWatchdog | undefined;
    let { pingIntervalMs } = options;

    function end(error?: MoltbotFeishuError): void {
      if (over.signal.aborted) return;
      over.abort();
      clearTimeout(watch);
      silence?.stop();
      signal.removeEventListener('abort', onAbort);
      ws.close({ force: true });
      handshakes.abort();
      resolve({ wasConnected, wasUseful, error });
    }

    function onAbort(): void {
      clearTimeout(watch);
      if (inHand === 0) {
        end();
        return;
      }
      const late = setTimeout(end, LAST_ACKS_MS);
      onEmptyHanded = () => {
        clearTimeout(late);
        // The SDK sends the acknowledgement some microtasks after the handler has resolved.
        setImmediate(end);
      };
    }

    /** Asks whether the platform still counts the connection: an open one may get no events. */
    function watchOver(waitMs: number, misses: number): void {
      watch = setTimeout(() => {
        client.onlineConnections({ signal: over.signal }).then(
          (count) => {
            if (over.signal.aborted) return;
            if (count > 0) watchOver(options.watchIntervalMs, 0);
            else if (misses === 0) watchOver(options.watchAgainMs, 1);
            else end(notCounted());
          },
          (error: unknown) => {
            // A failed count is no reason to drop a connection that works.
            log.debug('connections were not counted', { error: codeOf(error) });
            if (!over.signal.aborted) watchOver(options.watchIntervalMs, misses);
          },
        );
      }, waitMs);
    }

    const ws = startSdkClient(sdk, {
      ...options,
      appId: client.appId,
      domain: client.endpoints.openApi,
      agent,
      pull: async () => {
        if (hasPulled) {
          const failure = handshakes.failure(client);
          end(failure);
          throw failure;
        }
        hasPulled = true;
        try {
          const endpoint = await client.wsEndpoint({ signal: over.signal });
          over.signal.throwIfAborted();
          return endpoint;
        } catch (error) {
          end(asKnown(error));
          throw error;
        }
      },
      onEvent: async (event) => {
        // The platform sends an unacknowledged event again, over the next connection.
        if (signal.aborted) throw new Error('the connection is being closed');
        wasUseful = true;
        inHand += 1;
        if (inHand === MOST_IN_HAND) agent.hold();
        try {
          await options.onEvent(event);
        } finally {
          inHand -= 1;
          if (inHand < MOST_IN_HAND) agent.letGo();
          if (inHand === 0) onEmptyHanded();
        }
      },
      onFrame: () => silence?.heard(),
      onPingInterval: (ms) => {
        pingIntervalMs = ms;
        silence?.pingsEvery(ms);
      },
      onReady: () => {
        if (over.signal.aborted) return;
        wasConnected = true;
        silence = watchSilence({
          ...options,
          pingIntervalMs,
          isHeld: () => agent.isHeld,
          onSilence: () => {
            log.info('the connection is silent', { pingIntervalMs });
            end();
          },
        });
        options.onConnected();
        watchOver(options.watchIntervalMs, 0);
      },
      onLost: () => end(),
      onGivenUp: () => end(handshakes.failure(client)),
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function asKnown(error: unknown): MoltbotFeishuError {
  if (isMoltbotFeishuError(error)) return error;
  return new MoltbotFeishuError({
    code: 'internal',
    exitCode: ExitCode.internal,
    what: texts.connectionFault,
    details: { retryable: true },
  });
}

function notCounted(): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'connection-not-counted',
    exitCode: ExitCode.unavailable,
    what: texts.notCounted,
    fix: texts.notCountedFix,
    details: { retryable: true },
  });
}
