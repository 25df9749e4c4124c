/**
 * One card of an answer, from its creation to its end: its growing text, its record in the inbox, its
 * message in the chat.
 */
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { type Lang, render } from '../../../shared/text/text.ts';
import type { AnswerEnding } from '../../inbox/inbox.ts';
import type { GrowingCardPart, Part } from '../../inbox/part.ts';
import { isWithdrawn } from '../deliver.ts';
import type { OpenCard, Replier } from '../reply.ts';
import { finalForm, growingCard, growingMarkdown } from './card/card-json.ts';
import { type CardRecord, createCardRecord, newCardPart } from './card/card-record.ts';
import { openedCard } from './card/card-state.ts';
import type { CardStream } from './card/card-stream.ts';
import { type CardText, markdownOf } from './card/card-text.ts';
import { typingFor } from './card/pace.ts';
import { endCard } from './end-card.ts';
import type { GrowingCards } from './growing-cards.ts';
import type { Progress } from './progress/progress-line.ts';
import { streamTexts as texts } from './stream-texts.ts';

/** A card that the platform knows, and no person sees yet. */
export interface CreatedCard {
  readonly part: GrowingCardPart;
  /** What it shows. */
  readonly text: string;
  readonly progress: Progress;
  /** When it was created (ms). */
  readonly at: number;
}

/** A card in the chat. */
export interface ShownCard {
  /** Shows the text so far. @throws why the answer cannot go on */
  show(text: CardText): void;
  /** Shows what the agent does; the card keeps the tools at its end. */
  progress(shown: Progress): void;
  /** The text is more than it can show. */
  readonly isTooLarge: boolean;
  /** Whether it can show nothing any more. @throws as {@link show} */
  hasFailed(): boolean;
  /**
   * Gives the card its final form, and sends the parts that follow it.
   *
   * @returns whether the card shows the text; otherwise messages do
   */
  end(
    markdown: string,
    following: readonly Part[],
    ending: AnswerEnding | undefined,
  ): Promise<boolean>;
  /** Deletes the card: its text goes on as messages. */
  discard(): Promise<void>;
  /**
   * The card gets nothing more from this process: deleted after a recall; at shutdown closed, for a
   * later process to end it.
   */
  leave(markdown: string): Promise<void>;
}

export interface CardContext {
  readonly cards: GrowingCards;
  readonly replier: Replier;
  readonly lang: Lang;
  /** The sentence for an answer that was cut short. */
  readonly interrupted: string;
  readonly noAnswer: string;
  /** Aborts when nothing more may be sent: at shutdown, and when the message is recalled. */
  readonly isOver: AbortSignal;
  readonly isRecalled: () => boolean;
}

/** What a process that ends has left for its cards (ms). */
const LAST_CALLS_MS = 500;
/** A text is recorded when so much time has passed, and longer ones less often (ms). */
const RECORD_EVERY_MS = 1000;
const RECORDED_CHARACTERS_PER_MS = 10;

/** @returns `undefined` if the platform refuses it */
export async function createCard(
  { cards, lang, isOver }: CardContext,
  text: CardText,
  progress: Progress,
): Promise<CreatedCard | undefined> {
  const { limiter, calls, ability, clock, speedometer } = cards;
  const card = growingCard({
    markdown: growingMarkdown(markdownOf(text)),
    ...progress,
    summary: render(texts.generating, lang),
    stop: render(texts.stop, lang),
    typing: typingFor(speedometer.speed),
  });
  try {
    await limiter.acquireCall('new', isOver);
    const cardId = await calls.create(card, isOver);
    return { part: newCardPart(cardId), text: text.source, progress, at: clock.monotonic() };
  } catch (error) {
    isOver.throwIfAborted();
    ability.refused(error);
    return undefined;
  }
}

