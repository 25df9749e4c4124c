/** How much an inbox holds, and for how long, wherever it is kept. */
import { REDELIVERY_WINDOW_MS } from '../../platform/limits.ts';

/** Ids are remembered (ms): the last redelivery comes some 7.1 h after the first delivery; the margin is for clocks. */
export const REMEMBER_MS = REDELIVERY_WINDOW_MS + 15 * 60_000;
/**
 * How many messages may wait. More are not acknowledged, so that the platform keeps them and sends
 * them again: nothing is dropped.
 */
export const MOST_WAITING = 10_000;
/** How long a parked message is shown (ms). */
export const SHOW_PARKED_MS = 7 * 24 * 60 * 60_000;
