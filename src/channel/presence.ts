/**
 * What an account knows of its connection and its bot, and what it reports of them.
 *
 * In: states of the connection, and the bot's identity. Out: the events `state` and `ready`.
 */
import type { BotInfo } from '../platform/client/answers.ts';
import type { AccountEvent } from './account-event.ts';
import type { ConnectionState } from './connection/connection.ts';

export interface PresenceOptions {
  readonly accountId: string;
  readonly emit: (event: AccountEvent) => void;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** How long `ready` waits for the bot's identity (ms). */
const IDENTITY_TIMEOUT_MS = 3000;

export class Presence {
  readonly #options: PresenceOptions;
  #connection: ConnectionState;
  #connectionSince: number;
  #bot: BotInfo | undefined;
  #isReady = false;
  #isClosed = false;
  #identityTimer: NodeJS.Timeout | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#connection = { state: 'connecting', since: options.now(), attempt: 0 };
    this.#connectionSince = options.monotonic();
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  get isConnected(): boolean {
    return this.#connection.state === 'connected';
  }

  /** How long the connection has been in its state (ms). */
  get connectionMs(): number {
    return this.#options.monotonic() - this.#connectionSince;
  }

  /** Undefined until the platform has reported it. */
  get bot(): BotInfo | undefined {
    return this.#bot;
  }

  /** @returns whether the connection came up or was lost with this state */
  connectionChanged(next: ConnectionState): 'up' | 'down' | 'same' {
    const { accountId, emit, monotonic } = this.#options;
    const last = this.#connection;
    const isNews = next.state !== last.state || next.error?.code !== last.error?.code;
    if (next.state !== last.state) this.#connectionSince = monotonic();
    this.#connection = next;
    if (isNews || next.state === 'connecting') {
      emit({ event: 'state', account: accountId, state: next.state, error: next.error });
    }
    if (next.state === 'connected') {
      this.#emitReadySoon();
      return 'up';
    }
    return last.state === 'connected' ? 'down' : 'same';
  }

  botFound(bot: BotInfo): void {
    this.#bot = bot;
    this.#emitReady();
  }

  /** Nothing is reported afterwards. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#identityTimer);
  }

  #emitReadySoon(): void {
    if (this.#bot) this.#emitReady();
    else this.#identityTimer ??= setTimeout(() => this.#emitReady(), IDENTITY_TIMEOUT_MS);
  }

  #emitReady(): void {
    if (this.#isReady || this.#isClosed || !this.isConnected) return;
    this.#isReady = true;
    clearTimeout(this.#identityTimer);
    const { accountId, emit } = this.#options;
    const bot = this.#bot && { name: this.#bot.name, openId: this.#bot.openId };
    emit({ event: 'ready', account: accountId, ...(bot && { bot }) });
  }
}
