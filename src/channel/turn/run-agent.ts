/**
 * Runs the agent and passes what it writes to a writer.
 *
 * In: a turn and a writer. Out: the outcome, when the answer is sent.
 */
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, render, type Text } from '../../shared/text/text.ts';
import { type Agent, AgentFailure, type Turn } from '../agent/agent.ts';
import type { AnswerPiece } from '../answer/answer-piece.ts';
import { MAX_ANSWER_CHARACTERS } from '../answer/text/limits.ts';
import type { AnswerWriter } from '../answer/writer.ts';
import { channelTexts as texts } from '../channel-texts.ts';
import { agentFailedError, answered, ignored, type Outcome } from './outcome.ts';

export interface RunAgentOptions {
  readonly agent: Agent;
  readonly writer: AnswerWriter;
  /** Aborts on `/stop`, and when nothing more may be sent. */
  readonly signal: AbortSignal;
  /** Aborts when nothing more may be sent: at shutdown, and when the message is recalled. */
  readonly isOver: AbortSignal;
}

/** @throws MoltbotFeishuError why the answer could not be sent */
export async function runAgent(turn: Turn, options: RunAgentOptions): Promise<Outcome> {
  const { agent, writer, signal, isOver } = options;
  const inWords = (what: LocalizedText | Text): string => render(what, turn.lang);
  let charactersLeft = MAX_ANSWER_CHARACTERS;

  /** The next piece, cut where the answer has reached its limit. */
  function bounded(piece: AnswerPiece): AnswerPiece {
    if (typeof piece !== 'string') return piece;
    const text = piece.slice(0, charactersLeft);
    charactersLeft -= piece.length;
    return text;
  }

  /** After `/stop` the partial answer counts as complete; on shutdown or a recall it does not. */
  async function finishStopped(): Promise<Outcome> {
    await (isOver.aborted ? writer.abandon() : writer.stop());
    return ignored('stopped');
  }

  try {
    for await (const piece of agent.answer(turn, signal)) {
      await writer.write(bounded(piece));
      // Leaving the loop ends the agent.
      if (charactersLeft < 0 || writer.isFull) break;
    }
    // The text written so far is kept; `/stop` has its own reply.
    if (signal.aborted) return await finishStopped();
    await writer.finish({
      notice: charactersLeft < 0 ? inWords(texts.leftOut) : undefined,
      ifEmpty: agent.allowsEmptyAnswer ? undefined : inWords(texts.emptyAnswer),
    });
    return answered;
  } catch (error) {
    if (signal.aborted) return finishStopped();
    if (isMoltbotFeishuError(error)) {
      await writer.abandon();
      throw error;
    }
    const failure =
      error instanceof AgentFailure ? error : new AgentFailure(localize(texts.agentFailed));
    await writer.finish({ notice: inWords(failure.notice) });
    return { kind: 'failed', error: agentFailedError(failure) };
  }
}
