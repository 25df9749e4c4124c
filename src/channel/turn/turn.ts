/** Runs one turn: decides on a message, answers it, and reports the outcome. */
import type { ResolvedAccount } from '../../config/account.ts';
import type { BotInfo } from '../../platform/client/answers.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type Lang, type LocalizedText, localize, render, type Text } from '../../shared/text.ts';
import type { AccountEvent } from '../account-event.ts';
import { type Agent, AgentFailure } from '../agent/agent.ts';
import { createReplier, isWithdrawn, type Replier } from '../answer/reply.ts';
import type { SendLimiter } from '../answer/send-limiter.ts';
import { createBlockAssembler } from '../answer/text/blocks.ts';
import { MAX_ANSWER_CHARACTERS } from '../answer/text/limits.ts';
import type { ConnectionState } from '../connection/connection.ts';
import type { Claim } from '../inbox/inbox.ts';
import { readMessage } from '../message/content/content.ts';
import { type ControlCommand, parseControlCommand } from '../message/control.ts';
import type { InboundMessage } from '../message/event.ts';
import { detectLanguage } from '../message/language.ts';
import type { Pairing } from '../message/pairing.ts';
import { decide } from '../message/policy.ts';
import { createTopicFinder } from '../message/topic-finder.ts';
import { channelTexts as texts } from '../texts.ts';
import { createTypingIndicator } from './typing-indicator.ts';

export interface TurnRunnerOptions {
  readonly account: ResolvedAccount;
  readonly client: PlatformClient;
  readonly agent: Agent;
  /** Approves unknown senders; absent if no host keeps pairings. */
  readonly pairing?: Pairing | undefined;
  readonly sendLimiter: SendLimiter;
  readonly lang: Lang;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Aborts every turn at shutdown; a turn's own signal also aborts on `/stop`. */
  readonly hardStop: AbortSignal;
  readonly emit: (event: AccountEvent) => void;
  readonly situation: () => {
    readonly connection: ConnectionState;
    /** When the connection entered this state, by the monotonic clock. */
    readonly connectionSince: number;
    readonly bot: BotInfo | undefined;
  };
  readonly chatStatus: (chatId: string) => {
    readonly isRunning: boolean;
    readonly waiting: number;
    /** Aborts the chat's running turn. @returns whether there was one */
    stop(): boolean;
  };
}

export interface TurnRunner {
  /** Runs one turn and ends its claim, however the turn ends. Never rejects. */
  run(claim: Claim, signal: AbortSignal): Promise<void>;
  /** Reports a message that gets no turn. */
  reportIgnored(message: InboundMessage, reason: string): void;
}

type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'failed' | 'parked'; readonly error: MoltbotFeishuError };

const answered: Outcome = { kind: 'answered' };

/** A turn cut short by a crash is tried 3 times in total (R2). */
const MAX_ATTEMPTS = 3;
/** A partly sent answer is resumed more often: that costs the agent nothing. */
const MAX_RESUMPTIONS = 10;

/** Bounds memory; beyond it a person may get the refusal a second time. */
const MAX_REFUSED_SENDERS = 10_000;

