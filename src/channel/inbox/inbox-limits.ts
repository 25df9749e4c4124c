/** The limits of every inbox: how much it holds, and for how long. */
import { REDELIVERY_WINDOW_MS } from '../../platform/limits.ts';

/** How long ids are remembered (ms): redeliveries end 7.1 h after the first; plus clock errors. */
export const ID_RETENTION_MS = REDELIVERY_WINDOW_MS + 15 * 60_000;
/**
 * How many messages may wait. Further ones are not acknowledged, so the platform keeps them and
 * sends them again: nothing is dropped.
 */
export const MAX_WAITING = 10_000;
/** Bytes of the messages that wait or are being answered; further ones are not acknowledged. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** How much an inbox holds, in all and for one chat. */
export interface InboxUsage {
  readonly total: number;
  readonly inChat: number;
}

/**
 * Whether a chat has used its share: a ninth of the free room, and at least a hundredth of all. So
 * one chat alone fills at most a tenth of an inbox, and a new chat finds room even after dozens of
 * chats have used their shares. (Redis decides the same in its script `receive`.)
 */
export function exceedsChatShare({ total, inChat }: InboxUsage, max: number): boolean {
  return inChat > Math.ceil(Math.max(max / 100, (max - total) / 9));
}

/** How long a parked message is shown (ms). */
export const SHOW_PARKED_MS = 7 * 24 * 60 * 60_000;
