/**
 * The typing mark: a reaction on the question while the agent writes the answer.
 *
 * Nothing waits for the mark. After the platform refuses it, no mark is tried for a while.
 */
import { z } from 'zod';
import type { PlatformClient } from '../../platform/client/client.ts';
import { encodePath } from '../../platform/network/path.ts';
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

/** Answers that come sooner need no mark (ms). */
const DELAY_MS = 400;
/** A missing permission may be granted later; retrying at each message would cost quota (ms). */
const PAUSE_MS = 10 * 60_000;

const addedSchema = z.object({ reaction_id: z.string() });
const removedSchema = z.object({}).loose();

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

  function addReaction(messageId: string): Promise<string | undefined> {
    const request = {
      method: 'POST',
      path: encodePath`/open-apis/im/v1/messages/${messageId}/reactions`,
      body: { reaction_type: { emoji_type: 'Typing' } },
      schema: addedSchema,
      family: 'message',
      safeToRepeat: false,
    } as const;
    return client
      .call(request, { signal })
      .then(({ reaction_id }) => reaction_id, pauseAfterFailure);
  }

  async function removeReaction(
    messageId: string,
    reaction: Promise<string | undefined>,
  ): Promise<void> {
    const reactionId = await reaction;
    if (reactionId === undefined) return;
    const request = {
      method: 'DELETE',
      path: encodePath`/open-apis/im/v1/messages/${messageId}/reactions/${reactionId}`,
      schema: removedSchema,
      family: 'message',
      safeToRepeat: true,
    } as const;
    await client.call(request, { signal }).catch(pauseAfterFailure);
  }

  return {
    start(messageId) {
      if (!isEnabled || monotonic() < pausedUntil) return () => undefined;
      let reaction: Promise<string | undefined> | undefined;
      const timer = setTimeout(() => {
        reaction = addReaction(messageId);
      }, DELAY_MS);
      const cancel = (): void => clearTimeout(timer);
      signal.addEventListener('abort', cancel, { once: true });
      return () => {
        cancel();
        signal.removeEventListener('abort', cancel);
        if (reaction) void removeReaction(messageId, reaction);
      };
    },
  };
}
