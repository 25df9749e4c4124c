/**
 * The host's agent: policy is behind us, so that what comes is answered.
 *
 * In: a turn of the channel runtime. Out: the answer as it is written, each text once. Route, session,
 * commands, queue and model are the host's.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Agent, AgentFailure } from '../../channel/agent/agent.ts';
import type { NameDirectory } from '../../channel/message/directory/name-directory.ts';
import type { InboundMessage } from '../../channel/message/event.ts';
import type { FileFetcher } from '../../channel/message/media/fetch-files.ts';
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import { codeOf } from '../../shared/errors.ts';
import { isFields } from '../../shared/fields.ts';
import type { Logger } from '../../shared/log.ts';
import { localize } from '../../shared/text/text.ts';
import type { HostConfig } from '../host-config.ts';
import { hostTexts as texts } from '../host-texts.ts';
import { targetOf } from '../people/targets.ts';
import type { HostChannelRuntime, HostSystemEvents } from '../runtime-contract.ts';
import type { Askers } from '../send/askers.ts';
import type { HostRecovery } from '../send/host-recovery.ts';
import type { MessageIds } from '../send/message-ids.ts';
import type { Topics } from '../send/topics.ts';
import type { AckMark } from './ack-mark.ts';
import { createAgentOutcome, shownPayload } from './agent-outcome.ts';
import { commandText, isNewSession, isUrgentCommand } from './context/command-text.ts';
import { type ConfiguredTurn, createConversationOf } from './context/conversation.ts';
import type { GroupHistory } from './context/history.ts';
import { turnContextCreator } from './context/turn-context.ts';
import { describeHostError, isLockTimeout } from './host-errors.ts';
import { payloadPieces } from './pieces/payload-pieces.ts';
import { createPieceQueue, type PieceQueue } from './pieces/piece-queue.ts';
import { createReplyText } from './pieces/reply-text.ts';
import { toolReports } from './pieces/tool-reports.ts';
import type { SessionDivider } from './session-divider.ts';
import { createKeyedMutex } from './waiting/keyed-mutex.ts';
import { createSemaphore } from './waiting/semaphore.ts';

export interface HostAgentOptions {
  readonly account: ResolvedAccount;
  /** The host's config as it is now. */
  readonly config: () => HostConfig;
  readonly host: HostChannelRuntime;
  readonly names: NameDirectory;
  readonly history: GroupHistory;
  /** Fetches the images of the history. */
  readonly historyFiles: FileFetcher;
  readonly messageIds: MessageIds;
  readonly topics: Topics;
  readonly askers: Askers;
  readonly ackMark: AckMark;
  readonly sessionDivider: SessionDivider;
  /** Set for a host that resumes its turns after a crash. */
  readonly recovery: HostRecovery | undefined;
  /** The people paired in the host. */
  readonly approved: () => Promise<readonly string[]>;
  /** Takes what the agent reads at its next turn. */
  readonly systemEvents: HostSystemEvents | undefined;
  /** Learns of each turn of the agent: the host's words where it failed, `undefined` where it did not. */
  readonly onOutcome: (failure: string | undefined) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** Turns that wait here cost nothing; how many the host gets at once is decided below. */
const WAITING_TURNS = 256;
/** The limit of a host without a configured one (clawdbot@2026.1.24-3, config/agent-limits). */
const HOST_CONCURRENCY = 4;
/**
 * Each turn takes the lock of the host's session store several times, and fails where it waits for
 * 10 s: twice as many as the host runs keep it busy, 20 do not get through on a slow machine.
 */
const TURNS_PER_RUN = 2;
const RETRY_MS = [1000, 4000];

