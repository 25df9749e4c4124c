/** Runs one turn: decides on a message, answers it, and reports the outcome. */
import type { ResolvedAccount } from '../../config/account.ts';
import type { BotInfo } from '../../platform/client/answers.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type Lang, type Message, render, message as says, type Text } from '../../shared/text.ts';
import type { AccountEvent } from '../account-event.ts';
import { type Agent, AgentFailure } from '../agent/agent.ts';
import type { Outbound } from '../answer/outbound.ts';
import { createReplier, isWithdrawn, type Replier } from '../answer/reply.ts';
import { createBlockAssembler } from '../answer/text/blocks.ts';
import { MAX_ANSWER_CHARACTERS } from '../answer/text/limits.ts';
import type { ConnectionState } from '../connection/connection.ts';
import type { Claim } from '../inbox/inbox.ts';
import { readMessage } from '../message/content/content.ts';
import { type ControlCommand, controlCommand } from '../message/control.ts';
import type { InboundMessage } from '../message/event.ts';
import { languageOf } from '../message/language.ts';
import type { Pairing } from '../message/pairing.ts';
import { decide } from '../message/policy.ts';
import { createTopicFinder } from '../message/topic-of.ts';
import { channelTexts as texts } from '../texts.ts';
import { createTyping } from './typing.ts';

export interface TurnRunnerOptions {
  readonly account: ResolvedAccount;
  readonly client: PlatformClient;
  readonly agent: Agent;
  /** Approves unknown senders; absent if no host keeps pairings. */
  readonly pairing?: Pairing | undefined;
  readonly outbound: Outbound;
  readonly lang: Lang;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Aborts every turn at shutdown; a turn's own signal also aborts on `/stop`. */
  readonly hardStop: AbortSignal;
  readonly tell: (event: AccountEvent) => void;
  readonly situation: () => {
    readonly line: ConnectionState;
    /** When the connection entered this state, by the monotonic clock. */
    readonly lineSince: number;
    readonly bot: BotInfo | undefined;
  };
  readonly chat: (chatId: string) => {
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
  ignore(message: InboundMessage, reason: string): void;
}

type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'failed' | 'parked'; readonly error: MoltbotFeishuError };

const answered: Outcome = { kind: 'answered' };

/** A turn cut short by a crash is tried 3 times in total (R2). */
const MOST_ATTEMPTS = 3;
/** A partly sent answer is resumed more often: that costs the agent nothing. */
const MOST_RESUMPTIONS = 10;

/** Bounds memory; beyond it a person may get the refusal a second time. */
const MOST_REFUSED = 10_000;

