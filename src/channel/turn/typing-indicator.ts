/**
 * The typing mark: a reaction on the question while the agent writes the answer.
 *
 * Nothing waits for the mark. After the platform refuses it, no mark is tried for a while.
 */
import type { PlatformClient } from '../../platform/client/client.ts';
import { addReaction, removeReaction } from '../../platform/client/reaction-calls.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { createPermissionWarner } from '../missing-permission.ts';

export interface TypingIndicator {
  /** Marks a message soon. @returns a function that removes the mark. Neither throws nor waits. */
  start(messageId: string): () => void;
}

export interface TypingOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly isEnabled: boolean;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  /** Aborts the requests under way. */
  readonly signal: AbortSignal;
}

/** Answers that come sooner need no mark; a person sees one that comes later as at once (ms). */
const DELAY_MS = 100;
/** A missing permission may be granted later; retrying at each message would cost quota (ms). */
const PAUSE_MS = 10 * 60_000;

export function createTypingIndicator({
  client,
  isEnabled,
  log,
  monotonic,
  signal,
}: TypingOptions): TypingIndicator {
  let pausedUntil = 0;
  const warn = createPermissionWarner(log, 'questions cannot be marked while they are answered');

  function pauseAfterFailure(error: unknown): undefined {
    if (signal.aborted) return undefined;
    pausedUntil = monotonic() + PAUSE_MS;
    warn(error);
    const { code, feishuCode } = isMoltbotFeishuError(error)
      ? error
      : { code: 'internal', feishuCode: undefined };
    log.info('no typing mark for a while', { error: code, code: feishuCode });
    return undefined;
  }

  function addMark(messageId: string): Promise<string | undefined> {
    const reaction = { messageId, emoji: 'Typing' };
    return addReaction(client, reaction, { signal, attempts: 1 }).then(
      // Without an id it could not be removed.
      (id) => id || pauseAfterFailure(undefined),
      pauseAfterFailure,
    );
  }

  async function removeMark(
    messageId: string,
    reaction: Promise<string | undefined>,
  ): Promise<void> {
    const reactionId = await reaction;
    if (reactionId === undefined) return;
    await removeReaction(client, { messageId, reactionId }, signal).catch(pauseAfterFailure);
  }

  return {
    start(messageId) {
      if (!isEnabled || monotonic() < pausedUntil) return () => undefined;
      let reaction: Promise<string | undefined> | undefined;
      const timer = setTimeout(() => {
        reaction = addMark(messageId);
      }, DELAY_MS);
      const cancel = (): void => clearTimeout(timer);
      signal.addEventListener('abort', cancel, { once: true });
      return () => {
        cancel();
        signal.removeEventListener('abort', cancel);
        if (reaction) void removeMark(messageId, reaction);
      };
    },
  };
}
