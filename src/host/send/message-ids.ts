/**
 * The ids under which messages are given to the host. A host takes each id once: Clawdbot and Moltbot
 * remember it for some minutes, OpenClaw with the session, also across a restart (openclaw@2026.9.6,
 * auto-reply/reply/restart-recovery-claim).
 */
import QuickLRU from 'quick-lru';
export class MessageIds {
  /** How often a message has been given to the host; 0: received here, not given yet. */
  readonly #timesGiven = new QuickLRU<string, number>({ maxSize: MAX_MESSAGES });

  /** A message has come in here: no earlier process has given it to the host. */
  markReceived(messageId: string): void {
    if (!this.#timesGiven.has(messageId)) this.#set(messageId, 0);
  }

  /** Whether an earlier process may have given it to the host. */
  mayBeKnownToHost(messageId: string): boolean {
    return !this.#timesGiven.has(messageId);
  }

  /** The message's own id at first, then one that the host has never seen. */
  next(messageId: string, now: () => number): string {
    const times = (this.#timesGiven.get(messageId) ?? 0) + 1;
    this.#set(messageId, times);
    // The time tells it from the ids of earlier processes.
    return times === 1 ? messageId : `${messageId}#${now().toString(36)}.${times}`;
  }

  #set(messageId: string, times: number): void {
    this.#timesGiven.set(messageId, times);
  }
}

const MAX_MESSAGES = 5000;

/** The platform's id of a message, from one that an agent was given. */
export function platformMessageId(messageSid: string): string {
  return messageSid.replace(/#.*$/s, '');
}
