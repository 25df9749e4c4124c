/**
 * Sends an answer: blocks are joined, split into parts, and sent in order, each part at most once.
 *
 * In: blocks of text. Out: messages in the chat of the question. Each part is recorded before it is
 * sent (part-sender.ts), so that the answer goes on after a crash.
 */
import type { SentMessage } from '../../platform/client/answers.ts';
import type { Logger } from '../../shared/log.ts';
import type { AnswerEnding } from '../inbox/inbox.ts';
import type { GrowingCardPart, Part } from '../inbox/part.ts';
import { BlockBuffer } from './block-buffer.ts';
import type { MarkdownImages } from './media/markdown-images.ts';
import { createPartSender, type PartSenderOptions } from './part-sender.ts';
import { type AnswerParts, type AnswerStyle, answerParts } from './parts.ts';
import { MAX_ANSWER_MESSAGES } from './text/limits.ts';
import { type MentioningText, withMentions } from './text/mentions.ts';

export interface Replier {
  /**
   * Takes a block. It is sent at once, or together with the blocks written while earlier ones are
   * being sent. Resolves when there is room for more.
   *
   * @throws MoltbotFeishuError an error of this or an earlier block that no retry fixes
   */
  write(block: string): Promise<void>;
  /**
   * Sends a part as a message of its own, after everything written before it. Recorded and repeated
   * as the text is. @returns `undefined` if the answer is full @throws as {@link write}
   */
  send(part: Part): Promise<SentMessage | undefined>;
  /**
   * Sends the message of a card that goes on growing, after everything written before it.
   *
   * @returns `undefined` if the answer is full @throws as {@link write}; the answer can go on without
   *   the card
   */
  openCard(part: GrowingCardPart): Promise<OpenCard | undefined>;
  /** Takes the last blocks; resolves when all parts are delivered. @throws as {@link write} */
  finish(blocks: readonly string[], ending?: AnswerEnding): Promise<void>;
  /**
   * Continues where an earlier run was cut off: sends the recorded parts, from the first one not
   * known to be delivered.
   *
   * @param endCard ends a card that no process writes any more, and returns what follows it then
   * @returns whether the answer is whole
   */
  resume(endCard: EndLeftCard): Promise<boolean>;
  /** Gives up the cards of an earlier run, which showed no text, before the turn starts over. */
  discardCards(remove: (part: GrowingCardPart) => Promise<unknown>): Promise<void>;
  /** Messages sent so far, including those of earlier runs. */
  readonly parts: number;
  /** The parts of a text, as many as the answer may still have. */
  partsOf(text: string): readonly Part[];
  /** A text with the people whom it mentions, where a message of its own shows it. */
  mentioning(text: string): MentioningText;
  /** A text with the keys of its images. */
  withImages(text: string): Promise<string>;
  /** How many messages the answer may still have. */
  readonly room: number;
  /** Whether the answer has reached its maximum of messages: later blocks are left out. */
  readonly isFull: boolean;
}

/** A card among the parts of an answer. */
export interface CardHandle {
  /** Records the card's part, and those after it. */
  record(part: GrowingCardPart, following: readonly Part[], ending?: AnswerEnding): Promise<void>;
  /** The card is complete: records that. */
  settle(): void;
  /** Sends the recorded parts after the card. */
  sendFollowing(following: readonly Part[]): Promise<void>;
}

/** A card that an earlier run has left. */
export interface LeftCard {
  readonly card: CardHandle;
  readonly part: GrowingCardPart;
  /** The recorded parts after it. */
  readonly following: readonly Part[];
  readonly ending: AnswerEnding | undefined;
}

export type EndLeftCard = (left: LeftCard) => Promise<readonly Part[]>;

export interface OpenCard extends CardHandle {
  readonly sent: SentMessage;
}

export interface ReplierOptions extends PartSenderOptions {
  readonly style: AnswerStyle;
  /** The people whom the answer may mention, by name. */
  readonly people: () => ReadonlyMap<string, string>;
  /** The text that the rest of a long answer was left out. */
  readonly leftOut: () => string;
  /** Gives a text with the keys of its images; default: the text as it is. */
  readonly withImages?: MarkdownImages | undefined;
  readonly log: Logger;
}

