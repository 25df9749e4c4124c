/**
 * Runs one account: its connection, its inbox, its turns. This file wires them together.
 *
 * In: an account with its secret, and an agent. Out: answers in Feishu, and events for
 * subscribers. A failure of this account does not affect the others.
 */
import { setMaxListeners } from 'node:events';
import { inboxDirectory } from '../config/account/inbox-location.ts';
import { createPlatformClient, type PlatformClient } from '../platform/client/client.ts';
import { codeOf, type MoltbotFeishuError } from '../shared/errors.ts';
import { pause } from '../shared/time/waiting.ts';
import type { AccountEvent, AccountStatus } from './account-event.ts';
import type { AccountOptions } from './account-options.ts';
import { createAccountParts } from './account-parts.ts';
import type { AccountChoices } from './choice/account-choices.ts';
import {
  type ConnectionState,
  type LongConnection,
  openLongConnection,
} from './connection/connection.ts';
import { fetchIdentity } from './connection/identity.ts';
import { createEventReceiver } from './inbox/event-receiver.ts';
import type { Claim, Inbox, InboxListener } from './inbox/inbox.ts';
import { openInbox } from './inbox/open-inbox.ts';
import type { Amendments } from './message/amendments.ts';
import { chatNoticeOf } from './message/chat-notice.ts';
import type { PeopleDirectory } from './message/directory/people-directory.ts';
import type { InboundMessage } from './message/event.ts';
import { createInboundReader, type Inbound } from './message/inbound.ts';
import type { NoticeHandler } from './notice/notice-handler.ts';
import { Presence } from './presence.ts';
import { createRunRecorder, type RunRecorder } from './run-record.ts';
import { ImmediateTurns } from './turn/immediate-turns.ts';
import type { TurnRunner } from './turn/turn.ts';
import { createTurnScheduler, type TurnScheduler } from './turn/turn-scheduler.ts';

/** How long aborted turns may take to end (ms); an agent that ignores the abort is abandoned. */
const ABORT_TIMEOUT_MS = 700;

export class RunningAccount implements InboxListener {
  readonly #options: AccountOptions;
  readonly #id: string;
  /** Aborts when the account stops accepting new messages. */
  readonly #stopping = new AbortController();
  /** Aborts running turns, which release their claims. */
  readonly #hardStop = new AbortController();
  readonly #record: RunRecorder;
  readonly #presence: Presence;
  readonly #read: (message: InboundMessage) => Inbound;
  readonly #amendments: Amendments;
  readonly #people: PeopleDirectory;
  readonly #choices: AccountChoices;
  readonly #notices: NoticeHandler;
  readonly #runner: TurnRunner;
  readonly #immediate: ImmediateTurns;
  readonly #inbox: Inbox;
  readonly #scheduler: TurnScheduler;
  readonly #connection: LongConnection;
  readonly #identity: Promise<void>;
  /** Another process owns the inbox. */
  #isFollower = false;

