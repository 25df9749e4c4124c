/** Whom each of the other plugins answers: a model of its rules, one message at a time. */
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import type { Peer } from '../../../src/config/peers/keys/peer.ts';

export interface Asked {
  readonly sender: string;
  /** Without one it is a direct message. */
  readonly chat: string | undefined;
  readonly isMention: boolean;
}

type Config = Record<string, never>;
type Model = (section: JsonValue, accountId: string, asked: Asked) => boolean;

/** An owner who writes a person in any of these ways names that person. */
const person = (entry: string) => entry.replace(/^((feishu|lark|user|open_id):)+/, '');
const chat = (entry: string) => entry.replace(/^((chat|group|feishu):)+/, '');

function lists(value: unknown, read: (entry: string) => string): string[] {
  // A text alone names one.
  const list = typeof value === 'string' ? [value] : value;
  return (Array.isArray(list) ? (list as unknown[]) : [])
    .filter((entry) => typeof entry === 'string')
    .map(read);
}

function has(list: readonly string[], id: string): boolean {
  return list.includes('*') || list.includes(id);
}

function accountOf(section: JsonValue, id: string, isDeep: boolean): Config {
  const { accounts = {}, ...top } = section as Record<string, Record<string, Config>>;
  const own = accounts[id] ?? {};
  const merged: Record<string, unknown> = { ...top };
  for (const [key, value] of Object.entries(own)) {
    const above = merged[key];
    const isMerged = isDeep && isObject(value) && isObject(above);
    merged[key] = isMerged ? { ...above, ...(value as object) } : value;
  }
  return merged as Config;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Entry {
  readonly enabled?: boolean;
  readonly requireMention?: boolean;
  readonly allowFrom?: unknown;
  readonly groupPolicy?: string;
  readonly allowMentionlessInMultiBotGroup?: boolean;
}

interface Settings {
  readonly dmPolicy?: string;
  readonly allowFrom?: unknown;
  readonly groupPolicy?: string;
  readonly groupAllowFrom?: unknown;
  readonly groupSenderAllowFrom?: unknown;
  readonly requireMention?: boolean;
  readonly groups?: Readonly<Record<string, Entry>>;
}

function openclaw(section: JsonValue, id: string, { sender, chat: group, isMention }: Asked) {
  const cfg = accountOf(section, id, false) as Settings;
  if (group === undefined) {
    const policy = cfg.dmPolicy ?? 'pairing';
    return policy !== 'disabled' && has(lists(cfg.allowFrom, person), sender);
  }
  const entry = cfg.groups?.[group] ?? cfg.groups?.['*'];
  if (entry?.enabled === false) return false;
  const policy = cfg.groupPolicy ?? 'allowlist';
  if (policy === 'disabled') return false;
  const isNamed = cfg.groups?.[group] !== undefined;
  if (policy === 'allowlist' && !isNamed && !has(lists(cfg.groupAllowFrom, chat), group))
    return false;
  const own = lists(entry?.allowFrom, person);
  const senders = own.length > 0 ? own : lists(cfg.groupSenderAllowFrom, person);
  if (senders.length > 0 && !has(senders, sender)) return false;
  const isOpen = policy === 'open' || policy === 'allowall';
  return isMention || !(entry?.requireMention ?? cfg.requireMention ?? !isOpen);
}

function lark(section: JsonValue, id: string, { sender, chat: group, isMention }: Asked) {
  const cfg = accountOf(section, id, true) as Settings;
  if (group === undefined) {
    const policy = cfg.dmPolicy ?? 'pairing';
    if (policy === 'disabled') return false;
    return policy === 'open' || has(lists(cfg.allowFrom, person), sender);
  }
  const groups = cfg.groups ?? {};
  const listed = lists(cfg.groupAllowFrom, (entry) => chat(person(entry)));
  const people = listed.filter((entry) => !entry.startsWith('oc_'));
  const policy = cfg.groupPolicy ?? 'open';
  const count = Object.keys(groups).length;
  const own = groups[group];
  const star = groups['*'];
  const isFirst =
    policy !== 'disabled' &&
    ((policy === 'open' && count === 0) ||
      star !== undefined ||
      own !== undefined ||
      (policy === 'allowlist' && count === 0 && people.length > 0));
  if (!isFirst && !listed.includes(group)) return false;
  if ((own?.enabled ?? star?.enabled) === false) return false;
  const ownPeople = lists(own?.allowFrom, person);
  const isExplicit = people.length > 0 || ownPeople.length > 0 || own?.groupPolicy !== undefined;
  if (isFirst || isExplicit) {
    const within = own?.groupPolicy ?? star?.groupPolicy ?? policy;
    if (within === 'disabled') return false;
    const inherited = own === undefined ? lists(star?.allowFrom, person) : [];
    if (within === 'allowlist' && !has([...people, ...ownPeople, ...inherited], sender))
      return false;
  }
  return isMention || !(own?.requireMention ?? star?.requireMention ?? cfg.requireMention ?? true);
}

function m1heng(section: JsonValue, id: string, { sender, chat: group, isMention }: Asked) {
  const cfg = accountOf(section, id, false) as Settings;
  if (group === undefined) {
    return cfg.dmPolicy === 'open' || has(lists(cfg.allowFrom, person), sender);
  }
  const policy = cfg.groupPolicy ?? 'allowlist';
  if (policy === 'disabled') return false;
  if (policy === 'allowlist' && !has(lists(cfg.groupAllowFrom, chat), group)) return false;
  const entry = cfg.groups?.[group];
  const senders = lists(entry?.allowFrom, person);
  if (senders.length > 0 && !has(senders, sender)) return false;
  return isMention || !(entry?.requireMention ?? cfg.requireMention ?? true);
}

function china(section: JsonValue, _id: string, { sender, chat: group, isMention }: Asked) {
  const cfg = section as Settings;
  if (group === undefined) {
    return cfg.dmPolicy !== 'allowlist' || lists(cfg.allowFrom, person).includes(sender);
  }
  if (cfg.groupPolicy === 'disabled') return false;
  if (cfg.groupPolicy === 'allowlist' && !lists(cfg.groupAllowFrom, chat).includes(group))
    return false;
  return isMention || !(cfg.requireMention ?? true);
}

export const peerAnswers: Readonly<Record<Peer, Model>> = {
  '@openclaw/feishu': openclaw,
  '@larksuite/openclaw-lark': lark,
  'm1heng/clawdbot-feishu': m1heng,
  '@openclaw-china/feishu': china,
};
