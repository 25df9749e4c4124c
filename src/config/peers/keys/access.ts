/**
 * Who gets answers under the rules of a plugin: of each peer, and of this one.
 *
 * In: one account with what it inherits, as that plugin merges it. Out: its {@link Access}. A config
 * that may come from several plugins is read as the strictest of them. Pure.
 */
import { type Fields, isFields } from '../../../shared/fields.ts';
import { openIdOf } from '../../rules/person-id.ts';
import { fieldsOf, type Peer, textsOf } from './peer.ts';

export interface GroupRule {
  readonly isOpen: boolean;
  /** open_ids; `undefined`: everyone in the group. */
  readonly senders: readonly string[] | undefined;
  readonly needsMention: boolean;
}

export interface Access {
  readonly dm: 'disabled' | 'allowlist' | 'pairing' | 'open';
  /** open_ids, or `*`. */
  readonly people: readonly string[];
  /** Of a group by its chat_id; of a group that the config does not name, without one. */
  ruleOf(chatId?: string): GroupRule;
}

export interface AccessOptions {
  /**
   * The plugin is known, not guessed from the keys: then its default of `requireMention` counts even
   * where it is the wider one.
   */
  readonly isCertain: boolean;
}

type AccessRules = (account: Fields, options: AccessOptions) => Access;

const dmPolicies = ['disabled', 'allowlist', 'pairing', 'open'] as const;

function dmPolicyOf(account: Fields, byDefault: Access['dm']): Access['dm'] {
  return dmPolicies.find((policy) => policy === account.dmPolicy) ?? byDefault;
}

/** `chat:oc_…`, `feishu:oc_…` and the like name the group. */
export function chatIdOf(entry: string): string {
  return entry.replace(/^(?:(?:feishu|lark|chat|group|channel):){1,4}(?=oc_)/i, '');
}

export function isPerson(entry: string): boolean {
  return openIdOf(entry).startsWith('ou_');
}

const peopleIn = (value: unknown): readonly string[] => textsOf(value).map(openIdOf);
const chatsIn = (value: unknown): ReadonlySet<string> => new Set(textsOf(value).map(chatIdOf));

/** Everyone, where the list says so. */
function restriction(list: readonly string[]): readonly string[] | undefined {
  return list.includes('*') ? undefined : list;
}

function restrictionIfAny(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? restriction(list) : undefined;
}

function intersection(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((id) => other.includes(id));
}

function switchIn(...values: readonly unknown[]): boolean | undefined {
  return values.find((value) => typeof value === 'boolean');
}

/** A group without anyone to answer is the same as a closed one. */
function rule(
  isOpen: boolean,
  senders: readonly string[] | undefined,
  needsMention: boolean,
): GroupRule {
  return { isOpen: isOpen && senders?.length !== 0, senders, needsMention };
}

function entriesOf(account: Fields): Fields {
  return fieldsOf(account.groups);
}

function entryIn(groups: Fields, id: string | undefined): Fields | undefined {
  const found = id !== undefined && Object.hasOwn(groups, id) ? groups[id] : undefined;
  return isFields(found) ? found : undefined;
}

/** Ours (channel/message/policy.ts decides by the same rules). */
export function ownAccess(account: Fields): Access {
  const groups = entriesOf(account);
  const chats = new Set(textsOf(account.groupAllowFrom));
  const policy = account.groupPolicy ?? 'open';
  const everywhere = peopleIn(account.groupSenderAllowFrom);
  return {
    dm: dmPolicyOf(account, 'open'),
    people: peopleIn(account.allowFrom),
    ruleOf(id) {
      const entry = entryIn(groups, id) ?? entryIn(groups, '*');
      const isListed =
        chats.has('*') || (id !== undefined && (Object.hasOwn(groups, id) || chats.has(id)));
      const isOpen =
        entry?.enabled !== false && policy !== 'disabled' && (policy !== 'allowlist' || isListed);
      const senders =
        entry?.allowFrom === undefined
          ? restrictionIfAny(everywhere)
          : restriction(peopleIn(entry.allowFrom));
      return rule(isOpen, senders, switchIn(entry?.requireMention, account.requireMention) ?? true);
    },
  };
}

