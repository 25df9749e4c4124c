/**
 * The one form in which our texts hold a mention until they are rendered: that of text messages and
 * posts (docs/platform/messages.md#sending). Pure.
 */
import { startOf } from '../../../shared/text/one-line.ts';
import type { Place } from './places/addresses.ts';

export interface MentionTag extends Place {
  /** An open_id, or `all`. */
  readonly openId: string;
  readonly name: string;
}

const MAX_NAME = 64;
const TAG = /<at user_id="(ou_\w{1,64}|all)">([^<>\n]{0,64})<\/at>/g;

export function mentionTag(openId: string, name: string): string {
  // Marks of Markdown in a name would be read as such.
  const shown = name === openId ? name : name.replace(/[<>*_~`[\]\\|&"\s]+/g, ' ').trim();
  return `<at user_id="${openId}">${startOf(shown, MAX_NAME)}</at>`;
}

export function mentionTags(text: string): readonly MentionTag[] {
  if (!text.includes('<at ')) return [];
  return [...text.matchAll(TAG)].map(({ index, 0: tag, 1: openId = '', 2: name = '' }) => ({
    start: index,
    end: index + tag.length,
    openId,
    name,
  }));
}

/** The text with each mention of these people as `write` gives it, and what is between as `other` does. */
export function replaceMentions(
  text: string,
  mentions: readonly string[],
  write: (mention: MentionTag, tag: string) => string,
  other: (text: string) => string = (between) => between,
): string {
  let shown = '';
  let at = 0;
  for (const mention of mentionTags(text)) {
    if (!mentions.includes(mention.openId)) continue;
    shown += other(text.slice(at, mention.start));
    shown += write(mention, text.slice(mention.start, mention.end));
    at = mention.end;
  }
  return shown + other(text.slice(at));
}
