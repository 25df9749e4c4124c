/**
 * What one gateway has in hand of an inbox in Redis.
 *
 * In: what the scripts gave out. Out: claims, each word about which brings the fence that it was
 * given with, so that Redis can tell whose it is.
 */
import { z } from 'zod';
import { messageOf, messageSchema } from '../directory/records.ts';
import type { Claim, Parked } from '../inbox.ts';
import { claimLost } from '../problems.ts';

export interface RedisClaimsOptions {
  /** Tells Redis, as often as it takes. @throws where the inbox was closed before */
  readonly report: (words: readonly string[]) => Promise<unknown>;
  readonly now: () => number;
  readonly onPark: (parked: Parked) => void;
  /** One was let go of, and Redis knows. */
  readonly onEnd: () => void;
}

export interface RedisClaims {
  /** @param answer of the script `claim` or `take` */
  read(answer: unknown): { readonly claim: Claim | undefined; readonly waiting: number };
  /** The numbers of those in hand: any other that Redis takes for ours was never heard of here. */
  readonly held: readonly string[];
  /** Resolves when Redis has been told everything. */
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
  /** By number, with the fence: what was lost may be in hand again before its old turn has ended. */
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
    /** Nobody waits for it; what is not told, the next one does again with the same `uuid`. */
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
        trying: part ? { part: Number(part), at: Number(at) } : undefined,
        delivered: Number(delivered),
        ending: ending === 'answered' || ending === 'parked' ? ending : undefined,
      },
      plan: (from, texts, how) => report('plan', String(from), how ?? '', ...texts),
      trying: (index) => report('trying', String(index), String(now())),
      delivered: (index) => note('delivered', String(index)),
      done: () => end('done'),
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