  /** @throws MoltbotFeishuError `domain-invalid` */
  constructor(options: AccountOptions) {
    const { account, agent, lang, env, log, now, monotonic, random, times } = options;
    const { id: accountId, appId, domain } = account;
    this.#options = options;
    this.#id = accountId;
    const hardStop = this.#hardStop.signal;
    // Every turn listens to it, and so does each message that a turn sends.
    setMaxListeners(0, hardStop);
    const { appSecret } = options;
    const client = createPlatformClient({
      appId,
      appSecret,
      domain,
      env,
      log,
      now,
      monotonic,
      random,
    });
    const emit = (event: AccountEvent): void => this.#emit(event);
    this.#record = createRunRecorder({
      directory: options.inbox && inboxDirectory(options.inbox, appId),
      now,
      log,
      writeEveryMs: times.recordEveryMs,
    });
    this.#presence = new Presence({ accountId, emit, now, monotonic });
    this.#read = createInboundReader({
      settings: account,
      botOpenId: () => this.#presence.bot?.openId,
      lang,
      monotonic,
    });
    const parts = createAccountParts({
      options,
      client,
      presence: this.#presence,
      read: this.#read,
      stopping: this.#stopping.signal,
      hardStop,
      emit,
      receive: (message) => this.#inbox.receive(message),
      stopOwnTurn: (chatId, openId) => this.#scheduler.abort(chatId, openId),
    });
    this.#choices = parts.choices;
    this.#amendments = parts.amendments;
    this.#people = parts.people;
    this.#runner = parts.runner;
    this.#notices = parts.notices;
    this.#immediate = new ImmediateTurns({
      agent,
      hasPairing: options.pairing !== undefined,
      run: (claim) => this.#runTurn(claim, hardStop),
      log,
    });
    this.#inbox = openInbox({
      location: options.inbox,
      redisTimes: times.redisInbox,
      appId,
      log,
      now,
      monotonic,
      listener: this,
    });
    this.#scheduler = createTurnScheduler({
      inbox: this.#inbox,
      monotonic,
      // The mention rule of groups needs the bot's open_id; direct messages do not.
      mayStart: ({ chatType }) => chatType === 'p2p' || this.#presence.bot !== undefined,
      run: (claim, signal) => this.#runTurn(claim, AbortSignal.any([signal, hardStop])),
      onError: (error) => {
        if (this.#stopping.signal.aborted) return;
        log.error('the inbox could not be asked', { error: codeOf(error) });
      },
      ...(times.reconnectWaits && { reconnectWaits: times.reconnectWaits }),
      ...(agent.concurrency !== undefined && { concurrency: agent.concurrency }),
    });
    this.#connection = openLongConnection({
      client,
      env,
      log,
      now,
      monotonic,
      random,
      onEvent: createEventReceiver({
        inbox: this.#inbox,
        log,
        isBotKnown: () => this.#presence.bot !== undefined,
        press: (message) => this.#choices.press(message),
        onStored: () => this.#record.messageReceived(),
        onFull: (error) => this.#emitError(error),
        monotonic,
        onUnreadable: (error) => this.#emitError(error),
      }),
      onState: (state) => this.#connectionChanged(state),
      ...(times.backoff && { backoff: times.backoff }),
      ...(times.connection && { times: times.connection }),
    });
    this.#identity = this.#findBot(client);
  }

  /** The people seen in a chat, by name. */
  peopleIn(chatId: string): ReadonlyMap<string, string> {
    return this.#people.names(chatId);
  }

  get status(): AccountStatus {
    const { connection, bot } = this.#presence;
    return {
      id: this.#id,
      appId: this.#options.account.appId,
      state: connection.state,
      since: connection.since,
      error: connection.error,
      bot: bot && { name: bot.name, openId: bot.openId },
      waiting: this.#inbox.waiting(),
      running: this.#scheduler.running,
      lastEventAt: this.#record.lastEventAt,
      lastAnswerAt: this.#record.lastAnswerAt,
      inbox: this.#inbox.status,
    };
  }

  /** Accepts no new messages, gives running turns `graceMs` to end, and frees all resources. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#presence.close();
    const allEnded = new AbortController();
    const ended = Promise.all([
      this.#connection.close(),
      this.#identity,
      this.#scheduler.stop(),
      this.#immediate.ended(),
      this.#notices.ended(),
      this.#choices.ended,
    ]).finally(() => allEnded.abort());
    const { signal } = allEnded;
    await Promise.race([ended, pause(graceMs, signal)]);
    this.#hardStop.abort();
    await Promise.race([ended, pause(ABORT_TIMEOUT_MS, signal)]);
    allEnded.abort();
    // Before the inbox closes: only its owner may write the record.
    await this.#record.close();
    await this.#inbox.close();
  }

  onReceived(message: InboundMessage): boolean {
    // This includes messages that a follower received and handed over.
    this.#record.messageReceived();
    const { eventId, messageId, chatId } = message;
    const notice = chatNoticeOf(message);
    if (notice) {
      this.#emit({ event: 'notice', account: this.#id, notice });
      this.#notices.handle(notice, eventId);
    }
    if (message.kind === 'notice') return false;
    this.#amendments.received(message);
    this.#people.note(message);
    this.#options.log.debug('received', { eventId, messageId, chatId });
    const inbound = this.#read(message);
    const { decision, content } = inbound;
    this.#emit({ event: 'received', account: this.#id, message, content });
    if (decision.kind !== 'ignore') return true;
    if (decision.reason === 'not-mentioned') this.#amendments.notMentioned(message);
    this.#runner.reportIgnored(inbound, decision.reason);
    return false;
  }

  onWaiting(message: InboundMessage): void {
    const inbound = this.#read(message);
    if (this.#immediate.includes(inbound)) void this.#immediate.start(this.#inbox, inbound);
    else this.#scheduler.schedule();
  }

  onOwner(): void {
    this.#record.startWriting();
    // The platform sends unacknowledged messages again, perhaps after newer ones.
    const waiting = this.#inbox.waiting();
    if (this.#isFollower) this.#emit({ event: 'inbox', account: this.#id, is: 'taken-over' });
    this.#isFollower = false;
    if (waiting > 0) {
      this.#scheduler.onDisconnected();
      this.#emit({ event: 'inbox', account: this.#id, is: 'left-over', waiting });
    }
    if (this.#presence.isConnected) this.#scheduler.onConnected();
    else this.#scheduler.schedule();
  }

  onFollower(): void {
    this.#isFollower = true;
    this.#emit({ event: 'inbox', account: this.#id, is: 'shared' });
  }

  onClaimable(): void {
    this.#scheduler.schedule();
  }

  onProblem(problem: MoltbotFeishuError | undefined): void {
    if (problem) this.#emitError(problem);
    else this.#emit({ event: 'inbox', account: this.#id, is: 'well-again' });
  }

  #runTurn(claim: Claim, signal: AbortSignal): Promise<void> {
    const { chatId } = claim.message;
    const [scheduler, inbox] = [this.#scheduler, this.#inbox];
    const chat = {
      get isRunning() {
        return scheduler.isRunning(chatId);
      },
      get waiting() {
        return inbox.waiting(chatId);
      },
      stop: () => scheduler.abort(chatId),
    };
    return this.#runner.run(claim, { signal, chat });
  }

  #connectionChanged(state: ConnectionState): void {
    const change = this.#presence.connectionChanged(state);
    this.#record.connectionChanged(state);
    if (change === 'up') this.#scheduler.onConnected();
    else if (change === 'down') this.#scheduler.onDisconnected();
  }

  /** Waiting group messages start when the bot's open_id is known. */
  async #findBot(client: PlatformClient): Promise<void> {
    const { log, random } = this.#options;
    try {
      const bot = await fetchIdentity({
        client,
        signal: this.#stopping.signal,
        random,
        onError: (error) => {
          log.info('the bot is not known yet', { error: error.code, code: error.feishuCode });
          // The connection already reports rejected credentials.
          if (error.code !== 'credentials-rejected') this.#emitError(error);
        },
      });
      if (!bot) return;
      this.#presence.botFound(bot);
      this.#scheduler.schedule();
    } catch (error) {
      log.error('the bot cannot be asked for', { error: codeOf(error) });
    }
  }

  #emitError(error: MoltbotFeishuError): void {
    this.#emit({ event: 'error', account: this.#id, error });
  }

  #emit(event: AccountEvent): void {
    if (event.event === 'answered') this.#record.messageAnswered();
    try {
      this.#options.onEvent(event);
    } catch (error) {
      // A failing subscriber must not stop the account.
      this.#options.log.error('a listener failed', { error: codeOf(error) });
    }
  }
}
