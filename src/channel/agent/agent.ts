/** Who answers: the interface of an agent, and the simplest one. */
import type { Lang, Message } from '../../shared/text.ts';
import type { InboundMessage } from '../message/event.ts';

export interface Turn {
  readonly accountId: string;
  readonly message: InboundMessage;
  /** What the message says, the bot's own mention taken out. */
  readonly text: string;
  /** The same less the mentions that it begins with: what a command is looked for in. */
  readonly command: string;
  /** The language the person seems to write. */
  readonly lang: Lang;
}

export interface Agent {
  /** How many turns may wait for it at once, where that differs from the runtime's default. */
  readonly concurrency?: number;
  /** An empty answer is valid; no placeholder is sent. */
  readonly maySayNothing?: boolean;
  /**
   * Whether a text (a turn's `command`) is one that the agent itself obeys, and that does not wait behind the turn
   * that it is about. An agent that has this has its own commands: the runtime's are off.
   */
  overtakes?(text: string): boolean;
  /**
   * After a crash: whether the agent has answered by itself what it was cut off at, by a way of its
   * own. Resolves when that is decided. Asked before a person is told that an answer is lost.
   */
  hasAnswered?(turn: Turn, signal: AbortSignal): Promise<boolean>;
  /**
   * The answer, in pieces as it is written. Aborting ends it.
   *
   * @throws AgentFailure what the person reads instead
   */
  answer(turn: Turn, signal: AbortSignal): AsyncIterable<string>;
}

/** What only the operator sees of a failure. */
export interface FailureDetail {
  readonly what: Message;
  /** The last lines that a command wrote about it; text from outside. */
  readonly stderr: readonly string[];
}

/** The agent could not answer, and the person reads why. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  /** What the person reads instead of an answer. */
  readonly notice: Message;
  readonly detail: FailureDetail | undefined;

  constructor(notice: Message, detail?: FailureDetail) {
    super(notice.text.en);
    this.notice = notice;
    this.detail = detail;
  }
}

/** Answers exactly what it was told. */
export const echoAgent: Agent = {
  async *answer(turn) {
    yield turn.text;
  },
};