export function createTurnRunner(options: TurnRunnerOptions): TurnRunner {
  const { account, agent, log, now, monotonic, hardStop } = options;
  const typing = createTypingIndicator({
    client: options.client,
    isEnabled: account.typingReaction,
    log,
    monotonic,
    signal: hardStop,
  });
  const topics = createTopicFinder({ client: options.client, log, monotonic, signal: hardStop });
  /** The people who have read that pairing is not possible here. */
  const refusedSenders = new Set<string>();

  function textOf(message: InboundMessage): string {
    return readMessage(message, { botOpenId: undefined, lang: options.lang }).text;
  }

  /** Resumes a partly sent answer; otherwise starts over. */
  async function resumeOrStart(
    claim: Claim,
    replier: Replier,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { message, attempt, progress } = claim;
    const hasStartedSending = progress.lastAttempt !== undefined || progress.ending !== undefined;
    const content = readMessage(message, { botOpenId: undefined, lang: options.lang });
    const lang = detectLanguage(content.text, options.lang);
    const turn = { accountId: account.id, message, ...content, lang };
    const isAnswered = async (): Promise<boolean> =>
      (await agent.hasAnswered?.(turn, signal)) === true;
    if (attempt > (hasStartedSending ? MAX_RESUMPTIONS : MAX_ATTEMPTS)) {
      if (!hasStartedSending && (await isAnswered())) return answered;
      if (!hasStartedSending) await replier.finish([render(texts.parkedNotice, lang)], 'parked');
      return parkedOutcome();
    }
    if (!hasStartedSending) return decideAndAnswer(message, replier, signal);
    log.info('an answer goes on', { messageId: message.messageId, part: progress.delivered });
    const isComplete = await replier.resume();
    if (!isComplete && !(await isAnswered())) await replier.finish([render(texts.cutShort, lang)]);
    return progress.ending === 'parked' ? parkedOutcome() : answered;
  }

  async function decideAndAnswer(
    message: InboundMessage,
    replier: Replier,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const botOpenId = options.situation().bot?.openId;
    const decision = decide(message, account, botOpenId);
    if (decision.kind === 'ignore') return { kind: 'ignored', reason: decision.reason };
    if (decision.kind === 'wait') return { kind: 'ignored', reason: 'bot-unknown' };
    const content = readMessage(message, { botOpenId, lang: options.lang });
    const lang = detectLanguage(content.text, options.lang);
    const sendNotice = (what: LocalizedText | Text): Promise<void> =>
      replier.finish([render(what, lang)]);
    if (decision.kind === 'refuse' && options.pairing) {
      if (!(await options.pairing.approved()).includes(message.senderOpenId)) {
        const notice = await options.pairing.request(message);
        if (notice !== undefined) await replier.finish([notice]);
        return { kind: 'ignored', reason: decision.reason };
      }
    } else if (decision.kind === 'refuse') {
      if (!refusedSenders.has(message.senderOpenId)) {
        if (refusedSenders.size >= MAX_REFUSED_SENDERS) refusedSenders.clear();
        refusedSenders.add(message.senderOpenId);
        await sendNotice(decision.text);
      }
      return { kind: 'ignored', reason: decision.reason };
    }
    const command = agent.skipsQueue ? undefined : parseControlCommand(content.command);
    if (command) {
      await sendNotice(runControlCommand(command, message.chatId));
      return answered;
    }
    const stopTyping = typing.start(message.messageId);
    return runAgent({ accountId: account.id, message, ...content, lang }, replier, signal).finally(
      stopTyping,
    );
  }

  async function runAgent(
    turn: Parameters<Agent['answer']>[0],
    replier: Replier,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const assembler = createBlockAssembler(account.streaming);
    const localized = (what: LocalizedText | Text): string => render(what, turn.lang);
    let isEmpty = true;
    let charactersLeft = MAX_ANSWER_CHARACTERS;
    try {
      for await (const piece of agent.answer(turn, signal)) {
        for (const block of assembler.push(piece.slice(0, charactersLeft))) {
          isEmpty = false;
          await replier.write(block);
        }
        charactersLeft -= piece.length;
        // Leaving the loop ends the agent.
        if (charactersLeft < 0 || replier.isFull) break;
      }
      // The text written so far is kept; `/stop` has its own reply.
      if (signal.aborted) return await finishStopped(replier);
      const rest = [...assembler.end(), ...(charactersLeft < 0 ? [localized(texts.leftOut)] : [])];
      const hasNothing = isEmpty && rest.length === 0 && !agent.allowsEmptyAnswer;
      await replier.finish(hasNothing ? [localized(texts.emptyAnswer)] : rest);
      return answered;
    } catch (error) {
      if (signal.aborted) return finishStopped(replier);
      if (isMoltbotFeishuError(error)) throw error;
      const failure =
        error instanceof AgentFailure ? error : new AgentFailure(localize(texts.agentFailed));
      await replier.finish([...assembler.end(), localized(failure.notice)]);
      return { kind: 'failed', error: agentFailedError(failure) };
    }
  }

  /** After /stop the partial answer counts as complete; on shutdown it does not. */
  async function finishStopped(replier: Replier): Promise<Outcome> {
    if (!hardStop.aborted) await replier.finish([]);
    return { kind: 'ignored', reason: 'stopped' };
  }

  function runControlCommand(command: ControlCommand, chatId: string): LocalizedText {
    const chat = options.chatStatus(chatId);
    if (command === 'stop') return localize(chat.stop() ? texts.stopped : texts.nothingRuns);
    const { connection, connectionSince, bot } = options.situation();
    const isConnected = connection.state === 'connected';
    return localize(isConnected ? texts.status : texts.statusOffline, {
      bot: bot?.name ?? account.appId,
      minutes: Math.floor((monotonic() - connectionSince) / 60_000),
      running: chat.isRunning ? 1 : 0,
      waiting: chat.waiting,
    });
  }

  function report(message: InboundMessage, outcome: Outcome, parts: number, ms: number): void {
    const { messageId, chatId } = message;
    switch (outcome.kind) {
      case 'answered':
        log.debug('answered', { messageId, chatId, parts, ms });
        options.emit({ event: 'answered', account: account.id, message, parts, ms });
        return;
      case 'ignored':
        log.info('ignored', { messageId, chatId, reason: outcome.reason });
        options.emit({ event: 'ignored', account: account.id, message, reason: outcome.reason });
        return;
      case 'failed':
      case 'parked': {
        const { error } = outcome;
        const { code, feishuCode } = error;
        // The event already reports it to subscribers: a log line would repeat it.
        log.info('not answered', { messageId, chatId, error: code, code: feishuCode, parts });
        options.emit({ event: 'error', account: account.id, message, error });
        return;
      }
      default:
        outcome satisfies never;
    }
  }

  return {
    reportIgnored(message, reason) {
      const reportWith = (of: InboundMessage): void =>
        report(of, { kind: 'ignored', reason }, 0, 0);
      // Group messages that are not for the bot are context for their topic.
      const withTopic = topics.withTopic(message);
      if (topics.needsLookup(message)) void withTopic.then(reportWith);
      else reportWith(message);
    },
    async run(storedClaim, signal) {
      const startedAt = monotonic();
      const claim = { ...storedClaim, message: await topics.withTopic(storedClaim.message) };
      const { client, sendLimiter, random } = options;
      const { replyInThread } = account;
      const replier = createReplier({
        client,
        claim,
        sendLimiter,
        replyInThread,
        leftOut: () => render(texts.leftOut, detectLanguage(textOf(claim.message), options.lang)),
        log,
        now,
        monotonic,
        random,
        // Not the turn's signal: after `/stop` the text written so far is still delivered.
        signal: hardStop,
      });
      const outcome = await resumeOrStart(claim, replier, signal).catch(
        (error: unknown): Outcome => {
          if (!isMoltbotFeishuError(error)) return { kind: 'failed', error: internalError(error) };
          if (isWithdrawn(error)) return { kind: 'ignored', reason: 'message-withdrawn' };
          return { kind: 'failed', error };
        },
      );
      if (outcome.kind === 'failed' && outcome.error.code === 'claim-lost') {
        log.warn('taken over by another gateway', { messageId: claim.message.messageId });
        return claim.release();
      }
      // The turn is not finished: the next owner of the inbox resumes it.
      if (hardStop.aborted && outcome.kind !== 'answered') return claim.release();
      if (outcome.kind === 'parked') claim.park();
      else claim.complete();
      report(claim.message, outcome, replier.parts, Math.round(monotonic() - startedAt));
    },
  };
}

function parkedOutcome(): Outcome {
  return {
    kind: 'parked',
    error: new MoltbotFeishuError({
      code: 'turn-parked',
      exitCode: ExitCode.internal,
      what: texts.turnParked,
      advice: texts.turnParkedFix,
      details: { retryable: false },
    }),
  };
}

function agentFailedError({ notice, detail }: AgentFailure): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'agent-failed',
    exitCode: ExitCode.internal,
    what: detail?.what ?? notice,
    details: { retryable: false, ...(detail && { stderr: detail.stderr }) },
  });
}

function internalError(error: unknown): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'internal',
    exitCode: ExitCode.internal,
    what: texts.agentFailed,
    details: { retryable: false, name: error instanceof Error ? error.name : typeof error },
  });
}
