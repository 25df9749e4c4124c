/**
 * Takes the buttons off cards whose choice is made or whose time is over, and keeps the book on disk.
 *
 * In: the book of the app's cards. Out: changed cards in the chats. What a press could not show at
 * once (after a restart) and what no press ends (an expired card) is done here, one card at a time.
 */
import type { PlatformClient } from '../../platform/client/client.ts';
import { updateCard } from '../../platform/client/message-calls.ts';
import { codeOf, isMoltbotFeishuError } from '../../shared/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/log.ts';
import { pause } from '../../shared/time/waiting.ts';
import { cardIn } from '../message/content/card/card-source.ts';
import type { FetchMessage } from '../message/fetched/fetch-message.ts';
import type { CardRecord, ChoiceBook } from './choice-book.ts';
import { type CardJson, settledCard } from './choice-card.ts';
import { openChoiceFile } from './choice-file.ts';
import { noteOf } from './choice-press.ts';

export interface SettleCardsOptions {
  readonly book: ChoiceBook;
  readonly client: Pick<PlatformClient, 'call'>;
  readonly fetchMessage: FetchMessage;
  /** The app's directory on this machine; without one the book does not outlive the process. */
  readonly directory: string | undefined;
  readonly log: Logger;
  /** The wall clock (ms since 1970): cards expire by it. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** The wait after a failure (ms). */
  readonly retryMs?: number;
}

/** A press is answered first: a change of the card before that is undone (ms). */
const AFTER_ANSWER_MS = 500;
const RETRY_MS = 60_000;
const MAX_FAILURES = 10;
/** The clock may be set meanwhile: expired cards are looked for at least this often (ms). */
const LOOK_EVERY_MS = 60_000;

/** Works until the signal aborts. Never rejects. */
export async function settleCards(options: SettleCardsOptions): Promise<void> {
  const { book, client, log, now, signal, retryMs = RETRY_MS } = options;
  const failures = new Map<string, number>();
  const file = await openChoiceFile(options);
  let wake = new AbortController();
  const unwatch = book.watch(() => {
    wake.abort();
    file.changed();
  });
  try {
    while (!signal.aborted) {
      wake = new AbortController();
      const due = book.unsettled().filter((card) => isDue(card, now()));
      let hasFailed = false;
      if (due.length > 0) await pause(AFTER_ANSWER_MS, signal);
      for (const { cardId } of due) {
        const card = book.card(cardId);
        if (!card || card.isSettled || signal.aborted) continue;
        if (!card.decision) book.decide(card, { by: 'time' });
        if (await settle(card)) continue;
        hasFailed = true;
      }
      if (hasFailed) await pause(retryMs, signal);
      else if (!wake.signal.aborted) {
        const [next] = book.unsettled();
        const waitMs = next ? Math.max(0, next.expiresAt - now()) + 1 : LOOK_EVERY_MS;
        const stop = AbortSignal.any([signal, wake.signal]);
        await pause(Math.min(waitMs, LOOK_EVERY_MS), stop);
      }
    }
  } finally {
    unwatch();
    await file.close();
  }

  /** @returns whether nothing is left to do for this card */
  async function settle(card: CardRecord): Promise<boolean> {
    const { cardId, messageId } = card;
    try {
      const current = card.card ?? (await fetchCard(messageId));
      const note = noteOf(card.decision ?? { by: 'time' });
      const settled = current && settledCard(current, cardId, note);
      if (settled) await updateCard(client, { messageId, card: settled }, signal);
      book.settled(cardId);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      log.info('a card could not be changed', { messageId, error: codeOf(error) });
      const count = (failures.get(cardId) ?? 0) + 1;
      failures.set(cardId, count);
      const isFinal = isMoltbotFeishuError(error) && error.details.retryable !== true;
      if (!isFinal && count < MAX_FAILURES) return false;
      failures.delete(cardId);
      book.settled(cardId);
      return true;
    }
  }

  async function fetchCard(messageId: string): Promise<CardJson | undefined> {
    const message = await options.fetchMessage(messageId, signal);
    if (!message) throw new Error('the card cannot be read now');
    return message.isRecalled ? undefined : writtenCard(message.content);
  }
}

function isDue({ decision, expiresAt }: CardRecord, now: number): boolean {
  return decision !== undefined || expiresAt < now;
}

/** The card as it was written; `undefined` if it is none any more. */
function writtenCard(content: string): CardJson | undefined {
  const card = cardIn(parseJson(content));
  return Object.keys(card).length === 0 ? undefined : card;
}
