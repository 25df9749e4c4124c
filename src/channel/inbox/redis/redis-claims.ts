/**
 * The claims of one gateway on an inbox in Redis.
 *
 * In: the replies of the scripts. Out: claims. Each report about a claim carries the claim's fence,
 * so that Redis knows whose claim it is.
 */
import { z } from 'zod';
import { messageOf, messageSchema } from '../directory/records.ts';
import type { Claim, Parked } from '../inbox.ts';
import { claimLost } from '../inbox-errors.ts';
import { decodePart, encodePart } from '../part.ts';

export interface RedisClaimsOptions {
  /** Reports to Redis, and retries until it succeeds. @throws if the inbox is closed before */
  readonly report: (words: readonly string[]) => Promise<unknown>;
  readonly now: () => number;
  readonly onPark: (parked: Parked) => void;
  /** A claim has ended, and Redis knows it. */
  readonly onEnd: () => void;
}

export interface RedisClaims {
  /** @param answer the reply of the script `claim` or `take` */
  read(answer: unknown): { readonly claim: Claim | undefined; readonly waiting: number };
  /** The numbers of the claimed messages; other claims that Redis has for us never arrived here. */
  readonly claimedNumbers: readonly string[];
  /** Resolves when every report has reached Redis. */
  flush(): Promise<void>;
}

const replySchema = z.tuple([
  z.coerce.string(),
  z.string(),
  z.array(z.coerce.string()),
  z.array(z.string()),
  z.number(),
]);

export function createRedisClaims(options: RedisClaimsOptions): RedisClaims {
  const { now } = options;
  /** Fences by number: a lost message may be claimed again before its old turn has ended. */
  const fences = new Map<string, string>();
  const pendingReports = new Set<Promise<unknown>>();

  function createClaim([n, token, fields, parts]: z.infer<typeof replySchema>): Claim {
    const [json = '', attempts, part, at, delivered, ending] = fields;
    const message = messageOf(messageSchema.parse(JSON.parse(json)));
    fences.set(n, token);
    let sequence = 0;

    const report = async (...what: string[]): Promise<void> => {
      sequence += 1;
      const reply = await options.report([n, token, String(sequence), ...what]);
      if (reply === 'lost') throw claimLost();
    };
    /** Reports without waiting; after a lost report the step is repeated with the same `uuid`. */
    const reportSoon = (...what: string[]): void => {
      const reply = report(...what)
        .catch(() => undefined)
        .finally(() => pendingReports.delete(reply));
      pendingReports.add(reply);
    };
    const end = (...what: string[]): void => {
      if (fences.get(n) !== token) return;
      reportSoon(...what);
      void Promise.allSettled([...pendingReports]).then(() => {
        if (fences.get(n) === token) fences.delete(n);
        options.onEnd();
      });
    };

    return {
      message,
      attempt: Number(attempts),
      progress: {
        parts: parts.map(decodePart),
        lastAttempt: part ? { part: Number(part), at: Number(at) } : undefined,
        delivered: Number(delivered),
        ending: ending === 'answered' || ending === 'parked' ? ending : undefined,
      },
      recordParts: (from, planned, how) =>
        report('plan', String(from), how ?? '', ...planned.map(encodePart)),
      recordAttempt: (index) => report('trying', String(index), String(now())),
      recordDelivered: (index) => reportSoon('delivered', String(index)),
      complete: () => end('done'),
      park() {
        const { eventId, messageId, chatId } = message;
        const entry = { eventId, messageId, chatId, at: now() };
        options.onPark(entry);
        end('parked', JSON.stringify(entry));
      },
      release: () => end('released'),
    };
  }

  return {
    read(answer) {
      const all = replySchema.parse(answer);
      const [n, , , , waiting] = all;
      return { claim: n === '' ? undefined : createClaim(all), waiting };
    },
    get claimedNumbers() {
      return [...fences.keys()];
    },
    async flush() {
      await Promise.allSettled([...pendingReports]);
    },
  };
}
