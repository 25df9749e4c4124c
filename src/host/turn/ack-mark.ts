/**
 * The host's acknowledgement: a reaction on a message that the agent answers, as the host's config says
 * (`messages.ackReaction`, `ackReactionScope`, `removeAckAfterReply`).
 *
 * Only where the config names a reaction: the typing mark of the channel says as much.
 */
import { z } from 'zod';
import type { InboundMessage } from '../../channel/message/event.ts';
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { addReaction, removeReaction } from '../../platform/client/reaction-calls.ts';
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { emojiType } from '../emoji-names.ts';
import type { HostConfig } from '../host-config.ts';

/** Marks a message. @returns what its end needs; neither throws nor waits */
export type AckMark = (message: InboundMessage, cfg: HostConfig) => () => void;

const messagesSchema = z.object({
  ackReaction: z.string().catch(''),
  ackReactionScope: z.string().catch('group-mentions'),
  removeAckAfterReply: z.boolean().catch(false),
});

const nothing = (): void => undefined;

export function createAckMark(options: {
  readonly account: Pick<ResolvedAccount, 'requireMention' | 'groups'>;
  readonly client: Pick<PlatformClient, 'call'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}): AckMark {
  const { account, client, log, signal } = options;

  /** As the hosts decide for their other channels (clawdbot@2026.1.24-3, channels/ack-reactions). */
  function isInScope(scope: string, { chatType, chatId }: InboundMessage): boolean {
    if (scope === 'all') return true;
    if (chatType === 'p2p') return scope === 'direct';
    if (scope === 'group-all') return true;
    const needsMention = entryOf(account.groups, chatId)?.requireMention ?? account.requireMention;
    return scope === 'group-mentions' && needsMention;
  }

  function failed(error: unknown): undefined {
    if (!signal.aborted) log.info('no acknowledgement mark', { error: codeOf(error) });
    return undefined;
  }

  return (message, cfg) => {
    const settings = messagesSchema.safeParse(cfg.messages ?? {}).data;
    const emoji = emojiType(settings?.ackReaction ?? '');
    const { kind, messageId } = message;
    if (!settings || emoji === undefined || kind !== undefined) return nothing;
    if (!isInScope(settings.ackReactionScope, message)) return nothing;
    const added = addReaction(client, { messageId, emoji }, { signal }).catch(failed);
    if (!settings.removeAckAfterReply) return nothing;
    return () => {
      const remove = async (): Promise<void> => {
        const reactionId = await added;
        if (reactionId) await removeReaction(client, { messageId, reactionId }, signal);
      };
      remove().catch(failed);
    };
  };
}
