/** The card that an answer grows in (docs/platform/media-and-cards.md#streaming). Pure. */
import { CARD_BODY_BYTES } from '../../../../platform/limits.ts';
import { settledMarkdown } from '../../text/cut/settled.ts';
import type { MentioningText } from '../../text/mentions.ts';
import { parseMarkdown } from '../../text/parse/parse.ts';
import { cardContent, cardMarkdown } from '../../text/render/render-card.ts';
import { wireBytes } from '../../text/wire-bytes.ts';
import { toolPanel } from '../progress/tool-panel.ts';
import type { Typing } from './pace.ts';

export const ANSWER_ELEMENT = 'answer';
export const STATUS_ELEMENT = 'status';

export interface GrowingCard {
  /** Rendered Markdown. */
  readonly markdown: string;
  readonly status: string;
  /** The lines of the panel of tools; empty: there is no panel. */
  readonly tools: string;
  /** What the list of chats shows. */
  readonly summary: string;
  /** The label of the button that ends the turn. */
  readonly stop: string;
  readonly typing: Typing;
}

/** An element takes no empty text. */
const NOTHING_YET = '\u200B';

/** What a press of the button says; it takes the way of a command that a person types. */
const STOP_VALUE = { command: '/stop' } as const;

export function growingCard(card: GrowingCard): string {
  const { markdown, status, tools, summary, stop, typing } = card;
  return JSON.stringify({
    schema: '2.0',
    config: {
      update_multi: true,
      streaming_mode: true,
      streaming_config: {
        print_frequency_ms: { default: typing.frequencyMs },
        print_step: { default: typing.step },
        print_strategy: 'fast',
      },
      summary: { content: summary },
    },
    body: {
      elements: [
        ...(tools === '' ? [] : [toolPanel(tools, { isOpen: true })]),
        { tag: 'markdown', element_id: ANSWER_ELEMENT, content: markdown || NOTHING_YET },
        {
          tag: 'div',
          text: {
            tag: 'plain_text',
            element_id: STATUS_ELEMENT,
            content: status || NOTHING_YET,
            text_size: 'notation',
            text_color: 'grey',
          },
        },
        {
          tag: 'button',
          element_id: 'stop',
          size: 'small',
          text: { tag: 'plain_text', content: stop },
          behaviors: [{ type: 'callback', value: STOP_VALUE }],
        },
      ],
    },
  });
}

/** The Markdown of the card's element while the text grows: what later text does not change. */
export function growingMarkdown(source: string): string {
  return cardMarkdown(parseMarkdown(settledMarkdown(source)), { isOpen: true });
}

/** The form in which a card stays. */
export interface FinalForm {
  /** A card as JSON. */
  readonly card: string;
  /** What the list of chats shows. */
  readonly summary: string;
}

/**
 * People are mentioned by the final form alone: a name may still get longer.
 *
 * @param tools the lines of the panel of tools, which is folded now; empty: there is no panel
 */
export function finalForm({ text, mentions }: MentioningText, tools = ''): FinalForm {
  const { body, ...card } = cardContent(parseMarkdown(text, mentions));
  const panel = tools === '' ? [] : [toolPanel(tools, { isOpen: false })];
  return {
    card: JSON.stringify({ ...card, body: { elements: [...panel, ...body.elements] } }),
    summary: card.config.summary.content,
  };
}

/** Whether a card with this Markdown is within the platform's limit. */
export function fitsCard(markdown: string): boolean {
  return wireBytes(markdown) <= MAX_RENDERED_BYTES;
}

/** Below the platform's limit for a card there is room for its status, its tools and its button. */
const MAX_RENDERED_BYTES = CARD_BODY_BYTES - 4096;
