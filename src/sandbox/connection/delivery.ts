/**
 * Events on their way: one random connection each, acknowledged or sent again on the schedule
 * (docs/platform/connection.md#acknowledgement).
 */
import {
  type Frame,
  FrameMethod,
  fragmentFrame,
  headerOf,
  headersFrom,
  MAX_FRAGMENTS,
} from '../../platform/connection/frames.ts';
import { parseObject } from '../http/call.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { hex, newId } from '../state/ids.ts';
import type { Connection } from './connections.ts';

/** Why an event did not go out; `no-connection` and `gave-up` after it was meant to. */
export type UndeliveredReason =
  | 'app-disabled'
  | 'not-published'
  | 'bot-off'
  | 'event-not-subscribed'
  | 'webhook-mode'
  | 'scope-missing'
  | 'no-mention'
  | 'bot-not-in-chat'
  | 'not-available'
  | 'no-connection'
  | 'gave-up';

/** One frame that was sent, or was not. Times in ms. */
export interface Delivery {
  readonly eventId: string;
  readonly eventType: string;
  /** The message that the event is about; absent where it is about none. */
  readonly messageId?: string;
  readonly appId: string;
  /** The connection's number; absent where none was there. */
  readonly connection?: number;
  /** From 1; 0 where the event was never to be sent. */
  readonly attempt: number;
  readonly sentAt: number;
  readonly ackedAt?: number;
  /** The code of the acknowledgement: 200 done, 500 the handler threw. */
  readonly ackCode?: number;
  readonly undelivered?: UndeliveredReason;
}

export interface OutgoingEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly messageId?: string;
  readonly app: SandboxApp;
  /** The event's JSON, made for each attempt. */
  readonly payload: () => Uint8Array;
}

/** How an app answered a callback. */
export interface CallbackAnswer {
  /** The code of the acknowledgement: 200 done, 500 the handler threw. */
  readonly code: number;
  /** What the handler returned, as JSON; absent where it returned nothing. */
  readonly data?: string;
}

export interface DeliveryOptions {
  readonly redeliveryMs: readonly number[];
  readonly ackTimeoutMs: number;
  readonly fragmentBytes: number;
  /** Keeps first attempts until a connection is there, instead of putting them on the schedule. */
  readonly waitForConnection: boolean;
  readonly now: () => number;
  readonly random: () => number;
  readonly ready: (app: SandboxApp) => readonly Connection[];
  /** Connections of the app that are open, ready or not. */
  readonly count: (appId: string) => number;
  /** The log has changed. */
  readonly onChange: () => void;
}

export interface EventDelivery {
  readonly log: readonly Delivery[];
  send(event: OutgoingEvent): void;
  /** Sends a callback, once. `undefined` where no answer came within the acknowledgement's time. */
  call(event: OutgoingEvent): Promise<CallbackAnswer | undefined>;
  withhold(event: Omit<OutgoingEvent, 'payload'>, reason: UndeliveredReason): void;
  connectionReady(connection: Connection): void;
  acknowledged(connection: Connection, frame: Frame): void;
  connectionGone(connection: Connection): void;
  close(): void;
}

/** An event whose answer a person waits for is never sent again. */
interface PendingEvent extends OutgoingEvent {
  readonly settle?: (answer: CallbackAnswer | undefined) => void;
}

interface Attempt {
  readonly event: PendingEvent;
  readonly number: number;
  readonly connection: Connection;
  readonly record: { -readonly [K in keyof Delivery]: Delivery[K] };
  readonly timer: NodeJS.Timeout;
}

