/** The content of outgoing messages. Pure. */
import type { PostRow } from './render-post.ts';

export interface OutgoingContent {
  readonly msgType: 'text' | 'post';
  /** A JSON text. */
  readonly content: string;
}

/** A text message. Clients render tags such as `<at>` in texts, so tags are made inactive. */
export function plainContent(text: string): OutgoingContent {
  const shown = text.replace(/<(?=\/?(?:at|b|i|u|s)\b)/gi, '<\u200B');
  return { msgType: 'text', content: JSON.stringify({ text: shown }) };
}

export function postContent(rows: readonly PostRow[]): OutgoingContent {
  return { msgType: 'post', content: JSON.stringify({ zh_cn: { content: rows } }) };
}
