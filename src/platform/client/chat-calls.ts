/** Chats, their members and messages (open.feishu.cn, im-v1/chat and im-v1/message/list). */
import { z } from 'zod';
import { encodePath } from '../network/path.ts';
import type { CallOptions, PlatformClient } from './client.ts';

type Client = Pick<PlatformClient, 'call'>;

const text = z.string().catch('');

const chatAnswer = z.object({
  name: text,
  description: text,
  chat_mode: text,
  group_message_type: text,
  owner_id: text,
  user_count: text,
  bot_count: text,
  chat_status: text,
  external: z.boolean().catch(false),
});

export interface ChatDetails {
  readonly name: string;
  readonly description: string;
  /** `group`, `topic` or `p2p`. */
  readonly mode: string;
  readonly isTopicGroup: boolean;
  /** An open_id; empty where it is not given. */
  readonly ownerId: string;
  readonly people: number;
  readonly bots: number;
  readonly status: string;
  readonly isExternal: boolean;
}

export async function chatDetails(
  client: Client,
  chatId: string,
  options: CallOptions,
): Promise<ChatDetails> {
  const chat = await client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/im/v1/chats/${chatId}`,
      query: { user_id_type: 'open_id' },
      schema: chatAnswer,
      family: 'general',
      safeToRepeat: true,
    },
    options,
  );
  return {
    name: chat.name,
    description: chat.description,
    mode: chat.chat_mode,
    isTopicGroup: chat.chat_mode === 'topic' || chat.group_message_type === 'thread',
    ownerId: chat.owner_id,
    people: Number(chat.user_count) || 0,
    bots: Number(chat.bot_count) || 0,
    status: chat.chat_status,
    isExternal: chat.external,
  };
}

const membersAnswer = z.object({
  items: z.array(z.object({ member_id: z.string(), name: text })).nullish(),
  has_more: z.boolean().nullish(),
  member_total: z.number().nullish(),
});

export interface ChatMembers {
  readonly members: readonly { readonly openId: string; readonly name: string }[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** The first members of a chat. @param limit 100 at most */
export async function chatMembers(
  client: Client,
  { chatId, limit }: { readonly chatId: string; readonly limit: number },
  options: CallOptions,
): Promise<ChatMembers> {
  const answer = await client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/im/v1/chats/${chatId}/members`,
      query: { member_id_type: 'open_id', page_size: String(limit) },
      schema: membersAnswer,
      family: 'general',
      safeToRepeat: true,
    },
    options,
  );
  const members = (answer.items ?? []).map(({ member_id: openId, name }) => ({ openId, name }));
  return {
    members,
    total: answer.member_total ?? members.length,
    hasMore: answer.has_more === true,
  };
}

const userAnswer = z.object({
  user: z.object({ open_id: text, name: text, en_name: text }).nullish(),
});

export interface PersonDetails {
  readonly openId: string;
  /** Empty where the app may not read it. */
  readonly name: string;
}

/** @param id an open_id (`ou_…`) or a union_id (`on_…`) */
export async function personDetails(
  client: Client,
  id: string,
  options: CallOptions,
): Promise<PersonDetails> {
  const { user } = await client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/contact/v3/users/${id}`,
      query: { user_id_type: id.startsWith('on_') ? 'union_id' : 'open_id' },
      schema: userAnswer,
      family: 'general',
      safeToRepeat: true,
    },
    options,
  );
  return { openId: user?.open_id || id, name: user?.name || user?.en_name || '' };
}
