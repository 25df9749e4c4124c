/**
 * The inbox between connection and turn: an event is acknowledged once its message is stored here.
 *
 * In: parsed messages, as often as the platform delivers them. Out: each message once, the oldest
 * of a chat first, one at a time for each chat, with the progress of earlier runs. The store is a
 * directory of this machine, Redis, or (in tests) only memory.
 */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import type { InboundMessage } from '../message/event.ts';
import type { Part } from './part.ts';

/** How a turn ended. `answered`: the answer is complete; `parked`: given up, a notice was sent. */
export type AnswerEnding = 'answered' | 'parked';

/** The recorded state of one message's answer, which survives restarts. */
export interface Progress {
  /** The parts in order, as recorded before they were sent. */
  readonly parts: readonly Part[];
  /** The last part that was tried, and the time of its first attempt; undefined: none yet. */
  readonly lastAttempt?: { readonly part: number; readonly at: number } | undefined;
  /** How many parts are delivered. */
  readonly delivered: number;
  /** Set once the last of `parts` is the end of the answer. */
  readonly ending?: AnswerEnding | undefined;
}

/** A claimed message. Until the claim ends, no other turn gets a message of the same chat. */
export interface Claim {
  readonly message: InboundMessage;
  /** Turns begun for the message, including this one; turns that released it do not count. */
  readonly attempt: number;
  /** The progress of earlier runs, at the time of the claim. */
  readonly progress: Progress;
  /** Replaces the parts from index `from` on; resolves when they are stored. */
  recordParts(from: number, parts: readonly Part[], ending?: AnswerEnding): Promise<void>;
  /** Records that a part is about to be sent, perhaps again. Rejects if the claim is lost. */
  recordAttempt(part: number): Promise<void>;
  /** Records that a part is delivered. */
  recordDelivered(part: number): void;
  /** Ends the claim: the message is finished, answered or not. */
  complete(): void;
  /** Ends the claim: the message is given up; {@link InboxStatus.parked} lists it. */
  park(): void;
  /** Returns an unfinished message to the queue: it is the next one of its chat again. */
  release(): void;
}

/** Whether a message may be claimed now; otherwise it keeps waiting. */
export type MayStart = (message: Pick<InboundMessage, 'chatType'>) => boolean;

export interface Parked {
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly at: number;
}

export interface InboxStatus {
  /** Whether turns run here: of the processes that share an inbox, one works (in Redis all do). */
  readonly role: 'works' | 'hands over' | 'closed';
  readonly waiting: number;
  /** When the oldest waiting message came in (ms since 1970). */
  readonly oldestAt?: number | undefined;
  readonly parked: readonly Parked[];
  /** Why the inbox cannot store messages now. */
  readonly problem?: MoltbotFeishuError | undefined;
}

export interface Inbox {
  /**
   * Stores a message; resolves when the event may be acknowledged. One atomic insert, keyed by
   * event_id and message_id, decides whether the message is new.
   *
   * @throws MoltbotFeishuError `inbox-full`, `inbox-unwritable`: not stored, to be sent again
   */
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  /**
   * Claims the oldest waiting message (by the time of sending) of a chat that `mayStart` accepts
   * and that has no claimed message. Chats take turns.
   */
  claim(mayStart: MayStart): Promise<Claim | undefined>;
  /** Claims this message if it still waits, even while another message of its chat is claimed. */
  claimMessage(message: InboundMessage): Promise<Claim | undefined>;
  /** How many messages wait, in one chat or in all. */
  waiting(chatId?: string): number;
  readonly status: InboxStatus;
  /** Writes the pending records and frees all resources. */
  close(): Promise<void>;
}

/** Receives an inbox's events. */
export interface InboxListener {
  /**
   * A new message is stored, received by this process or handed over by a follower.
   *
   * @returns whether it needs a turn; otherwise it is finished
   */
  onReceived(message: InboundMessage): boolean;
  /** A message that needs a turn is in the queue. */
  onWaiting(message: InboundMessage): void;
  /** This process owns the inbox from now on; messages of an earlier owner are in the queue. */
  onOwner(): void;
  /** Another process owns the inbox: messages received here are handed over. */
  onFollower?(): void;
  /** A message may be ready to be claimed. */
  onClaimable(): void;
  /** The inbox cannot store messages, has lost some, or (undefined) works again. */
  onProblem(problem: MoltbotFeishuError | undefined): void;
}
