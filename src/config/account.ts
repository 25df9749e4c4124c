/** One account with all that it inherits and every default applied. */
import type { Secret } from '../shared/secret.ts';
import type { DmSettings, GroupSettings } from './rules/schema.ts';

export interface ResolvedAccount {
  readonly id: string;
  /** Whether both the channel and the account are. */
  readonly enabled: boolean;
  /** Empty where none is configured. */
  readonly appId: string;
  readonly appSecret: Secret | undefined;
  /** As written; `secretFilePath` says where it is. */
  readonly appSecretFile?: string;
  readonly domain: string;
  readonly dmPolicy: 'open' | 'pairing' | 'allowlist';
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
  /** By chat_id: those of the top level and, key by key over them, the account's own. */
  readonly groups: Readonly<Record<string, GroupSettings>>;
  readonly replyInThread: boolean;
  readonly streaming: 'off' | 'block';
  readonly typingReaction: boolean;
  /** The largest file that is taken from a message (MB of 1,000,000 bytes). */
  readonly mediaMaxMb: number;
  readonly reactionNotifications: 'off' | 'own' | 'all';
  readonly groupSessionScope: 'group' | 'group_sender' | 'group_topic' | 'group_topic_sender';
  /** For a new chat; without it nothing is sent. */
  readonly welcome?:
    | string
    | { readonly en?: string | undefined; readonly zh?: string | undefined };
}

/** The entry of this id, else the entry `*`: how `groups` and `dms` are read. */
export function entryOf<T>(entries: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : entries['*'];
}
