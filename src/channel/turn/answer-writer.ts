/** How an account shows an answer while it is written: in a growing card, in blocks, or at its end. */
import type { ResolvedAccount } from '../../config/account/account.ts';
import { type Lang, render } from '../../shared/text/text.ts';
import { createBlockWriter } from '../answer/block-writer.ts';
import type { ItemPart } from '../answer/item-part.ts';
import type { OutgoingMedia } from '../answer/media/outgoing-media.ts';
import { withMedia } from '../answer/media-writer.ts';
import type { Replier } from '../answer/reply.ts';
import type { GrowingCards } from '../answer/stream/growing-cards.ts';
import { createStreamWriter } from '../answer/stream/stream-writer.ts';
import type { AnswerWriter } from '../answer/writer.ts';
import { channelTexts as texts } from '../channel-texts.ts';

export interface AnswerWriterOptions {
  readonly account: Pick<ResolvedAccount, 'streaming' | 'toolProgress' | 'renderMode'>;
  readonly cards: GrowingCards;
  readonly media: OutgoingMedia;
  readonly replier: Replier;
  readonly itemPart: ItemPart;
  readonly lang: Lang;
  readonly isOver: AbortSignal;
  readonly isRecalled: () => boolean;
}

export function createAnswerWriter(options: AnswerWriterOptions): AnswerWriter {
  const { media, replier, lang, isOver: signal } = options;
  return withMedia(createTextWriter(options), { media, replier, lang, signal });
}

function createTextWriter(options: AnswerWriterOptions): AnswerWriter {
  const { account, cards, replier, itemPart, lang, isOver, isRecalled } = options;
  const { streaming, toolProgress, renderMode } = account;
  const blocks = (): AnswerWriter =>
    createBlockWriter(streaming === 'off' ? 'off' : 'block', replier, itemPart);
  // An account that wants no cards gets none that grow.
  const isOtherForm = renderMode === 'post' || renderMode === 'text';
  const isCard = streaming === 'card' || (streaming === 'auto' && !isOtherForm);
  if (!isCard || !cards.ability.mayWrite) return blocks();
  return createStreamWriter({
    cards,
    replier,
    blocks,
    lang,
    toolProgress,
    interrupted: render(texts.cutShort, lang),
    noAnswer: render(texts.emptyAnswer, lang),
    isOver,
    isRecalled,
  });
}
