/**
 * Runs one account: its connection, its inbox, its turns.
 *
 * In: an account with its secret, and an agent. Out: answers in Feishu, and events for
 * subscribers. A failure of this account does not affect the others.
 */
import { setMaxListeners } from 'node:events';
import type { ResolvedAccount } from '../config/account.ts';
import { inboxDirectory } from '../config/inbox-place.ts';
import type { BotInfo } from '../platform/client/answers.ts';
import { createPlatformClient } from '../platform/client/client.ts';
import { codeOf } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { Lang } from '../shared/text.ts';
import { pause } from '../shared/waiting.ts';
import type { AccountEvent, AccountStatus } from './account-event.ts';
import type { Agent } from './agent/agent.ts';
import { createSendLimiter, type SendLimits } from './answer/send-limiter.ts';
import type { BackoffTimes } from './connection/backoff.ts';
import { type ConnectionState, openLongConnection } from './connection/connection.ts';
import { fetchIdentity } from './connection/identity.ts';
import type { ConnectionTimes } from './connection/one-connection.ts';
import { createEventReceiver } from './inbox/event-receiver.ts';
import { openInbox } from './inbox/open-inbox.ts';
import type { RedisInboxTimes } from './inbox/redis/redis-inbox.ts';
import { readMessage } from './message/content/content.ts';
import { parseControlCommand } from './message/control.ts';
import type { InboundMessage } from './message/event.ts';
import type { Pairing } from './message/pairing.ts';
import { decide } from './message/policy.ts';
import { createRunRecorder } from './run-record.ts';
import { createTurnRunner } from './turn/turn.ts';
import { createTurnScheduler, type ReconnectWaits } from './turn/turn-scheduler.ts';

/** Overrides of the default waits, for tests and unusual networks. */
export interface ChannelTimes {
  readonly backoff?: Partial<BackoffTimes>;
  readonly connection?: Partial<ConnectionTimes>;
  readonly reconnectWaits?: ReconnectWaits;
  readonly sendLimits?: SendLimits;
  /** Between two writes of the run record (ms). */
  readonly recordEveryMs?: number;
  readonly redisInbox?: Partial<RedisInboxTimes>;
}

export interface AccountOptions {
  readonly account: ResolvedAccount;
  readonly appSecret: Secret;
  readonly agent: Agent;
  readonly pairing?: Pairing | undefined;
  /** For people whose messages show no language. */
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent: (event: AccountEvent) => void;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly times: ChannelTimes;
  /** A directory or a `redis://` URL; without it nothing outlives the process. */
  readonly inbox: string | undefined;
}

export interface RunningAccount {
  readonly status: AccountStatus;
  /** Accepts no new messages, gives running turns `graceMs` to end, and frees all resources. */
  stop(graceMs: number): Promise<void>;
}

/** How long `ready` waits for the bot's identity (ms). */
const IDENTITY_TIMEOUT_MS = 3000;
/** How long aborted turns may take to end (ms); an agent that ignores the abort is abandoned. */
const ABORT_TIMEOUT_MS = 700;

