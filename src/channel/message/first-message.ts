/** Listens for one message while the runtime does not run. */
import { type InboundMessage, parseMessageEvent } from './event.ts';

/**
 * An event handler that takes and acknowledges the first direct message of a person. All other
 * events are refused, so that the platform sends them again, later, to the runtime.
 *
 * @param onMessage called once; the acknowledgement does not wait for what it starts
 */
export function createFirstMessageHandler(
  onMessage: (message: InboundMessage) => void,
): (event: unknown) => Promise<void> {
  let acceptedEventId: string | undefined;
  return async (event) => {
    const inbound = parseMessageEvent(event);
    const isDirect = inbound.chatType === 'p2p' && inbound.senderType === 'user';
    if (!isDirect || (acceptedEventId !== undefined && acceptedEventId !== inbound.eventId)) {
      throw new Error('not the message that is waited for');
    }
    if (acceptedEventId === inbound.eventId) return;
    acceptedEventId = inbound.eventId;
    onMessage(inbound);
  };
}
