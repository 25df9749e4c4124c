/** Which message carries a text: a text where it is plain, a post where a text would show marks. Pure. */
import { type OutgoingContent, plainContent, postContent } from '../outgoing.ts';
import { chunkText } from './chunk.ts';
import { ANSWER_LIMITS } from './limits.ts';
import { parseMarkdown } from './parse.ts';
import { hasHazards, hasMarks, literalRows, markdownRows } from './render-post.ts';

/** An answer as the texts of its messages. */
export function answerParts(text: string): string[] {
  return chunkText(text, ANSWER_LIMITS);
}

/** The message of one part. */
export function answerContent(text: string): OutgoingContent {
  const document = parseMarkdown(text);
  const hasMarkdown = hasMarks(document);
  if (!hasMarkdown && !hasHazards(document)) return plainContent(text);
  const post = postContent(hasMarkdown ? markdownRows(document) : literalRows(document));
  // What is written differently may be longer: the platform takes it as it is, then.
  const isTooLong = Buffer.byteLength(JSON.stringify(post.content)) > ANSWER_LIMITS.bytes;
  return isTooLong ? plainContent(text) : post;
}
