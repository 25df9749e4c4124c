/** Stickers: a bot can send those that it has received, and no others. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import {
  type Action,
  ActionRefusal,
  action,
  idParam,
  shortened,
  targetOf,
  targetParams,
} from './action.ts';

const MAX_SHOWN = 20;

const stickerParams = targetParams.extend({
  stickerId: z
    .union([idParam, z.array(idParam).transform(([first]) => first)])
    .optional()
    .catch(undefined),
  fileKey: idParam.optional().catch(undefined),
});

export const stickerActions: readonly Action[] = [
  action({
    name: 'sticker',
    gate: 'stickers',
    params: stickerParams,
    permissions: ['im:message', 'im:message:send_as_bot'],
    async run(params, context) {
      const { client, memory, account, signal } = context;
      const wanted = params.stickerId ?? params.fileKey;
      const known = memory.stickers.newest(account.account.appId).slice(0, MAX_SHOWN);
      const list = known.length > 0 ? ` Received ones: ${known.join(', ')}.` : '';
      if (wanted === undefined) {
        throw new ActionRefusal(`stickerId is missing: the file_key of a received sticker.${list}`);
      }
      const { receiveIdType, receiveId } = targetOf(params, context);
      await account.limiter.acquire(receiveId, signal);
      const message = {
        receiveIdType,
        receiveId,
        msgType: 'sticker',
        content: JSON.stringify({ file_key: wanted }),
        uuid: randomUUID(),
      };
      try {
        const { messageId, chatId } = await client.createMessage(message, { signal });
        return { messageId, chatId };
      } catch (error) {
        if (!isMoltbotFeishuError(error, 'platform-rejected') || known.includes(wanted))
          throw error;
        throw new ActionRefusal(
          `The sticker ${shortened(wanted)} cannot be sent: a bot can only send stickers that it has received.${list}`,
        );
      }
    },
  }),
];
