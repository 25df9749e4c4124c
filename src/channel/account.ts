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
import { createOutbound, type OutboundLimits } from './answer/outbound.ts';
import type { BackoffTimes } from './connection/backoff.ts';
import { type ConnectionState, openLongConnection } from './connection/connection.ts';
import { learnIdentity } from './connection/identity.ts';
import type { ConnectionTimes } from './connection/one-connection.ts';
import { openInbox } from './inbox/open-inbox.ts';
import { createReception } from './inbox/reception.ts';
import type { RedisInboxTimes } from './inbox/redis/redis-inbox.ts';
import { readMessage } from './message/content/content.ts';
import { controlCommand } from './message/control.ts';
import type { InboundMessage } from './message/event.ts';
import type { Pairing } from './message/pairing.ts';
import { decide } from './message/policy.ts';
import { createRunRecorder } from './run-record.ts';
import { createTurnRunner } from './turn/turn.ts';
import { createTurns, type SettleTimes } from './turn/turns.ts';

/** Overrides of the default waits, for tests and unusual networks. */
export interface ChannelTimes {
  readonly backoff?: Partial<BackoffTimes>;
  readonly connection?: Partial<ConnectionTimes>;
  readonly settle?: SettleTimes;
  readonly outbound?: OutboundLimits;
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
const IDENTITY_PATIENCE_MS = 3000;
/** How long aborted turns may take to end (ms); an agent that ignores the abort is abandoned. */
const LET_GO_MS = 700;

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
  const overtaking = new Set<Promise<void>>();
  let bot: BotInfo | undefined;
  let isReady = false;
  let lineSince = monotonic();
  let line: ConnectionState = { state: 'connecting', since: now(), attempt: 0 };
  const record = createRunRecorder({
    directory: options.inbox && inboxDirectory(options.inbox, account.appId),
    now,
    log,
    everyMs: times.recordEveryMs,
  });

  function tell(event: AccountEvent): void {
    if (event.event === 'answered') record.answered();
    try {
      options.onEvent(event);
    } catch (error) {
      // A failing subscriber must not stop the account.
      log.error('a listener failed', { error: codeOf(error) });
    }
  }

  const inbox = openInbox({
    place: options.inbox,
    redisTimes: times.redisInbox,
    appId: account.appId,
    log,
    now,
    monotonic,
    listener: {
      onReceived(message) {
        // This includes messages that a follower received and handed over.
        record.received();
        const { eventId, messageId, chatId } = message;
        log.debug('received', { eventId, messageId, chatId });
        tell({ event: 'received', account: id, message });
        const decision = decide(message, account, bot?.openId);
        if (decision.kind === 'ignore') runner.ignore(message, decision.reason);
        return decision.kind !== 'ignore';
      },
      onWaiting(message) {
        if (overtakes(message)) void overtake(message);
        else turns.wake();
      },
      onOpen() {
        record.own();
        // The platform sends unacknowledged messages again, perhaps after newer ones.
        const waiting = inbox.waiting();
        if (waiting > 0) {
          turns.disturb();
          tell({ event: 'inbox', account: id, is: 'left-over', waiting });
        }
        if (line.state === 'connected') turns.settle();
        else turns.wake();
      },
      onFollow: () => tell({ event: 'inbox', account: id, is: 'shared' }),
      onWork: () => turns.wake(),
      onProblem(problem) {
        if (problem) tell({ event: 'error', account: id, error: problem });
        else tell({ event: 'inbox', account: id, is: 'well-again' });
      },
    },
  });
  const outbound = createOutbound(monotonic, times.outbound);
  const turns = createTurns({
    inbox,
    monotonic,
    // The mention rule of groups needs the bot's open_id; direct messages do not.
    mayStart: (message) => message.chatType === 'p2p' || bot !== undefined,
    run: (claim, signal) => runner.run(claim, AbortSignal.any([signal, hardStop.signal])),
    onError: (error) => {
      if (!stopping.signal.aborted)
        log.error('the inbox could not be asked', { error: codeOf(error) });
    },
    ...(times.settle && { settleMs: times.settle }),
    ...(options.agent.concurrency !== undefined && { concurrency: options.agent.concurrency }),
  });
  const runner = createTurnRunner({
    account,
    client,
    outbound,
    agent: options.agent,
    pairing: options.pairing,
    lang: options.lang,
    log,
    now,
    monotonic,
    random,
    hardStop: hardStop.signal,
    tell,
    situation: () => ({ line, lineSince, bot }),
    chat: (chatId) => ({
      isRunning: turns.isRunning(chatId),
      waiting: inbox.waiting(chatId),
      stop: () => turns.abort(chatId),
    }),
  });

