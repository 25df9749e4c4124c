/**
 * Turns that a host resumes by itself. OpenClaw keeps the current turn of a session; after a crash
 * it resumes the turn, and sends the answer as a message of its own (openclaw@2026.9.6,
 * docs/gateway/restart-recovery). Clawdbot and Moltbot do not.
 *
 * In: the host's sessions, and what it sends. Out: whether a conversation was answered that way.
 */
import QuickLRU from 'quick-lru';
import { pause } from '../../shared/time/waiting.ts';
import { normalizeTarget } from '../people/targets.ts';
import type { AgentRoute, HostSessions } from '../runtime-contract.ts';

const MAX_TARGETS = 5000;

/** Where the host has sent something by itself since this process began, by account and topic. */
export class SentTargets {
  readonly #keys = new QuickLRU<string, true>({ maxSize: MAX_TARGETS });

  mark(accountId: string, target: string, threadId: string | undefined): void {
    this.#keys.set(keyOf(accountId, target, threadId), true);
  }

  has(accountId: string, target: string, threadId: string | undefined): boolean {
    return this.#keys.has(keyOf(accountId, target, threadId));
  }
}

function keyOf(accountId: string, target: string, threadId: string | undefined): string {
  return `${accountId} ${normalizeTarget(target) ?? target} ${threadId ?? ''}`;
}

export interface HostConversation {
  readonly route: AgentRoute & { readonly turnSessionKey: string };
  readonly storePath: string;
  readonly target: string;
  readonly threadId: string | undefined;
}

export interface HostRecovery {
  /**
   * Waits while the host has a turn of this session that none of ours has given it in this process,
   * but not for ever. Until then it takes no other one.
   */
  waitUntilIdle(of: HostConversation, signal: AbortSignal): Promise<void>;
  /** Whether the host, done with the session, has written to the person by itself. */
  hasAnswered(of: HostConversation, signal: AbortSignal): Promise<boolean>;
}

const POLL_EVERY_MS = 250;
/** A session that stays in a turn for longer is not resumed: its messages are not held up by it. */
const MAX_TURN_MS = 10 * 60_000;
/** Between the end of the host's turn and the first message of its answer. */
const ANSWER_TIMEOUT_MS = 5000;

/** @param now a clock that is never set (ms) */
export function createHostRecovery(
  sessions: HostSessions,
  sentTargets: SentTargets,
  now: () => number,
): HostRecovery {
  const entryOf = ({ route, storePath }: HostConversation) =>
    sessions.getSessionEntry({
      agentId: route.agentId,
      sessionKey: route.turnSessionKey,
      storePath,
      readConsistency: 'latest',
    });

  async function waitFor(
    condition: () => boolean,
    maxMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const until = now() + maxMs;
    while (!condition() && now() < until && !signal.aborted) await pause(POLL_EVERY_MS, signal);
    signal.throwIfAborted();
  }

  return {
    waitUntilIdle: (of, signal) => waitFor(() => !isRecovering(entryOf(of)), MAX_TURN_MS, signal),
    async hasAnswered(of, signal) {
      const hasSent = (): boolean => sentTargets.has(of.route.accountId, of.target, of.threadId);
      await waitFor(hasSent, ANSWER_TIMEOUT_MS, signal);
      // A notice that the turn resumes is not an answer.
      return hasSent() && entryOf(of)?.status === 'done';
    },
  };
}

function isRecovering(entry: ReturnType<HostSessions['getSessionEntry']>): boolean {
  return entry?.status === 'running' && entry.restartRecoveryDeliveryRunId !== undefined;
}
