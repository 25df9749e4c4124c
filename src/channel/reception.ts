/**
 * An event from the line until it is kept: the last step before it is acknowledged.
 *
 * In: an event as the platform sends it. Out: a message in the inbox, or a rejection, at which the
 * platform sends it again.
 */
import { codeOf, isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import { type InboundMessage, parseMessageEvent } from './event.ts';
import type { Inbox } from './inbox/inbox.ts';
import { inboxFull } from './inbox/problems.ts';

export interface ReceptionOptions {
  readonly inbox: Pick<Inbox, 'receive' | 'waiting'>;
  /** Whether it can be told yet if a group's message is meant for us. */
  readonly knowsBot: () => boolean;
  readonly log: Logger;
  /** Kept, by this process or by the one that it hands over to. */
  readonly onKept: () => void;
  readonly onUnreadable: (error: MoltbotFeishuError) => void;
}

/** While groups cannot be judged yet, they must not crowd out direct messages. */
const MOST_UNJUDGED = 1000;

/** What a connection calls with each event: resolving acknowledges it. */
export function createReception(options: ReceptionOptions): (event: unknown) => Promise<void> {
  const { inbox, log } = options;

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
      log.warn('not acknowledged', { eventId, error: codeOf(error) });
      throw error;
    }
  };
}
