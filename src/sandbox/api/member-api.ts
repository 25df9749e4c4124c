/** im/v1/chats/:chat_id/members: the people of a chat. */
import { invalidParameter, ok, refusal } from '../http/answers.ts';
import type { Route } from '../http/call.ts';
import type { ChatStore } from '../state/chats.ts';
import { scopeRules } from '../state/scopes.ts';
import { isMember } from './messages/message-api.ts';

export function memberRoutes(chats: ChatStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats/:chat_id/members',
      access: 'app',
      scopes: scopeRules.members,
      handle: ({ app, params, query }) => {
        const chat = chats.chats.get(params.chat_id ?? '');
        if (!chat) return refusal(232006, 'Your request specifies a chat_id which is invalid.');
        if (!isMember(chats, app, chat.chatId))
          return refusal(232011, 'Operator can NOT be out of the chat.');
        if ((query.get('member_id_type') ?? 'open_id') !== 'open_id')
          return invalidParameter('only member_id_type=open_id is supported here');
        const size = Number(query.get('page_size') ?? 20);
        // Bots are not listed.
        const people = [...chat.users];
        const items = people.slice(0, size).map((openId) => ({
          member_id_type: 'open_id',
          member_id: openId,
          name: chats.users.get(openId)?.name ?? '',
          tenant_key: app.tenantKey,
        }));
        return ok({
          items,
          has_more: people.length > items.length,
          page_token: '',
          member_total: people.length,
        });
      },
    },
  ];
}