/** Lists of groups and entries of groups admit alike; an open direct chat needs `*` in its list. */
const openclaw: AccessRules = (account, { isCertain }) => {
  const groups = entriesOf(account);
  const chats = chatsIn(account.groupAllowFrom);
  const policy = account.groupPolicy === 'allowall' ? 'open' : (account.groupPolicy ?? 'allowlist');
  const everywhere = restrictionIfAny(peopleIn(account.groupSenderAllowFrom));
  const people = peopleIn(account.allowFrom);
  const dm = dmPolicyOf(account, 'pairing');
  return {
    dm: dm === 'open' && !people.includes('*') ? 'allowlist' : dm,
    people,
    ruleOf(id) {
      const entry = entryIn(groups, id) ?? entryIn(groups, '*');
      const isListed =
        chats.has('*') || (id !== undefined && (Object.hasOwn(groups, id) || chats.has(id)));
      const isOpen =
        entry?.enabled !== false && (policy === 'open' || (policy === 'allowlist' && isListed));
      const own = peopleIn(entry?.allowFrom);
      const byDefault = isCertain ? policy !== 'open' : true;
      const needsMention = switchIn(entry?.requireMention, account.requireMention) ?? byDefault;
      return rule(isOpen, own.length > 0 ? restriction(own) : everywhere, needsMention);
    },
  };
};

/**
 * Entries of `groups` are a list of the groups that are answered, under every policy; people in
 * `groupAllowFrom` are whom it answers there; a group inherits from `*` key by key.
 */
const lark: AccessRules = (account) => {
  const groups = entriesOf(account);
  const policy = account.groupPolicy ?? 'open';
  const listed = textsOf(account.groupAllowFrom);
  const senders = listed.filter((entry) => !chatIdOf(entry).startsWith('oc_')).map(openIdOf);
  const chats = new Set(listed.map(chatIdOf).filter((entry) => entry.startsWith('oc_')));
  const star = entryIn(groups, '*');
  const hasEntries = Object.keys(groups).length > 0;
  const everywhere = restrictionIfAny(peopleIn(account.groupSenderAllowFrom));

  function isAdmitted(id: string | undefined): boolean {
    if (policy !== 'allowlist' && !hasEntries) return true;
    const byPeople = policy === 'allowlist' && !hasEntries && senders.length > 0;
    return (
      Object.hasOwn(groups, '*') || (id !== undefined && Object.hasOwn(groups, id)) || byPeople
    );
  }

  function sendersOf(entry: Fields | undefined, isByChat: boolean): readonly string[] | undefined {
    const own = peopleIn(entry?.allowFrom);
    const isExplicit = senders.length > 0 || own.length > 0 || entry?.groupPolicy !== undefined;
    if (isByChat && !isExplicit) return everywhere;
    const within = entry?.groupPolicy ?? star?.groupPolicy ?? policy;
    const inherited = entry === undefined ? peopleIn(star?.allowFrom) : [];
    const listed = [...own, ...inherited];
    // Under this policy it reads no list; an owner who wrote one meant it.
    if (within === 'open') return listed.length > 0 ? restriction(listed) : everywhere;
    if (within !== 'allowlist') return [];
    const admitted = restriction([...senders, ...listed]);
    return own.length > 0 ? admitted : intersection(admitted, everywhere);
  }

  return {
    dm: dmPolicyOf(account, 'pairing'),
    people: peopleIn(account.allowFrom),
    ruleOf(id) {
      const entry = entryIn(groups, id);
      const isIn = isAdmitted(id);
      const isByChat = !isIn && id !== undefined && chats.has(id);
      const isEnabled = (switchIn(entry?.enabled, star?.enabled) ?? true) && policy !== 'disabled';
      const needsMention =
        switchIn(entry?.requireMention, star?.requireMention, account.requireMention) ?? true;
      return rule(isEnabled && (isIn || isByChat), sendersOf(entry, isByChat), needsMention);
    },
  };
};

