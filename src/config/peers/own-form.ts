/**
 * The keys of one account in our own words: what other plugins write is translated, value by value.
 *
 * Access that follows from several keys at once is the work of access.ts. Pure.
 */

import { type Fields, isFields } from '../../shared/fields.ts';
import { MAX_MEDIA_MB } from '../rules/account-keys.ts';
import { openIdOf } from '../rules/person-id.ts';
import { chatIdOf, isPerson } from './keys/access.ts';
import { fieldsOf, textsOf } from './keys/peer.ts';

/** What a key of an account becomes: our keys with their values, or `undefined` where it stays. */
type Translation = (value: unknown, account: Fields) => Fields | undefined;

const scopeOf: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['enabled', 'group_topic'],
  ['disabled', 'group'],
  [true, 'group_topic'],
  [false, 'group'],
]);

function unlessSet(key: string, value: unknown, account: Fields): Fields {
  return value === undefined || account[key] !== undefined ? {} : { [key]: value };
}

const translations: Readonly<Record<string, Translation>> = {
  allowFrom: (value) => ({ allowFrom: people(value) }),
  groupSenderAllowFrom: (value) => ({ groupSenderAllowFrom: people(value) }),
  groupPolicy: (value) => (value === 'allowall' ? { groupPolicy: 'open' } : undefined),
  groupAllowFrom: (value) => ({ groupAllowFrom: chats(value) }),
  groups: (value, account) =>
    isFields(value) ? { groups: mapEntries(value, (entry) => group(entry, account)) } : undefined,
  dms: (value) => (isFields(value) ? { dms: withoutKey(value, 'historyLimit') } : undefined),
  topicSessionMode: (value, account) => unlessSet('groupSessionScope', scopeOf.get(value), account),
  threadSession: (value, account) => unlessSet('groupSessionScope', scopeOf.get(value), account),
  typingIndicator: (value, account) =>
    typeof value === 'boolean' ? unlessSet('typingReaction', value, account) : undefined,
  streaming: (value, account) => streamingOf(value, account),
  blockStreaming: (value, account) =>
    value === true && account.streaming === undefined
      ? { streaming: 'block', blockStreaming: true }
      : undefined,
  renderMode: (value) => (value === 'raw' ? { renderMode: 'text' } : undefined),
  sendMarkdownAsCard: (value, account) =>
    typeof value === 'boolean'
      ? unlessSet('renderMode', value ? 'card' : 'text', account)
      : undefined,
  mediaMaxMb: (value) =>
    typeof value === 'number' && value > MAX_MEDIA_MB ? { mediaMaxMb: MAX_MEDIA_MB } : undefined,
  actions: (value) => {
    const { sticker, ...actions } = fieldsOf(value);
    return typeof sticker !== 'boolean'
      ? undefined
      : { actions: { stickers: sticker, ...actions } };
  },
};

/** @param account as written, without `accounts` */
export function ownForm(account: Fields): Fields {
  const parts = Object.entries(account).map(([key, value]) => {
    const translate = Object.hasOwn(translations, key) ? translations[key] : undefined;
    return translate?.(value, account) ?? { [key]: value };
  });
  // Not Object.assign: a key named `__proto__` has to stay a key.
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

const people = (value: unknown): unknown => list(value, (entry) => openIdOf(entry));

/** People in this list are senders: access.ts knows what they mean. */
function chats(value: unknown): unknown {
  const entries = list(value, chatIdOf);
  if (!Array.isArray(entries)) return entries;
  return (entries as unknown[]).filter((entry) => typeof entry !== 'string' || !isPerson(entry));
}

/** A text alone is a list of one; what is neither stays, and is refused later. */
function list(value: unknown, read: (entry: string) => string): unknown {
  if (typeof value === 'string') return [read(value)];
  if (!Array.isArray(value)) return value;
  return (value as unknown[]).map((item) => (typeof item === 'string' ? read(item) : item));
}

function group(entry: Fields, account: Fields): Fields {
  const { topicSessionMode } = entry;
  const scope = unlessSet('groupSessionScope', scopeOf.get(topicSessionMode), entry);
  return {
    ...entry,
    ...scope,
    ...(entry.allowFrom !== undefined && { allowFrom: people(entry.allowFrom) }),
    ...groupPolicyOf(entry, account),
  };
}

/** A list of the group's own says more than its policy, and is never widened by it. */
function groupPolicyOf({ groupPolicy, allowFrom }: Fields, account: Fields): Fields {
  if (groupPolicy === 'disabled') return { enabled: false };
  if (allowFrom !== undefined) return {};
  if (groupPolicy === 'open') return { allowFrom: ['*'] };
  const hasSenders = textsOf(account.groupSenderAllowFrom ?? []).length > 0;
  return groupPolicy === 'allowlist' && !hasSenders ? { allowFrom: [] } : {};
}

function mapEntries(entries: Fields, change: (entry: Fields) => Fields): Fields {
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => [id, isFields(entry) ? change(entry) : entry]),
  );
}

function withoutKey(fields: Fields, name: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => key !== name || isFields(value)),
  );
}

function streamingOf(value: unknown, account: Fields): Fields | undefined {
  const how = streamingWord(value, account);
  return how === undefined ? undefined : { streaming: how };
}

/** Words of the hosts' older form (`streaming: "partial"`) mean the same as the objects. */
function streamingWord(value: unknown, account: Fields): string | undefined {
  const off = account.blockStreaming === true ? 'block' : 'off';
  if (value === false) return off;
  if (value === true) return isStatic(account.replyMode) ? 'off' : 'auto';
  if (value === 'partial' || value === 'progress') return 'auto';
  if (!isFields(value)) return undefined;
  if (value.mode === undefined || value.mode === 'partial' || value.mode === 'progress')
    return 'auto';
  if (value.mode === 'block') return 'block';
  if (value.mode !== 'off') return undefined;
  return fieldsOf(value.block).enabled === true ? 'block' : off;
}

/** Of one mode for all chats, or of modes that are not all for streaming. */
function isStatic(replyMode: unknown): boolean {
  if (!isFields(replyMode)) return replyMode === 'static';
  return [replyMode.default, replyMode.group, replyMode.direct].includes('static');
}
