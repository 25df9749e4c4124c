/** im/v1/messages get and list: one message with what is merged in it, a chat, a topic. */
import { PAGE_SIZE_OF_MESSAGES } from '../../../platform/limits.ts';
import { type Answer, fieldViolation, invalidParameter, ok, refusal } from '../../http/answers.ts';
import type { AppCall, Route } from '../../http/call.ts';
import type { SandboxApp } from '../../state/app-state.ts';
import type { ChatStore, SandboxChat, StoredMessage } from '../../state/chats.ts';
import { hasAnyOf, scopeRules } from '../../state/scopes.ts';
import { isMember } from './message-api.ts';
import { messageItem } from './message-item.ts';

export interface ReadingOptions {
  readonly chats: ChatStore;
  readonly apps: ReadonlyMap<string, SandboxApp>;
}

export function readingRoutes(options: ReadingOptions): readonly Route[] {
  const { chats } = options;
  return [
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages/:message_id',
      access: 'app',
      scopes: scopeRules.read,
      handle: ({ app, params, query }) => {
        const message = chats.get(params.message_id ?? '');
        if (!message) return invalidParameter('invalid message_id');
        // A merged message is one of a chat that the bot is not in.
        if (!isMember(chats, app, message.chatId) || message.upperMessageId !== undefined)
          return outside();
        const merged = message.deleted ? [] : chats.mergedIn(message.messageId);
        const items = [message, ...merged].map((each) => messageItem(each, { ...options, query }));
        return ok({ items });
      },
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages',
      access: 'app',
      scopes: scopeRules.read,
      handle: (call) => {
        const found = contained(chats, call);
        if ('status' in found) return found;
        const from = Number(call.query.get('page_token') ?? 0) || 0;
        const wanted = Number(call.query.get('page_size') ?? 20) || 20;
        const size = Math.min(PAGE_SIZE_OF_MESSAGES, Math.max(1, wanted));
        const hasMore = from + size < found.messages.length;
        const page = found.messages.slice(from, from + size);
        return ok({
          items: page.map((message) => messageItem(message, { ...options, query: call.query })),
          has_more: hasMore,
          ...(hasMore && { page_token: String(from + size) }),
        });
      },
    },
  ];
}

function outside(): Answer {
  return refusal(230002, 'The bot can not be outside the group.');
}

/** The messages of the container that a call names, in the order that it asks for. */
function contained(
  chats: ChatStore,
  { app, query }: AppCall,
): { readonly messages: readonly StoredMessage[] } | Answer {
  const type = query.get('container_id_type');
  const id = query.get('container_id') ?? '';
  if ((type !== 'chat' && type !== 'thread') || id === '') {
    return fieldViolation(
      'container_id',
      'container_id_type (chat or thread) and container_id are required',
    );
  }
  const opener =
    type === 'thread' ? chats.list().find(({ threadId }) => threadId === id) : undefined;
  const chat = chats.chats.get(type === 'chat' ? id : (opener?.chatId ?? ''));
  if (!chat) return invalidParameter('invalid container_id');
  if (!isMember(chats, app, chat.chatId)) return outside();
  // The history of a group needs the scope for all its messages.
  if (chat.chatType === 'group' && !hasAnyOf(app.state.scopes, scopeRules.groupEvent)) {
    return refusal(230027, 'Lack of necessary permissions, ext=need scope: im:message.group_msg');
  }
  const inChat = chats.list({ chatId: chat.chatId });
  const found =
    type === 'chat'
      ? inChat.filter((message) => isInMainView(message, chat, query) && isInTime(message, query))
      : inChat.filter(({ threadId, rootId }) => threadId === id || rootId === opener?.messageId);
  const sorted = found.toSorted((one, other) => one.createTime - other.createTime);
  return {
    messages: query.get('sort_type') === 'ByCreateTimeDesc' ? sorted.toReversed() : sorted,
  };
}

/** The chat's own list has only the first message of a topic. */
function isInMainView(
  { rootId, threadId }: StoredMessage,
  { form }: SandboxChat,
  query: URLSearchParams,
): boolean {
  const opensTopic = rootId === undefined && threadId !== undefined;
  if (query.get('only_thread_root_messages') === 'true') return opensTopic;
  return rootId === undefined || (form === 'plain' && threadId === undefined);
}

/** `start_time` and `end_time` are in seconds; a list of a topic does not take them. */
function isInTime({ createTime }: StoredMessage, query: URLSearchParams): boolean {
  const seconds = Math.floor(createTime / 1000);
  const start = Number(query.get('start_time') ?? 0);
  const end = Number(query.get('end_time') ?? Number.POSITIVE_INFINITY);
  return seconds >= start && seconds <= end;
}
