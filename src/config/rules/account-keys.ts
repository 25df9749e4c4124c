/**
 * The keys of one account, declared once: kind, default, meaning, access, and what may be shown.
 *
 * The schema, the defaults, the resolution of accounts, the tables of the documentation and the
 * redaction read it. Without zod, so that a host can read an account without loading it.
 */
import type { Text } from '../../shared/text.ts';
import { keyTexts } from './key-texts.ts';

export interface AccountKey {
  /**
   * `entries`: an object by id, merged key by key; any other value replaces the inherited one.
   * `localized`: a text, or one a language.
   */
  readonly kind: 'switch' | 'choice' | 'text' | 'number' | 'list' | 'entries' | 'localized';
  readonly text: Text;
  /** The value, where neither the account nor the top level sets the key. */
  readonly byDefault?: unknown;
  readonly choices?: readonly string[];
  /** It decides who may use the bot: a misspelt one must not pass in silence. */
  readonly isAccess?: true;
  /** Values that nothing reads yet, or `true` for all: each gets a warning, and acts as the default. */
  readonly notUsedYet?: true | readonly unknown[];
  /** The form of a proper value, which may be shown; one of another form may be a misplaced secret. */
  readonly shown?: RegExp;
}

const people = /^(?:feishu:|user:)?ou_\w+$/;

export const accountKeys = {
  enabled: { kind: 'switch', text: keyTexts.enabled, byDefault: true, isAccess: true },
  appId: { kind: 'text', text: keyTexts.appId, shown: /^cli_[0-9a-fA-F]{16}$/ },
  appSecret: { kind: 'text', text: keyTexts.appSecret },
  appSecretFile: {
    kind: 'text',
    text: keyTexts.appSecretFile,
    // As far as it is written like a path.
    shown: /^(?:~|\.{0,2})[\\/]|^[A-Za-z]:[\\/]|\.\w{1,5}$/,
  },
  domain: {
    kind: 'text',
    text: keyTexts.domain,
    byDefault: 'feishu',
    shown: /^https?:\/\/\S+$/,
  },
  dmPolicy: {
    kind: 'choice',
    choices: ['open', 'pairing', 'allowlist'],
    text: keyTexts.dmPolicy,
    byDefault: 'open',
    isAccess: true,
  },
  allowFrom: {
    kind: 'list',
    text: keyTexts.allowFrom,
    byDefault: [],
    isAccess: true,
    shown: people,
  },
  dms: { kind: 'entries', text: keyTexts.dms, byDefault: {}, isAccess: true },
  groupPolicy: {
    kind: 'choice',
    choices: ['open', 'allowlist', 'disabled'],
    text: keyTexts.groupPolicy,
    byDefault: 'open',
    isAccess: true,
  },
  groupAllowFrom: {
    kind: 'list',
    text: keyTexts.groupAllowFrom,
    byDefault: [],
    isAccess: true,
    shown: /^oc_\w+$/,
  },
  groupSenderAllowFrom: {
    kind: 'list',
    text: keyTexts.groupSenderAllowFrom,
    byDefault: [],
    isAccess: true,
    shown: people,
  },
  requireMention: {
    kind: 'switch',
    text: keyTexts.requireMention,
    byDefault: true,
    isAccess: true,
  },
  groups: { kind: 'entries', text: keyTexts.groups, byDefault: {}, isAccess: true },
  replyInThread: { kind: 'switch', text: keyTexts.replyInThread, byDefault: false },
  streaming: {
    kind: 'choice',
    choices: ['off', 'block', 'card'],
    text: keyTexts.streaming,
    byDefault: 'block',
    notUsedYet: ['card'],
  },
  mediaMaxMb: { kind: 'number', text: keyTexts.mediaMaxMb, byDefault: 20 },
  reactionNotifications: {
    kind: 'choice',
    choices: ['off', 'own', 'all'],
    text: keyTexts.reactionNotifications,
    byDefault: 'own',
  },
  groupSessionScope: {
    kind: 'choice',
    choices: ['group', 'group_sender', 'group_topic', 'group_topic_sender'],
    text: keyTexts.groupSessionScope,
    byDefault: 'group_topic',
  },
  welcome: { kind: 'localized', text: keyTexts.welcome },
  typingReaction: { kind: 'switch', text: keyTexts.typingReaction, byDefault: true },
} as const satisfies Record<string, AccountKey>;

export type AccountKeyName = keyof typeof accountKeys;

/** The declaration of a key by its name, where it is one of an account. */
export function accountKey(name: string): AccountKey | undefined {
  return Object.hasOwn(accountKeys, name) ? accountKeys[name as AccountKeyName] : undefined;
}

/** Whether a later version will use a value of a key, and this one does not. */
export function isNotUsedYet(name: string, value: unknown): boolean {
  const { notUsedYet = [] } = accountKey(name) ?? {};
  return notUsedYet === true || notUsedYet.includes(value);
}

const declared: readonly AccountKey[] = Object.values(accountKeys);

/** Every word that some key allows as its whole value. */
export const choiceWords: readonly string[] = [
  ...new Set(declared.flatMap(({ choices = [] }) => choices)),
];
