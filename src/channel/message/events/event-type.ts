/** How a type of events is declared, and the pieces that all bodies share. */
import { z } from 'zod';
import type { PlatformEvent } from '../../connection/platform-event.ts';
import type { InboundMessage } from '../event.ts';

/** How events of one type are read. */
export interface EventType {
  readonly type: string;
  /** @returns `undefined` for what is of no use. @throws MalformedEvent with the place that does not fit */
  parse(event: PlatformEvent): InboundMessage | undefined;
}

/** An event that lacks what its type must have. The place, never the content, goes into the error. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
  readonly place: string;

  constructor(path: readonly PropertyKey[]) {
    const place = path.map(String).join('.') || 'event';
    super(place);
    this.place = place;
  }
}

/** @throws MalformedEvent */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new MalformedEvent(parsed.error.issues[0]?.path ?? []);
  return parsed.data;
}

export const id = z.string().min(1);
export const optionalId = z.string().nullish().catch(undefined);
export const openIds = z.object({ open_id: optionalId }).nullish().catch(undefined);
/** A time as text or number. */
export const time = z.union([z.string(), z.number()]).nullish().catch(undefined);

/** @returns 0 for what is no time */
export function milliseconds(value: unknown): number {
  const at = Number(value);
  return Number.isSafeInteger(at) ? at : 0;
}

/** Without an event_id, the fallback, which is unique, too. */
export function eventIdOf({ eventId }: PlatformEvent, fallback: string): string {
  return typeof eventId === 'string' && eventId !== '' ? eventId : fallback;
}

/** A field that says nothing in an event of another type. */
export const noMessage = {
  threadId: undefined,
  rootId: undefined,
  parentId: undefined,
  senderType: 'user',
  mentions: [],
} as const;
