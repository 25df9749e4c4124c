/** What everything that people do works on, and the look-ups that it shares. */
import { createHash } from 'node:crypto';
import type { CardEntities } from '../cards/card-entities.ts';
import type { ClickTokens } from '../cards/click-tokens.ts';
import type { EventDelivery } from '../connection/delivery.ts';
import type { SandboxApp } from '../state/app-state.ts';
import type { ChatStore, SandboxChat, StoredMessage } from '../state/chats.ts';
import { type KnownPerson, knownPerson, type Person } from './person.ts';

export interface World {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly chats: ChatStore;
  readonly entities: CardEntities;
  readonly tokens: ClickTokens;
  readonly delivery: EventDelivery;
  /** ms; later at each call. */
  readonly nextTime: () => number;
  /** Who acts where no person is named. */
  readonly defaultUser: Person;
  /** The name with which a resource was put; empty where it has none. */
  readonly fileNameOf: (key: string) => string;
  /** Throws RangeError where the sandbox has no such app; without an id, the first app. */
  appNamed(appId?: string): SandboxApp;
}

export function actor(world: World, from: Person | undefined): KnownPerson {
  return knownPerson(from ?? world.defaultUser, world.chats);
}

/** The App ID of a bot, also of one that is no app of this sandbox; `undefined` for a person. */
export function appIdOf({ openId, senderType }: KnownPerson, { apps }: World): string | undefined {
  if (senderType === 'user') return undefined;
  const app = [...apps.values()].find(({ botOpenId }) => botOpenId === openId);
  const digits = createHash('sha256').update(openId).digest('hex').slice(0, 16);
  return app?.appId ?? `cli_${digits}`;
}

/** A message that is there, and its chat. Throws RangeError where it is unknown or recalled. */
export function livingMessage(
  { chats }: World,
  messageId: string,
): { readonly message: StoredMessage; readonly chat: SandboxChat } {
  const message = chats.get(messageId);
  const chat = message && chats.chats.get(message.chatId);
  if (!message || !chat) throw new RangeError(`the sandbox has no message ${messageId}`);
  if (message.deleted) throw new RangeError(`the message ${messageId} is recalled`);
  return { message, chat };
}

/** The apps that events of a chat concern: those whose bots are in it, and one named. */
export function appsOf(
  { apps }: Pick<World, 'apps'>,
  chat: SandboxChat,
  appId?: string,
): SandboxApp[] {
  const ids = new Set([...(appId === undefined ? [] : [appId]), ...chat.appIds]);
  return [...ids].flatMap((id) => apps.get(id) ?? []);
}
