/** Chooses the message type of a text: `text` if it is plain, `post` if it has Markdown. Pure. */

import { textChunks } from './chunk.ts';
import { ANSWER_LIMITS, MAX_ANSWER_CHARACTERS, MAX_ANSWER_MESSAGES } from './limits.ts';
import { type OutgoingContent, plainContent, postContent } from './outgoing.ts';
import { parseMarkdown } from './parse.ts';
import { hasHazards, hasMarks, literalRows, markdownRows } from './render-post.ts';
import { wireBytes } from './wire-bytes.ts';

/**
 * Splits an answer, or the next part of one, into the texts of its messages.
 *
 * @param leftOut the sentence that replaces the rest of a too long answer
 * @param maxParts how many messages the answer may still have
 */
export function answerParts(
  text: string,
  leftOut: () => string,
  maxParts = MAX_ANSWER_MESSAGES,
): { readonly parts: readonly string[]; readonly isCutOff: boolean } {
  const parts: string[] = [];
  for (const chunk of textChunks(text.slice(0, MAX_ANSWER_CHARACTERS), ANSWER_LIMITS)) {
    if (parts.length >= maxParts) return { parts: [...parts, leftOut()], isCutOff: true };
    parts.push(chunk);
  }
  const isCutOff = text.length > MAX_ANSWER_CHARACTERS;
  return { parts: isCutOff ? [...parts, leftOut()] : parts, isCutOff };
}

/** The message of one part. */
export function answerContent(text: string): OutgoingContent {
  // Longer than a post may be, it is plain in any case.
  if (wireBytes(text) > ANSWER_LIMITS.bytes) return plainContent(text);
  const document = parseMarkdown(text);
  const hasMarkdown = hasMarks(document);
  if (!hasMarkdown && !hasHazards(document)) return plainContent(text);
  const post = postContent(hasMarkdown ? markdownRows(document) : literalRows(document));
  // The rewritten text may be too long; then the original is sent.
  const isTooLong = Buffer.byteLength(JSON.stringify(post.content)) > ANSWER_LIMITS.bytes;
  return isTooLong ? plainContent(text) : post;
}