/** @returns `undefined` if the card cannot be in the chat @throws why the answer cannot go on */
export async function sendCard(
  context: CardContext,
  created: CreatedCard,
  text: CardText,
): Promise<ShownCard | undefined> {
  const { cards, replier, isOver } = context;
  const stopped = new AbortController();
  const { tools } = created.progress;
  const part = { ...created.part, markdown: markdownOf(text), ...(tools !== '' && { tools }) };
  let record: CardRecord | undefined;
  const stream = cards.stream({
    cardId: part.cardId,
    state: openedCard({ text: created.text, ...created.progress, sequence: 0, now: created.at }),
    from: text.from,
    reserve: async (sequence) => record?.reserve(sequence),
    signal: AbortSignal.any([isOver, stopped.signal]),
  });
  // The text is on its way together with the message.
  stream.show(text.source);
  try {
    const card = await replier.openCard(part);
    if (!card) {
      stopped.abort();
      return undefined;
    }
    record = createCardRecord(card.record, part);
    return shownCard(context, { record, card, stream, stopped });
  } catch (error) {
    stopped.abort();
    if (isOver.aborted || !isMoltbotFeishuError(error)) throw error;
    if (isWithdrawn(error) || error.code === 'claim-lost') throw error;
    cards.log.info('a card could not be sent', { error: error.code, code: error.feishuCode });
    return undefined;
  }
}

interface CardParts {
  readonly record: CardRecord;
  readonly card: OpenCard;
  readonly stream: CardStream;
  /** Ends the calls of the stream. */
  readonly stopped: AbortController;
}

function shownCard(context: CardContext, parts: CardParts): ShownCard {
  const { cards, replier, isOver } = context;
  const { record, card, stream, stopped } = parts;
  const { monotonic } = cards.clock;
  const { messageId } = card.sent;
  let recordedAt = monotonic();
  let recordedTools = record.part.tools ?? '';
  let recording: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;

  function keep(what: { messageId?: string; markdown?: string }): void {
    recordedAt = monotonic();
    recordedTools = record.part.tools ?? '';
    recording = record
      .update(what)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        recording = undefined;
      });
  }
  keep({ messageId });

  function isDue(characters: number): boolean {
    const waitMs = Math.max(RECORD_EVERY_MS, characters / RECORDED_CHARACTERS_PER_MS);
    return !recording && monotonic() >= recordedAt + waitMs;
  }

  function throwFailure(): void {
    if (failure) throw failure.error;
  }

  return {
    show(now) {
      throwFailure();
      stream.show(now.source);
      if (isDue(now.source.length)) keep({ markdown: markdownOf(now) });
    },
    progress(now) {
      stream.progress(now);
      record.tools(now.tools);
      const { tools = '', markdown } = record.part;
      if (tools !== recordedTools && isDue(markdown.length)) keep({});
    },
    get isTooLarge() {
      return stream.isTooLarge;
    },
    hasFailed() {
      throwFailure();
      return stream.hasFailed();
    },
    async end(markdown, following, ending) {
      const { isWhole, left } = await endCard({
        card,
        record: record,
        text: markdown,
        following,
        ending,
        ifNotDeleted: context.noAnswer,
        finish: (last) => stream.end(last, finalForm(replier.mentioning(last), record.part.tools)),
        remove: () => cards.remove(messageId, isOver),
        partsOf: replier.partsOf,
      });
      stopped.abort();
      await card.sendFollowing(left);
      return isWhole;
    },
    async discard() {
      await record.final('', [], undefined);
      await cards.remove(messageId, isOver);
      card.settle();
      stopped.abort();
    },
    async leave(markdown) {
      stopped.abort();
      const signal = AbortSignal.timeout(LAST_CALLS_MS);
      const isRecalled = context.isRecalled();
      const isDeleted = isRecalled || markdown.trim() === '';
      if (isDeleted && (await cards.remove(messageId, signal))) return;
      if (!isRecalled) keep({ markdown });
      const last = [markdown, context.interrupted].filter(Boolean).join('\n\n');
      await cards.finish(record.part, replier.mentioning(last), () => Promise.resolve(), signal);
    },
  };
}
