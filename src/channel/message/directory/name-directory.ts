/**
 * Names of people and groups, asked once and remembered for a while.
 *
 * A name is decoration: where the app may not read it, or the platform takes long, the id does.
 */
import QuickLRU from 'quick-lru';
import { z } from 'zod';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { answerTimeout } from '../../../shared/time/waiting.ts';
import { createPermissionWarner, type PermissionWarner } from '../../missing-permission.ts';
import { requestChat } from './chat-directory.ts';

export interface NameDirectory {
  /** `undefined` where it cannot be known. */
  user(openId: string): Promise<string | undefined>;
  chat(chatId: string): Promise<string | undefined>;
}

const userSchema = z.object({ user: z.object({ name: z.string().nullish() }).nullish() });

const chatSchema = z.object({ name: z.string().nullish() });

const CACHE_MS = 60 * 60_000;
/** A missing permission may be granted meanwhile. */
const CACHE_FAILURE_MS = 10 * 60_000;
/** An answer does not wait longer for a name. */
const LOOKUP_TIMEOUT_MS = 1500;
const MAX_NAMES = 5000;

interface CachedName {
  readonly name: Promise<string | undefined>;
  until: number;
}

export function createNameDirectory(options: {
  readonly client: PlatformClient;
  readonly now: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}): NameDirectory {
  const { client, now, log } = options;
  const warnOfPeople = createPermissionWarner(log, 'names of people cannot be read');
  const warnOfChats = createPermissionWarner(log, 'names of chats cannot be read');
  let hasWarnedOfField = false;

  /** Without a scope of its own, the answer has no name and reports no error. */
  function warnOfField(): void {
    if (hasWarnedOfField) return;
    hasWarnedOfField = true;
    const scopes = 'contact:user.base:readonly';
    log.warn('names of people cannot be read: the app lacks a permission', { scopes });
  }
  const known = new QuickLRU<string, CachedName>({ maxSize: MAX_NAMES });

  function cached(
    id: string,
    warn: PermissionWarner,
    fetchName: (signal: AbortSignal) => Promise<string | undefined>,
  ) {
    const found = known.get(id);
    if (found && found.until > now()) return found.name;
    const signal = AbortSignal.any([options.signal, answerTimeout(LOOKUP_TIMEOUT_MS)]);
    const entry: CachedName = {
      until: now() + CACHE_MS,
      name: fetchName(signal).then(
        (name) => name?.trim() || undefined,
        (error: unknown) => {
          if (!isMoltbotFeishuError(error) && !signal.aborted) throw error;
          warn(error);
          entry.until = now() + (signal.aborted ? 0 : CACHE_FAILURE_MS);
          return undefined;
        },
      ),
    };
    known.set(id, entry);
    return entry.name;
  }

  return {
    user: (openId) =>
      cached(openId, warnOfPeople, async (signal) => {
        const answer = await client.call(
          {
            method: 'GET',
            path: encodePath`/open-apis/contact/v3/users/${openId}`,
            query: { user_id_type: 'open_id' },
            schema: userSchema,
            family: 'general',
            safeToRepeat: true,
          },
          { signal },
        );
        if (answer.user && answer.user.name == null) warnOfField();
        return answer.user?.name ?? undefined;
      }),
    chat: (chatId) =>
      cached(chatId, warnOfChats, async (signal) => {
        const { name } = await requestChat(client, chatId, { schema: chatSchema, signal });
        return name ?? undefined;
      }),
  };
}
