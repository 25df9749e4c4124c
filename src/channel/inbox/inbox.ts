/**
 * What stands between connection and turn: an event is acknowledged once it is in here.
 *
 * In: parsed messages, as often as the platform delivers them. Out: each once, the oldest of a chat
 * first, one at a time a chat, with what earlier runs did for it. How long it is kept is the
 * store's: a directory of this machine, Redis, or (in tests) only memory.
 */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import type { InboundMessage } from '../message/event.ts';

/** How a turn ended. `answered`: the answer is complete; `parked`: given up, and a notice was sent. */
export type Ending = 'answered' | 'parked';

/** What is known of the answer to one message, across restarts. */
export interface Progress {
  /** The parts, in order, as they were written down before they were sent. */
  readonly parts: readonly string[];
  /** The part that was given to the network last, and when first; undefined: nothing ever was. */
  readonly trying?: { readonly part: number; readonly at: number } | undefined;
  /** Parts that the platform has taken. */
  readonly delivered: number;
  /** Nothing comes after the last of `parts`. */
  readonly ending?: Ending | undefined;
}

/** One message in hand: nobody else gets it, or another one of its chat, until it is let go of. */
export interface Claim {
  readonly message: InboundMessage;
  /** Turns begun for it, this one included; those that were let go of in order do not count. */
  readonly attempt: number;
  /** Where an earlier run has come to; as it was when claimed. */
  readonly progress: Progress;
  /** Resolves when the parts are kept, from `from` on in place of what stood there. */
  plan(from: number, parts: readonly string[], ending?: Ending): Promise<void>;
  /** This part goes to the network now, perhaps again. Rejects where the claim is no longer ours. */
  trying(part: number): Promise<void>;
  /** The platform has taken this part. */
  delivered(part: number): void;
  /** The message is finished, whatever came of it. */
  done(): void;
  /** It is not worked on any more; {@link InboxStatus.parked} shows it. */
  park(): void;
  /** Given back in order, before it was finished: it is the next one of its chat again. */
  release(): void;
}

/** Lets a claim through; what it leaves waits on. */
export type MayStart = (message: Pick<InboundMessage, 'chatType'>) => boolean;

export interface Parked {
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly at: number;
}

export interface InboxStatus {
  /** Whether turns run here: of the processes that share an inbox, one works, or all do. */
  readonly role: 'works' | 'hands over' | 'closed';
  readonly waiting: number;
  /** When the oldest waiting message came in (ms since 1970). */
  readonly oldestAt?: number | undefined;
  readonly parked: readonly Parked[];
  /** Why nothing can be kept now. */
  readonly problem?: MoltbotFeishuError | undefined;
}

export interface Inbox {
  /**
   * Takes a message in, and resolves when it is kept: then it may be acknowledged. One atomic insert,
   * keyed by event_id and message_id, decides whether it is new.
   *
   * @throws MoltbotFeishuError `inbox-full`, `inbox-unwritable`: not kept, to be sent again
   */
  receive(message: InboundMessage): Promise<'new' | 'duplicate'>;
  /**
   * The oldest waiting message (by the time of sending) of a chat that `mayStart` lets through and
   * of which none is claimed. Chats take turns.
   */
  claim(mayStart: MayStart): Promise<Claim | undefined>;
  /** This message, if it still waits, though its chat be busy: it waits for no turn. */
  take(message: InboundMessage): Promise<Claim | undefined>;
  /** How many messages wait, in one chat or in all. */
  waiting(chatId?: string): number;
  readonly status: InboxStatus;
  /** Writes what is still to be written, and leaves nothing behind. */
  close(): Promise<void>;
}

/** What an inbox tells whoever works on it. */
export interface InboxListener {
  /**
   * A new message is kept, from this process or from another one that handed it over. Whether it
   * needs a turn: without, it is finished.
   */
  onReceived(message: InboundMessage): boolean;
  /** One that needs a turn stands in line. */
  onWaiting(message: InboundMessage): void;
  /** This process works from now on; what an earlier one left is in line. */
  onOpen(): void;
  /** Another process works on it: what is received here is handed over. */
  onFollow?(): void;
  /** Something may be ready to be claimed. */
  onWork(): void;
  /** It cannot keep anything now, has lost something, or (undefined) is well again. */
  onProblem(problem: MoltbotFeishuError | undefined): void;
}
