/** Pinned messages. */
import { fetchItem } from '../../channel/message/fetched/list-messages.ts';
import { listPins, pinMessage, unpinMessage } from '../../platform/client/pin-calls.ts';
import {
  type Action,
  action,
  chatIdOf,
  messageIdOf,
  messageParams,
  targetParams,
} from './action.ts';
import { limitParam, shownMessage } from './read-actions.ts';

const write = ['im:message.pins:write_only', 'im:message', 'im:message:send_as_bot'];
const MAX_SHOWN = 20;
/** Of one pinned message (characters). */
const MAX_MESSAGE = 500;

const pinning = (name: 'pin' | 'unpin', change: typeof pinMessage): Action =>
  action({
    name,
    gate: 'pins',
    params: messageParams,
    permissions: write,
    async run(params, context) {
      const messageId = messageIdOf(params, context);
      await change(context.client, messageId, context.signal);
      return { messageId, pinned: name === 'pin' };
    },
  });

export const pinActions: readonly Action[] = [
  pinning('pin', pinMessage),
  pinning('unpin', unpinMessage),
  action({
    name: 'list-pins',
    gate: 'pins',
    params: targetParams.extend({ limit: limitParam(10, MAX_SHOWN) }),
    permissions: ['im:message.pins:read', 'im:message', 'im:message:readonly'],
    async run(params, context) {
      const { client, signal } = context;
      const chatId = chatIdOf(params, context);
      const { pins, hasMore } = await listPins(client, chatId, signal);
      const shown = await Promise.all(
        pins.slice(0, params.limit).map(async ({ messageId }) => {
          // One that cannot be read is still pinned.
          const message = await fetchItem(client, messageId, signal).catch(() => undefined);
          return message ? shownMessage(message, client.appId, MAX_MESSAGE) : { messageId };
        }),
      );
      signal.throwIfAborted();
      const isMore = hasMore || pins.length > shown.length;
      return { chatId, pins: shown, ...(isMore && { hasMore: true }) };
    },
  }),
];
