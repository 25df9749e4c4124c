/**
 * Runs the agent and sends what it writes, in blocks.
 *
 * In: a turn and a replier. Out: the outcome, when the answer is sent.
 */
import type { ResolvedAccount } from '../../config/account.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, render, type Text } from '../../shared/text.ts';
import { type Agent, AgentFailure, type Turn } from '../agent/agent.ts';
import type { Replier } from '../answer/reply.ts';
import { createBlockAssembler } from '../answer/text/blocks.ts';
import { MAX_ANSWER_CHARACTERS } from '../answer/text/limits.ts';
import { channelTexts as texts } from '../texts.ts';
import { agentFailedError, answered, ignored, type Outcome } from './outcome.ts';

export interface RunAgentOptions {
  readonly agent: Agent;
  readonly streaming: ResolvedAccount['streaming'];
  readonly replier: Replier;
  /** Aborts on `/stop`, and when nothing more may be sent. */
  readonly signal: AbortSignal;
  /** Aborts when nothing more may be sent: at shutdown, and when the message is recalled. */
  readonly isOver: AbortSignal;
}

/** @throws MoltbotFeishuError why the answer could not be sent */
export async function runAgent(turn: Turn, options: RunAgentOptions): Promise<Outcome> {
  const { agent, replier, signal, isOver } = options;
  const assembler = createBlockAssembler(options.streaming);
  const inWords = (what: LocalizedText | Text): string => render(what, turn.lang);
  let isEmpty = true;
  let charactersLeft = MAX_ANSWER_CHARACTERS;

  /** After `/stop` the partial answer counts as complete; on shutdown or a recall it does not. */
  async function finishStopped(): Promise<Outcome> {
    if (!isOver.aborted) await replier.finish([]);
    return ignored('stopped');
  }

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
    if (signal.aborted) return await finishStopped();
    const rest = [...assembler.end(), ...(charactersLeft < 0 ? [inWords(texts.leftOut)] : [])];
    const hasNothing = isEmpty && rest.length === 0 && !agent.allowsEmptyAnswer;
    await replier.finish(hasNothing ? [inWords(texts.emptyAnswer)] : rest);
    return answered;
  } catch (error) {
    if (signal.aborted) return finishStopped();
    if (isMoltbotFeishuError(error)) throw error;
    const failure =
      error instanceof AgentFailure ? error : new AgentFailure(localize(texts.agentFailed));
    await replier.finish([...assembler.end(), inWords(failure.notice)]);
    return { kind: 'failed', error: agentFailedError(failure) };
  }
}
