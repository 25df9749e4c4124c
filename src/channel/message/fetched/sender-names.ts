/** The names of the people who sent fetched messages. */
import { aborted, answerTimeout } from '../../../shared/time/waiting.ts';
import { isFromApp, type MessageItem } from './message-item.ts';

/** A name is a decoration: `undefined` if it is not known. */
export type NameOf = (openId: string) => Promise<string | undefined>;

/** A turn does not wait longer for names (ms). */
const TIMEOUT_MS = 1500;
/** The most people of one fetched message whose names are looked up. */
const MAX_LOOKUPS = 20;

/**
 * Names by open_id, as far as they are known in time.
 *
 * @throws only the reason of the signal
 */
export async function senderNames(
  messages: readonly MessageItem[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { openId, name } of messages.flatMap(({ mentions }) => mentions)) {
    if (openId !== '' && name !== '') names.set(openId, name);
  }
  const senders = new Set<string>();
  for (const message of messages) {
    const { senderId } = message;
    if (!isFromApp(message) && senderId !== '' && !names.has(senderId)) senders.add(senderId);
  }
  const lookups = [...senders].slice(0, MAX_LOOKUPS).map(async (openId) => {
    const name = await nameOf(openId).catch(() => undefined);
    if (name) names.set(openId, name);
  });
  const timeout = new AbortController();
  const until = AbortSignal.any([signal, timeout.signal, answerTimeout(TIMEOUT_MS)]);
  await Promise.race([Promise.all(lookups), aborted(until)]);
  timeout.abort();
  signal.throwIfAborted();
  return names;
}