  const receive = createReception({
    inbox,
    log,
    knowsBot: () => bot !== undefined,
    onKept: () => record.received(),
    onFull: (error) => tell({ event: 'error', account: id, error }),
    monotonic,
    onUnreadable: (error) => tell({ event: 'error', account: id, error }),
  });

  /** Whether a message skips the queue: a command from a person whom the policy answers. */
  function overtakes(message: InboundMessage): boolean {
    const { agent, lang, pairing } = options;
    const { kind } = decide(message, account, bot?.openId);
    // Pairing is checked later, in the turn.
    if (kind !== 'answer' && (kind !== 'refuse' || pairing === undefined)) return false;
    const { command } = readMessage(message, { botOpenId: bot?.openId, lang });
    return agent.overtakes ? agent.overtakes(command) : controlCommand(command) !== undefined;
  }

  async function overtake(message: InboundMessage): Promise<void> {
    try {
      const claim = await inbox.take(message);
      if (!claim) return;
      const run = runner.run(claim, hardStop.signal).finally(() => overtaking.delete(run));
      overtaking.add(run);
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
    onEvent: receive,
    onState: (state) => {
      const isNews = state.state !== line.state || state.error?.code !== line.error?.code;
      if (state.state === 'connected') turns.settle();
      else if (line.state === 'connected') turns.disturb();
      if (state.state !== line.state) lineSince = monotonic();
      line = state;
      record.line(state);
      if (isNews || state.state === 'connecting') {
        tell({ event: 'state', account: id, state: state.state, error: state.error });
      }
      if (state.state === 'connected') announceSoon();
    },
    ...(times.backoff && { backoff: times.backoff }),
    ...(times.connection && { times: times.connection }),
  });

  let patience: NodeJS.Timeout | undefined;
  function announceSoon(): void {
    if (bot) announce();
    else patience ??= setTimeout(announce, IDENTITY_PATIENCE_MS);
  }

  function announce(): void {
    if (isReady || stopping.signal.aborted || line.state !== 'connected') return;
    isReady = true;
    clearTimeout(patience);
    tell({
      event: 'ready',
      account: id,
      ...(bot && { bot: { name: bot.name, openId: bot.openId } }),
    });
  }

  const identity = learnIdentity({
    client,
    signal: stopping.signal,
    random,
    onError: (error) => {
      log.info('the bot is not known yet', { error: error.code, code: error.feishuCode });
      // The connection already reports rejected credentials.
      if (error.code !== 'credentials-rejected') tell({ event: 'error', account: id, error });
    },
  }).then(
    (learnt) => {
      if (!learnt) return;
      bot = learnt;
      announce();
      turns.wake();
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
        state: line.state,
        since: line.since,
        error: line.error,
        bot: bot && { name: bot.name, openId: bot.openId },
        waiting: inbox.waiting(),
        running: turns.running,
        lastEventAt: record.lastEventAt,
        lastAnswerAt: record.lastAnswerAt,
        inbox: inbox.status,
      };
    },
    async stop(graceMs) {
      stopping.abort();
      clearTimeout(patience);
      const letGo = new AbortController();
      const ended = Promise.all([
        connection.close(),
        identity,
        turns.stop(),
        ...overtaking,
      ]).finally(() => letGo.abort());
      const { signal } = letGo;
      await Promise.race([ended, pause(graceMs, signal)]);
      hardStop.abort();
      await Promise.race([ended, pause(LET_GO_MS, signal)]);
      letGo.abort();
      // Before the inbox closes: only its owner may write the record.
      await record.close();
      await inbox.close();
    },
  };
}

export type { AccountEvent } from './account-event.ts';
