/**
 * Runs one turn: resumes an answer that was cut off, or decides on the message and answers it.
 *
 * In: a claim on a message. Out: its answer in Feishu, the end of the claim, and a report.
 */
import QuickLRU from 'quick-lru';
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type LocalizedText, localize, render } from '../../shared/text/text.ts';
import type { AccountEvent } from '../account-event.ts';
import type { Agent, Turn } from '../agent/agent.ts';
import { type Deliver, isWithdrawn } from '../answer/deliver.ts';
import type { ItemPart } from '../answer/item-part.ts';
import { createMarkdownImages } from '../answer/media/markdown-images.ts';
import type { OutgoingMedia } from '../answer/media/outgoing-media.ts';
import { messagesOf } from '../answer/parts.ts';
import { createReplier, type Replier } from '../answer/reply.ts';
import { withRestAsFile } from '../answer/rest/rest-writer.ts';
import type { SendLimiter } from '../answer/send-limiter.ts';
import type { GrowingCards } from '../answer/stream/growing-cards.ts';
import { endLeftCards } from '../answer/stream/left-card.ts';
import { channelTexts as texts } from '../channel-texts.ts';
import type { Claim } from '../inbox/inbox.ts';
import type { Amendments } from '../message/amendments.ts';
import { type ControlCommand, parseControlCommand } from '../message/control.ts';
import type { ChatDirectory } from '../message/directory/chat-directory.ts';
import type { PeopleDirectory } from '../message/directory/people-directory.ts';
import { createTopicFinder } from '../message/directory/topic-finder.ts';
import { answeredMessageId, type InboundMessage } from '../message/event.ts';
import type { FetchMessage } from '../message/fetched/fetch-message.ts';
import type { Inbound } from '../message/inbound.ts';
import type { Pairing } from '../message/pairing.ts';
import type { Decision } from '../message/policy.ts';
import type { PendingNotes } from '../notice/pending-notes.ts';
import type { Presence } from '../presence.ts';
import { createAnswerWriter } from './answer-writer.ts';
import {
  answered,
  ignored,
  internalError,
  type Outcome,
  parkedOutcome,
  reportOutcome,
} from './outcome.ts';
import type { PrepareTurn } from './prepare-turn.ts';
import { runAgent } from './run-agent.ts';
import { createTypingIndicator } from './typing-indicator.ts';

export interface TurnRunnerOptions {
  readonly account: ResolvedAccount;
  readonly client: PlatformClient;
  readonly agent: Agent;
  /** Approves unknown senders; absent if no host keeps pairings. */
  readonly pairing?: Pairing | undefined;
  readonly sendLimiter: SendLimiter;
  readonly read: (message: InboundMessage) => Inbound;
  readonly presence: Presence;
  readonly chats: ChatDirectory;
  readonly people: PeopleDirectory;
  readonly fetchMessage: FetchMessage;
  readonly deliver: Deliver;
  readonly cards: GrowingCards;
  /** What an answer to this message does with its items. */
  readonly itemParts: (inbound: Inbound) => ItemPart;
  readonly amendments: Amendments;
  readonly media: OutgoingMedia;
  readonly prepare: PrepareTurn;
  readonly notes: PendingNotes;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  /** Aborts every turn at shutdown. */
  readonly hardStop: AbortSignal;
  readonly emit: (event: AccountEvent) => void;
}

/** What `/stop` and `/status` need to know of the other turns of their chat. */
export interface ChatControl {
  readonly isRunning: boolean;
  readonly waiting: number;
  /** Aborts the chat's running turn. @returns whether there was one */
  stop(): boolean;
}

export interface TurnContext {
  /** Aborts on `/stop` and at shutdown. */
  readonly signal: AbortSignal;
  readonly chat: ChatControl;
}

export interface TurnRunner {
  /** Runs one turn and ends its claim, however the turn ends. Never rejects. */
  run(claim: Claim, context: TurnContext): Promise<void>;
  /** Ends the turn of a recalled message, if it runs: nothing more is sent. */
  stop(messageId: string): void;
  /** Reports a message that gets no turn. */
  reportIgnored(inbound: Inbound, reason: string): void;
}

/** One turn at work. */
interface RunningTurn extends TurnContext {
  readonly claim: Claim;
  readonly inbound: Inbound;
  readonly turn: Turn;
  readonly replier: Replier;
  /** Aborts when nothing more may be sent: at shutdown, and when the message is recalled. */
  readonly isOver: AbortSignal;
}

/** A turn cut short by a crash is tried 3 times in total (R2). */
const MAX_ATTEMPTS = 3;
/** A partly sent answer is resumed more often: that costs the agent nothing. */
const MAX_RESUMPTIONS = 10;

/** Bounds memory; beyond it a person may get the refusal a second time. */
const MAX_REFUSED_SENDERS = 5000;

