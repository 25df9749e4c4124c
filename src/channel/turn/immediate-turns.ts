/**
 * Turns that do not wait in the queue of their chat: commands about the turn that runs there.
 *
 * In: messages that wait in the inbox. Out: turns, started at once.
 */
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Agent } from '../agent/agent.ts';
import type { Claim, Inbox } from '../inbox/inbox.ts';
import { parseControlCommand } from '../message/control.ts';
import type { Inbound } from '../message/inbound.ts';

export interface ImmediateTurnsOptions {
  readonly agent: Pick<Agent, 'skipsQueue'>;
  /** Whether a refused sender may be paired; the turn itself checks that. */
  readonly hasPairing: boolean;
  /** Runs one turn and ends its claim; never rejects. */
  readonly run: (claim: Claim) => Promise<void>;
  readonly log: Logger;
}

export class ImmediateTurns {
  readonly #options: ImmediateTurnsOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: ImmediateTurnsOptions) {
    this.#options = options;
  }

  /** Whether a message skips the queue: a command from a person whom the policy may answer. */
  includes({ decision, content }: Inbound): boolean {
    const { agent, hasPairing } = this.#options;
    const mayBeAnswered = decision.kind === 'answer' || (decision.kind === 'refuse' && hasPairing);
    if (!mayBeAnswered) return false;
    return agent.skipsQueue
      ? agent.skipsQueue(content.command)
      : parseControlCommand(content.command) !== undefined;
  }

  /** Starts the turn of a message, unless another process has taken it. Never rejects. */
  async start(inbox: Pick<Inbox, 'claimMessage'>, { message }: Inbound): Promise<void> {
    try {
      const claim = await inbox.claimMessage(message);
      if (!claim) return;
      const turn = this.#options.run(claim).finally(() => this.#running.delete(turn));
      this.#running.add(turn);
    } catch (error) {
      this.#options.log.error('a message could not be taken', { error: codeOf(error) });
    }
  }

  /** Resolves when the turns that run now have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }
}
