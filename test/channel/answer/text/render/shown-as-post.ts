/** What an answer becomes that is asked for as a post. */
import { contentOf } from '../../../../../src/channel/answer/formats/all.ts';
import { partOf } from '../../../../../src/channel/answer/parts.ts';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';

/** A text message's text, or the elements of a post's rows. */
export function shownAsPost(text: string): string | unknown[][] {
  const { msgType, content } = contentOf(partOf(parseMarkdown(text), 'post'));
  const value = JSON.parse(content);
  return msgType === 'text' ? value.text : value.zh_cn.content;
}

/** Rows of Markdown. */
export const md = (...rows: string[]): unknown[][] => rows.map((text) => [{ tag: 'md', text }]);

/** A row with an uploaded image. */
export const image = (key: string): unknown[] => [{ tag: 'img', image_key: key }];
