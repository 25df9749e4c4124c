/**
 * The cards that wait for a choice, and what was chosen on those that no longer do.
 *
 * In: cards as they are sent, presses, and the end of their time. Out: who comes first. With a file it
 * outlives the process; without one, or where the file is lost, a press still works by its seal, and
 * only the buttons of old cards stay until then. Without zod: a host loads it with the plugin.
 */
import type { Text } from '../../shared/text/text.ts';
import type { CardJson } from './choice-card.ts';

/** What was decided on a card: a press, or the end of its time. */
export type Decision =
  | { readonly by: 'person'; readonly name: string; readonly label: Text }
  /** Made elsewhere: by a text, another channel, or the host itself. */
  | { readonly by: 'host'; readonly says: Text }
  | { readonly by: 'time' };

export interface OpenCard {
  readonly cardId: string;
  readonly messageId: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** The card as it was sent; asked for again where it is not known any more. */
  readonly card?: CardJson | undefined;
  /** What the card asks about, where its question has an id of its own: an approval. */
  readonly subject?: string | undefined;
}

export interface CardRecord extends OpenCard {
  readonly decision?: Decision | undefined;
  /** Whether the card in the chat shows the decision. */
  readonly isSettled: boolean;
}

const MAX_CARDS = 1000;
/** Cards of which the content is kept (at most 30 KB each). */
const MAX_CONTENTS = 100;

export class ChoiceBook {
  readonly #cards = new Map<string, CardRecord>();
  readonly #listeners = new Set<() => void>();

  opened(card: OpenCard): void {
    if (this.#cards.has(card.cardId)) return;
    this.#set({ ...card, isSettled: false });
  }

  card(cardId: string): CardRecord | undefined {
    return this.#cards.get(cardId);
  }

  /** The newest card that asks about this. */
  about(subject: string): CardRecord | undefined {
    return [...this.#cards.values()].findLast((card) => card.subject === subject);
  }

  /** Records a decision, unless there is one. */
  decide(card: OpenCard, decision: Decision): void {
    const known = this.#cards.get(card.cardId);
    if (known?.decision) return;
    this.#set({ ...card, ...known, decision, isSettled: false });
  }

  /** The card in the chat shows its decision, or cannot. */
  settled(cardId: string): void {
    const known = this.#cards.get(cardId);
    if (known && !known.isSettled) this.#set({ ...known, isSettled: true, card: undefined });
  }

  /** The cards that are not settled, those first whose time ends first. */
  unsettled(): readonly CardRecord[] {
    return [...this.#cards.values()]
      .filter(({ isSettled }) => !isSettled)
      .sort((one, other) => one.expiresAt - other.expiresAt);
  }

  /** Calls back after each change; returns the unsubscribe function. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What {@link load} takes. @param now settled cards whose time has ended are left out */
  store(now: number): readonly CardRecord[] {
    return [...this.#cards.values()]
      .filter(({ expiresAt, isSettled }) => !isSettled || expiresAt > now)
      .map(({ card: _, ...record }) => record);
  }

  /** Adds what an earlier process knew. */
  load(records: readonly CardRecord[]): void {
    for (const record of records) {
      if (!this.#cards.has(record.cardId)) this.#cards.set(record.cardId, record);
    }
    this.#prune();
  }

  #set(record: CardRecord): void {
    this.#cards.delete(record.cardId);
    this.#cards.set(record.cardId, record);
    this.#prune();
    for (const listener of [...this.#listeners]) listener();
  }

  #prune(): void {
    for (const cardId of this.#cards.keys()) {
      if (this.#cards.size <= MAX_CARDS) break;
      this.#cards.delete(cardId);
    }
    const withContent = [...this.#cards.values()].filter(({ card }) => card !== undefined);
    for (const record of withContent.slice(0, -MAX_CONTENTS)) {
      this.#cards.set(record.cardId, { ...record, card: undefined });
    }
  }
}
