/** Chats and people, as far as the app may know them. */
import { z } from 'zod';
import { chatDetails, chatMembers, personDetails } from '../../platform/client/chat-calls.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { listGroups } from '../people/lookup.ts';
import { parseTarget } from '../people/targets.ts';
import {
  type Action,
  ActionRefusal,
  action,
  chatIdOf,
  idParam,
  shortened,
  targetParams,
} from './action.ts';
import { limitParam } from './read-actions.ts';

const chatPermissions = ['im:chat', 'im:chat:read', 'im:chat:readonly'];

const memberParams = targetParams.extend({
  userId: idParam.optional().catch(undefined),
  memberId: idParam.optional().catch(undefined),
});

export const chatActions: readonly Action[] = [
  action({
    name: 'member-info',
    gate: 'memberInfo',
    params: memberParams,
    permissions: ['contact:contact.base:readonly', 'contact:user.base:readonly'],
    async run(params, { client, signal, current }) {
      const named = params.userId ?? params.memberId ?? params.to ?? current.target ?? '';
      const target = parseTarget(named);
      if (!target || target.receiveIdType === 'chat_id') {
        throw new ActionRefusal(`userId is missing. Give the person’s id: ou_… or on_….`);
      }
      const { openId, name } = await personDetails(client, target.receiveId, { signal });
      return { openId, ...(name !== '' && { name }) };
    },
  }),
  action({
    name: 'channel-info',
    gate: 'channelInfo',
    params: targetParams.extend({ limit: limitParam(20, 100) }),
    permissions: chatPermissions,
    async run(params, context) {
      const { client, signal } = context;
      const chatId = chatIdOf(params, context);
      const { isTopicGroup, mode, ownerId, isExternal, ...chat } = await chatDetails(
        client,
        chatId,
        { signal },
      );
      const details = {
        chatId,
        name: chat.name,
        ...(chat.description !== '' && { description: shortened(chat.description, 500) }),
        kind: isTopicGroup ? 'topic group' : mode === 'p2p' ? 'direct' : 'group',
        people: chat.people,
        bots: chat.bots,
        ...(ownerId !== '' && { owner: ownerId }),
        ...(isExternal && { external: true }),
      };
      // Members need a permission of their own, and are no reason to say nothing.
      const listed = await chatMembers(client, { chatId, limit: params.limit }, { signal }).catch(
        (error: unknown) => {
          if (isMoltbotFeishuError(error)) return undefined;
          throw error;
        },
      );
      if (!listed) return details;
      const { members, hasMore } = listed;
      return { ...details, members, ...(hasMore && { hasMoreMembers: true }) };
    },
  }),
  action({
    name: 'channel-list',
    gate: 'channelInfo',
    params: z.object({
      query: z.string().optional().catch(undefined),
      limit: limitParam(50, 100),
    }),
    permissions: chatPermissions,
    async run({ query, limit }, { cfg, accountId, memory }) {
      const groups = await listGroups(memory, {
        cfg,
        limit: limit + 1,
        ...(accountId !== undefined && { accountId }),
        ...(query !== undefined && { query }),
      });
      const shown = groups.slice(0, limit).map(({ id, name }) => ({ target: id, name }));
      return { channels: shown, ...(groups.length > limit && { hasMore: true }) };
    },
  }),
];
