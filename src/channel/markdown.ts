/** Which messages carry a text: plain where it can be, a post where Markdown would show raw. Pure. */
import { CARD_BODY_BYTES, TEXT_BODY_BYTES } from '../platform/limits.ts';
import type { ChunkLimits } from './chunk.ts';

export interface OutgoingContent {
  readonly msgType: 'text' | 'post';
  /** A JSON text. */
  readonly content: string;
}

/** Readable on a phone; longer answers become several messages. */
const CHUNK_CHARACTERS = 4000;
/** For the rest of the request: receiver, uuid, the post around the text. */
const BODY_ROOM = 1024;

export function chunkLimits(text: string): ChunkLimits {
  const bodyBytes = hasMarkdown(text) ? CARD_BODY_BYTES : TEXT_BODY_BYTES;
  return { characters: CHUNK_CHARACTERS, bytes: bodyBytes - BODY_ROOM };
}

/** Markdown that a text message would show raw (feishu-wire, "Sending"); one lone list line reads well as it is. */
export function hasMarkdown(text: string): boolean {
  return (
    /^ {0,3}(?:`{3,}|~{3,}|#{1,6} \S)/m.test(text) ||
    /\*\*\S(?:[^\n]*\S)?\*\*/.test(text) ||
    /`[^`\n]+`/.test(text) ||
    /\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/.test(text) ||
    /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?:-{2,}:?)?\s*$/m.test(text) ||
    /(?:^|\n) {0,3}(?:[-*+]|\d{1,3}[.)]) \S[^\n]*\n(?: *\n)? {0,6}(?:[-*+]|\d{1,3}[.)]) \S/.test(
      text,
    )
  );
}

export function plainContent(text: string): OutgoingContent {
  return { msgType: 'text', content: JSON.stringify({ text: withoutTags(text) }) };
}

export function richContent(text: string): OutgoingContent {
  const content = { zh_cn: { content: [[{ tag: 'md', text: withoutTags(text) }]] } };
  return { msgType: 'post', content: JSON.stringify(content) };
}

/** A client makes a mention of `<at …>`: what somebody else wrote must not call people. */
function withoutTags(text: string): string {
  return text.replace(/<(?=\/?at\b)/gi, '<\u200B');
}
