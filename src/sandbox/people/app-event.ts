/** An event for one app: its envelope, and whether it goes out (docs/platform/messages.md#other-events). */
import type { EventDelivery, OutgoingEvent } from '../connection/delivery.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { newId } from '../state/ids.ts';
import { type EventRule, reasonToWithhold } from './withholding.ts';

export interface AppEvent {
  readonly type: string;
  /** ms. */
  readonly time: number;
  /** The `event` of the payload, made for each attempt: what it tells may have changed. */
  readonly body: () => object;
  readonly messageId?: string;
}

/** The event as it travels. */
export function outgoing(app: SandboxApp, event: AppEvent, createTime = event.time): OutgoingEvent {
  const eventId = newId.event();
  const header = {
    event_id: eventId,
    event_type: event.type,
    create_time: String(createTime),
    token: '',
    app_id: app.appId,
    tenant_key: app.tenantKey,
  };
  return {
    eventId,
    eventType: event.type,
    ...(event.messageId !== undefined && { messageId: event.messageId }),
    app,
    payload: () => Buffer.from(JSON.stringify({ schema: '2.0', header, event: event.body() })),
  };
}

/**
 * Sends the event to the app, or notes why it does not go out.
 *
 * @param noted false for what a bot causes: a subscription that is missing is no news then
 */
export function sendEvent(
  delivery: EventDelivery,
  app: SandboxApp,
  event: AppEvent,
  rule: Omit<EventRule, 'type'>,
  noted = true,
): { readonly eventId: string } {
  const going = outgoing(app, event);
  const reason = reasonToWithhold(app, { type: event.type, ...rule });
  if (reason === undefined) delivery.send(going);
  else if (noted) delivery.withhold(going, reason);
  return { eventId: going.eventId };
}
