/**
 * Turns that a host resumes by itself. OpenClaw keeps the current turn of a session; after a crash
 * it resumes the turn, and sends the answer as a message of its own (openclaw@2026.9.6,
 * docs/gateway/restart-recovery). Clawdbot and Moltbot do not.
 *
 * In: the host's sessions, and what it sends. Out: whether a conversation was answered that way.
 */
import { pause } from '../../shared/waiting.ts';
import { normalizeTarget } from '../people/targets.ts';
import type { AgentRoute, HostSessions } from '../runtime-contract.ts';

/** Where the host has sent something by itself since this process began, by account and topic. */
const targets = new Set<string>();
const MOST_TARGETS = 10_000;

const keyOf = (accountId: string, target: string, threadId: string | undefined): string =>
  `${accountId} ${normalizeTarget(target) ?? target} ${threadId ?? ''}`;

export function sentByHost(accountId: string, target: string, threadId: string | undefined): void {
  if (targets.size >= MOST_TARGETS) targets.clear();
  targets.add(keyOf(accountId, target, threadId));
}

export interface Conversation {
  readonly route: AgentRoute & { readonly turnSessionKey: string };
  readonly storePath: string;
  readonly target: string;
  readonly threadId: string | undefined;
}

export interface OwnResumption {
  /**
   * Waits while the host has a turn of this session that none of ours has given it in this process,
   * but not for ever. Until then it takes no other one.
   */
  settled(of: Conversation, signal: AbortSignal): Promise<void>;
  /** Whether the host, done with the session, has written to the person by itself. */
  hasAnswered(of: Conversation, signal: AbortSignal): Promise<boolean>;
}

const ASK_EVERY_MS = 250;
/** A session that stays in a turn for longer is not resumed: its messages are not held up by it. */
const LONGEST_TURN_MS = 10 * 60_000;
/** Between the end of the host's turn and the first message of its answer. */
const ANSWER_WITHIN_MS = 5000;

/** @param now a clock that is never set (ms) */
export function createOwnResumption(sessions: HostSessions, now: () => number): OwnResumption {
  const entryOf = ({ route, storePath }: Conversation) =>
    sessions.getSessionEntry({
      agentId: route.agentId,
      sessionKey: route.turnSessionKey,
      storePath,
      readConsistency: 'latest',
    });

  async function waitFor(is: () => boolean, longestMs: number, signal: AbortSignal): Promise<void> {
    const until = now() + longestMs;
    while (!is() && now() < until && !signal.aborted) await pause(ASK_EVERY_MS, signal);
    signal.throwIfAborted();
  }

  return {
    settled: (of, signal) => waitFor(() => !isInTurn(entryOf(of)), LONGEST_TURN_MS, signal),
    async hasAnswered(of, signal) {
      const key = keyOf(of.route.accountId, of.target, of.threadId);
      await waitFor(() => targets.has(key), ANSWER_WITHIN_MS, signal);
      // A notice that the turn resumes is not an answer.
      return targets.has(key) && entryOf(of)?.status === 'done';
    },
  };
}

function isInTurn(entry: ReturnType<HostSessions['getSessionEntry']>): boolean {
  return entry?.status === 'running' && entry.restartRecoveryDeliveryRunId !== undefined;
}
