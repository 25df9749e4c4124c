/** Waiting for what a bot says. Each message is handed out once, in the order in which it came. */
import { type ChatStore, isIn, type MessageFilter, type StoredMessage } from './chats.ts';

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** ms; default 10 s. */
  readonly timeoutMs?: number | undefined;
}

export interface AwaitedAnswers {
  next(filter: MessageFilter, options?: WaitOptions): Promise<StoredMessage>;
  /** Ends every waiting with an error. */
  close(): void;
}

interface Waiter {
  readonly filter: MessageFilter;
  readonly settle: (outcome: StoredMessage | Error) => void;
}

const defaultTimeoutMs = 10_000;

export function createAwaitedAnswers(chats: ChatStore): AwaitedAnswers {
  const arrived: string[] = [];
  const known = new Set<string>();
  const waiters = new Set<Waiter>();
  chats.watch((message) => {
    if (!message.fromBot || known.has(message.messageId)) return;
    known.add(message.messageId);
    for (const waiter of waiters) {
      if (!isIn(waiter.filter, message)) continue;
      waiter.settle(message);
      return;
    }
    arrived.push(message.messageId);
  });

  return {
    next(filter, { signal, timeoutMs = defaultTimeoutMs } = {}) {
      for (const [index, messageId] of arrived.entries()) {
        const message = chats.get(messageId);
        if (!message || !isIn(filter, message)) continue;
        arrived.splice(index, 1);
        return Promise.resolve(message);
      }
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          filter,
          settle(outcome) {
            waiters.delete(waiter);
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
            if (outcome instanceof Error) reject(outcome);
            else resolve(outcome);
          },
        };
        const onAbort = (): void => waiter.settle(new Error('nextAnswer was aborted'));
        const timer = setTimeout(
          () =>
            waiter.settle(new Error(`no answer within ${timeoutMs} ms: ${JSON.stringify(filter)}`)),
          timeoutMs,
        );
        waiters.add(waiter);
        signal?.addEventListener('abort', onAbort, { once: true });
        if (signal?.aborted) onAbort();
      });
    },
    close() {
      for (const { settle } of [...waiters]) settle(new Error('the sandbox was closed'));
    },
  };
}
