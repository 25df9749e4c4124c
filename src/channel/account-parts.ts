/** What an account's turns and notices are made of: one of each, wired together. */
import type { PlatformClient } from '../platform/client/client.ts';
import type { AccountEvent } from './account-event.ts';
import type { AccountOptions } from './account-options.ts';
import { createDeliverer } from './answer/deliver.ts';
import { createSendLimiter } from './answer/send-limiter.ts';
import { type Amendments, createAmendments } from './message/amendments.ts';
import { type ChatDirectory, createChatDirectory } from './message/chat-directory.ts';
import type { InboundMessage } from './message/event.ts';
import { createMessageFetcher } from './message/fetched/fetch-message.ts';
import type { Inbound } from './message/inbound.ts';
import { createFileFetcher } from './message/media/fetch-files.ts';
import { createNameDirectory } from './message/name-directory.ts';
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
  /** Aborts at shutdown. */
  readonly hardStop: AbortSignal;
  readonly emit: (event: AccountEvent) => void;
  /** Puts a message into the inbox. */
  readonly receive: (message: InboundMessage) => Promise<unknown>;
}

export interface AccountParts {
  readonly chats: ChatDirectory;
  readonly amendments: Amendments;
  readonly runner: TurnRunner;
  readonly notices: NoticeHandler;
}

export function createAccountParts(parts: AccountPartsOptions): AccountParts {
  const { options, client, presence, read, hardStop, emit } = parts;
  const { account, agent, lang, log, now, monotonic, random, times } = options;
  const signal = hardStop;
  const limiter = options.sendLimiter ?? createSendLimiter(monotonic, times.sendLimits);
  const deliver = createDeliverer({ client, limiter, log, monotonic, random });
  const fetchMessage = createMessageFetcher({ client, log });
  const notes = createPendingNotes();
  const maxFileBytes = account.mediaMaxMb * 1_000_000;
  const chats = createChatDirectory({ client, log, monotonic, signal });
  const amendments = createAmendments(fetchMessage);
  const runner = createTurnRunner({
    account,
    client,
    agent,
    pairing: options.pairing,
    sendLimiter: limiter,
    deliver,
    chats,
    fetchMessage,
    amendments,
    prepare: createTurnPreparer({
      agent,
      appId: account.appId,
      names: options.names ?? createNameDirectory({ client, now: monotonic, log, signal }),
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
  return { chats, amendments, runner, notices };
}
