/**
 * Whether the running gateway took a message and answered it, by its own record: each message goes to
 * one connection of an app, so that one that is waited for elsewhere may have gone there.
 */
import { pause } from '../../shared/time/waiting.ts';
import { readAccountStatus } from '../machine/installed/account-status.ts';
import type { HostProgram } from '../machine/installed/host-programs.ts';

export interface HostedAnswer {
  /** The host's words where its agent failed: then the answer was an error. */
  readonly agentFailure: string | undefined;
}

export interface HostedAnswerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Older answers prove nothing (ms since 1970). */
  readonly since: number;
}

const POLL_EVERY_MS = 1000;

/** Waits for the answer; `undefined` where the signal came first. */
export async function waitForHostedAnswer(
  program: HostProgram,
  accountId: string,
  { env, signal, since }: HostedAnswerOptions,
): Promise<HostedAnswer | undefined> {
  while (!signal.aborted) {
    const own = await readAccountStatus(program, accountId, { env, signal });
    const [received, answered] = [own?.lastInboundAt ?? 0, own?.lastOutboundAt ?? 0];
    if (received >= since && answered >= received) {
      const failure = own?.lastAgentFailure;
      return { agentFailure: failure && failure.at >= since ? failure.error : undefined };
    }
    await pause(POLL_EVERY_MS, signal);
  }
  return undefined;
}
