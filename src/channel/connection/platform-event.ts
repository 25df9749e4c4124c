/** An event as the connection delivers it. */
export interface PlatformEvent {
  /** `im.message.receive_v1`, … */
  readonly type: string;
  /** Unique for each event, also when it is delivered again. */
  readonly eventId: unknown;
  /** When it happened; the unit depends on the type. */
  readonly createTime: unknown;
  /** The body without its header; its shape depends on the type. */
  readonly body: unknown;
}

/** What a callback is answered with; other events have no answer. */
export type EventAnswer = object | undefined;

/** Takes an event. Resolving acknowledges it; if rejected, the platform sends it again. */
export type EventHandler = (event: PlatformEvent) => Promise<EventAnswer>;
