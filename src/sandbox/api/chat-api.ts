/** im/v1/chats and contact/v3/users: where the bot is, and who people are. */
import { invalidParameter, ok, refusal } from '../http/answers.ts';
import type { Route } from '../http/call.ts';
import { isAvailableTo } from '../state/app-state.ts';
import type { ChatStore, SandboxChat } from '../state/chats.ts';
import { scopeRules, userNameScope } from '../state/scopes.ts';

export function chatRoutes(
  chats: ChatStore,
  unionIdOf: (openId: string) => string,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats',
      access: 'app',
      scopes: scopeRules.chat,
      handle: ({ app }) => {
        const groups = [...chats.chats.values()].filter(
          (chat) => chat.chatType === 'group' && chat.appIds.has(app.appId),
        );
        const items = groups.map((chat) => ({ chat_id: chat.chatId, ...chatItem(chat) }));
        return ok({ items, has_more: false, page_token: '' });
      },
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats/:chat_id',
      access: 'app',
      scopes: scopeRules.chat,
      handle: ({ app, params }) => {
        const chat = chats.chats.get(params.chat_id ?? '');
        if (!chat) return refusal(232006, 'Your request specifies a chat_id which is invalid.');
        if (chat.disbanded)
          return refusal(232009, 'Your request specifies a chat which has already been dissolved.');
        if (!app.state.bot) return refusal(232025, 'Bot ability is not activated.');
        if (!chat.appIds.has(app.appId))
          return refusal(232011, 'Operator can NOT be out of the chat.');
        return ok(chatItem(chat));
      },
    },
    {
      method: 'GET',
      path: '/open-apis/contact/v3/users/:user_id',
      access: 'app',
      scopes: scopeRules.user,
      handle: ({ app, params, query }) => {
        if ((query.get('user_id_type') ?? 'open_id') !== 'open_id') {
          return invalidParameter('only user_id_type=open_id is supported here');
        }
        const user = chats.users.get(params.user_id ?? '');
        if (!user) return refusal(99992351, 'these ids not existed');
        if (!isAvailableTo(app, user.openId)) return refusal(41050, 'no user authority error');
        const named = app.state.scopes.includes(userNameScope);
        return ok({
          user: {
            open_id: user.openId,
            union_id: unionIdOf(user.openId),
            ...(named && { name: user.name, en_name: '', nickname: '' }),
          },
        });
      },
    },
  ];
}

function chatItem(chat: SandboxChat): Record<string, unknown> {
  return {
    name: chat.name,
    avatar: '',
    description: '',
    chat_mode: chat.form === 'topic' ? 'topic' : chat.chatType,
    ...(chat.chatType === 'group' && {
      group_message_type: chat.form === 'thread' ? 'thread' : 'chat',
    }),
    chat_type: 'private',
    external: false,
    user_count: String(chat.users.size),
    bot_count: String(chat.appIds.size),
    chat_status: 'normal',
  };
}
