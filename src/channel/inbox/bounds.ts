/** How much an inbox holds, and for how long, wherever it is kept. */
import { REDELIVERY_WINDOW_MS } from '../../platform/limits.ts';

/** Ids are remembered (ms): the last redelivery comes some 7.1 h after the first delivery; the margin is for clocks. */
export const REMEMBER_MS = REDELIVERY_WINDOW_MS + 15 * 60_000;
/**
 * How many messages may wait. More are not acknowledged, so that the platform keeps them and sends
 * them again: nothing is dropped.
 */
export const MOST_WAITING = 10_000;
/** The bytes of messages that wait, or are being answered; more are not acknowledged either. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** What an inbox holds, and of that one chat. */
export interface Holding {
  readonly all: number;
  readonly inChat: number;
}

/**
 * Whether a chat has its share: a ninth of what is still free, and a hundredth of all at least. One chat
 * alone fills a tenth of an inbox, and a chat that has nothing in it finds room after dozens that have
 * filled their shares. (Redis decides the same in its script `receive`.)
 */
export function hasItsShare({ all, inChat }: Holding, most: number): boolean {
  return inChat > Math.ceil(Math.max(most / 100, (most - all) / 9));
}

/** How long a parked message is shown (ms). */
export const SHOW_PARKED_MS = 7 * 24 * 60 * 60_000;
