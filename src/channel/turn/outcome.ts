/** How a turn can end, and how that is reported. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { AccountEvent } from '../account-event.ts';
import type { AgentFailure } from '../agent/agent.ts';
import { channelError } from '../channel-errors.ts';
import type { Inbound } from '../message/inbound.ts';

export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'failed' | 'parked'; readonly error: MoltbotFeishuError };

export const answered: Outcome = { kind: 'answered' };

export function ignored(reason: string): Outcome {
  return { kind: 'ignored', reason };
}

export interface Turned {
  readonly accountId: string;
  readonly inbound: Inbound;
  readonly outcome: Outcome;
  /** Messages that the answer became. */
  readonly parts: number;
  /** The length of the turn (ms). */
  readonly ms: number;
}

/** Writes the outcome to the log, and hands it to the subscribers. */
export function reportOutcome(
  { accountId: account, inbound, outcome, parts, ms }: Turned,
  { log, emit }: { readonly log: Logger; readonly emit: (event: AccountEvent) => void },
): void {
  const { message, content } = inbound;
  const { messageId, chatId } = message;
  switch (outcome.kind) {
    case 'answered':
      log.debug('answered', { messageId, chatId, parts, ms });
      emit({ event: 'answered', account, message, parts, ms });
      return;
    case 'ignored':
      log.info('ignored', { messageId, chatId, reason: outcome.reason });
      emit({ event: 'ignored', account, message, content, reason: outcome.reason });
      return;
    case 'failed':
    case 'parked': {
      const { error } = outcome;
      const { code, feishuCode } = error;
      // The event already reports it to subscribers: a log line would repeat it.
      log.info('not answered', { messageId, chatId, error: code, code: feishuCode, parts });
      emit({ event: 'error', account, message, error });
      return;
    }
    default:
      outcome satisfies never;
  }
}

export function parkedOutcome(): Outcome {
  return {
    kind: 'parked',
    error: channelError('turnParked'),
  };
}

export function agentFailedError({ notice, detail }: AgentFailure): MoltbotFeishuError {
  const details = detail && { stderr: detail.stderr };
  return channelError('agentFailed', {}, { what: detail?.what ?? notice, details });
}

export function internalError(error: unknown): MoltbotFeishuError {
  const name = error instanceof Error ? error.name : typeof error;
  return channelError('turnFailed', {}, { details: { name } });
}
