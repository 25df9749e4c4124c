/** Who acts in the sandbox: a person, or another bot. */
import type { ChatStore } from '../state/chats.ts';

export interface Person {
  readonly openId: string;
  readonly name?: string;
  /** `app` for another bot; a person by default. */
  readonly senderType?: 'user' | 'app';
}

export interface KnownPerson {
  readonly openId: string;
  readonly name: string;
  readonly senderType: 'user' | 'app';
}

/** The ids of a person, as events give them. */
export interface PersonIds {
  readonly open_id: string;
  readonly union_id: string;
  readonly user_id: string;
}

/** Looks the person up, and keeps the name for contact/v3/users. */
export function knownPerson(from: Person, { users }: ChatStore): KnownPerson {
  const { openId, senderType = 'user' } = from;
  const name = from.name ?? users.get(openId)?.name ?? `User ${openId.slice(-4)}`;
  users.set(openId, { openId, name });
  return { openId, name, senderType };
}

/** `user_id` needs a scope of its own and is empty without it. */
export function personIds(openId: string): PersonIds {
  return { open_id: openId, union_id: unionIdOf(openId), user_id: '' };
}

export function unionIdOf(openId: string): string {
  return openId.replace(/^ou_/, 'on_');
}
