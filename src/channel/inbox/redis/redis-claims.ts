/**
 * The claims of one gateway on an inbox in Redis.
 *
 * In: the replies of the scripts. Out: claims. Each report about a claim carries the claim's fence,
 * so that Redis knows whose claim it is.
 */
import { z } from 'zod';
import { messageOf, messageSchema } from '../directory/records.ts';
import type { Claim, Parked } from '../inbox.ts';
import { claimLost } from '../problems.ts';

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
  readonly held: readonly string[];
  /** Resolves when every report has reached Redis. */
  settle(): Promise<void>;
}

const given = z.tuple([
  z.coerce.string(),
  z.string(),
  z.array(z.coerce.string()),
  z.array(z.string()),
  z.number(),
]);

export function createRedisClaims(options: RedisClaimsOptions): RedisClaims {
  const { now } = options;
  /** Fences by number: a lost message may be claimed again before its old turn has ended. */
  const held = new Map<string, string>();
  const telling = new Set<Promise<unknown>>();

  function claimOf([n, token, fields, parts]: z.infer<typeof given>): Claim {
    const [json = '', attempts, part, at, delivered, ending] = fields;
    const message = messageOf(messageSchema.parse(JSON.parse(json)));
    held.set(n, token);
    let words = 0;

    const report = async (...what: string[]): Promise<void> => {
      words += 1;
      const reply = await options.report([n, token, String(words), ...what]);
      if (reply === 'lost') throw claimLost();
    };
    /** Reports without waiting; after a lost report the step is repeated with the same `uuid`. */
    const note = (...what: string[]): void => {
      const reply = report(...what)
        .catch(() => undefined)
        .finally(() => telling.delete(reply));
      telling.add(reply);
    };
    const end = (...what: string[]): void => {
      if (held.get(n) !== token) return;
      note(...what);
      void Promise.allSettled([...telling]).then(() => {
        if (held.get(n) === token) held.delete(n);
        options.onEnd();
      });
    };

    return {
      message,
      attempt: Number(attempts),
      progress: {
        parts,
        lastAttempt: part ? { part: Number(part), at: Number(at) } : undefined,
        delivered: Number(delivered),
        ending: ending === 'answered' || ending === 'parked' ? ending : undefined,
      },
      recordParts: (from, texts, how) => report('plan', String(from), how ?? '', ...texts),
      recordAttempt: (index) => report('trying', String(index), String(now())),
      recordDelivered: (index) => note('delivered', String(index)),
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
      const all = given.parse(answer);
      const [n, , , , waiting] = all;
      return { claim: n === '' ? undefined : claimOf(all), waiting };
    },
    get held() {
      return [...held.keys()];
    },
    async settle() {
      await Promise.allSettled([...telling]);
    },
  };
}
