/**
 * An event from the line until it is kept: the last step before it is acknowledged.
 *
 * In: an event as the platform sends it. Out: a message in the inbox, or a rejection, at which the
 * platform sends it again.
 */
import { codeOf, isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type InboundMessage, parseMessageEvent } from '../message/event.ts';
import type { Inbox } from './inbox.ts';
import { inboxFull } from './problems.ts';

export interface ReceptionOptions {
  readonly inbox: Pick<Inbox, 'receive' | 'waiting'>;
  /** Whether the bot's open_id is known; a mention in a group cannot be recognised without it. */
  readonly knowsBot: () => boolean;
  readonly log: Logger;
  /** Kept, by this process or by the one that it hands over to. */
  readonly onKept: () => void;
  readonly onUnreadable: (error: MoltbotFeishuError) => void;
  /** There is no room for a message: once in a while for each chat, and for all of them. */
  readonly onFull: (error: MoltbotFeishuError) => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** While groups cannot be judged yet, they must not crowd out direct messages. */
const MOST_UNJUDGED = 1000;
/** Between two reports that the same chat finds no room (ms). */
const REPORT_EVERY_MS = 10 * 60_000;
const MAX_REPORTED = 1000;

/** What a connection calls with each event: resolving acknowledges it. */
export function createReception(options: ReceptionOptions): (event: unknown) => Promise<void> {
  const { inbox, log, monotonic } = options;
  /** When it was reported last that there is no room, by chat. */
  const reported = new Map<string, number>();

  function reportFull(error: MoltbotFeishuError, chatId: string): void {
    const whose = error.details.reason === 'chat' ? chatId : 'all';
    const last = reported.get(whose);
    if (last !== undefined && monotonic() - last < REPORT_EVERY_MS) return;
    if (reported.size >= MAX_REPORTED) reported.clear();
    reported.set(whose, monotonic());
    options.onFull(error);
  }

  function read(event: unknown): InboundMessage | undefined {
    try {
      return parseMessageEvent(event);
    } catch (error) {
      if (!isMoltbotFeishuError(error)) throw error;
      // Acknowledged all the same: it would be no more readable when it comes again.
      log.info('an event could not be read', { place: String(error.details.place) });
      options.onUnreadable(error);
      return undefined;
    }
  }

  return async (event) => {
    const message = read(event);
    if (!message) return;
    const { eventId, messageId, chatId } = message;
    try {
      const isUnjudged = message.chatType === 'group' && !options.knowsBot();
      if (isUnjudged && inbox.waiting() >= MOST_UNJUDGED) throw inboxFull(MOST_UNJUDGED);
      const received = await inbox.receive(message);
      if (received === 'duplicate') log.debug('received again', { eventId, messageId, chatId });
      else options.onKept();
    } catch (error) {
      // Why is reported once, not for each message.
      log.info('not acknowledged', { eventId, error: codeOf(error) });
      if (isMoltbotFeishuError(error, 'inbox-full')) reportFull(error, chatId);
      throw error;
    }
  };
}
