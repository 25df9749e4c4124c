/** How often an app may call (docs/platform/errors.md#rate-limits); off unless asked for. */
import {
  CALLS_PER_MINUTE_PER_API,
  CALLS_PER_SECOND_PER_API,
  CARD_OPERATIONS_PER_SECOND,
  CARD_PATCHES_PER_SECOND,
  MESSAGES_PER_MINUTE_PER_APP,
  MESSAGES_PER_SECOND_PER_APP,
  MESSAGES_PER_SECOND_PER_CHAT,
} from '../../platform/limits.ts';
import { type Answer, refusal } from './answers.ts';

export interface RateLimitOptions {
  /** The platform's own numbers, for all that are not given. */
  readonly platform?: boolean | undefined;
  /** Messages a second to one chat; the platform's own number is 5. */
  readonly perChatPerSecond?: number | undefined;
  /** Messages a second of one app; the platform's own number is 50. */
  readonly perAppPerSecond?: number | undefined;
  /** Messages a minute of one app; the platform's own number is 1000. */
  readonly perAppPerMinute?: number | undefined;
  /** Calls of one API a second by one app; the platform's own number is 50. */
  readonly perApiPerSecond?: number | undefined;
  /** Calls of one API a minute by one app; the platform's own number is 1000. */
  readonly perApiPerMinute?: number | undefined;
  /** Patches of one card a second; the platform's own number is 5. */
  readonly perCardPerSecond?: number | undefined;
  /** Operations on one card entity a second; the platform's own number is 10. */
  readonly perCardEntityPerSecond?: number | undefined;
}

export interface RateLimits {
  /** Counts one message, or gives the refusal for it. */
  takeMessage(appId: string, chatId: string): Answer | undefined;
  /** Counts one call of an API, named by its method and path. */
  takeCall(appId: string, api: string): Answer | undefined;
  /** Counts one patch of a card. */
  takePatch(messageId: string): Answer | undefined;
  /** Counts one operation on a card entity; these share the numbers of the app with messages. */
  takeCardOperation(appId: string, cardId: string): Answer | undefined;
  /** Other limits from now on; those that are not given stay. */
  change(options: RateLimitOptions): void;
}

const platformNumbers: RateLimitOptions = {
  perChatPerSecond: MESSAGES_PER_SECOND_PER_CHAT,
  perAppPerSecond: MESSAGES_PER_SECOND_PER_APP,
  perAppPerMinute: MESSAGES_PER_MINUTE_PER_APP,
  perApiPerSecond: CALLS_PER_SECOND_PER_API,
  perApiPerMinute: CALLS_PER_MINUTE_PER_API,
  perCardPerSecond: CARD_PATCHES_PER_SECOND,
  perCardEntityPerSecond: CARD_OPERATIONS_PER_SECOND,
};

/** What one thing may do in a time, and the refusal beyond it. */
interface Bound {
  readonly key: string;
  readonly most: number | undefined;
  readonly windowMs: number;
  readonly refused: (most: number, resetS: number) => Answer;
}

export function createRateLimits(options: RateLimitOptions, now: () => number): RateLimits {
  let limits = limitsOf(options);
  const times = new Map<string, number[]>();

  /** Counts for all bounds, or for none where one of them is reached. */
  function take(bounds: readonly Bound[]): Answer | undefined {
    const counted: number[][] = [];
    const at = now();
    for (const { key, most, windowMs, refused } of bounds) {
      if (most === undefined) continue;
      const recent = (times.get(key) ?? []).filter((time) => time > at - windowMs);
      times.set(key, recent);
      const [oldest = at] = recent;
      if (recent.length >= most) return refused(most, Math.ceil((oldest + windowMs - at) / 1000));
      counted.push(recent);
    }
    for (const recent of counted) recent.push(at);
    return undefined;
  }

  return {
    takeMessage: (appId, chatId) =>
      take([
        bound(`app ${appId} 1`, limits.perAppPerSecond, 1000, tooManyCalls),
        bound(`app ${appId} 60`, limits.perAppPerMinute, 60_000, tooManyCalls),
        bound(`chat ${chatId}`, limits.perChatPerSecond, 1000, tooManyHere),
      ]),
    takeCall: (appId, api) =>
      take([
        bound(`api ${appId} ${api} 1`, limits.perApiPerSecond, 1000, tooManyCalls),
        bound(`api ${appId} ${api} 60`, limits.perApiPerMinute, 60_000, tooManyCalls),
      ]),
    takePatch: (messageId) =>
      take([bound(`card ${messageId}`, limits.perCardPerSecond, 1000, tooManyHere)]),
    takeCardOperation: (appId, cardId) =>
      take([
        bound(`app ${appId} 1`, limits.perAppPerSecond, 1000, tooManyCalls),
        bound(`app ${appId} 60`, limits.perAppPerMinute, 60_000, tooManyCalls),
        bound(`card entity ${cardId}`, limits.perCardEntityPerSecond, 1000, tooManyHere),
      ]),
    change(changed) {
      limits = { ...limits, ...limitsOf(changed) };
    },
  };
}

function limitsOf(options: RateLimitOptions): RateLimitOptions {
  if (options.platform === undefined) return options;
  const none = Object.fromEntries(Object.keys(platformNumbers).map((name) => [name, undefined]));
  return { ...(options.platform ? platformNumbers : none), ...options };
}

function bound(
  key: string,
  most: number | undefined,
  windowMs: number,
  refused: Bound['refused'],
): Bound {
  return { key, most, windowMs, refused };
}

function tooManyCalls(most: number, resetS: number): Answer {
  return refusal(99991400, 'request trigger frequency limit', {
    status: 429,
    headers: {
      'x-ogw-ratelimit-limit': String(most),
      'x-ogw-ratelimit-reset': String(Math.max(1, resetS)),
    },
  });
}

function tooManyHere(): Answer {
  return refusal(230020, 'This operation triggers the frequency limit.');
}