export function createTurnRunner(options: TurnRunnerOptions): TurnRunner {
  const { account, agent, log, now, monotonic, hardStop } = options;
  const typing = createTyping({
    client: options.client,
    isOn: account.typingReaction,
    log,
    monotonic,
    signal: hardStop,
  });
  const topics = createTopicFinder({ client: options.client, log, monotonic, signal: hardStop });
  /** The people who have read that pairing is not possible here. */
  const refused = new Set<string>();

  function textOf(message: InboundMessage): string {
    return readMessage(message, { botOpenId: undefined, lang: options.lang }).text;
  }

  /** Resumes a partly sent answer; otherwise starts over. */
  async function goOn(claim: Claim, replier: Replier, signal: AbortSignal): Promise<Outcome> {
    const { message, attempt, progress } = claim;
    const hasBegun = progress.trying !== undefined || progress.ending !== undefined;
    const said = readMessage(message, { botOpenId: undefined, lang: options.lang });
    const lang = languageOf(said.text, options.lang);
    const turn = { accountId: account.id, message, ...said, lang };
    const isAnswered = async (): Promise<boolean> =>
      (await agent.hasAnswered?.(turn, signal)) === true;
    if (attempt > (hasBegun ? MOST_RESUMPTIONS : MOST_ATTEMPTS)) {
      if (!hasBegun && (await isAnswered())) return answered;
      if (!hasBegun) await replier.finish([render(texts.parkedNotice, lang)], 'parked');
      return parked();
    }
    if (!hasBegun) return take(message, replier, signal);
    log.info('an answer goes on', { messageId: message.messageId, part: progress.delivered });
    const isWhole = await replier.resume();
    if (!isWhole && !(await isAnswered())) await replier.finish([render(texts.cutShort, lang)]);
    return progress.ending === 'parked' ? parked() : answered;
  }

  async function take(
    message: InboundMessage,
    replier: Replier,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const botOpenId = options.situation().bot?.openId;
    const decision = decide(message, account, botOpenId);
    if (decision.kind === 'ignore') return { kind: 'ignored', reason: decision.reason };
    if (decision.kind === 'wait') return { kind: 'ignored', reason: 'bot-unknown' };
    const said = readMessage(message, { botOpenId, lang: options.lang });
    const lang = languageOf(said.text, options.lang);
    const say = (what: Message | Text): Promise<void> => replier.finish([render(what, lang)]);
    if (decision.kind === 'refuse' && options.pairing) {
      if (!(await options.pairing.approved()).includes(message.senderOpenId)) {
        const notice = await options.pairing.request(message);
        if (notice !== undefined) await replier.finish([notice]);
        return { kind: 'ignored', reason: decision.reason };
      }
    } else if (decision.kind === 'refuse') {
      if (!refused.has(message.senderOpenId)) {
        if (refused.size >= MOST_REFUSED) refused.clear();
        refused.add(message.senderOpenId);
        await say(decision.text);
      }
      return { kind: 'ignored', reason: decision.reason };
    }
    const command = agent.overtakes ? undefined : controlCommand(said.command);
    if (command) {
      await say(obey(command, message.chatId));
      return answered;
    }
    const done = typing.begin(message.messageId);
    return answer({ accountId: account.id, message, ...said, lang }, replier, signal).finally(done);
  }

  async function answer(
    turn: Parameters<Agent['answer']>[0],
    replier: Replier,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const assembler = createBlockAssembler(account.streaming);
    const say = (what: Message | Text): string => render(what, turn.lang);
    let isEmpty = true;
    let room = MAX_ANSWER_CHARACTERS;
    try {
      for await (const piece of agent.answer(turn, signal)) {
        for (const block of assembler.push(piece.slice(0, room))) {
          isEmpty = false;
          await replier.write(block);
        }
        room -= piece.length;
        // Leaving the loop ends the agent.
        if (room < 0 || replier.isFull) break;
      }
      // The text written so far is kept; `/stop` has its own reply.
      if (signal.aborted) return await stop(replier);
      const rest = [...assembler.end(), ...(room < 0 ? [say(texts.leftOut)] : [])];
      const hasNothing = isEmpty && rest.length === 0 && !agent.maySayNothing;
      await replier.finish(hasNothing ? [say(texts.emptyAnswer)] : rest);
      return answered;
    } catch (error) {
      if (signal.aborted) return stop(replier);
      if (isMoltbotFeishuError(error)) throw error;
      const failure =
        error instanceof AgentFailure ? error : new AgentFailure(says(texts.agentFailed));
      await replier.finish([...assembler.end(), say(failure.notice)]);
      return { kind: 'failed', error: agentFailed(failure) };
    }
  }

  /** After /stop the partial answer counts as complete; on shutdown it does not. */
  async function stop(replier: Replier): Promise<Outcome> {
    if (!hardStop.aborted) await replier.finish([]);
    return { kind: 'ignored', reason: 'stopped' };
  }

  function obey(command: ControlCommand, chatId: string): Message {
    const chat = options.chat(chatId);
    if (command === 'stop') return says(chat.stop() ? texts.stopped : texts.nothingRuns);
    const { line, lineSince, bot } = options.situation();
    const isConnected = line.state === 'connected';
    return says(isConnected ? texts.status : texts.statusOffline, {
      bot: bot?.name ?? account.appId,
      minutes: Math.floor((monotonic() - lineSince) / 60_000),
      running: chat.isRunning ? 1 : 0,
      waiting: chat.waiting,
    });
  }

  function conclude(message: InboundMessage, outcome: Outcome, parts: number, ms: number): void {
    const { messageId, chatId } = message;
    switch (outcome.kind) {
      case 'answered':
        log.debug('answered', { messageId, chatId, parts, ms });
        options.tell({ event: 'answered', account: account.id, message, parts, ms });
        return;
      case 'ignored':
        log.info('ignored', { messageId, chatId, reason: outcome.reason });
        options.tell({ event: 'ignored', account: account.id, message, reason: outcome.reason });
        return;
      case 'failed':
      case 'parked': {
        const { error } = outcome;
        const { code, feishuCode } = error;
        // The event already reports it to subscribers: a log line would repeat it.
        log.info('not answered', { messageId, chatId, error: code, code: feishuCode, parts });
        options.tell({ event: 'error', account: account.id, message, error });
        return;
      }
      default:
        outcome satisfies never;
    }
  }

  return {
    ignore(message, reason) {
      const end = (of: InboundMessage): void => conclude(of, { kind: 'ignored', reason }, 0, 0);
      // Group messages that are not for the bot are context for their topic.
      const filled = topics.withTopic(message);
      if (topics.isOpen(message)) void filled.then(end);
      else end(message);
    },
    async run(claimed, signal) {
      const startedAt = monotonic();
      const claim = { ...claimed, message: await topics.withTopic(claimed.message) };
      const { client, outbound, random } = options;
      const { replyInThread } = account;
      const replier = createReplier({
        client,
        claim,
        outbound,
        replyInThread,
        leftOut: () => render(texts.leftOut, languageOf(textOf(claim.message), options.lang)),
        log,
        now,
        monotonic,
        random,
        // Not the turn's signal: after `/stop` the text written so far is still delivered.
        signal: hardStop,
      });
      const outcome = await goOn(claim, replier, signal).catch((error: unknown): Outcome => {
        if (!isMoltbotFeishuError(error)) return { kind: 'failed', error: fault(error) };
        if (isWithdrawn(error)) return { kind: 'ignored', reason: 'message-withdrawn' };
        return { kind: 'failed', error };
      });
      if (outcome.kind === 'failed' && outcome.error.code === 'claim-lost') {
        log.warn('taken over by another gateway', { messageId: claim.message.messageId });
        return claim.release();
      }
      // The turn is not finished: the next owner of the inbox resumes it.
      if (hardStop.aborted && outcome.kind !== 'answered') return claim.release();
      if (outcome.kind === 'parked') claim.park();
      else claim.done();
      conclude(claim.message, outcome, replier.parts, Math.round(monotonic() - startedAt));
    },
  };
}

function parked(): Outcome {
  return {
    kind: 'parked',
    error: new MoltbotFeishuError({
      code: 'turn-parked',
      exitCode: ExitCode.internal,
      what: texts.turnParked,
      fix: texts.turnParkedFix,
      details: { retryable: false },
    }),
  };
}

function agentFailed({ notice, detail }: AgentFailure): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'agent-failed',
    exitCode: ExitCode.internal,
    what: detail?.what ?? notice,
    details: { retryable: false, ...(detail && { stderr: detail.stderr }) },
  });
}

function fault(error: unknown): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'internal',
    exitCode: ExitCode.internal,
    what: texts.agentFailed,
    details: { retryable: false, name: error instanceof Error ? error.name : typeof error },
  });
}
