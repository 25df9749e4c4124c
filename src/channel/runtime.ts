/**
 * Runs the channel: long connections in, answers out, for every account.
 *
 * In: accounts with their secrets, and an agent. Out: events for subscribers, until it is
 * stopped. An account that cannot start is reported and does not stop the others.
 */
import type { ResolvedAccount } from '../config/account/account.ts';
import { isAppId } from '../platform/address/endpoints.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { Lang } from '../shared/text/text.ts';
import { monotonicNow } from '../shared/time/clock.ts';
import { RunningAccount } from './account.ts';
import type { AccountEvent, AccountStatus } from './account-event.ts';
import type { ChannelTimes } from './account-options.ts';
import type { Agent } from './agent/agent.ts';
import type { MediaPolicy } from './answer/media/media-policy.ts';
import type { SendLimiter } from './answer/send-limiter.ts';
import { channelError } from './channel-errors.ts';
import type { ChoiceBook } from './choice/choice-book.ts';
import { invalidAppIdError } from './connection/connection.ts';
import type { NameDirectory } from './message/directory/name-directory.ts';
import type { Pairing } from './message/pairing.ts';

export interface ChannelAccount {
  readonly account: ResolvedAccount;
  /** The secret, or the error that explains why it is missing. */
  readonly appSecret: Secret | MoltbotFeishuError | undefined;
}

export interface ChannelOptions {
  readonly accounts: readonly ChannelAccount[];
  readonly agent: Agent;
  /** Approves unknown senders; without it, the policy `pairing` refuses them. */
  readonly pairing?: Pairing;
  /** For people whose messages show no language. */
  readonly lang: Lang;
  /** Where the proxy variables are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent?: (event: AccountEvent) => void;
  /** Stops everything, as {@link Channel.stop} does. */
  readonly signal?: AbortSignal;
  /** The wall clock (ms since 1970): for what is shown or kept, never for waiting. */
  readonly now?: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly times?: ChannelTimes;
  /**
   * Where each app's inbox is kept: a directory, made where it is not there, or a `redis://` URL.
   * Without it nothing outlives the process.
   */
  readonly inbox?: string | undefined;
  /** Names of people and groups, where others ask for them, too; default: the runtime's own. */
  readonly names?: NameDirectory;
  /** The limits of an app, where others send for it, too; default: the runtime's own. */
  readonly limiterOf?: (appId: string) => SendLimiter;
  /** The open cards of an app, where others send cards for it, too; default: the runtime's own. */
  readonly choiceBookOf?: (appId: string) => ChoiceBook;
  /** Which media an answer may send; default: of the public internet alone. */
  readonly media?: MediaPolicy;
}

export interface Channel {
  /** Every enabled account, including those that could not start. */
  readonly accounts: readonly AccountStatus[];
  /** Resolves when everything has stopped. */
  readonly stopped: Promise<void>;
  /** The people seen in a chat of an app, by name, as far as the names are known. */
  peopleIn(appId: string, chatId: string): ReadonlyMap<string, string>;
  /** Accepts no new messages, finishes running turns if it can, and stops within 5 s. */
  stop(): Promise<void>;
}

/** How long running answers may take to end (ms); the rest of the 5 s is for aborting them. */
export const GRACE_MS = 3500;

/** Starts every enabled account; never throws because of one. */
export function startChannel(options: ChannelOptions): Channel {
  const { log, onEvent = () => undefined, now = Date.now, random = Math.random } = options;
  const { monotonic = monotonicNow } = options;
  const running: RunningAccount[] = [];
  const failedAccounts: AccountStatus[] = [];
  const accountOfApp = new Map<string, string>();

  function report(account: ResolvedAccount, error: MoltbotFeishuError): void {
    const { id, appId } = account;
    failedAccounts.push({
      id,
      appId,
      state: 'failed',
      since: now(),
      error,
      waiting: 0,
      running: 0,
    });
    log.info('account not started', { account: id, error: error.code });
    onEvent({ event: 'error', account: id, error });
  }

  /** @throws MoltbotFeishuError why this account cannot start */
  function start({ account, appSecret }: ChannelAccount): RunningAccount {
    const { agent, pairing, lang, env, times = {} } = options;
    const first = accountOfApp.get(account.appId);
    if (!isAppId(account.appId)) throw invalidAppIdError(account.appId);
    if (first !== undefined) throw duplicateAppError(first, account.id);
    if (isMoltbotFeishuError(appSecret)) throw appSecret;
    if (!appSecret || appSecret.isEmpty) throw secretMissingError(account.id);
    return new RunningAccount({
      account,
      appSecret,
      agent,
      pairing,
      lang,
      env,
      log,
      onEvent,
      now,
      monotonic,
      random,
      times,
      inbox: options.inbox,
      sendLimiter: options.limiterOf?.(account.appId),
      choiceBook: options.choiceBookOf?.(account.appId),
      names: options.names,
      media: options.media,
    });
  }

  for (const entry of options.accounts) {
    const { id, appId, enabled } = entry.account;
    if (!enabled) {
      log.info('account not enabled', { account: id });
      continue;
    }
    try {
      running.push(start(entry));
      accountOfApp.set(appId, id);
    } catch (error) {
      if (!isMoltbotFeishuError(error)) throw error;
      report(entry.account, error);
    }
  }

  let stopping: Promise<void> | undefined;
  let resolveStopped: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });
  const stop = (): Promise<void> => {
    stopping ??= Promise.all(running.map((account) => account.stop(GRACE_MS))).then(() => {
      options.signal?.removeEventListener('abort', onAbort);
      resolveStopped();
    });
    return stopping;
  };
  const onAbort = (): void => void stop();
  if (options.signal?.aborted) onAbort();
  else options.signal?.addEventListener('abort', onAbort, { once: true });

  return {
    get accounts() {
      return [...running.map((account) => account.status), ...failedAccounts];
    },
    stopped,
    peopleIn(appId, chatId) {
      const account = running.find(({ status }) => status.appId === appId);
      return account?.peopleIn(chatId) ?? new Map<string, string>();
    },
    stop,
  };
}

function secretMissingError(account: string): MoltbotFeishuError {
  return channelError('secretMissing', { account });
}

/** Two accounts of one app would receive each other's messages. */
export function duplicateAppError(first: string, second: string): MoltbotFeishuError {
  return channelError('sameApp', { first, second });
}
