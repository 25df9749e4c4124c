/**
 * Acts on notices: a recall stops its turn, an edit renews the question, a reaction becomes a note,
 * and a new chat gets the welcome text.
 *
 * In: notices, each once. Out: notes for the next turn, a message in the inbox, a text in the chat.
 */
import type { ResolvedAccount } from '../../config/account/account.ts';
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Lang } from '../../shared/text/text.ts';
import type { Deliver } from '../answer/deliver.ts';
import type { SendLimiter } from '../answer/send-limiter.ts';
import type { Amendments } from '../message/amendments.ts';
import type { ChatNotice } from '../message/chat-notice.ts';
import { readMessage } from '../message/content/content.ts';
import type { InboundMessage } from '../message/event.ts';
import type { FetchMessage } from '../message/fetched/fetch-message.ts';
import type { FetchedMessage } from '../message/fetched/message-item.ts';
import type { PendingNotes } from './pending-notes.ts';

export interface NoticeHandlerOptions {
  readonly account: Pick<ResolvedAccount, 'appId' | 'reactionNotifications' | 'welcome'>;
  readonly amendments: Amendments;
  readonly notes: PendingNotes;
  readonly fetchMessage: FetchMessage;
  readonly deliver: Deliver;
  readonly limiter: SendLimiter;
  /** Aborts the turn of a message, if it runs. */
  readonly stopTurn: (messageId: string) => void;
  /** Puts a message that an edit made a question into the inbox, if the policy answers it. */
  readonly ask: (message: InboundMessage) => Promise<void>;
  /** For the welcome text, where nothing shows another language. */
  readonly lang: Lang;
  readonly log: Logger;
  /** Aborts at shutdown. */
  readonly signal: AbortSignal;
}

export interface NoticeHandler {
  /** Never throws; what takes longer goes on by itself. @param eventId names it for repetitions */
  handle(notice: ChatNotice, eventId: string): void;
  /** Resolves when everything under way has ended. */
  ended(): Promise<void>;
}

/** Bounds the calls that a flood of reactions may cause. */
const MAX_UNDER_WAY = 50;
/** Characters of the message that a note quotes. */
const MAX_QUOTED = 200;

export function createNoticeHandler(options: NoticeHandlerOptions): NoticeHandler {
  const { account, amendments, notes, fetchMessage, log, signal } = options;
  const underWay = new Set<Promise<void>>();

  async function act(notice: ChatNotice, eventId: string): Promise<void> {
    switch (notice.kind) {
      case 'recalled':
        amendments.recalled(notice.messageId);
        options.stopTurn(notice.messageId);
        if (!amendments.isWaiting(notice.messageId)) {
          const { chatId, messageId } = notice;
          notes.add({ chatId, threadId: amendments.topicOf(messageId) }, { notice });
        }
        return;
      case 'edited':
        return handleEdit(notice);
      case 'reaction':
        return handleReaction(notice);
      case 'bot-added':
        notes.add({ chatId: notice.chatId, threadId: undefined }, { notice });
        return welcome(notice.chatId, eventId);
      case 'chat-opened':
        if (notice.isFirst) await welcome(notice.chatId, eventId);
        return;
      case 'bot-removed':
      case 'chat-disbanded':
        log.info('a chat is gone', { chatId: notice.chatId, why: notice.kind });
        return;
      default:
        notice satisfies never;
    }
  }

  async function handleEdit(notice: Extract<ChatNotice, { kind: 'edited' }>): Promise<void> {
    const { messageId } = notice;
    amendments.edited(messageId);
    const question = await amendments.question(messageId, signal);
    if (question) return options.ask(question);
    if (amendments.isWaiting(messageId)) return;
    const message = await fetchMessage(messageId, signal);
    if (message) notes.add(message, { notice, text: textOf(message) });
  }

  async function handleReaction(notice: Extract<ChatNotice, { kind: 'reaction' }>): Promise<void> {
    const { reactionNotifications: wanted, appId } = account;
    if (wanted === 'off') return;
    const message = await fetchMessage(notice.messageId, signal);
    if (!message || (wanted === 'own' && message.senderId !== appId)) return;
    notes.add(message, { notice, text: textOf(message) });
  }

  function textOf(message: FetchedMessage): string {
    const { text } = readMessage(message, { botOpenId: undefined, lang: options.lang });
    return text.slice(0, MAX_QUOTED);
  }

  async function welcome(chatId: string, eventId: string): Promise<void> {
    const text = welcomeText(account.welcome, options.lang);
    if (text === undefined) return;
    await options.limiter.acquire(chatId, signal);
    await options.deliver({
      part: { type: 'post', markdown: text },
      uuid: `welcome-${eventId}`.slice(0, 50),
      places: [{ kind: 'new', receiveIdType: 'chat_id', receiveId: chatId }],
      chatId,
      signal,
    });
  }

  return {
    handle(notice, eventId) {
      if (underWay.size >= MAX_UNDER_WAY) {
        log.warn('a notice was left out', { eventId, kind: notice.kind });
        return;
      }
      const acting: Promise<void> = act(notice, eventId)
        .catch((error: unknown) => {
          if (signal.aborted) return;
          log.info('a notice had no effect', { eventId, kind: notice.kind, error: codeOf(error) });
        })
        .finally(() => underWay.delete(acting));
      underWay.add(acting);
    },
    async ended() {
      await Promise.all(underWay);
    },
  };
}

function welcomeText(welcome: ResolvedAccount['welcome'], lang: Lang): string | undefined {
  const text =
    typeof welcome === 'string' ? welcome : (welcome?.[lang] ?? welcome?.zh ?? welcome?.en);
  return text?.trim() ? text : undefined;
}
