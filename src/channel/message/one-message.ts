/** Listens for one message while the runtime does not run. */
import { type InboundMessage, parseMessageEvent } from './event.ts';

/**
 * An event handler that takes and acknowledges the first direct message of a person. All other
 * events are refused, so that the platform sends them again, later, to the runtime.
 *
 * @param take called once; the acknowledgement does not wait for what it starts
 */
export function takeOneMessage(
  take: (message: InboundMessage) => void,
): (event: unknown) => Promise<void> {
  let taken: string | undefined;
  return async (event) => {
    const inbound = parseMessageEvent(event);
    const isPerson = inbound.chatType === 'p2p' && inbound.senderType === 'user';
    if (!isPerson || (taken !== undefined && taken !== inbound.eventId)) {
      throw new Error('not the message that is waited for');
    }
    if (taken === inbound.eventId) return;
    taken = inbound.eventId;
    take(inbound);
  };
}
