/** The interface of an agent, which writes the answers, and the simplest agent. */
import type { LocalizedText } from '../../shared/text/text.ts';
import type { AnswerPiece } from '../answer/answer-piece.ts';
import type { Quote } from '../message/fetched/quote.ts';
import type { Inbound } from '../message/inbound.ts';
import type { ReceivedFile } from '../message/media/fetch-files.ts';
import type { Note } from '../notice/pending-notes.ts';

/** What an agent answers: a message as it was read. */
export interface Turn extends Pick<Inbound, 'message' | 'content' | 'lang'> {
  readonly accountId: string;
  /** If the platform gives it out. */
  readonly senderName?: string;
  /** The files that the text names, on this disk until the turn ends; or why one is not there. */
  readonly attachments: readonly ReceivedFile[];
  /** The message that this one answers. */
  readonly quote?: TurnQuote;
  /** The first message of the topic, unless it is the quoted one. */
  readonly topicStarter?: Quote;
  /** What happened in the conversation since its last turn. */
  readonly notes: readonly Note[];
}

/** A quoted message with its files. */
export interface TurnQuote extends Omit<Quote, 'attachments'> {
  readonly attachments: readonly ReceivedFile[];
}

export interface Agent {
  /** How many turns may run at once, if the runtime's default does not fit. */
  readonly concurrency?: number;
  /** Only the text of a message is of use to it: no files, quotes and names are fetched. */
  readonly readsOnlyText?: boolean;
  /** An empty answer is valid; no placeholder is sent. */
  readonly allowsEmptyAnswer?: boolean;
  /**
   * Whether a text (the `command` of a message) is a command of the agent that must not wait for the
   * running turn. An agent with this method replaces the runtime's own commands.
   */
  skipsQueue?(text: string): boolean;
  /**
   * Whether the agent itself has answered a turn that a crash cut short. Resolves when known.
   * Called before a person gets the notice that an answer is lost.
   */
  hasAnswered?(turn: Turn, signal: AbortSignal): Promise<boolean>;
  /**
   * The answer, in pieces as it is written. Aborting ends it.
   *
   * @throws AgentFailure with the notice that the person reads instead
   */
  answer(turn: Turn, signal: AbortSignal): AsyncIterable<AnswerPiece>;
}

/** The part of a failure that only the operator sees. */
export interface FailureDetail {
  readonly what: LocalizedText;
  /** The last lines that the command wrote to stderr; untrusted text. */
  readonly stderr: readonly string[];
}

/** The agent could not answer, and the person reads why. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  /** What the person reads instead of an answer. */
  readonly notice: LocalizedText;
  readonly detail: FailureDetail | undefined;

  constructor(notice: LocalizedText, detail?: FailureDetail) {
    super(notice.text.en);
    this.notice = notice;
    this.detail = detail;
  }
}

/** Repeats the person's text. */
export const echoAgent: Agent = {
  readsOnlyText: true,
  async *answer(turn) {
    yield turn.content.text;
  },
};
