/** What a subject answered: to which events, how late, in how many messages. */
import { performance } from 'node:perf_hooks';
import { idsIn } from './event-body.ts';
import { type Percentiles, percentiles } from './percentiles.ts';

export interface Counted {
  readonly once: number;
  readonly lost: number;
  readonly twice: number;
}

export class Answers {
  readonly #sentAt = new Map<string, number>();
  readonly #places = new Map<string, Set<string>>();
  #times: number[] = [];
  #cards = 0;
  #messages = 0;
  #onAnswer: () => void = () => undefined;

  /** Forgets what was sent before. */
  clear(): void {
    this.#sentAt.clear();
    this.#places.clear();
    this.#times = [];
  }

  sent(id: string, at: number): void {
    this.#sentAt.set(id, at);
  }

  /**
   * A call that may carry an answer; returns what the platform says to it. A message is one by its
   * `uuid`, however often it is sent; a card by its id, however often it is written.
   */
  take(path: string, text: string): object {
    if (path === '/open-apis/cardkit/v1/cards') {
      this.#cards += 1;
      const cardId = `card_${this.#cards}`;
      this.#wrote(cardId, text);
      return { card_id: cardId };
    }
    const card = /^\/open-apis\/cardkit\/v1\/cards\/([^/]+)/.exec(path)?.[1];
    if (card !== undefined) {
      this.#wrote(card, text);
      return {};
    }
    const edited = /^\/open-apis\/im\/v1\/messages\/(om_answer[^/]*)$/.exec(path)?.[1];
    const uuid = /"uuid":\s*"([^"]+)"/.exec(text)?.[1];
    this.#messages += 1;
    const messageId = edited ?? `om_answer${uuid ?? this.#messages}`;
    this.#wrote(messageId, text);
    return { message_id: messageId, chat_id: 'oc_bench', reaction_id: 'bench' };
  }

  #wrote(place: string, text: string): void {
    // An answer may be to several events at once.
    for (const id of idsIn(text)) {
      const places = this.#places.get(id) ?? new Set();
      const since = this.#sentAt.get(id);
      if (places.size === 0 && since !== undefined) this.#times.push(performance.now() - since);
      this.#places.set(id, places.add(place));
    }
    this.#onAnswer();
  }

  /**
   * Resolves when so many events are answered, or `quietMs` have gone by without an answer; from the
   * event to its first answer (ms).
   */
  async wait(count: number, quietMs?: number): Promise<Percentiles> {
    while (this.#times.length < count) {
      const isAnswered = await new Promise<boolean>((resolve) => {
        const timer = quietMs === undefined ? undefined : setTimeout(resolve, quietMs, false);
        this.#onAnswer = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      if (!isAnswered) break;
    }
    return percentiles(this.#times);
  }

  counted(): Counted {
    const sizes = [...this.#sentAt.keys()].map((id) => this.#places.get(id)?.size ?? 0);
    const of = (holds: (size: number) => boolean) => sizes.filter(holds).length;
    return {
      once: of((size) => size === 1),
      lost: of((size) => size === 0),
      twice: of((size) => size > 1),
    };
  }
}
