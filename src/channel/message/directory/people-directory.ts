/**
 * The people seen in each chat, so that an answer can mention them by name.
 *
 * In: the messages that arrive, with the people whom they mention, and names as they become known. Out:
 * names with their open_ids. Bounded: the chats and people seen last stay.
 */
import QuickLRU from 'quick-lru';
import type { InboundMessage } from '../event.ts';

export interface PeopleDirectory {
  /** Takes the people whom a message mentions, and who wrote it. */
  note(message: InboundMessage): void;
  /** Asks for the names of those who wrote, as far as they are not known. Never rejects. */
  learn(chatId: string): Promise<void>;
  /** Names with open_ids, without the names that several people have. */
  names(chatId: string): ReadonlyMap<string, string>;
}

export interface PeopleDirectoryOptions {
  /** `undefined` where it cannot be known. */
  readonly nameOf: (openId: string) => Promise<string | undefined>;
  /** An answer does not mention the bot itself. */
  readonly botOpenId: () => string | undefined;
}

const MAX_CHATS = 1000;
const MAX_PEOPLE = 300;
/** Names asked for at a time: each may be a call. */
const MAX_QUESTIONS = 10;

/** Names by open_id; empty until it is known. */
type People = QuickLRU<string, string>;

export function createPeopleDirectory(options: PeopleDirectoryOptions): PeopleDirectory {
  const chats = new QuickLRU<string, People>({ maxSize: MAX_CHATS });

  function peopleOf(chatId: string): People {
    const known = chats.get(chatId);
    if (known) return known;
    const people: People = new QuickLRU({ maxSize: MAX_PEOPLE });
    chats.set(chatId, people);
    return people;
  }

  function add(people: People, openId: string, name: string): void {
    if (!openId.startsWith('ou_') || openId === options.botOpenId()) return;
    const shown = name.trim() || (people.get(openId) ?? '');
    // Removed first, so that the person seen last is the last one.
    people.delete(openId);
    people.set(openId, shown);
  }

  return {
    note({ chatId, senderOpenId, senderType, mentions }) {
      const people = peopleOf(chatId);
      for (const { openId, name } of mentions) add(people, openId, name);
      if (senderType === 'user') add(people, senderOpenId, '');
    },
    async learn(chatId) {
      const people = peopleOf(chatId);
      const unknown = [...people].filter(([, name]) => name === '').map(([openId]) => openId);
      await Promise.all(
        unknown.slice(-MAX_QUESTIONS).map(async (openId) => {
          const name = await options.nameOf(openId).catch(() => undefined);
          if (name !== undefined && people.has(openId)) people.set(openId, name.trim());
        }),
      );
    },
    names(chatId) {
      const byName = new Map<string, string>();
      const shared = new Set<string>();
      for (const [openId, name] of chats.get(chatId) ?? []) {
        if (name === '') continue;
        if (byName.has(name)) shared.add(name);
        byName.set(name, openId);
      }
      for (const name of shared) byName.delete(name);
      return byName;
    },
  };
}
