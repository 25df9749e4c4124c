/**
 * Keeps one app's long connection open: one SDK WSClient for each connection, with our own waits.
 *
 * In: a platform client, and a handler that acknowledges an event by resolving. Out: each change of
 * state. The SDK's own reconnecting is not used: it gives up on terminal errors, waits as long as
 * the platform asks, and never reports the cause (node-sdk@1.74.0).
 */

import { isAppId } from '../../platform/address/endpoints.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/log.ts';
import type { Secret } from '../../shared/secret.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import { aborted, pause } from '../../shared/time/waiting.ts';
import { channelError } from '../channel-errors.ts';
import { type ConnectionEnd, type ConnectionTimes, runConnection } from './one-connection.ts';
import type { EventHandler } from './platform-event.ts';
import { type BackoffTimes, backoffTimes, isTerminal, waitBeforeRetry } from './retry-wait.ts';

export interface ConnectionState {
  readonly state: 'connecting' | 'connected' | 'reconnecting' | 'failed' | 'stopped';
  /** When this state began (ms since 1970). */
  readonly since: number;
  /** Failed attempts in a row. */
  readonly attempt: number;
  /** Why the last attempt failed, or why the connection was given up. */
  readonly error?: MoltbotFeishuError | undefined;
  /** When the next attempt begins (ms since 1970). */
  readonly nextAttemptAt?: number | undefined;
}

export interface LongConnection {
  readonly state: ConnectionState;
  /** Resolves when no socket and no timer is left; first acknowledges the events being received. */
  close(): Promise<void>;
}

export interface LongConnectionOptions {
  readonly client: PlatformClient;
  /** Never passed to the SDK; the client already has it. */
  readonly appSecret?: Secret;
  /** Called with each event, of any type. Resolving acknowledges it; if rejected, it is sent again. */
  readonly onEvent: EventHandler;
  readonly onState?: (state: ConnectionState) => void;
  /** Where the proxy variables are read. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly backoff?: Partial<BackoffTimes>;
  readonly times?: Partial<ConnectionTimes>;
}

/**
 * Feishu asks for a ping every 120 s (docs/platform/connection.md#endpoint); at 30 s a dead peer is noticed within 40 s, and NAT tables,
 * which forget after a minute or more, keep the connection. The platform counts connections for us
 * every 5 minutes: 8,640 calls a month, where one a minute has used up a tenant's quota (docs/platform/limits.md).
 */
const connectionTimes: ConnectionTimes = {
  handshakeTimeoutMs: 15_000,
  pingIntervalMs: 30_000,
  pongTimeoutMs: 10_000,
  countIntervalMs: 5 * 60_000,
  countAgainMs: 30_000,
  minSilenceMs: 15_000,
  maxSilenceMs: 60_000,
};

/** Opens the connection and keeps it, until {@link LongConnection.close} or the signal. */
export function openLongConnection(options: LongConnectionOptions): LongConnection {
  const { client, log = silentLogger, now = Date.now, random = Math.random } = options;
  const backoff = { ...backoffTimes, ...options.backoff };
  const closing = new AbortController();
  const { signal } = closing;
  let state: ConnectionState = { state: 'connecting', since: now(), attempt: 0 };

  function changeState(next: Omit<ConnectionState, 'since'>): void {
    const since = next.state === state.state ? state.since : now();
    state = { ...next, since };
    const { error, attempt } = next;
    log.info('long connection', { state: next.state, attempt, error: error?.code });
    options.onState?.(state);
  }

  async function keepConnected(): Promise<void> {
    let wasEverConnected = false;
    let attempt = 0;
    let unusedConnections = 0;
    changeState({ state: 'connecting', attempt });
    while (!signal.aborted) {
      const ending = await tryConnection(() => {
        wasEverConnected = true;
        attempt = 0;
        changeState({ state: 'connected', attempt });
      });
      if (signal.aborted) break;
      const { error, wasConnected, wasUseful } = ending;
      if (wasConnected) unusedConnections = wasUseful ? 0 : unusedConnections + 1;
      else attempt += 1;
      const waitMs = waitBeforeRetry(
        error && !wasConnected
          ? { kind: 'failed', attempt, error }
          : { kind: 'lost', unusedConnections: Math.max(0, unusedConnections - 1) },
        random(),
        backoff,
      );
      const isFailed = error !== undefined && isTerminal(error);
      changeState({
        state: isFailed ? 'failed' : wasEverConnected ? 'reconnecting' : 'connecting',
        attempt,
        error,
        nextAttemptAt: now() + waitMs,
      });
      await pause(waitMs, signal);
    }
  }

  async function tryConnection(onConnected: () => void): Promise<ConnectionEnd> {
    try {
      return await runConnection({
        ...connectionTimes,
        ...options.times,
        client,
        env: options.env ?? {},
        log,
        onEvent: options.onEvent,
        onConnected,
        monotonic: options.monotonic ?? monotonicNow,
        signal,
      });
    } catch (error) {
      log.error('the SDK could not be started', { error: nameOf(error) });
      return { wasConnected: false, wasUseful: false, error: sdkError() };
    }
  }

  async function run(): Promise<void> {
    // No state is reported before the caller has the connection.
    await Promise.resolve();
    if (isAppId(client.appId)) await keepConnected();
    else {
      // The SDK would only log it and return (WSClient.start, node-sdk@1.74.0).
      changeState({ state: 'failed', attempt: 0, error: invalidAppIdError(client.appId) });
      await aborted(signal);
    }
    changeState({ state: 'stopped', attempt: state.attempt });
  }

  const close = (): void => closing.abort();
  if (options.signal?.aborted) close();
  else options.signal?.addEventListener('abort', close, { once: true });
  const ended = run().finally(() => options.signal?.removeEventListener('abort', close));

  return {
    get state() {
      return state;
    },
    close() {
      close();
      return ended;
    },
  };
}

function nameOf(error: unknown): string {
  if (isMoltbotFeishuError(error)) return error.code;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}

export function invalidAppIdError(appId: string): MoltbotFeishuError {
  return channelError('badAppId', { appId });
}

function sdkError(): MoltbotFeishuError {
  return channelError('connectionFault');
}
