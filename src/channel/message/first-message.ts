/** Listens for one message while the runtime does not run. */
import type { EventHandler } from '../connection/platform-event.ts';
import type { InboundMessage } from './event.ts';
import { parseEvent } from './events/all.ts';

/**
 * An event handler that takes and acknowledges the first direct message of a person. All other
 * events are refused, so that the platform sends them again, later, to the runtime.
 *
 * @param onMessage called once; the acknowledgement does not wait for what it starts
 */
export function createFirstMessageHandler(
  onMessage: (message: InboundMessage) => void,
): EventHandler {
  let acceptedEventId: string | undefined;
  return async (event) => {
    const inbound = parseEvent(event);
    // The runtime reads no events of this type either.
    if (!inbound) return undefined;
    const { kind, chatType, senderType } = inbound;
    const isDirect = kind === undefined && chatType === 'p2p' && senderType === 'user';
    if (!isDirect || (acceptedEventId !== undefined && acceptedEventId !== inbound.eventId)) {
      throw new Error('not the message that is waited for');
    }
    if (acceptedEventId === inbound.eventId) return undefined;
    acceptedEventId = inbound.eventId;
    onMessage(inbound);
    return undefined;
  };
}
