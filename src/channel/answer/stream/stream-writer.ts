/**
 * Writes an answer into a card that grows; in blocks where the card is refused.
 *
 * In: the pieces of an answer. Out: one card after the other, each closed at its end. A card is
 * created a moment after the turn begins and sent with the first text, or after a second with a
 * status. An answer that is complete before that is sent as ordinary messages.
 */
import { render } from '../../../shared/text/text.ts';
import type { AnswerWriter } from '../writer.ts';
import {
  type CardText,
  cutForCard,
  emptyCardText,
  isTooLong,
  markdownOf,
  withMore,
} from './card/card-text.ts';
import { createProgressLine, type Progress, type ToolProgress } from './progress/progress-line.ts';
import { type CardContext, createCard, type ShownCard, sendCard } from './shown-card.ts';
import { streamTexts as texts } from './stream-texts.ts';

export interface StreamWriterOptions extends CardContext {
  /** Takes over where no card can be shown. */
  readonly blocks: () => AnswerWriter;
  readonly toolProgress: ToolProgress;
}

/** A faster answer needs no card (ms). */
const CREATE_AFTER_MS = 150;
/**
 * How long the first text waits for the end of a short answer (ms), while the card is created. A command
 * that prints its answer ends within it, and so does a host's turn whose model answered in one piece.
 */
const FIRST_TEXT_MS = 15;
/** Without a text the card is sent with a status (ms). */
const STATUS_AFTER_MS = 1000;
const TICK_MS = 1000;
/** A text that could not be cut is tried again when it has grown by this factor. */
const GROWTH = 1.1;

type Mode =
  /** There is no card yet. */
  | { readonly is: 'gathering' }
  | { readonly is: 'card'; readonly card: ShownCard }
  | { readonly is: 'blocks'; readonly writer: AnswerWriter };

