/** Splits an answer into the parts of its messages, and decides each part's format. Pure. */
import type { Part } from '../inbox/part.ts';
import { postContent } from './formats/post.ts';
import { textChunks } from './text/chunk.ts';
import { ANSWER_LIMITS, MAX_ANSWER_CHARACTERS, MAX_ANSWER_MESSAGES } from './text/limits.ts';
import { parseMarkdown } from './text/parse.ts';
import { hasHazards, hasMarks } from './text/render-post.ts';
import { wireBytes } from './text/wire-bytes.ts';

export interface AnswerParts {
  readonly parts: readonly Part[];
  /** The rest was left out; the last part says so. */
  readonly isCutOff: boolean;
}

/**
 * The parts of an answer, or of the next piece of one.
 *
 * @param leftOut the sentence that replaces the rest of a too long answer
 * @param room how many messages the answer may still have
 */
export function answerParts(
  text: string,
  leftOut: () => string,
  room = MAX_ANSWER_MESSAGES,
): AnswerParts {
  const parts: Part[] = [];
  for (const chunk of textChunks(text.slice(0, MAX_ANSWER_CHARACTERS), ANSWER_LIMITS)) {
    if (parts.length >= room) return { parts: [...parts, partOf(leftOut())], isCutOff: true };
    parts.push(partOf(chunk));
  }
  const isCutOff = text.length > MAX_ANSWER_CHARACTERS;
  return { parts: isCutOff ? [...parts, partOf(leftOut())] : parts, isCutOff };
}

/** One message's text: a post if a text message would show marks, or take a part for a tag. */
export function partOf(text: string): Part {
  const asText: Part = { type: 'text', text };
  // Longer than a post may be, it is sent as a text in any case.
  if (wireBytes(text) > ANSWER_LIMITS.bytes) return asText;
  const document = parseMarkdown(text);
  const needsPost = hasMarks(document) || hasHazards(document);
  return needsPost && postContent(document) ? { type: 'post', markdown: text } : asText;
}