export function createDelivery(options: DeliveryOptions): EventDelivery {
  const log: Delivery[] = [];
  const inFlight = new Map<string, Attempt>();
  const timers = new Set<NodeJS.Timeout>();
  // First attempts while a connection is being opened: they go out when it listens.
  const waiting: PendingEvent[] = [];
  const callbacks = new Set<() => void>();

  const recordOf = (event: Omit<OutgoingEvent, 'payload'>, attempt: number): Attempt['record'] => {
    const record: Attempt['record'] = {
      eventId: event.eventId,
      eventType: event.eventType,
      ...(event.messageId !== undefined && { messageId: event.messageId }),
      appId: event.app.appId,
      attempt,
      sentAt: options.now(),
    };
    log.push(record);
    options.onChange();
    return record;
  };

  function attempt(event: PendingEvent, number: number): void {
    const candidates = options.ready(event.app);
    const connection = candidates[Math.floor(options.random() * candidates.length)];
    if (!connection) {
      const isExpected = options.waitForConnection || options.count(event.app.appId) > 0;
      if (number === 1 && isExpected) waiting.push(event);
      else {
        const record = recordOf(event, number);
        record.undelivered = 'no-connection';
        again(event, number, record);
      }
      return;
    }
    const record = recordOf(event, number);
    record.connection = connection.id;
    const traceId = hex(32);
    const timer = setTimeout(() => failed(traceId), options.ackTimeoutMs);
    inFlight.set(traceId, { event, number, connection, record, timer });
    for (const frame of framesOf(event, traceId, options.fragmentBytes)) connection.send(frame);
  }

  function failed(traceId: string): void {
    const missed = take(traceId);
    if (missed) again(missed.event, missed.number, missed.record);
  }

  function again(event: PendingEvent, number: number, record: Attempt['record']): void {
    if (event.settle) {
      record.undelivered ??= 'gave-up';
      event.settle(undefined);
      return;
    }
    const wait = options.redeliveryMs[number - 1];
    if (wait === undefined) {
      record.undelivered = 'gave-up';
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      attempt(event, number + 1);
    }, wait);
    timers.add(timer);
  }

  function take(traceId: string): Attempt | undefined {
    const attempted = inFlight.get(traceId);
    if (!attempted) return undefined;
    inFlight.delete(traceId);
    clearTimeout(attempted.timer);
    return attempted;
  }

  return {
    log,
    send: (event) => attempt(event, 1),
    call: (event) =>
      new Promise((resolve) => {
        const settle = (answer: CallbackAnswer | undefined): void => {
          clearTimeout(timer);
          callbacks.delete(giveUp);
          resolve(answer);
        };
        const giveUp = (): void => {
          const index = waiting.indexOf(pending);
          if (index !== -1) waiting.splice(index, 1);
          settle(undefined);
        };
        const pending: PendingEvent = { ...event, settle };
        // A connection that is being opened may come too late to be asked.
        const timer = setTimeout(giveUp, options.ackTimeoutMs);
        callbacks.add(giveUp);
        attempt(pending, 1);
      }),
    withhold(event, reason) {
      recordOf(event, 0).undelivered = reason;
    },
    connectionReady({ app }) {
      const mine = waiting.filter((event) => event.app === app);
      for (const event of mine) {
        waiting.splice(waiting.indexOf(event), 1);
        attempt(event, 1);
      }
    },
    acknowledged(connection, frame) {
      const traceId = headerOf(frame, 'trace_id') ?? '';
      const attempted = inFlight.get(traceId);
      if (attempted?.connection !== connection) return;
      const answer = answerIn(frame);
      attempted.record.ackedAt = options.now();
      attempted.record.ackCode = answer.code;
      options.onChange();
      if (attempted.event.settle) {
        take(traceId);
        attempted.event.settle(answer);
      } else if (answer.code === 200) take(traceId);
      else failed(traceId);
    },
    connectionGone(connection) {
      for (const [traceId, attempted] of [...inFlight]) {
        if (attempted.connection === connection) failed(traceId);
      }
      // Waiting events have no connection left to wait for, so each attempt counts as failed.
      if (options.waitForConnection || options.count(connection.app.appId) > 0) return;
      for (const event of waiting.filter(({ app }) => app === connection.app)) {
        waiting.splice(waiting.indexOf(event), 1);
        attempt(event, 1);
      }
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const { timer } of inFlight.values()) clearTimeout(timer);
      timers.clear();
      inFlight.clear();
      waiting.length = 0;
      for (const giveUp of [...callbacks]) giveUp();
    },
  };
}

/** The answer in an acknowledgement; `data` travels as base64 (docs/platform/connection.md#acknowledgement). */
function answerIn(frame: Frame): CallbackAnswer {
  const payload = parseObject(Buffer.from(frame.payload ?? []).toString('utf8'));
  const { code, data } = payload ?? {};
  return {
    code: typeof code === 'number' ? code : 0,
    ...(typeof data === 'string' && { data: Buffer.from(data, 'base64').toString('utf8') }),
  };
}

function framesOf(event: OutgoingEvent, traceId: string, fragmentBytes: number): Frame[] {
  const whole = event.payload();
  const least = Math.ceil(whole.length / MAX_FRAGMENTS);
  const pieces = fragmentFrame(whole, Math.max(fragmentBytes, least));
  return pieces.map((payload, seq) => ({
    seqId: 0n,
    logId: 0n,
    service: 33554678,
    method: FrameMethod.data,
    headers: headersFrom({
      type: 'event',
      message_id: event.eventId,
      sum: pieces.length,
      seq,
      trace_id: traceId,
    }),
    payloadEncoding: 'json',
    payloadType: 'event',
    payload,
    logIdNew: newId.log(),
  }));
}