export function createTurnRunner(options: TurnRunnerOptions): TurnRunner {
  const { account, agent, client, pairing, presence, log, now, monotonic, hardStop } = options;
  const signal = hardStop;
  const isEnabled = account.typingReaction;
  const typing = createTypingIndicator({ client, isEnabled, log, monotonic, signal });
  const topics = createTopicFinder({
    fetchMessage: options.fetchMessage,
    chats: options.chats,
    signal,
  });
  const limiter = options.sendLimiter;
  const { deliver, amendments, cards } = options;
  /** Aborts the turns that run, by the id of the message that they answer. */
  const recalls = new Map<string, AbortController>();
  /** The people who have read that pairing is not possible here. */
  const refusedSenders = new QuickLRU<string, true>({ maxSize: MAX_REFUSED_SENDERS });

  /** The message as it is when its turn begins. What the policy ignores is not asked for (R4). */
  async function withAmendments(claim: Claim): Promise<Inbound | Outcome> {
    const inbound = options.read(claim.message);
    if (hasStartedSending(claim) || inbound.decision.kind === 'ignore') return inbound;
    const current = await amendments.current(claim.message, hardStop);
    return current === 'recalled' ? ignored('message-recalled') : options.read(current);
  }

  async function withTopic(inbound: Inbound): Promise<Inbound> {
    const message = await topics.withTopic(inbound.message);
    return message === inbound.message ? inbound : { ...inbound, message };
  }

  /** Resumes a partly sent answer; otherwise starts over. */
  async function resumeOrStart(running: RunningTurn): Promise<Outcome> {
    const { claim, inbound, turn, replier } = running;
    const { message, lang } = inbound;
    const { attempt, progress } = claim;
    const hasStarted = hasStartedSending(claim);
    const isAnswered = async (): Promise<boolean> =>
      (await agent.hasAnswered?.(turn, running.signal)) === true;
    if (attempt > (hasStarted ? MAX_RESUMPTIONS : MAX_ATTEMPTS)) {
      if (!hasStarted && (await isAnswered())) return answered;
      if (!hasStarted) await replier.finish([render(texts.parkedNotice, lang)], 'parked');
      return parkedOutcome();
    }
    if (!hasStarted) {
      await replier.discardCards(({ messageId }) => cards.remove(messageId, running.isOver));
      return decideAndAnswer(running);
    }
    log.info('an answer goes on', { messageId: message.messageId, part: progress.delivered });
    const cutShort = async (): Promise<string | undefined> =>
      (await isAnswered()) ? undefined : render(texts.cutShort, lang);
    const noAnswer = render(texts.emptyAnswer, lang);
    const endLeft = endLeftCards({ cards, replier, cutShort, noAnswer, signal: running.isOver });
    if (!(await replier.resume(endLeft))) {
      const notice = await cutShort();
      if (notice !== undefined) await replier.finish([notice]);
    }
    return progress.ending === 'parked' ? parkedOutcome() : answered;
  }

  async function decideAndAnswer(running: RunningTurn): Promise<Outcome> {
    const { inbound, turn, replier, chat, isOver } = running;
    const { decision, message, content, lang } = inbound;
    if (decision.kind === 'ignore') return ignored(decision.reason);
    if (decision.kind === 'wait') return ignored('bot-unknown');
    if (decision.kind === 'refuse' && !(await isApproved(decision, running))) {
      return ignored(decision.reason);
    }
    const command = agent.skipsQueue ? undefined : parseControlCommand(content.command);
    if (command) {
      await replier.finish([render(runControlCommand(command, chat), lang)]);
      return answered;
    }
    const marked = answeredMessageId(message);
    const stopTyping = marked === undefined ? () => undefined : typing.start(marked);
    try {
      const { signal } = running;
      amendments.begun(message);
      // One that an earlier run received.
      options.people.note(message);
      // Answers wait for no name: one that is known too late is no mention.
      if (message.chatType === 'group') void options.people.learn(message.chatId);
      const noted = { ...turn, notes: options.notes.take(message) };
      const prepared = await options.prepare(noted, inbound, signal).catch((error: unknown) => {
        // After `/stop` or a recall there is nothing to prepare for.
        if (signal.aborted) return undefined;
        throw error;
      });
      if (!prepared) return ignored('stopped');
      const shown = createAnswerWriter({
        account,
        media: options.media,
        cards,
        replier,
        itemPart: options.itemParts(inbound),
        lang,
        isOver,
        isRecalled: () => isOver.aborted && !hardStop.aborted,
      });
      const writer = withRestAsFile(shown, {
        replier,
        maxMessages: account.maxMessages,
        messagesOf: (text) => messagesOf(text, account),
        asFile: (rest) => options.media.textFile(rest, render(texts.restName, lang), isOver),
        inFile: render(texts.restInFile, lang),
        leftOut: render(texts.leftOut, lang),
      });
      const answering = runAgent(prepared.turn, { agent, writer, signal, isOver });
      return await answering.finally(prepared.release);
    } finally {
      stopTyping();
    }
  }

  /** Whether a refused sender is paired with the host; if not, the sender gets a notice. */
  async function isApproved(
    decision: Extract<Decision, { kind: 'refuse' }>,
    { inbound: { message, lang }, replier }: RunningTurn,
  ): Promise<boolean> {
    const { senderOpenId } = message;
    if (pairing) {
      if ((await pairing.approved()).includes(senderOpenId)) return true;
      const notice = await pairing.request(message);
      if (notice !== undefined) await replier.finish([notice]);
    } else if (!refusedSenders.has(senderOpenId)) {
      refusedSenders.set(senderOpenId, true);
      await replier.finish([render(decision.text, lang)]);
    }
    return false;
  }

  function runControlCommand(command: ControlCommand, chat: ChatControl): LocalizedText {
    if (command === 'stop') return localize(chat.stop() ? texts.stopped : texts.nothingRuns);
    return localize(presence.isConnected ? texts.status : texts.statusOffline, {
      bot: presence.bot?.name ?? account.appId,
      minutes: Math.floor(presence.connectionMs / 60_000),
      running: chat.isRunning ? 1 : 0,
      waiting: chat.waiting,
    });
  }

  async function runTurn(
    claim: Claim,
    context: TurnContext,
    isOver: AbortSignal,
  ): Promise<{ readonly inbound: Inbound; readonly outcome: Outcome; readonly parts: number }> {
    const received = options.read(claim.message);
    const amended = await withAmendments(claim).catch(failure);
    // It was recalled, or the shutdown came first.
    if ('kind' in amended) return { inbound: received, outcome: amended, parts: 0 };
    const inbound = await withTopic(amended);
    const { message, lang } = inbound;
    const group = entryOf(account.groups, message.chatId);
    const replier = createReplier({
      claim,
      message,
      deliver,
      limiter,
      replyInThread: group?.replyInThread ?? account.replyInThread,
      style: account,
      people: () => options.people.names(message.chatId),
      leftOut: () => render(texts.leftOut, lang),
      withImages: createMarkdownImages((address) => options.media.imageKey(address, isOver)),
      log,
      now,
      monotonic,
      // Not the turn's signal: after `/stop` the text written so far is still delivered.
      signal: isOver,
    });
    const turn: Turn = { ...inbound, accountId: account.id, attachments: [], notes: [] };
    const running = { ...context, claim, inbound, turn, replier, isOver };
    const outcome = await resumeOrStart(running).catch(failure);
    return { inbound, outcome, parts: replier.parts };
  }

  function report(inbound: Inbound, outcome: Outcome, parts: number, ms: number): void {
    reportOutcome({ accountId: account.id, inbound, outcome, parts, ms }, options);
  }

  return {
    reportIgnored(inbound, reason) {
      const reportWith = (of: Inbound): void => report(of, ignored(reason), 0, 0);
      // Group messages that are not for the bot are context for their topic.
      if (topics.needsLookup(inbound.message)) void withTopic(inbound).then(reportWith);
      else reportWith(inbound);
    },
    stop: (messageId) => recalls.get(messageId)?.abort(),
    async run(claim, context) {
      const startedAt = monotonic();
      const recall = new AbortController();
      const answeredId = answeredMessageId(claim.message) ?? claim.message.messageId;
      recalls.set(answeredId, recall);
      try {
        const isOver = AbortSignal.any([hardStop, recall.signal]);
        const signal = AbortSignal.any([context.signal, recall.signal]);
        const turned = await runTurn(claim, { ...context, signal }, isOver);
        const { inbound, parts } = turned;
        const isRecalled = recall.signal.aborted && turned.outcome.kind !== 'answered';
        const outcome = isRecalled ? ignored('message-recalled') : turned.outcome;
        if (outcome.kind === 'failed' && outcome.error.code === 'claim-lost') {
          log.warn('taken over by another gateway', { messageId: inbound.message.messageId });
          return claim.release();
        }
        // The turn is not finished: the next owner of the inbox resumes it.
        if (hardStop.aborted && outcome.kind !== 'answered') return claim.release();
        if (outcome.kind === 'parked') claim.park();
        else claim.complete();
        report(inbound, outcome, parts, Math.round(monotonic() - startedAt));
      } finally {
        if (recalls.get(answeredId) === recall) recalls.delete(answeredId);
      }
    },
  };
}

/** Whether an earlier run has sent a part of the answer, or was about to. */
function hasStartedSending({ progress }: Claim): boolean {
  const { parts, lastAttempt, ending } = progress;
  // A card without a text has said nothing yet.
  const isUnsaid = parts.every(
    (part) => part.type === 'growing-card' && part.markdown === '' && !part.isFinal,
  );
  return ending !== undefined || (lastAttempt !== undefined && !(isUnsaid && parts.length > 0));
}

function failure(error: unknown): Outcome {
  if (!isMoltbotFeishuError(error)) return { kind: 'failed', error: internalError(error) };
  return isWithdrawn(error) ? ignored('message-withdrawn') : { kind: 'failed', error };
}
