/**
 * What kind of chat a chat is, asked for once an hour (open.feishu.cn, im/v1/chats/:chat_id).
 *
 * Nothing waits long for it: where the platform does not answer in time, the kind is unknown.
 */
import QuickLRU from 'quick-lru';
import { z } from 'zod';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { codeOf, isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { answerTimeout } from '../../../shared/time/waiting.ts';
import { createPermissionWarner } from '../../missing-permission.ts';

export interface ChatInfo {
  readonly mode: 'p2p' | 'group';
  /** Whether each message of the group belongs to a topic. */
  readonly isTopicGroup: boolean;
}

export interface ChatDirectory {
  /** `undefined`: not known. Never rejects. */
  chat(chatId: string): Promise<ChatInfo | undefined>;
}

export interface ChatDirectoryOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}

/** An owner may change the form of a group (ms). */
const CACHE_MS = 60 * 60_000;
/** A missing permission may be granted meanwhile (ms). */
const CACHE_REFUSAL_MS = 10 * 60_000;
/** A platform that does not answer must not delay each message (ms). */
const CACHE_TIMEOUT_MS = 60_000;
/** An answer does not wait longer for one lookup (ms). */
const LOOKUP_TIMEOUT_MS = 1500;
const MAX_CHATS = 5000;

const chatSchema = z.object({
  chat_mode: z.string().nullish().catch(undefined),
  group_message_type: z.string().nullish().catch(undefined),
});

/** Asks the platform for what the schema reads of a chat. @throws as {@link PlatformClient.call} */
export function requestChat<T>(
  client: Pick<PlatformClient, 'call'>,
  chatId: string,
  { schema, signal }: { readonly schema: z.ZodType<T>; readonly signal: AbortSignal },
): Promise<T> {
  return client.call(
    {
      method: 'GET',
      path: encodePath`/open-apis/im/v1/chats/${chatId}`,
      schema,
      family: 'general',
      safeToRepeat: true,
    },
    { signal },
  );
}

interface Lookup {
  readonly info: ChatInfo | undefined;
  /** How long it counts (ms). */
  readonly forMs: number;
}

export function createChatDirectory(options: ChatDirectoryOptions): ChatDirectory {
  const { client, log, monotonic } = options;
  const warn = createPermissionWarner(log, 'chats cannot be looked up');
  const chats = new QuickLRU<string, { readonly lookup: Promise<Lookup>; readonly at: number }>({
    maxSize: MAX_CHATS,
  });

  async function fetchChat(chatId: string): Promise<Lookup> {
    const signal = AbortSignal.any([options.signal, answerTimeout(LOOKUP_TIMEOUT_MS)]);
    try {
      const chat = await requestChat(client, chatId, { schema: chatSchema, signal });
      const { chat_mode: mode, group_message_type: form } = chat;
      const isTopicGroup = mode === 'topic' || form === 'thread';
      return { info: { mode: mode === 'p2p' ? 'p2p' : 'group', isTopicGroup }, forMs: CACHE_MS };
    } catch (error) {
      const isAnswered = isMoltbotFeishuError(error) && !signal.aborted;
      warn(error);
      log.info('the kind of a chat is not known', { chatId, error: codeOf(error) });
      return { info: undefined, forMs: isAnswered ? CACHE_REFUSAL_MS : CACHE_TIMEOUT_MS };
    }
  }

  async function cached(chatId: string): Promise<ChatInfo | undefined> {
    const known = chats.get(chatId);
    if (known) {
      const { info, forMs } = await known.lookup;
      if (monotonic() - known.at < forMs) return info;
    }
    // Another caller may have started a new lookup meanwhile.
    const current = chats.get(chatId);
    if (current && current !== known) return (await current.lookup).info;
    const lookup = fetchChat(chatId);
    chats.set(chatId, { lookup, at: monotonic() });
    return (await lookup).info;
  }

  return { chat: cached };
}
