/**
 * Whether the host's agent answered a turn, read from what the host delivers. Pure.
 *
 * Hosts do not throw when the agent fails: they deliver the error as the answer. Most payloads say so
 * (`isError`; openclaw@2026.9.6 always). Clawdbot writes some without that mark
 * (clawdbot@2026.1.24-3 auto-reply/reply/agent-runner-execution), a missing model key among them.
 */
import { maskProgramText } from '../../config/shown/program-text.ts';
import { type Secret, scrub } from '../../shared/secret.ts';
import { visible } from '../../shared/terminal/visible.ts';
import { oneLine, startOf } from '../../shared/text/one-line.ts';
import type { ReplyPayload } from '../runtime-contract.ts';

export interface AgentOutcome {
  /** Takes over one payload that the host delivers. */
  delivered(payload: ReplyPayload, kind: 'tool' | 'block' | 'final'): void;
  /** Takes over what the host reports or throws instead of a payload. */
  threw(error: unknown): void;
  /** The host's words for the failure; `undefined` where a part of the answer is no error. */
  failure(): string | undefined;
  /** Whether a part of the answer is no error: silence proves neither. */
  hasAnswered(): boolean;
}

const unmarkedFailures = [
  '⚠️ Agent failed before reply:',
  '⚠️ Context overflow',
  '⚠️ Message ordering conflict',
  '⚠️ Session history was corrupted',
];

export function createAgentOutcome(): AgentOutcome {
  let error: string | undefined;
  let hasAnswer = false;
  return {
    delivered(payload, kind) {
      if (kind === 'tool') return;
      if (isFailure(payload)) error = payload.text?.trim() || 'error';
      else hasAnswer = true;
    },
    threw(thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown);
    },
    failure: () => (hasAnswer ? undefined : error),
    hasAnswered: () => hasAnswer,
  };
}

function isFailure({ text = '', isError }: ReplyPayload): boolean {
  return isError === true || unmarkedFailures.some((start) => text.trimStart().startsWith(start));
}

/**
 * A payload as people may see it. A failure is in the words of a provider or of a tool, which can repeat a
 * key; what the agent writes stays as it is.
 */
export function shownPayload<T extends ReplyPayload>(payload: T): T {
  return payload.text !== undefined && isFailure(payload)
    ? { ...payload, text: maskProgramText(payload.text) }
    : payload;
}

/** The words (characters) that are shown, and those that are looked at for credentials. */
const MAX_SHOWN = 300;
const MAX_READ = 4000;

/** A host's words as one line that may be kept and shown: bounded, without credentials and controls. */
export function failureWords(text: string, secrets: readonly Secret[]): string {
  const words = maskProgramText(scrub(text.slice(0, MAX_READ), secrets));
  return startOf(visible(oneLine(words)), MAX_SHOWN);
}
