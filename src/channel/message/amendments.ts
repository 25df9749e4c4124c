/**
 * What became of messages after they were sent: recalled, or changed.
 *
 * A turn begins with the message as it is then. The platform is asked only where it may differ from
 * what was received: after an event that says so, and for messages of an earlier process, whose
 * events may be lost.
 */
import QuickLRU from 'quick-lru';
import type { InboundMessage } from './event.ts';
import type { FetchMessage } from './fetched/fetch-message.ts';

export interface Amendments {
  /** This process received a message: its events come here, too. */
  received(message: InboundMessage): void;
  /** A message was not answered because it did not mention the bot; an edit may change that. */
  notMentioned(message: InboundMessage): void;
  /** The agent gets a message: from here on a recall or an edit is news for it. */
  begun(message: InboundMessage): void;
  recalled(messageId: string): void;
  edited(messageId: string): void;
  /** The topic of a message, if its event named one. */
  topicOf(messageId: string): string | undefined;
  /** Whether a message waits here for its turn: the agent has not seen it. */
  isWaiting(messageId: string): boolean;
  /** The message as it is now; as received where that is not known. Rejects only on abort. */
  current(message: InboundMessage, signal: AbortSignal): Promise<InboundMessage | 'recalled'>;
  /**
   * The question that an edit made of a message without a mention, as a new message for the inbox;
   * `undefined` if there is none. Rejects only on abort.
   */
  question(messageId: string, signal: AbortSignal): Promise<InboundMessage | undefined>;
}

/** Ids of messages that came; of older ones the platform is asked. Up to twice as many are kept (quick-lru). */
const MAX_RECEIVED = 5000;
/** Ids of messages that wait, or were changed meanwhile: as many as an inbox holds. */
const MAX_WAITING = 10_000;
/** Whole messages; an edit of an older one makes no question. */
const MAX_UNMENTIONED = 500;

export function createAmendments(fetchMessage: FetchMessage): Amendments {
  /** The topics of the messages that came here. */
  const received = remembered<string | undefined>(MAX_RECEIVED);
  const waiting = remembered<true>(MAX_WAITING);
  const recalled = remembered<true>(MAX_WAITING);
  const edited = remembered<true>(MAX_WAITING);
  const unmentioned = remembered<InboundMessage>(MAX_UNMENTIONED);

  return {
    received(message) {
      const { messageId } = message;
      received.set(messageId, message.threadId);
      waiting.set(messageId, true);
    },
    begun: ({ messageId, targetId }) => void waiting.delete(targetId ?? messageId),
    topicOf: (messageId) => received.get(messageId),
    isWaiting: (messageId) => waiting.has(messageId),
    notMentioned(message) {
      waiting.delete(message.messageId);
      unmentioned.set(message.messageId, message);
    },
    recalled: (messageId) => void recalled.set(messageId, true),
    edited: (messageId) => void edited.set(messageId, true),
    async current(message, signal) {
      const { kind, messageId, targetId } = message;
      const id = targetId ?? messageId;
      if (recalled.has(id)) return 'recalled';
      if (kind !== undefined || (received.has(messageId) && !edited.has(id))) return message;
      const fetched = await fetchMessage(id, signal);
      if (!fetched) return message;
      if (fetched.isRecalled) return 'recalled';
      if (!fetched.isEdited) return message;
      const { messageType, content, mentions } = fetched;
      return { ...message, messageType, content, mentions };
    },
    async question(messageId, signal) {
      const message = unmentioned.get(messageId);
      if (!message) return undefined;
      const fetched = await fetchMessage(messageId, signal);
      if (!fetched || fetched.isRecalled) return undefined;
      const { messageType, content, mentions } = fetched;
      const asked = { ...message, messageType, content, mentions };
      // The inbox knows the ids of the message as it was: the question has ids of its own.
      const id = `${messageId}#edited`;
      return { ...asked, eventId: id, messageId: id, targetId: messageId };
    },
  };
}

function remembered<T>(maxSize: number): QuickLRU<string, T> {
  return new QuickLRU({ maxSize });
}
