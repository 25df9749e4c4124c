import type { Part } from '../../inbox/part.ts';
import { ANSWER_LIMITS } from '../text/limits.ts';
import type { MarkdownDocument } from '../text/parse/document.ts';
import { parseMarkdown } from '../text/parse/parse.ts';
import { messageText } from '../text/render/plain.ts';
import { hasMarks, literalRows, markdownRows } from '../text/render/render-post.ts';
import { wireBytes } from '../text/wire-bytes.ts';
import type { OutgoingContent, PartFormat } from './format.ts';
import { textContent } from './text.ts';

/** The platform does not take the content as a post (open.feishu.cn, im/v1/messages/create). */
const refusals = new Set([230001, 230025, 230099]);

export const postFormat: PartFormat<Extract<Part, { type: 'post' }>> = {
  // A part of release 1.0 may be too long for a post.
  content({ markdown, mentions }) {
    const isTooLong = wireBytes(markdown) > ANSWER_LIMITS.bytes;
    return (
      (!isTooLong && postContent(parseMarkdown(markdown, mentions))) ||
      textContent(markdown, mentions)
    );
  },
  fallback: {
    refusals,
    part: ({ markdown, mentions }) => ({
      type: 'text',
      text: messageText(parseMarkdown(markdown, mentions)),
      mentions,
    }),
  },
};

/** A post with the rendered Markdown; `undefined` if it would be too long. */
export function postContent(document: MarkdownDocument): OutgoingContent | undefined {
  const rows = hasMarks(document) ? markdownRows(document) : literalRows(document);
  const content = JSON.stringify({ zh_cn: { content: rows } });
  // Rendering may add to the text.
  const isTooLong = Buffer.byteLength(JSON.stringify(content)) > ANSWER_LIMITS.bytes;
  return isTooLong ? undefined : { msgType: 'post', content };
}