/** Only `groupAllowFrom` admits groups, and only an entry with the group's own id counts. */
const m1heng: AccessRules = (account) => {
  const groups = entriesOf(account);
  const chats = chatsIn(account.groupAllowFrom);
  const policy = account.groupPolicy ?? 'allowlist';
  const everywhere = restrictionIfAny(peopleIn(account.groupSenderAllowFrom));
  return {
    dm: dmPolicyOf(account, 'pairing'),
    people: peopleIn(account.allowFrom),
    ruleOf(id) {
      const entry = entryIn(groups, id);
      const isEnabled = (entry ?? entryIn(groups, '*'))?.enabled !== false;
      const isListed = chats.has('*') || (id !== undefined && chats.has(id));
      const isOpen = policy === 'open' || (policy === 'allowlist' && isListed);
      const own = peopleIn(entry?.allowFrom);
      const bots = switchIn(
        entry?.allowMentionlessInMultiBotGroup,
        account.allowMentionlessInMultiBotGroup,
      );
      const needsMention =
        bots === false || (switchIn(entry?.requireMention, account.requireMention) ?? true);
      return rule(
        isEnabled && isOpen,
        own.length > 0 ? restriction(own) : everywhere,
        needsMention,
      );
    },
  };
};

/** No entries, no accounts, and `*` is no wildcard. */
const china: AccessRules = (account) => {
  const named = (value: unknown) => peopleIn(value).filter((entry) => entry !== '*');
  const chats = chatsIn(account.groupAllowFrom);
  const policy = account.groupPolicy ?? 'open';
  const everywhere = restrictionIfAny(peopleIn(account.groupSenderAllowFrom));
  const groups = entriesOf(account);
  return {
    dm: dmPolicyOf(account, 'open'),
    people: named(account.allowFrom),
    ruleOf(id) {
      const entry = entryIn(groups, id) ?? entryIn(groups, '*');
      const isListed = id !== undefined && chats.has(id);
      const isOpen = policy === 'open' || (policy === 'allowlist' && isListed);
      const own = peopleIn(entry?.allowFrom);
      const senders = own.length > 0 ? restriction(own) : everywhere;
      const needsMention = switchIn(account.requireMention) ?? true;
      return rule(isOpen && entry?.enabled !== false, senders, needsMention);
    },
  };
};

export const accessOfPeer: Readonly<Record<Peer, AccessRules>> = {
  '@openclaw/feishu': openclaw,
  '@larksuite/openclaw-lark': lark,
  'm1heng/clawdbot-feishu': m1heng,
  '@openclaw-china/feishu': china,
};

/** Whom all of them answer. */
export function strictest(all: readonly Access[]): Access | undefined {
  const [first, ...others] = all;
  return first && others.reduce(stricter, first);
}

function stricter(one: Access, other: Access): Access {
  const dm = dmPolicies.find((policy) => policy === one.dm || policy === other.dm) ?? 'disabled';
  return {
    dm,
    people: stricterPeople(one, other),
    ruleOf(id) {
      const [a, b] = [one.ruleOf(id), other.ruleOf(id)];
      const senders = intersection(a.senders, b.senders);
      return rule(a.isOpen && b.isOpen, senders, a.needsMention || b.needsMention);
    },
  };
}

function stricterPeople(one: Access, other: Access): readonly string[] {
  const [a, b] = [one, other].map(({ dm, people }) =>
    dm === 'open' ? undefined : restriction(people),
  );
  if (one.dm === 'open' && other.dm === 'open') {
    return one.people.filter((entry) => other.people.includes(entry));
  }
  return intersection(a, b) ?? ['*'];
}
