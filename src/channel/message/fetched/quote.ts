/** The message that another one quotes. */
import { type FetchedText, type FetchedTextOptions, fetchText } from './fetched-text.ts';
import { MAX_MERGED_TEXT } from './merged.ts';

/** A quoted message of any type, merged messages and cards included. */
export type Quote = FetchedText;

/**
 * @param messageId `parent_id` of the quoting message
 * @returns `undefined` if the platform does not give the message in time: a turn goes on without it
 * @throws only the reason of the signal
 */
export function readQuote(
  messageId: string,
  options: FetchedTextOptions,
): Promise<Quote | undefined> {
  return fetchText(messageId, options, MAX_MERGED_TEXT);
}
