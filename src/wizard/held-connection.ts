/**
 * A long connection that is held while setup goes on: the console saves long-connection mode only
 * while one is up (docs/platform/console.md#traps), and the proof listens on it.
 *
 * Events without a listener are refused, so that the platform sends them again to the runtime.
 */
import { openLongConnection } from '../channel/connection/connection.ts';
import type { EventHandler } from '../channel/connection/platform-event.ts';
import type { PlatformClient } from '../platform/client/client.ts';
import type { MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';

export interface HeldConnection {
  readonly isUp: boolean;
  /** Resolves at the first connection. Throws why it was refused, or the signal's reason. */
  up(signal: AbortSignal): Promise<void>;
  /** Sets the listener for events, which acknowledges by resolving. Replaces the previous one. */
  listen(listener: EventHandler | undefined): void;
  close(): Promise<void>;
}

export function holdConnection(options: {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}): HeldConnection {
  let isUp = false;
  let refused: MoltbotFeishuError | undefined;
  let listener: EventHandler | undefined;
  const waiting = new Set<() => void>();
  const connection = openLongConnection({
    ...options,
    onState: ({ state, error }) => {
      isUp = state === 'connected';
      refused = isUp ? undefined : error;
      if (isUp || error) for (const wake of waiting) wake();
    },
    onEvent: async (event) => {
      if (!listener) throw new Error('no listener for this message');
      await listener(event);
    },
  });
  return {
    get isUp() {
      return isUp;
    },
    up: (signal) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!isUp && !refused && !signal.aborted) return;
          waiting.delete(look);
          signal.removeEventListener('abort', look);
          if (isUp) resolve();
          else reject(signal.aborted ? signal.reason : refused);
        };
        waiting.add(look);
        signal.addEventListener('abort', look, { once: true });
        look();
      }),
    listen: (next) => {
      listener = next;
    },
    close: () => connection.close(),
  };
}
