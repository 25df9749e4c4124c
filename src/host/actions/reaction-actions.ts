/** Reactions of the bot, and what others reacted with. */
import { z } from 'zod';
import {
  addReaction,
  listReactions,
  removeReaction,
} from '../../platform/client/reaction-calls.ts';
import { emojiType, knownEmoji } from '../emoji-names.ts';
import {
  type Action,
  type ActionContext,
  ActionRefusal,
  action,
  messageIdOf,
  messageParams,
  shortened,
} from './action.ts';

const reactParams = messageParams.extend({
  emoji: z.string().optional().catch(undefined),
  remove: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
});

const MAX_SHOWN = 20;

function emojiOf(emoji: string | undefined): string {
  const type = emojiType(emoji ?? '');
  if (type !== undefined) return type;
  const named = emoji ? `“${shortened(emoji)}” is no reaction of Feishu` : 'emoji is missing';
  throw new ActionRefusal(`${named}. Known ones: ${knownEmoji.join(', ')}.`);
}

async function react(params: z.infer<typeof reactParams>, context: ActionContext) {
  const { client, signal } = context;
  const messageId = messageIdOf(params, context);
  if (params.remove !== true) {
    const emoji = emojiOf(params.emoji);
    await addReaction(client, { messageId, emoji }, { signal });
    return { messageId, emoji };
  }
  const emoji = params.emoji ? emojiOf(params.emoji) : undefined;
  const { reactions } = await listReactions(client, { messageId, emoji }, signal);
  const own = reactions.filter(
    ({ isFromApp, operatorId }) => isFromApp && operatorId === client.appId,
  );
  for (const { reactionId } of own) await removeReaction(client, { messageId, reactionId }, signal);
  return { messageId, removed: own.map((reaction) => reaction.emoji) };
}

export const reactionActions: readonly Action[] = [
  action({
    name: 'react',
    gate: 'reactions',
    params: reactParams,
    permissions: ['im:message.reactions:write_only', 'im:message'],
    run: react,
  }),
  action({
    name: 'reactions',
    gate: 'reactions',
    params: reactParams,
    permissions: ['im:message.reactions:read', 'im:message:readonly'],
    async run(params, context) {
      const messageId = messageIdOf(params, context);
      const emoji = params.emoji ? emojiOf(params.emoji) : undefined;
      const { client, signal } = context;
      const { reactions, hasMore } = await listReactions(client, { messageId, emoji }, signal);
      const byEmoji = new Map<string, string[]>();
      for (const reaction of reactions) {
        const people = byEmoji.get(reaction.emoji) ?? [];
        byEmoji.set(reaction.emoji, [...people, reaction.operatorId]);
      }
      const shown = [...byEmoji].map(([name, people]) => ({
        emoji: name,
        count: people.length,
        people: people.slice(0, MAX_SHOWN),
      }));
      return { messageId, reactions: shown, ...(hasMore && { hasMore }) };
    },
  }),
];
