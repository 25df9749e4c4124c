/** Reactions to messages (open.feishu.cn, im-v1/message-reaction). */
import { z } from 'zod';
import { encodePath } from '../network/path.ts';
import { acceptedAnswer } from './answers.ts';
import type { CallOptions, PlatformClient } from './client.ts';

type Client = Pick<PlatformClient, 'call'>;

const addedAnswer = z.object({ reaction_id: z.string().catch('') });

/** Adds a reaction of the bot; the same one a second time changes nothing. @returns its id; empty if the answer has none */
export async function addReaction(
  client: Client,
  { messageId, emoji }: { readonly messageId: string; readonly emoji: string },
  options: CallOptions,
): Promise<string> {
  const answer = await client.call(
    {
      method: 'POST',
      path: encodePath`/open-apis/im/v1/messages/${messageId}/reactions`,
      body: { reaction_type: { emoji_type: emoji } },
      schema: addedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    options,
  );
  return answer.reaction_id;
}

const reactionsAnswer = z.object({
  items: z
    .array(
      z.object({
        reaction_id: z.string(),
        reaction_type: z.object({ emoji_type: z.string() }),
        operator: z
          .object({ operator_id: z.string().catch(''), operator_type: z.string().catch('') })
          .nullish(),
      }),
    )
    .nullish(),
  has_more: z.boolean().nullish(),
});

export interface MessageReaction {
  readonly reactionId: string;
  readonly emoji: string;
  /** An open_id, or the App ID of an app. */
  readonly operatorId: string;
  readonly isFromApp: boolean;
}

const MAX_PAGE = 50;

/** The first reactions to a message, 50 at most, of one kind or of all. */
export async function listReactions(
  client: Client,
  { messageId, emoji }: { readonly messageId: string; readonly emoji?: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly reactions: readonly MessageReaction[]; readonly hasMore: boolean }> {
  const answer = await client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/im/v1/messages/${messageId}/reactions`,
      query: { page_size: String(MAX_PAGE), ...(emoji && { reaction_type: emoji }) },
      schema: reactionsAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
  const reactions = (answer.items ?? []).map(({ reaction_id: reactionId, ...item }) => ({
    reactionId,
    emoji: item.reaction_type.emoji_type,
    operatorId: item.operator?.operator_id ?? '',
    isFromApp: item.operator?.operator_type === 'app',
  }));
  return { reactions, hasMore: answer.has_more === true };
}

/** Removes a reaction of the bot itself. */
export async function removeReaction(
  client: Client,
  { messageId, reactionId }: { readonly messageId: string; readonly reactionId: string },
  signal: AbortSignal,
): Promise<void> {
  await client.call(
    {
      method: 'DELETE',
      path: encodePath`/open-apis/im/v1/messages/${messageId}/reactions/${reactionId}`,
      schema: acceptedAnswer,
      family: 'message',
      safeToRepeat: true,
    },
    { signal },
  );
}
