import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const sharedChatType: ContentType = {
  names: ['share_chat'],
  read: (content, { lang }) => {
    const { chat_id: chatId, share_chat_id: sharedId, ...rest } = asObject(content);
    const said = [rest.name, rest.summary, rest.body].map(asText);
    return labelled(texts.sharedChat, [...said, asText(chatId) || asText(sharedId)], lang);
  },
};

/** `user_id` is an open_id. */
export const sharedUserType: ContentType = {
  names: ['share_user'],
  read: (content, { lang }) => {
    const { name, user_id: openId } = asObject(content);
    return labelled(texts.sharedUser, [asText(name), asText(openId)], lang);
  },
};