export function createStreamWriter(options: StreamWriterOptions): AnswerWriter {
  const { cards, replier, lang, isOver } = options;
  const { speedometer, clock } = cards;
  const { monotonic, pause } = clock;
  const startedAt = monotonic();
  const progress = createProgressLine(lang, options.toolProgress);
  const ended = new AbortController();
  let mode: Mode = { is: 'gathering' };
  let blocks: AnswerWriter | undefined;
  let text: CardText = emptyCardText;
  /** The length at which the text could not be cut. */
  let uncutLength = 0;
  /** Aborts with the first text. */
  let begun = new AbortController();
  /** Aborts when no card is opened any more: the answer ends, or something comes between. */
  let closing = new AbortController();
  /** What changes the mode; meanwhile text is only gathered. */
  let change: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const written = { characters: 0, firstAt: 0, lastAt: 0 };

  const shown = (): Progress => progress.at(monotonic() - startedAt);

  function blockWriter(): AnswerWriter {
    blocks ??= options.blocks();
    return blocks;
  }

  function fail(error: unknown): void {
    failure ??= { error };
  }

  function throwFailure(): void {
    if (failure) throw failure.error;
  }

  function start(task: () => Promise<void>): void {
    change = task()
      .catch(fail)
      .finally(() => {
        change = undefined;
        showText();
      });
  }

  /** Opens the first card, or one for text that comes after something else. */
  async function open(): Promise<void> {
    const over = AbortSignal.any([closing.signal, isOver]);
    const orText = AbortSignal.any([begun.signal, over]);
    await pause(CREATE_AFTER_MS, orText);
    if (over.aborted) return;
    const created = await createCard(options, text, shown());
    if (!created) return goOnInBlocks();
    await pause(Math.max(0, startedAt + STATUS_AFTER_MS - monotonic()), orText);
    const waitMs = written.firstAt + FIRST_TEXT_MS - monotonic();
    if (text.source !== '' && waitMs > 0) await pause(waitMs, over);
    if (over.aborted) return;
    await showCard(created);
  }

  async function openNext(): Promise<void> {
    const created = await createCard(options, text, shown());
    return created ? showCard(created) : goOnInBlocks();
  }

  async function showCard(
    created: NonNullable<Awaited<ReturnType<typeof createCard>>>,
  ): Promise<void> {
    const card = await sendCard(options, created, text);
    if (card) mode = { is: 'card', card };
    else await goOnInBlocks();
  }

  async function goOnInBlocks(): Promise<void> {
    const writer = blockWriter();
    while (text.source !== '') {
      const markdown = markdownOf(text);
      text = emptyCardText;
      await writer.write(markdown);
    }
    mode = { is: 'blocks', writer };
  }

  /** Shows the text so far in the card that is there. */
  function showText(): void {
    if (mode.is !== 'card' || change || failure) return;
    const { card } = mode;
    try {
      if (card.hasFailed()) start(() => replace(card));
      else if ((card.isTooLarge || isTooLong(text)) && text.source.length > uncutLength * GROWTH)
        start(() => rollOver(card));
      else card.show(text);
    } catch (error) {
      fail(error);
    }
  }

  /** The card can show nothing any more: its text goes on as messages. */
  async function replace(card: ShownCard): Promise<void> {
    await card.discard();
    await goOnInBlocks();
  }

  async function rollOver(card: ShownCard): Promise<void> {
    const cut = cutForCard(text);
    const { length } = text.source;
    uncutLength = cut ? 0 : length;
    if (!cut) return;
    const isWhole = await card.end(await replier.withImages(cut.head), [], undefined);
    progress.nextCard();
    text = withMore(cut.rest, text.source.slice(length));
    mode = { is: 'gathering' };
    // The last message of an answer says what was left out: the blocks know when.
    if (isWhole && replier.room > 1) await openNext();
    else await goOnInBlocks();
  }

  async function endAnswer(card: ShownCard, sentence: string | undefined): Promise<void> {
    card.progress(shown());
    const cut = cutForCard(text);
    const last = markdownOf(cut ? cut.rest : text);
    const written = [last, sentence].filter((piece) => piece?.trim()).join('\n\n');
    const whole = await replier.withImages(written);
    if (cut) await card.end(await replier.withImages(cut.head), replier.partsOf(whole), 'answered');
    else await card.end(whole, [], 'answered');
  }

  /** Ends what opens cards. */
  async function settle(): Promise<void> {
    closing.abort();
    while (change) await change;
    throwFailure();
  }

  async function tick(): Promise<void> {
    const over = AbortSignal.any([ended.signal, isOver]);
    const closed = cards.begin();
    let toldAt = startedAt;
    while (!over.aborted) {
      await pause(TICK_MS, over);
      if (mode.is !== 'card') continue;
      // A timer may end a little early.
      if (monotonic() - toldAt > cards.statusEveryMs - TICK_MS / 2) {
        toldAt = monotonic();
        mode.card.progress(shown());
      }
      showText();
    }
    closed();
  }

  async function writeText(piece: string): Promise<void> {
    if (piece === '') return;
    written.lastAt = monotonic();
    if (written.characters === 0) written.firstAt = written.lastAt;
    written.characters += piece.length;
    progress.wrote();
    if (mode.is === 'blocks') return mode.writer.write(piece);
    text = withMore(text, piece);
    begun.abort();
    if (mode.is === 'gathering' && !change) start(open);
    showText();
  }

  /** Ends what is shown so far: what comes next comes after it. */
  async function flush(): Promise<void> {
    await settle();
    if (mode.is === 'card') {
      const { card } = mode;
      mode = { is: 'gathering' };
      card.progress(shown());
      await card.end(await replier.withImages(markdownOf(text)), [], undefined);
      // A card without a text is deleted.
      if (text.source.trim() !== '') progress.nextCard();
      text = emptyCardText;
    } else {
      if (text.source !== '') await goOnInBlocks();
      await blockWriter().flush();
    }
    closing = new AbortController();
    begun = new AbortController();
  }

  /** Ends the answer, in the way in which it is shown. */
  async function end(
    inCard: (card: ShownCard) => Promise<void>,
    other: () => Promise<void>,
  ): Promise<void> {
    await settle();
    speedometer.measured(written.characters, written.lastAt - written.firstAt);
    try {
      await (mode.is === 'card' ? inCard(mode.card) : other());
    } finally {
      ended.abort();
    }
  }

  start(open);
  void tick();

  return {
    async write(piece) {
      throwFailure();
      if (typeof piece === 'string') return writeText(piece);
      if (piece.kind !== 'status' && piece.kind !== 'tool') {
        await flush();
        return blockWriter().write(piece);
      }
      progress.add(piece);
      if (mode.is === 'card') mode.card.progress(shown());
    },
    flush,
    get isFull() {
      return replier.isFull;
    },
    finish: ({ notice, ifEmpty }) =>
      end(
        (card) => {
          // How a tool ended is not known where the agent failed.
          if (notice === undefined) progress.wrote();
          return endAnswer(card, notice ?? (text.source.trim() === '' ? ifEmpty : undefined));
        },
        async () => {
          const writer = blockWriter();
          if (text.source !== '') await writer.write(markdownOf(text));
          await writer.finish({ notice, ifEmpty });
        },
      ),
    stop: () =>
      end(
        (card) =>
          endAnswer(card, text.source.trim() === '' ? undefined : render(texts.stopped, lang)),
        () => blockWriter().stop(),
      ),
    async abandon() {
      await settle().catch(() => undefined);
      ended.abort();
      if (mode.is === 'card') await mode.card.leave(markdownOf(text)).catch(() => undefined);
    },
  };
}
