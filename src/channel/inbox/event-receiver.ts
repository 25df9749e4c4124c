/**
 * Puts an event from the connection into the inbox: the last step before the acknowledgement.
 *
 * In: an event as the platform sends it. Out: a message in the inbox, or a rejection, after which
 * the platform sends the event again (docs/platform/connection.md#redelivery).
 */
import QuickLRU from 'quick-lru';
import { codeOf, isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { EventAnswer, EventHandler, PlatformEvent } from '../connection/platform-event.ts';
import type { InboundMessage } from '../message/event.ts';
import { parseEvent } from '../message/events/all.ts';
import type { Inbox } from './inbox.ts';
import { inboxFull } from './inbox-errors.ts';
import type { Press } from './press.ts';

export interface EventReceiverOptions {
  readonly inbox: Pick<Inbox, 'receive' | 'waiting'>;
  /** Whether the bot's open_id is known; a mention in a group cannot be recognised without it. */
  readonly isBotKnown: () => boolean;
  /** Decides on a press of a button; the callback is answered with what it says. Never rejects. */
  readonly press: (message: InboundMessage) => Promise<Press>;
  readonly log: Logger;
  /** A message is stored, by this process or by the owner it hands over to. */
  readonly onStored: () => void;
  readonly onUnreadable: (error: MoltbotFeishuError) => void;
  /** There is no room for a message; called at most once per chat and interval. */
  readonly onFull: (error: MoltbotFeishuError) => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** Until the bot's open_id is known group messages wait, and must not crowd out direct ones. */
const MAX_UNDECIDABLE = 1000;
/** Between two reports that the inbox has no room for the same chat (ms). */
const REPORT_EVERY_MS = 10 * 60_000;
const MAX_REPORTED = 1000;

/** Creates the handler that a connection calls with each event: resolving acknowledges it. */
export function createEventReceiver(options: EventReceiverOptions): EventHandler {
  const { inbox, log, monotonic } = options;
  /** The time of the last report, by chat. */
  const reported = new QuickLRU<string, number>({ maxSize: MAX_REPORTED });

  function reportFull(error: MoltbotFeishuError, chatId: string): void {
    const scope = error.details.reason === 'chat' ? chatId : 'all';
    const last = reported.get(scope);
    if (last !== undefined && monotonic() - last < REPORT_EVERY_MS) return;
    reported.set(scope, monotonic());
    options.onFull(error);
  }

  function parse(event: PlatformEvent): InboundMessage | undefined {
    try {
      return parseEvent(event);
    } catch (error) {
      if (!isMoltbotFeishuError(error)) throw error;
      // Acknowledged anyway: a redelivery would be just as unreadable.
      log.info('an event could not be read', { place: String(error.details.place) });
      options.onUnreadable(error);
      return undefined;
    }
  }

  /** @throws MoltbotFeishuError the message is not stored */
  async function store(message: InboundMessage): Promise<'new' | 'duplicate'> {
    const { eventId, messageId, chatId } = message;
    try {
      const isUndecidable =
        message.kind === undefined && message.chatType === 'group' && !options.isBotKnown();
      if (isUndecidable && inbox.waiting() >= MAX_UNDECIDABLE) throw inboxFull(MAX_UNDECIDABLE);
      const received = await inbox.receive(message);
      if (received === 'duplicate') log.debug('received again', { eventId, messageId, chatId });
      else options.onStored();
      return received;
    } catch (error) {
      // The cause is reported once, not with each message.
      log.info('not acknowledged', { eventId, error: codeOf(error) });
      if (isMoltbotFeishuError(error, 'inbox-full')) reportFull(error, chatId);
      throw error;
    }
  }

  /** The platform sends a callback only once, so the person learns that it could not be stored. */
  async function receivePress(message: InboundMessage): Promise<EventAnswer> {
    const press = await options.press(message);
    if (press.kind === 'refused') return press.answer;
    const stored = await store(press.message).catch(() => 'full' as const);
    return press.answer(stored);
  }

  return async (event) => {
    const message = parse(event);
    if (message?.kind === 'action') return receivePress(message);
    if (message) await store(message);
    return undefined;
  };
}
