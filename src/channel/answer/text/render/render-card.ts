/**
 * A document as a card 2.0: its Markdown, and the whole card (docs/platform/media-and-cards.md#cards).
 *
 * The rendering of a text begins with the rendering of its beginning wherever Markdown allows that: a
 * streamed card grows by what is added (settled.ts). Pure.
 */

import { fitColumns } from '../../../../shared/terminal/width.ts';
import { oneLine } from '../../../../shared/text/one-line.ts';
import type { Leaf, MarkdownDocument } from '../parse/document.ts';
import { type CardMarkdownOptions, cardBlocks } from './card-blocks.ts';
import { inertCode } from './card-inline.ts';
import { plainInlineText, plainText } from './plain.ts';
import type { WrittenBlock } from './write-blocks.ts';

/**
 * The Markdown of a card's `markdown` element.
 *
 * @example cardMarkdown(parseMarkdown('**注意：**请看 <b>'))  // '**注意：** 请看 &#60;b>'
 */
export function cardMarkdown(
  document: MarkdownDocument,
  options: CardMarkdownOptions = {},
): string {
  return [...cardBlocks(document, options)].map(({ gap, text }) => `${gap}${text}`).join('');
}

export interface MarkdownCard {
  readonly schema: '2.0';
  readonly config: {
    /** All who see the card see each change of it: a card 2.0 takes no other value. */
    readonly update_multi: true;
    readonly width_mode: 'fill';
    /** What the list of chats shows. */
    readonly summary: { readonly content: string };
  };
  readonly header?: { readonly title: { readonly tag: 'plain_text'; readonly content: string } };
  readonly body: {
    readonly elements: readonly { readonly tag: 'markdown'; readonly content: string }[];
  };
}

/**
 * The card of a document. The caller checks its size.
 *
 * The heading that the text begins with moves to the title. A card without one has no title: it could
 * only repeat what is below it, and the list of chats shows the summary. Clients before 7.20 show
 * nothing of a card 2.0 but its title; for them there is `renderMode: "post"`.
 */
export function cardContent(
  document: MarkdownDocument,
  options: CardMarkdownOptions = {},
): MarkdownCard {
  const text = plainText(document, SUMMARY_COLUMNS * READ_PER_COLUMN).trim();
  const opening = titleOf(document.leaves[0], document);
  const blocks = [...cardBlocks(document, options)];
  const isMoved = opening !== undefined && blocks.length > 1;
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: 'fill',
      summary: { content: firstWords(text, SUMMARY_COLUMNS) },
    },
    ...(isMoved && { header: { title: { tag: 'plain_text', content: opening } } }),
    body: {
      elements: elementsOf(isMoved ? blocks.slice(1) : blocks).map((content) => ({
        tag: 'markdown',
        content,
      })),
    },
  };
}

const TITLE_COLUMNS = 60;
const SUMMARY_COLUMNS = 120;
/** Characters that are read for each column: many take no column, or become one blank. */
const READ_PER_COLUMN = 8;

/** Far below the elements of a card: text with more blocks of code than this is one element. */
const MAX_ELEMENTS = 100;

/** Code is an element of its own: mobile clients hide what follows it in one element. */
function elementsOf(blocks: readonly WrittenBlock[]): readonly string[] {
  const elements: string[] = [];
  let isAfterCode = true;
  for (const { kind, gap, text } of blocks) {
    if (kind === 'code' || isAfterCode) elements.push(text);
    else elements.push(`${elements.pop()}${gap}${text}`);
    isAfterCode = kind === 'code';
  }
  return elements.length > MAX_ELEMENTS ? [elements.join('\n\n')] : elements;
}

/** A heading that can be the title: short, and without anything that a title does not show. */
function titleOf(leaf: Leaf | undefined, document: MarkdownDocument): string | undefined {
  if (leaf?.kind !== 'heading' || leaf.containers.length > 0) return undefined;
  const hasMore = document
    .spansOf(leaf.text)
    .some(({ kind }) => !['emphasis', 'code', 'escape', 'entity'].includes(kind));
  const text = oneLine(plainInlineText(document, leaf.text));
  return hasMore || text === '' || text !== firstWords(text, TITLE_COLUMNS) ? undefined : text;
}

/** The beginning of a text on one line, with an ellipsis where it was cut. */
function firstWords(text: string, columns: number): string {
  const near = text.slice(0, columns * READ_PER_COLUMN).replace(/[\s\p{Cc}]+/gu, ' ');
  return inertCode(fitColumns(near.trim(), columns));
}
