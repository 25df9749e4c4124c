/** Splits an answer into the parts of its messages, and decides each part's format. Pure. */
import type { ResolvedAccount } from '../../config/account/account.ts';
import type { Part } from '../inbox/part.ts';
import { cardMessage } from './formats/card.ts';
import { postContent } from './formats/post.ts';
import { needsCard } from './text/constructs.ts';
import { cardChunks } from './text/cut/card-chunks.ts';
import { documentChunks } from './text/cut/chunk.ts';
import { ANSWER_LIMITS, MAX_ANSWER_CHARACTERS, MAX_ANSWER_MESSAGES } from './text/limits.ts';
import { type MentioningText, withMentions } from './text/mentions.ts';
import type { MarkdownDocument } from './text/parse/document.ts';
import { parseMarkdown } from './text/parse/parse.ts';
import { messageText } from './text/render/plain.ts';
import { hasHazards, hasMarks } from './text/render/render-post.ts';
import { wireBytes } from './text/wire-bytes.ts';

export interface AnswerParts {
  readonly parts: readonly Part[];
  /** The rest was left out; the last part says so. */
  readonly isCutOff: boolean;
}

/** How an account's answers are shown. */
export type AnswerStyle = Pick<
  ResolvedAccount,
  'renderMode' | 'allowMentionAll' | 'textChunkLimit'
>;

export interface AnswerPartsOptions {
  /** The sentence that replaces the rest of a too long answer. */
  readonly leftOut: () => string;
  readonly style: AnswerStyle;
  /** The names of the people whom the answer may mention, with their open_ids; default: no one. */
  readonly people?: ReadonlyMap<string, string>;
  /** How many messages the answer may still have; default: all of them. */
  readonly room?: number;
}

/** The parts of an answer, or of the next piece of one. */
export function answerParts(text: string, options: AnswerPartsOptions): AnswerParts {
  const { leftOut, style, people = new Map(), room = MAX_ANSWER_MESSAGES } = options;
  const { allowMentionAll } = style;
  const parts: Part[] = [];
  const shown = withMentions(text.slice(0, MAX_ANSWER_CHARACTERS), { people, allowMentionAll });
  for (const part of allParts(shown, style)) {
    if (parts.length >= room) return { parts: [...parts, leftOutPart(leftOut)], isCutOff: true };
    parts.push(part);
  }
  const isCutOff = text.length > MAX_ANSWER_CHARACTERS;
  return { parts: isCutOff ? [...parts, leftOutPart(leftOut)] : parts, isCutOff };
}

/** How many messages a text takes. */
export function messagesOf(text: string, style: AnswerStyle): number {
  return [...allParts({ text, mentions: [] }, style)].length;
}

function leftOutPart(leftOut: () => string): Part {
  return { type: 'text', text: leftOut() };
}

function* allParts(
  { text, mentions }: MentioningText,
  { renderMode, textChunkLimit }: AnswerStyle,
): Generator<Part> {
  const document = parseMarkdown(text, mentions);
  if (renderMode === 'card' || (renderMode === 'auto' && needsCard(document))) {
    for (const chunk of cardChunks(document, fitsCard, textChunkLimit)) {
      yield partOf(chunk.document, 'card', () => chunk.fits);
    }
  } else {
    const { characters, bytes } = ANSWER_LIMITS;
    const limits = { characters: textChunkLimit ?? characters, bytes };
    for (const chunk of documentChunks(document, limits)) {
      yield partOf(chunk, renderMode);
    }
  }
}

function fitsCard(document: MarkdownDocument): boolean {
  return cardMessage(document) !== undefined;
}

/**
 * One message in the form that shows it rightly: text where there is no Markdown, else a post,
 * and a card for what a post does not draw. A form that the account asks for comes before that.
 */
export function partOf(
  document: MarkdownDocument,
  renderMode: AnswerStyle['renderMode'],
  fits = fitsCard,
): Part {
  const { source: text, mentions } = document;
  const called = mentions.filter((openId) => text.includes(`"${openId}"`));
  const calls = called.length > 0 ? { mentions: called } : {};
  // Longer than a post may be, it is sent as a text in any case.
  if (wireBytes(text) > ANSWER_LIMITS.bytes) return { type: 'text', text, ...calls };
  if (renderMode === 'text') {
    return { type: 'text', text: hasMarks(document) ? messageText(document) : text, ...calls };
  }
  const isFormatted = hasMarks(document) || hasHazards(document);
  const isCard = renderMode === 'card' ? isFormatted : renderMode === 'auto' && needsCard(document);
  if (isCard && fits(document)) return { type: 'card', markdown: text, ...calls };
  // A text message would show marks, take a part for a tag, or cut an address.
  if (isFormatted && postContent(document)) return { type: 'post', markdown: text, ...calls };
  return { type: 'text', text, ...calls };
}
