/** What an account's turns and notices are made of: one of each, wired together. */
import { inboxDirectory } from '../config/account/inbox-location.ts';
import type { PlatformClient } from '../platform/client/client.ts';
import { pause } from '../shared/time/waiting.ts';
import type { AccountEvent } from './account-event.ts';
import type { AccountOptions } from './account-options.ts';
import { createDeliverer } from './answer/deliver.ts';
import { openOutgoingMedia } from './answer/media/media-policy.ts';
import { createSendLimiter } from './answer/send-limiter.ts';
import { createGrowingCards } from './answer/stream/growing-cards.ts';
import { type AccountChoices, createAccountChoices } from './choice/account-choices.ts';
import { ChoiceBook } from './choice/choice-book.ts';
import { rememberingCards } from './choice/choice-part.ts';
import { createItemParts } from './choice/item-parts.ts';
import { type Amendments, createAmendments } from './message/amendments.ts';
import { type ChatDirectory, createChatDirectory } from './message/directory/chat-directory.ts';
import { createNameDirectory } from './message/directory/name-directory.ts';
import {
  createPeopleDirectory,
  type PeopleDirectory,
} from './message/directory/people-directory.ts';
import type { InboundMessage } from './message/event.ts';
import { createMessageFetcher } from './message/fetched/fetch-message.ts';
import type { Inbound } from './message/inbound.ts';
import { createFileFetcher } from './message/media/fetch-files.ts';
import { createNoticeHandler, type NoticeHandler } from './notice/notice-handler.ts';
import { createPendingNotes } from './notice/pending-notes.ts';
import type { Presence } from './presence.ts';
import { createTurnPreparer } from './turn/prepare-turn.ts';
import { createTurnRunner, type TurnRunner } from './turn/turn.ts';

export interface AccountPartsOptions {
  readonly options: AccountOptions;
  readonly client: PlatformClient;
  readonly presence: Presence;
  readonly read: (message: InboundMessage) => Inbound;
  /** Aborts when the account stops accepting new messages. */
  readonly stopping: AbortSignal;
  /** Aborts at shutdown. */
  readonly hardStop: AbortSignal;
  readonly emit: (event: AccountEvent) => void;
  /** Puts a message into the inbox. */
  readonly receive: (message: InboundMessage) => Promise<unknown>;
  /** Ends the chat's running turn where this person asked. @returns whether there was one */
  readonly stopOwnTurn: (chatId: string, openId: string) => boolean;
}

export interface AccountParts {
  readonly chats: ChatDirectory;
  readonly people: PeopleDirectory;
  readonly amendments: Amendments;
  readonly runner: TurnRunner;
  readonly notices: NoticeHandler;
  readonly choices: AccountChoices;
}

export function createAccountParts(parts: AccountPartsOptions): AccountParts {
  const { options, client, presence, read, hardStop, emit } = parts;
  const { account, agent, lang, log, now, monotonic, random, times } = options;
  const signal = hardStop;
  const limiter = options.sendLimiter ?? createSendLimiter(monotonic, times.sendLimits);
  const book = options.choiceBook ?? new ChoiceBook();
  const sender = createDeliverer({ client, limiter, log, monotonic, random });
  const cards = createGrowingCards({
    client,
    limiter,
    isAlways: account.streaming === 'card',
    clock: { monotonic, random, pause },
    log,
  });
  const deliver = rememberingCards(sender, book);
  const fetchMessage = createMessageFetcher({ client, log });
  const names = options.names ?? createNameDirectory({ client, now: monotonic, log, signal });
  const notes = createPendingNotes();
  const maxFileBytes = account.mediaMaxMb * 1_000_000;
  const chats = createChatDirectory({ client, log, monotonic, signal });
  const amendments = createAmendments(fetchMessage);
  const people = createPeopleDirectory({
    nameOf: names.user,
    botOpenId: () => presence.bot?.openId,
  });
  const media = openOutgoingMedia(options.media ?? {}, { client, env: options.env, log });
  const runner = createTurnRunner({
    account,
    client,
    agent,
    pairing: options.pairing,
    sendLimiter: limiter,
    deliver,
    cards,
    itemParts: createItemParts({
      client,
      appSecret: options.appSecret,
      account,
      log,
      now,
      signal,
    }),
    chats,
    people,
    fetchMessage,
    amendments,
    media,
    prepare: createTurnPreparer({
      agent,
      appId: account.appId,
      names,
      fetchMessage,
      files: createFileFetcher({ client, maxBytes: maxFileBytes, log }),
      maxFileBytes,
      lang,
      log,
      now,
    }),
    notes,
    read,
    presence,
    log,
    now,
    monotonic,
    hardStop,
    emit,
  });
  const notices = createNoticeHandler({
    account,
    amendments,
    notes,
    fetchMessage,
    deliver,
    limiter,
    stopTurn: (messageId) => runner.stop(messageId),
    ask: async (message) => {
      // Only a question is new; what the policy does not answer stays as it was.
      if (read(message).decision.kind === 'answer') await parts.receive(message);
    },
    lang,
    log,
    signal,
  });
  const choices = createAccountChoices({
    account,
    appSecret: options.appSecret,
    book,
    client,
    chats,
    names,
    fetchMessage,
    pairing: options.pairing,
    decide: (message) => read(message).decision,
    stopOwnTurn: parts.stopOwnTurn,
    directory: options.inbox && inboxDirectory(options.inbox, account.appId),
    log,
    now,
    signal: parts.stopping,
  });
  return { chats, people, amendments, runner, notices, choices };
}
