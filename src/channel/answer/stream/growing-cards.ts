/**
 * The growing cards of one account: they are created, written, finished after a crash, and deleted.
 *
 * In: a turn's answer. Out: a writer that shows it in a card, or the end of a card that an earlier
 * process has left.
 */
import type { PlatformClient } from '../../../platform/client/client.ts';
import { recallMessage } from '../../../platform/client/message-calls.ts';
import { codeOf, isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type { GrowingCardPart } from '../../inbox/part.ts';
import { isWithdrawn } from '../deliver.ts';
import type { SendLimiter } from '../send-limiter.ts';
import type { MentioningText } from '../text/mentions.ts';
import { type CardCalls, createCardCalls } from './card/card-calls.ts';
import { finalForm, growingMarkdown } from './card/card-json.ts';
import { type CardState, openedCard } from './card/card-state.ts';
import {
  type CardEnd,
  type CardStream,
  createCardStream,
  type StreamClock,
} from './card/card-stream.ts';
import { markdownOf } from './card/card-text.ts';
import { createSpeedometer, type Speedometer, statusIntervalMs } from './card/pace.ts';
import { type CardAbility, createCardAbility } from './card-ability.ts';

export interface GrowingCardsOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly limiter: SendLimiter;
  /** Tries a card at each answer, whatever was refused before. */
  readonly isAlways: boolean;
  readonly clock: StreamClock;
  readonly log: Logger;
}

/** Records how far a card's numbers may go, and what it shows. */
export type Reserve = (sequence: number) => Promise<void>;

export interface StreamedCard {
  readonly cardId: string;
  readonly state: CardState;
  /** Where the card's own text begins in what it gets to show. */
  readonly from: number;
  readonly reserve: Reserve;
  readonly signal: AbortSignal;
}

export interface GrowingCards {
  readonly ability: CardAbility;
  readonly calls: CardCalls;
  readonly clock: StreamClock;
  readonly limiter: SendLimiter;
  readonly log: Logger;
  readonly speedometer: Speedometer;
  /** Counts an answer that may open cards. @returns a function for its end */
  begin(): () => void;
  /** How often a card changes its status now (ms). */
  readonly statusEveryMs: number;
  /** Writes a card from a state on. */
  stream(card: StreamedCard): CardStream;
  /** Gives a card that an earlier process has left its final form. @throws the signal's reason */
  finish(
    part: GrowingCardPart,
    shown: MentioningText,
    reserve: Reserve,
    signal: AbortSignal,
  ): Promise<CardEnd>;
  /** Deletes a card's message. @returns whether it is gone */
  remove(messageId: string | undefined, signal: AbortSignal): Promise<boolean>;
}

export function createGrowingCards(options: GrowingCardsOptions): GrowingCards {
  const { client, limiter, clock, log } = options;
  const { monotonic } = clock;
  const calls = createCardCalls(client);
  let open = 0;

  function stream({ from, ...card }: StreamedCard): CardStream {
    const render = (source: string): string =>
      growingMarkdown(markdownOf({ source, from, bytes: 0 }));
    return createCardStream({ ...card, calls, limiter, render, clock, log });
  }

  return {
    ability: createCardAbility({ isAlways: options.isAlways, log, monotonic }),
    calls,
    clock,
    limiter,
    log,
    speedometer: createSpeedometer(),
    begin() {
      open += 1;
      return () => {
        open -= 1;
      };
    },
    get statusEveryMs() {
      return statusIntervalMs(open);
    },
    stream,
    finish({ cardId, sequence, tools }, shown, reserve, signal) {
      // The text counts as shown: the final form replaces it at once.
      const state = openedCard({
        sequence,
        text: shown.text,
        status: '',
        tools: '',
        now: monotonic(),
      });
      const card = stream({ cardId, state, from: 0, reserve, signal });
      return card.end(shown.text, finalForm(shown, tools));
    },
    async remove(messageId, signal) {
      if (messageId === undefined) return false;
      return recallMessage(client, messageId, { signal }).then(
        () => true,
        (error: unknown) => {
          if (isMoltbotFeishuError(error) && isWithdrawn(error)) return true;
          log.info('the message of a card was not deleted', { messageId, error: codeOf(error) });
          return false;
        },
      );
    },
  };
}