export function hostAgent(options: HostAgentOptions): Agent {
  const { account, host, recovery, log } = options;
  const sessionMutex = createKeyedMutex();
  const conversationOf = createConversationOf(account, host);
  const createContext = turnContextCreator({
    ...options,
    // OpenClaw alone shows its agent images of the history, and alone resumes its turns.
    historyFiles: recovery && options.historyFiles,
  });
  const hostSlots = createSemaphore(TURNS_PER_RUN * hostConcurrency(options.config()));

  /**
   * A message that an earlier process has left may have been with the host: then the host takes it no
   * more, whether it still answers it by itself or its answer was on the way to us and is gone.
   */
  async function run(turn: ConfiguredTurn, pieces: PieceQueue, signal: AbortSignal): Promise<void> {
    const { messageId } = turn.message;
    const mayBeKnown = options.messageIds.mayBeKnownToHost(messageId);
    const conversation = conversationOf(turn);
    options.topics.remember(turn.message);
    if (!isUrgentCommand(turn.content.command)) await recovery?.waitUntilIdle(conversation, signal);
    const isTaken = await dispatchWithRetries(turn, pieces, signal);
    if (isTaken || !mayBeKnown || !recovery) return;
    if (await recovery.hasAnswered(conversation, signal)) {
      log.info('the host has answered by itself', { messageId });
      return;
    }
    log.warn('the host has lost an answer; it gets the message again', { messageId });
    if (await dispatchWithRetries(turn, pieces, signal)) return;
    throw new AgentFailure(localize(texts.notTaken));
  }

  /** A lock timeout is no answer: while nothing has been sent, the call is tried again. */
  async function dispatchWithRetries(
    turn: ConfiguredTurn,
    pieces: PieceQueue,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const waitMs of RETRY_MS) {
      try {
        return await dispatch(turn, pieces, signal);
      } catch (error) {
        if (signal.aborted || pieces.count > 0 || !isLockTimeout(error)) throw error;
        log.warn('the host was busy; trying again', { messageId: turn.message.messageId, waitMs });
        await delay(waitMs, undefined, { signal });
      }
    }
    return dispatch(turn, pieces, signal);
  }

  /** The session's turn, then a place in the host; the result gives both back. */
  async function acquireTurn(turn: ConfiguredTurn, signal: AbortSignal): Promise<() => void> {
    // A command about the running turn does not wait for it.
    if (isUrgentCommand(turn.content.command)) return () => undefined;
    const releaseSession = await sessionMutex.acquire(
      conversationOf(turn).route.turnSessionKey,
      signal,
    );
    try {
      const releaseSlot = await hostSlots.acquire(signal);
      return () => {
        releaseSlot();
        releaseSession();
      };
    } catch (error) {
      releaseSession();
      throw error;
    }
  }

  /** Whether the host took the message as a turn: silence is the agent's answer only then. */
  async function dispatch(
    turn: ConfiguredTurn,
    pieces: PieceQueue,
    signal: AbortSignal,
  ): Promise<boolean> {
    const ctx = await createContext(turn, conversationOf(turn), signal);
    const begins = ctx.CommandAuthorized === true && isNewSession(turn.content.command);
    if (begins) await options.sessionDivider(turn.message);
    signal.throwIfAborted();
    const skills = skillsFor(turn.message, account);
    const text = createReplyText();
    const outcome = createAgentOutcome();
    let isTaken = false;
    const result = await host.reply.dispatchReplyWithBufferedBlockDispatcher({
      ctx,
      cfg: turn.cfg,
      dispatcherOptions: {
        deliver: (delivered, { kind }) => {
          isTaken = true;
          const payload = shownPayload(delivered);
          outcome.delivered(payload, kind);
          for (const piece of payloadPieces(payload, kind, text)) pieces.push(piece);
          return Promise.resolve();
        },
        onError: (error, { kind }) => {
          outcome.threw(error);
          log.error('a reply failed', { kind, error: codeOf(error) });
        },
      },
      replyOptions: {
        ...(skills && { skillFilter: skills }),
        // The blocks are cut here, from the growing text, at better places and at once.
        disableBlockStreaming: true,
        abortSignal: signal,
        onAgentRunStart: () => {
          isTaken = true;
        },
        ...toolReports(account, pieces.push),
        ...(account.streaming !== 'off' && {
          onPartialReply: (payload) => pieces.push(text.addPartial(payload.text ?? '')),
        }),
      },
    });
    const failure = outcome.failure();
    // A command is answered without the agent, and says nothing of it.
    if (!signal.aborted && !isCommand(turn) && (outcome.hasAnswered() || failure !== undefined)) {
      options.onOutcome(failure);
    }
    return isTaken || result?.sendPolicyDenied === true;
  }

  const isCommand = ({ content, cfg }: ConfiguredTurn): boolean =>
    host.commands.isControlCommandMessage(commandText(content.command), cfg);

  return {
    concurrency: WAITING_TURNS,
    allowsEmptyAnswer: true,
    skipsQueue: (text) =>
      isUrgentCommand(text) &&
      host.commands.isControlCommandMessage(commandText(text), options.config()),
    async hasAnswered(turn, signal) {
      if (!recovery) return false;
      const conversation = conversationOf({ ...turn, cfg: options.config() });
      await recovery.waitUntilIdle(conversation, signal);
      return recovery.hasAnswered(conversation, signal);
    },
    async *answer(asked, signal) {
      const turn = { ...asked, cfg: options.config() };
      const ended = new AbortController();
      const stop = AbortSignal.any([signal, ended.signal]);
      const release = await acquireTurn(turn, signal);
      const { message } = turn;
      // A command beside the running turn asks nothing.
      const endAsking = isUrgentCommand(turn.content.command)
        ? () => undefined
        : options.askers.begin(targetOf(message), message.senderOpenId);
      const endMark = isUrgentCommand(turn.content.command)
        ? () => undefined
        : options.ackMark(message, turn.cfg);
      const leave = (): void => {
        endMark();
        endAsking();
        release();
      };
      const pieces = createPieceQueue();
      const giveUp = (): void => pieces.fail(signal.reason);
      signal.addEventListener('abort', giveUp, { once: true });
      const running = run(turn, pieces, stop).then(
        () => pieces.end(),
        (error: unknown) => {
          if (!stop.aborted) {
            log.error('the host did not take a turn', describeHostError(error));
            options.onOutcome(error instanceof Error ? error.message : String(error));
          }
          pieces.fail(error);
        },
      );
      // The session is free when the host releases it, also where no caller waits for the text.
      void running.finally(leave);
      try {
        yield* pieces;
      } finally {
        signal.removeEventListener('abort', giveUp);
        ended.abort();
      }
    },
  };
}

function hostConcurrency({ agents }: HostConfig): number {
  const defaults = isFields(agents) && isFields(agents.defaults) ? agents.defaults : {};
  const { maxConcurrent } = defaults;
  const isNumber = typeof maxConcurrent === 'number' && maxConcurrent >= 1;
  return isNumber ? Math.floor(maxConcurrent) : HOST_CONCURRENCY;
}

/** The skills that a group may use; `undefined` for all. */
function skillsFor({ chatType, chatId }: InboundMessage, account: ResolvedAccount) {
  return chatType === 'group' ? entryOf(account.groups, chatId)?.skills : undefined;
}
