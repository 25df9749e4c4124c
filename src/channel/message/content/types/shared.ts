import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const sharedChatType: ContentType = {
  names: ['share_chat'],
  read: (content, { lang }) => {
    const { chat_id: chatId, share_chat_id: sharedId, summary } = asObject(content);
    return labelled(texts.sharedChat, [asText(summary), asText(chatId) || asText(sharedId)], lang);
  },
};

/** `user_id` is an open_id. */
export const sharedUserType: ContentType = {
  names: ['share_user'],
  read: (content, { lang }) => labelled(texts.sharedUser, asText(asObject(content).user_id), lang),
};
