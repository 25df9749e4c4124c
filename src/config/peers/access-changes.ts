/**
 * What an account must say in our own keys, so that it answers exactly whom another plugin answered.
 *
 * In: the account with all that it inherits, and the access that is wanted. Out: the keys to set, the
 * least of them: a key that already says it stays as it is. Pure.
 */
import type { Fields } from '../../shared/fields.ts';
import type { JsonValue } from '../json5/json5.ts';
import { type Access, chatIdOf, type GroupRule, ownAccess } from './keys/access.ts';
import { fieldsOf, textsOf } from './keys/peer.ts';

/** A key below an account, and its value. */
export interface KeyChange {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

export function accessChanges(account: Fields, wanted: Access): readonly KeyChange[] {
  const draft = createDraft(account);
  changeDirectChats(draft, wanted);
  changeDefaults(draft, wanted.ruleOf());
  for (const id of chatIdsOf(draft.account())) changeGroup(draft, id, wanted.ruleOf(id));
  return draft.changes();
}

interface Draft {
  account(): Fields;
  /** Whom it answers with the changes so far. */
  access(): Access;
  set(path: readonly string[], value: JsonValue): void;
  changes(): readonly KeyChange[];
}

function createDraft(from: Fields): Draft {
  let account = from;
  let access: Access | undefined;
  const changes = new Map<string, KeyChange>();
  return {
    account: () => account,
    access() {
      access ??= ownAccess(account);
      return access;
    },
    set(path, value) {
      account = withValue(account, path, value);
      access = undefined;
      changes.set(JSON.stringify(path), { path, value });
    },
    changes: () => [...changes.values()],
  };
}

/** A copy with one key changed, and the objects on its way created. */
export function withValue(fields: Fields, path: readonly string[], value: unknown): Fields {
  const [key, ...rest] = path;
  if (key === undefined) return fields;
  const inner = rest.length === 0 ? value : withValue(fieldsOf(fields[key]), rest, value);
  return { ...fields, [key]: inner };
}

function changeDirectChats(draft: Draft, { dm, people }: Access): void {
  const own = draft.access();
  if (own.dm !== dm) draft.set(['dmPolicy'], dm);
  const needsList = dm === 'allowlist' || dm === 'pairing';
  if (needsList && !sameList(own.people, people)) draft.set(['allowFrom'], [...people]);
}

/** Of every group that the config does not name. */
function changeDefaults(draft: Draft, wanted: GroupRule): void {
  const groups = fieldsOf(draft.account().groups);
  const at = Object.hasOwn(groups, '*') ? ['groups', '*'] : [];
  const now = () => draft.access().ruleOf();
  const { groupPolicy } = draft.account();
  // The words of the default itself: a section of a peer says its policy aloud from now on.
  if (!wanted.isOpen && groupPolicy === undefined) draft.set(['groupPolicy'], 'allowlist');
  if (wanted.isOpen && !now().isOpen) {
    if (fieldsOf(groups['*']).enabled === false) draft.set(['groups', '*', 'enabled'], true);
    if (!now().isOpen) draft.set(['groupPolicy'], 'open');
  }
  if (!wanted.isOpen && now().isOpen) draft.set(['groupPolicy'], 'allowlist');
  if (!wanted.isOpen && now().isOpen) draft.set(['groupAllowFrom'], chatsWithoutStar(draft));
  if (wanted.isOpen && !sameSenders(now(), wanted)) {
    if (fieldsOf(groups['*']).allowFrom === undefined) {
      draft.set(['groupSenderAllowFrom'], [...(wanted.senders ?? [])]);
    } else {
      draft.set(['groups', '*', 'allowFrom'], [...(wanted.senders ?? ['*'])]);
    }
  }
  if (now().needsMention !== wanted.needsMention) {
    draft.set([...at, 'requireMention'], wanted.needsMention);
  }
}

function chatsWithoutStar(draft: Draft): string[] {
  return textsOf(draft.account().groupAllowFrom).filter((entry) => entry !== '*');
}

function changeGroup(draft: Draft, id: string, wanted: GroupRule): void {
  const now = () => draft.access().ruleOf(id);
  if (sameRule(now(), wanted)) return;
  if (!wanted.isOpen) {
    keepStarKeys(draft, id);
    draft.set(['groups', id, 'enabled'], false);
    return;
  }
  const needsEntry = now().isOpen || isClosedByStar(draft, id);
  if (needsEntry) keepStarKeys(draft, id);
  if (!now().isOpen) openGroup(draft, id);
  if (!sameSenders(now(), wanted)) {
    keepStarKeys(draft, id);
    draft.set(['groups', id, 'allowFrom'], [...(wanted.senders ?? ['*'])]);
  }
  if (now().needsMention !== wanted.needsMention) {
    keepStarKeys(draft, id);
    draft.set(['groups', id, 'requireMention'], wanted.needsMention);
  }
}

function isClosedByStar(draft: Draft, id: string): boolean {
  const groups = fieldsOf(draft.account().groups);
  return !Object.hasOwn(groups, id) && fieldsOf(groups['*']).enabled === false;
}

function openGroup(draft: Draft, id: string): void {
  // The top level may keep out a group for its own account, which this account answers.
  const entry = () => fieldsOf(fieldsOf(draft.account().groups)[id]);
  if (entry().enabled === false) draft.set(['groups', id, 'enabled'], true);
  const { groups, groupAllowFrom, groupPolicy } = draft.account();
  if (groupPolicy === 'allowlist' && !Object.hasOwn(fieldsOf(groups), id)) {
    draft.set(['groupAllowFrom'], [...textsOf(groupAllowFrom), id]);
  }
}

/** An entry of its own hides `*`: what that one says beside access has to stay. */
function keepStarKeys(draft: Draft, id: string): void {
  const groups = fieldsOf(draft.account().groups);
  if (Object.hasOwn(groups, id) || !Object.hasOwn(groups, '*')) return;
  for (const [key, value] of Object.entries(fieldsOf(groups['*']))) {
    draft.set(['groups', id, key], value as JsonValue);
  }
}

/** Every group that the config names, in whatever list. */
export function chatIdsOf(account: Fields): readonly string[] {
  const listed = textsOf(account.groupAllowFrom).map(chatIdOf);
  const named = [...Object.keys(fieldsOf(account.groups)), ...listed];
  return [...new Set(named)].filter((id) => id.startsWith('oc_'));
}

function sameRule(one: GroupRule, other: GroupRule): boolean {
  if (one.isOpen !== other.isOpen) return false;
  if (!one.isOpen) return true;
  return one.needsMention === other.needsMention && sameSenders(one, other);
}

function sameSenders({ senders: a }: GroupRule, { senders: b }: GroupRule): boolean {
  return a === undefined || b === undefined ? a === b : sameList(a, b);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((entry) => b.has(entry));
}
