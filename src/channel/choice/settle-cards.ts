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
  const failures = new Map<string, { readonly count: number; readonly retryAt: number }>();
  const file = await openChoiceFile(options);
  let wake = new AbortController();
  const unwatch = book.watch(() => {
    wake.abort();
    file.changed();
  });
  try {
    while (!signal.aborted) {
      wake = new AbortController();
      const due = book.unsettled().filter((card) => dueAt(card) <= now());
      if (due.length > 0) await pause(AFTER_ANSWER_MS, signal);
      for (const { cardId } of due) {
        const card = book.card(cardId);
        if (!card || card.isSettled || signal.aborted) continue;
        if (!card.decision) book.decide(card, { by: 'time' });
        await settle(card);
      }
      if (due.length > 0 || wake.signal.aborted) continue;
      const waits = book.unsettled().map((card) => dueAt(card) - now());
      const stop = AbortSignal.any([signal, wake.signal]);
      await pause(Math.max(0, Math.min(LOOK_EVERY_MS, ...waits)), stop);
    }
  } finally {
    unwatch();
    await file.close();
  }

  /** From when on something is to be done (ms since 1970). One that failed holds up no other. */
  function dueAt({ cardId, decision, expiresAt }: CardRecord): number {
    const since = decision === undefined ? expiresAt + 1 : 0;
    return Math.max(since, failures.get(cardId)?.retryAt ?? 0);
  }

  async function settle(card: CardRecord): Promise<void> {
    const { cardId, messageId } = card;
    try {
      const current = card.card ?? (await fetchCard(messageId));
      const note = noteOf(card.decision ?? { by: 'time' });
      const settled = current && settledCard(current, cardId, note);
      if (settled) await updateCard(client, { messageId, card: settled }, signal);
      failures.delete(cardId);
      book.settled(cardId);
    } catch (error) {
      if (signal.aborted) return;
      log.info('a card could not be changed', { messageId, error: codeOf(error) });
      const count = (failures.get(cardId)?.count ?? 0) + 1;
      const isFinal = isMoltbotFeishuError(error) && error.details.retryable !== true;
      if (!isFinal && count < MAX_FAILURES) {
        failures.set(cardId, { count, retryAt: now() + retryMs });
        return;
      }
      failures.delete(cardId);
      book.settled(cardId);
    }
  }

  async function fetchCard(messageId: string): Promise<CardJson | undefined> {
    const message = await options.fetchMessage(messageId, signal);
    if (!message) throw new Error('the card cannot be read now');
    return message.isRecalled ? undefined : writtenCard(message.content);
  }
}

/** The card as it was written; `undefined` if it is none any more. */
function writtenCard(content: string): CardJson | undefined {
  const card = cardIn(parseJson(content));
  return Object.keys(card).length === 0 ? undefined : card;
}
