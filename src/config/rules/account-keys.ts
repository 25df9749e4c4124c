/**
 * The keys of one account, declared once: kind, default, access, and what may be shown. What each
 * means is in key-texts.ts, under the same name.
 *
 * The schema, the defaults, the resolution of accounts, the tables of the documentation and the
 * redaction read it. Without zod, so that a host can read an account without loading it.
 */
import { PERSON } from './person-id.ts';

export interface AccountKey {
  /**
   * `entries`: an object by id, merged key by key; any other value replaces the inherited one.
   * `localized`: a text, or one a language. `switches`: an object of switches, merged switch by switch.
   */
  readonly kind:
    | 'switch'
    | 'choice'
    | 'text'
    | 'number'
    | 'list'
    | 'entries'
    | 'localized'
    | 'switches';
  /** The value, where neither the account nor the top level sets the key. */
  readonly byDefault?: unknown;
  readonly choices?: readonly string[];
  /** A choice that may also be `true` or `false`. */
  readonly orSwitch?: true;
  /** It decides who may use the bot: a misspelt one must not pass in silence. */
  readonly isAccess?: true;
  /** The form of a proper value, which may be shown; one of another form may be a misplaced secret. */
  readonly shown?: RegExp;
}

/** The platform gives out no larger file (docs/platform/media-and-cards.md). */
export const MAX_MEDIA_MB = 100;

export const accountKeys = {
  enabled: { kind: 'switch', byDefault: true, isAccess: true },
  appId: { kind: 'text', shown: /^cli_[0-9a-fA-F]{16}$/ },
  appSecret: { kind: 'text' },
  appSecretFile: {
    kind: 'text',
    // As far as it is written like a path.
    shown: /^(?:~|\.{0,2})[\\/]|^[A-Za-z]:[\\/]|\.\w{1,5}$/,
  },
  domain: {
    kind: 'text',
    byDefault: 'feishu',
    shown: /^https?:\/\/\S+$/,
  },
  dmPolicy: {
    kind: 'choice',
    choices: ['open', 'pairing', 'allowlist', 'disabled'],
    byDefault: 'open',
    isAccess: true,
  },
  allowFrom: {
    kind: 'list',
    byDefault: [],
    isAccess: true,
    shown: PERSON,
  },
  dms: { kind: 'entries', byDefault: {}, isAccess: true },
  groupPolicy: {
    kind: 'choice',
    choices: ['open', 'allowlist', 'disabled'],
    byDefault: 'open',
    isAccess: true,
  },
  groupAllowFrom: {
    kind: 'list',
    byDefault: [],
    isAccess: true,
    shown: /^oc_\w+$/,
  },
  groupSenderAllowFrom: {
    kind: 'list',
    byDefault: [],
    isAccess: true,
    shown: PERSON,
  },
  requireMention: {
    kind: 'switch',
    byDefault: true,
    isAccess: true,
  },
  groups: { kind: 'entries', byDefault: {}, isAccess: true },
  allowBots: {
    kind: 'choice',
    choices: ['mentions'],
    orSwitch: true,
    byDefault: false,
    isAccess: true,
  },
  replyInThread: { kind: 'switch', byDefault: false },
  streaming: {
    kind: 'choice',
    choices: ['auto', 'card', 'block', 'off'],
    byDefault: 'auto',
  },
  toolProgress: {
    kind: 'choice',
    choices: ['off', 'line', 'panel'],
    byDefault: 'line',
  },
  renderMode: {
    kind: 'choice',
    choices: ['auto', 'card', 'post', 'text'],
    byDefault: 'auto',
  },
  allowMentionAll: { kind: 'switch', byDefault: false },
  mediaMaxMb: { kind: 'number', byDefault: 20 },
  maxMessages: { kind: 'number', byDefault: 10 },
  textChunkLimit: { kind: 'number' },
  reactionNotifications: {
    kind: 'choice',
    choices: ['off', 'own', 'all'],
    byDefault: 'own',
  },
  groupSessionScope: {
    kind: 'choice',
    choices: ['group', 'group_sender', 'group_topic', 'group_topic_sender'],
    byDefault: 'group_topic',
  },
  welcome: { kind: 'localized' },
  typingReaction: { kind: 'switch', byDefault: true },
  actions: { kind: 'switches', byDefault: {} },
  menus: { kind: 'switch', byDefault: false },
} as const satisfies Record<string, AccountKey>;

export type AccountKeyName = keyof typeof accountKeys;

/** The declaration of a key by its name, where it is one of an account. */
export function accountKey(name: string): AccountKey | undefined {
  return Object.hasOwn(accountKeys, name) ? accountKeys[name as AccountKeyName] : undefined;
}

const declared: readonly AccountKey[] = Object.values(accountKeys);

/** Every word that some key allows as its whole value. */
export const choiceWords: readonly string[] = [
  ...new Set(declared.flatMap(({ choices = [] }) => choices)),
];