export function createReplier(options: ReplierOptions): Replier {
  const { claim, message, leftOut, style, signal } = options;
  const { messageId } = message;
  const { progress } = claim;
  const sender = createPartSender(options);
  let isFull = false;

  const withImages = async (text: string): Promise<string> =>
    (await options.withImages?.(text)) ?? text;

  // An earlier run has used up the limit: only the notice that ends the answer is left to send.
  const room = (): number =>
    sender.planned > MAX_ANSWER_MESSAGES ? 1 : MAX_ANSWER_MESSAGES - sender.planned;

  const planned = (text: string): AnswerParts =>
    answerParts(text, { leftOut, style, people: options.people(), room: room() });

  /** Sends the gathered blocks as one text; records its parts first, so that they survive a crash. */
  async function sendGathered(gathered: BlockBuffer, ending?: AnswerEnding): Promise<void> {
    if (!gathered.isEmpty && !isFull) await sender.acquire();
    const written = gathered.take();
    if (isFull) return;
    // A part is recorded with the keys, so that it is the same after a crash.
    const text = await withImages(written);
    const { parts, isCutOff } = planned(text);
    isFull = isCutOff;
    const from = sender.planned;
    await sender.record(from, parts, isCutOff ? (ending ?? 'answered') : ending);
    for (const [index, part] of parts.entries()) {
      if (index > 0) await sender.acquire();
      await sender.send(from + index, part);
    }
  }
  const buffer = new BlockBuffer((gathered) => sendGathered(gathered));

  /** Waits for its turn, and records the part. @returns its number; `undefined` if the answer is full */
  async function planPart(part: Part): Promise<number | undefined> {
    await buffer.idle();
    if (isFull) return undefined;
    await sender.acquire();
    const index = sender.planned;
    await sender.record(index, [part]);
    return index;
  }

  function partsOf(text: string): readonly Part[] {
    const { parts, isCutOff } = planned(text);
    isFull ||= isCutOff;
    return parts;
  }

  function cardAt(index: number): CardHandle {
    return {
      record: (part, following, ending) => sender.record(index, [part, ...following], ending),
      settle: () => sender.settle(index),
      async sendFollowing(following) {
        for (const [offset, part] of following.entries()) {
          await sender.acquire();
          await sender.send(index + 1 + offset, part);
        }
      },
    };
  }

  /** The id of a card's message: sent again, the same message answers. */
  async function knownCard(index: number, part: GrowingCardPart): Promise<GrowingCardPart> {
    if (part.messageId !== undefined || sender.knows(index) !== 'yes') return part;
    await sender.acquire();
    const sent = await sender.open(index, part);
    return { ...part, messageId: sent.messageId };
  }

  return {
    async write(block) {
      if (!isFull) await buffer.write(block);
    },
    async send(part) {
      const index = await planPart(part);
      return index === undefined ? undefined : sender.send(index, part);
    },
    async openCard(part) {
      const index = await planPart(part);
      if (index === undefined) return undefined;
      try {
        return { ...cardAt(index), sent: await sender.open(index, part) };
      } catch (error) {
        // It is not in the chat: what comes next takes its place.
        if (!signal.aborted) sender.settle(index);
        throw error;
      }
    },
    async finish(blocks, ending = 'answered') {
      await buffer.idle();
      // The answer has its ending already.
      if (isFull) return;
      buffer.add(blocks);
      await sendGathered(buffer, ending);
    },
    async resume(endCard) {
      let isWhole = progress.ending !== undefined;
      let parts = progress.parts;
      for (let index = progress.delivered; index < parts.length; index += 1) {
        const part = parts[index];
        if (!part) break;
        const isCard = part.type === 'growing-card';
        if (sender.knows(index) === 'no-longer' && !(isCard && part.messageId !== undefined)) {
          // It may have been delivered and its `uuid` has expired: skipping it cannot send it twice.
          options.log.warn('a part is not sent again', { messageId, part: index });
          isWhole = false;
          sender.settle(index);
        } else if (isCard) {
          const known = await knownCard(index, part);
          const following = parts.slice(index + 1);
          const { ending } = progress;
          const left = await endCard({ card: cardAt(index), part: known, following, ending });
          parts = [...parts.slice(0, index + 1), ...left];
          // A card in its final form has no sentence: more of the answer was to come after it.
          isWhole = ending !== undefined || !part.isFinal;
        } else {
          await sender.acquire();
          await sender.send(index, part);
        }
      }
      return isWhole;
    },
    async discardCards(remove) {
      for (const [index, part] of progress.parts.entries()) {
        // One that was never tried is in no chat, and its number is used again.
        const wasTried = index < sender.planned;
        if (part.type !== 'growing-card' || index < progress.delivered || !wasTried) continue;
        await remove(await knownCard(index, part));
        sender.settle(index);
      }
    },
    partsOf,
    mentioning: (text) =>
      withMentions(text, {
        people: options.people(),
        allowMentionAll: style.allowMentionAll,
      }),
    withImages,
    get room() {
      return room();
    },
    get isFull() {
      return isFull;
    },
    get parts() {
      return sender.delivered;
    },
  };
}