/** @throws MoltbotFeishuError `domain-invalid` */
export function startAccount(options: AccountOptions): RunningAccount {
  const { account, log, now, monotonic, random, times } = options;
  const { id } = account;
  const client = createPlatformClient({
    appId: account.appId,
    appSecret: options.appSecret,
    domain: account.domain,
    env: options.env,
    log,
    now,
    monotonic,
    random,
  });
  /** Aborts when the account stops accepting new messages. */
  const stopping = new AbortController();
  /** Aborts running turns, which release their claims. */
  const hardStop = new AbortController();
  // Every turn listens to it, and so does each message that a turn sends.
  setMaxListeners(0, hardStop.signal);
  const immediateRuns = new Set<Promise<void>>();
  let bot: BotInfo | undefined;
  let isReady = false;
  let connectionSince = monotonic();
  let connectionState: ConnectionState = { state: 'connecting', since: now(), attempt: 0 };
  const record = createRunRecorder({
    directory: options.inbox && inboxDirectory(options.inbox, account.appId),
    now,
    log,
    writeEveryMs: times.recordEveryMs,
  });

  function emit(event: AccountEvent): void {
    if (event.event === 'answered') record.messageAnswered();
    try {
      options.onEvent(event);
    } catch (error) {
      // A failing subscriber must not stop the account.
      log.error('a listener failed', { error: codeOf(error) });
    }
  }

  const inbox = openInbox({
    location: options.inbox,
    redisTimes: times.redisInbox,
    appId: account.appId,
    log,
    now,
    monotonic,
    listener: {
      onReceived(message) {
        // This includes messages that a follower received and handed over.
        record.messageReceived();
        const { eventId, messageId, chatId } = message;
        log.debug('received', { eventId, messageId, chatId });
        emit({ event: 'received', account: id, message });
        const decision = decide(message, account, bot?.openId);
        if (decision.kind === 'ignore') runner.reportIgnored(message, decision.reason);
        return decision.kind !== 'ignore';
      },
      onWaiting(message) {
        if (skipsQueue(message)) void runNow(message);
        else scheduler.schedule();
      },
      onOwner() {
        record.startWriting();
        // The platform sends unacknowledged messages again, perhaps after newer ones: docs/platform/connection.md#redelivery
        const waiting = inbox.waiting();
        if (waiting > 0) {
          scheduler.onDisconnected();
          emit({ event: 'inbox', account: id, is: 'left-over', waiting });
        }
        if (connectionState.state === 'connected') scheduler.onConnected();
        else scheduler.schedule();
      },
      onFollower: () => emit({ event: 'inbox', account: id, is: 'shared' }),
      onClaimable: () => scheduler.schedule(),
      onProblem(problem) {
        if (problem) emit({ event: 'error', account: id, error: problem });
        else emit({ event: 'inbox', account: id, is: 'well-again' });
      },
    },
  });
  const sendLimiter = createSendLimiter(monotonic, times.sendLimits);
  const scheduler = createTurnScheduler({
    inbox,
    monotonic,
    // The mention rule of groups needs the bot's open_id; direct messages do not.
    mayStart: (message) => message.chatType === 'p2p' || bot !== undefined,
    run: (claim, signal) => runner.run(claim, AbortSignal.any([signal, hardStop.signal])),
    onError: (error) => {
      if (!stopping.signal.aborted)
        log.error('the inbox could not be asked', { error: codeOf(error) });
    },
    ...(times.reconnectWaits && { reconnectWaits: times.reconnectWaits }),
    ...(options.agent.concurrency !== undefined && { concurrency: options.agent.concurrency }),
  });
  const runner = createTurnRunner({
    account,
    client,
    sendLimiter,
    agent: options.agent,
    pairing: options.pairing,
    lang: options.lang,
    log,
    now,
    monotonic,
    random,
    hardStop: hardStop.signal,
    emit,
    situation: () => ({ connection: connectionState, connectionSince, bot }),
    chatStatus: (chatId) => ({
      isRunning: scheduler.isRunning(chatId),
      waiting: inbox.waiting(chatId),
      stop: () => scheduler.abort(chatId),
    }),
  });

  const onEvent = createEventReceiver({
    inbox,
    log,
    isBotKnown: () => bot !== undefined,
    onStored: () => record.messageReceived(),
    onFull: (error) => emit({ event: 'error', account: id, error }),
    monotonic,
    onUnreadable: (error) => emit({ event: 'error', account: id, error }),
  });

  /** Whether a message skips the queue: a command from a person whom the policy answers. */
  function skipsQueue(message: InboundMessage): boolean {
    const { agent, lang, pairing } = options;
    const { kind } = decide(message, account, bot?.openId);
    // Pairing is checked later, in the turn.
    if (kind !== 'answer' && (kind !== 'refuse' || pairing === undefined)) return false;
    const { command } = readMessage(message, { botOpenId: bot?.openId, lang });
    return agent.skipsQueue
      ? agent.skipsQueue(command)
      : parseControlCommand(command) !== undefined;
  }

  async function runNow(message: InboundMessage): Promise<void> {
    try {
      const claim = await inbox.claimMessage(message);
      if (!claim) return;
      const run = runner.run(claim, hardStop.signal).finally(() => immediateRuns.delete(run));
      immediateRuns.add(run);
    } catch (error) {
      log.error('a message could not be taken', { error: codeOf(error) });
    }
  }

  const connection = openLongConnection({
    client,
    env: options.env,
    log,
    now,
    monotonic,
    random,
    onEvent,
    onState: (state) => {
      const isChange =
        state.state !== connectionState.state || state.error?.code !== connectionState.error?.code;
      if (state.state === 'connected') scheduler.onConnected();
      else if (connectionState.state === 'connected') scheduler.onDisconnected();
      if (state.state !== connectionState.state) connectionSince = monotonic();
      connectionState = state;
      record.connectionChanged(state);
      if (isChange || state.state === 'connecting') {
        emit({ event: 'state', account: id, state: state.state, error: state.error });
      }
      if (state.state === 'connected') emitReadySoon();
    },
    ...(times.backoff && { backoff: times.backoff }),
    ...(times.connection && { times: times.connection }),
  });

  let identityTimer: NodeJS.Timeout | undefined;
  function emitReadySoon(): void {
    if (bot) emitReady();
    else identityTimer ??= setTimeout(emitReady, IDENTITY_TIMEOUT_MS);
  }

  function emitReady(): void {
    if (isReady || stopping.signal.aborted || connectionState.state !== 'connected') return;
    isReady = true;
    clearTimeout(identityTimer);
    emit({
      event: 'ready',
      account: id,
      ...(bot && { bot: { name: bot.name, openId: bot.openId } }),
    });
  }

  const identity = fetchIdentity({
    client,
    signal: stopping.signal,
    random,
    onError: (error) => {
      log.info('the bot is not known yet', { error: error.code, code: error.feishuCode });
      // The connection already reports rejected credentials.
      if (error.code !== 'credentials-rejected') emit({ event: 'error', account: id, error });
    },
  }).then(
    (found) => {
      if (!found) return;
      bot = found;
      emitReady();
      scheduler.schedule();
    },
    (error: unknown) => {
      log.error('the bot cannot be asked for', {
        error: codeOf(error),
      });
    },
  );

  return {
    get status() {
      return {
        id,
        appId: account.appId,
        state: connectionState.state,
        since: connectionState.since,
        error: connectionState.error,
        bot: bot && { name: bot.name, openId: bot.openId },
        waiting: inbox.waiting(),
        running: scheduler.running,
        lastEventAt: record.lastEventAt,
        lastAnswerAt: record.lastAnswerAt,
        inbox: inbox.status,
      };
    },
    async stop(graceMs) {
      stopping.abort();
      clearTimeout(identityTimer);
      const allEnded = new AbortController();
      const ended = Promise.all([
        connection.close(),
        identity,
        scheduler.stop(),
        ...immediateRuns,
      ]).finally(() => allEnded.abort());
      const { signal } = allEnded;
      await Promise.race([ended, pause(graceMs, signal)]);
      hardStop.abort();
      await Promise.race([ended, pause(ABORT_TIMEOUT_MS, signal)]);
      allEnded.abort();
      // Before the inbox closes: only its owner may write the record.
      await record.close();
      await inbox.close();
    },
  };
}

export type { AccountEvent } from './account-event.ts';
