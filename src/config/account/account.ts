/** One account with all that it inherits and every default applied. */
import type { Secret } from '../../shared/secret.ts';
import type { DmSettings, GroupSettings } from '../rules/schema.ts';

export interface ResolvedAccount {
  readonly id: string;
  /** Whether both the channel and the account are. */
  readonly enabled: boolean;
  /** Empty where none is configured. */
  readonly appId: string;
  readonly appSecret: Secret | undefined;
  /** `{ source, provider, id }`, as written, where the secret is elsewhere (config/secret-ref). */
  readonly appSecretRef?: object;
  /** As written; `secretFilePath` says where it is. */
  readonly appSecretFile?: string;
  readonly domain: string;
  /** `disabled`: no direct message is answered. */
  readonly dmPolicy: 'open' | 'pairing' | 'allowlist' | 'disabled';
  /** open_ids, or `*`. */
  readonly allowFrom: readonly string[];
  /** By open_id, or `*`: merged as `groups` are. */
  readonly dms: Readonly<Record<string, DmSettings>>;
  readonly groupPolicy: 'open' | 'allowlist' | 'disabled';
  /** chat_ids, or `*`. */
  readonly groupAllowFrom: readonly string[];
  /** open_ids, or `*`; empty: everyone. */
  readonly groupSenderAllowFrom: readonly string[];
  readonly requireMention: boolean;
  /** Other bots in groups: never, where they mention this one, or as people. */
  readonly allowBots: boolean | 'mentions';
  /** By chat_id: those of the top level and, key by key over them, the account's own. */
  readonly groups: Readonly<Record<string, GroupSettings>>;
  readonly replyInThread: boolean;
  /** `auto`: a growing card where the app may write cards, else blocks. */
  readonly streaming: 'auto' | 'card' | 'block' | 'off';
  readonly toolProgress: 'off' | 'line' | 'panel';
  /** The form of answers: what the content asks for (`auto`), or one form for all. */
  readonly renderMode: 'auto' | 'card' | 'post' | 'text';
  /** Whether `@all` in an answer calls everyone in the group. */
  readonly allowMentionAll: boolean;
  readonly typingReaction: boolean;
  /** The largest file that is taken from a message (MB of 1,000,000 bytes). */
  readonly mediaMaxMb: number;
  /** Above it the rest of an answer is a file. */
  readonly maxMessages: number;
  /** Characters of one message; a growing card holds what it can. */
  readonly textChunkLimit?: number | undefined;
  readonly reactionNotifications: 'off' | 'own' | 'all';
  readonly groupSessionScope: 'group' | 'group_sender' | 'group_topic' | 'group_topic_sender';
  /** What the host's agent may do beside sending, by the name of the switch; absent: it may. */
  readonly actions: Readonly<Record<string, unknown>>;
  /** Whether setup registers the bot's menu and its slash commands. */
  readonly menus: boolean;
  /** For a new chat; without it nothing is sent. */
  readonly welcome?:
    | string
    | { readonly en?: string | undefined; readonly zh?: string | undefined };
}

/**
 * The entry of this id, else the entry `*`: how `groups` and `dms` are read. An id that a person wrote in
 * capitals is the same id: what the entry restricts must not be lost.
 */
export function entryOf<T>(entries: Readonly<Record<string, T>>, id: string): T | undefined {
  if (Object.hasOwn(entries, id)) return entries[id];
  const lowered = id.toLowerCase();
  const written = Object.keys(entries).find((name) => name.toLowerCase() === lowered);
  return entries[written ?? '*'];
}
