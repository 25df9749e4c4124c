/**
 * The cards with buttons of one account: presses are decided on, and old buttons are taken away.
 *
 * In: the callbacks of the app's cards. Out: their answers, and changed cards. This file wires it.
 */
import type { ResolvedAccount } from '../../config/account/account.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import type { Logger } from '../../shared/log.ts';
import type { Secret } from '../../shared/secret.ts';
import { pause } from '../../shared/time/waiting.ts';
import type { Press } from '../inbox/press.ts';
import { mayCommand } from '../message/authority.ts';
import type { ChatDirectory } from '../message/directory/chat-directory.ts';
import type { NameDirectory } from '../message/directory/name-directory.ts';
import type { InboundMessage } from '../message/event.ts';
import type { FetchMessage } from '../message/fetched/fetch-message.ts';
import type { Pairing } from '../message/pairing.ts';
import type { Decision } from '../message/policy.ts';
import type { ChoiceBook } from './choice-book.ts';
import { createPresses } from './choice-press.ts';
import { choiceKey } from './sealed-choice.ts';
import { settleCards } from './settle-cards.ts';

export interface AccountChoicesOptions {
  readonly account: ResolvedAccount;
  readonly appSecret: Secret;
  readonly book: ChoiceBook;
  readonly client: Pick<PlatformClient, 'call'>;
  readonly chats: ChatDirectory;
  readonly names: NameDirectory;
  readonly fetchMessage: FetchMessage;
  readonly pairing: Pick<Pairing, 'approved'> | undefined;
  readonly decide: (message: InboundMessage) => Decision;
  /** Ends the chat's running turn where this person asked. @returns whether there was one */
  readonly stopOwnTurn: (chatId: string, openId: string) => boolean;
  /** The app's directory on this machine. */
  readonly directory: string | undefined;
  readonly log: Logger;
  /** The wall clock (ms since 1970). */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface AccountChoices {
  /** Decides on a press, at once. Never rejects. */
  press(message: InboundMessage): Promise<Press>;
  /** Resolves after the signal, when the book is written. */
  readonly ended: Promise<void>;
}

/** A name that is not known sooner is left out: the person waits for the answer to the press (ms). */
const NAME_TIMEOUT_MS = 150;

export function createAccountChoices(options: AccountChoicesOptions): AccountChoices {
  const { account, book, names, chats, pairing, log, now, signal } = options;
  const approved = async (): Promise<readonly string[]> => (await pairing?.approved()) ?? [];

  async function nameOf(openId: string): Promise<string | undefined> {
    const known = new AbortController();
    const name = names.user(openId).finally(() => known.abort());
    const timeout = pause(NAME_TIMEOUT_MS, known.signal);
    return Promise.race([name, timeout.then(() => undefined)]);
  }

  return {
    press: createPresses({
      key: choiceKey(options.appSecret),
      book,
      decide: options.decide,
      mayCommand: async (message) => mayCommand(message, account, await approved()),
      isPaired: async (openId) => (await approved()).includes(openId),
      // The event of an action does not say whether its chat is a group.
      complete: async (message) => {
        if (message.chatType === 'p2p') return message;
        const chat = await chats.chat(message.chatId);
        return chat?.mode === 'p2p' ? { ...message, chatType: 'p2p' } : message;
      },
      stopOwnTurn: options.stopOwnTurn,
      nameOf,
      log,
      now,
    }),
    ended: settleCards({ ...options, book, log, now, signal }),
  };
}
