/** The first message of a topic, which says what the topic is about. */
import { type FetchedText, type FetchedTextOptions, fetchText } from './fetched-text.ts';

/** Each turn of the topic has it in its context (characters). */
const MAX_STARTER_TEXT = 4000;

/**
 * @param rootId `root_id` of a message in the topic
 * @returns `undefined` if the platform does not give the message in time
 * @throws only the reason of the signal
 */
export function readTopicStarter(
  rootId: string,
  options: FetchedTextOptions,
): Promise<FetchedText | undefined> {
  return fetchText(rootId, options, MAX_STARTER_TEXT);
}
