/** Every type of event that the channel reads. A new one is a declaration here or in its own file. */

import { channelError } from '../../channel-errors.ts';
import type { PlatformEvent } from '../../connection/platform-event.ts';
import type { InboundMessage } from '../event.ts';
import { actionType } from './action.ts';
import { type EventType, MalformedEvent } from './event-type.ts';
import { menuType } from './menu.ts';
import { noticeTypes } from './notices.ts';
import { receivedType } from './received.ts';

const eventTypes: ReadonlyMap<string, EventType> = new Map(
  [receivedType, actionType, menuType, ...noticeTypes].map((type) => [type.type, type]),
);

/** The types of events that the channel reads. */
export const readEventTypes: readonly string[] = [...eventTypes.keys()];

/**
 * Reads one event; `undefined` for a type that the channel does not read.
 *
 * @throws MoltbotFeishuError `event-malformed` with the path, never the content; a redelivery would
 *   be just as unreadable
 */
export function parseEvent(event: PlatformEvent): InboundMessage | undefined {
  try {
    return eventTypes.get(event.type)?.parse(event);
  } catch (error) {
    if (!(error instanceof MalformedEvent)) throw error;
    const { place } = error;
    throw channelError('eventMalformed', { place }, { details: { place } });
  }
}
