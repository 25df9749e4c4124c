/** How often an app may send (docs/platform/errors.md#rate-limits); off unless asked for. */
import { type Answer, refusal } from './answers.ts';

export interface RateLimitOptions {
  /** Messages a second to one chat; the platform's own number is 5. */
  readonly perChatPerSecond?: number | undefined;
  /** Messages a second of one app; the platform's own number is 50. */
  readonly perAppPerSecond?: number | undefined;
}

export interface RateLimits {
  /** Counts one message, or gives the refusal for it. */
  take(appId: string, chatId: string): Answer | undefined;
}

export function createRateLimits(options: RateLimitOptions, now: () => number): RateLimits {
  const windows = new Map<string, number[]>();

  function recent(key: string): number[] {
    const since = now() - 1000;
    const times = (windows.get(key) ?? []).filter((time) => time > since);
    windows.set(key, times);
    return times;
  }

  return {
    take(appId, chatId) {
      const perApp = options.perAppPerSecond;
      const perChat = options.perChatPerSecond;
      const ofApp = perApp === undefined ? undefined : recent(`app ${appId}`);
      const ofChat = perChat === undefined ? undefined : recent(`chat ${chatId}`);
      if (ofApp && perApp !== undefined && ofApp.length >= perApp) {
        return refusal(99991400, 'request trigger frequency limit', {
          status: 429,
          headers: { 'x-ogw-ratelimit-limit': String(perApp), 'x-ogw-ratelimit-reset': '1' },
        });
      }
      if (ofChat && perChat !== undefined && ofChat.length >= perChat) {
        return refusal(230020, 'This operation triggers the frequency limit.');
      }
      ofApp?.push(now());
      ofChat?.push(now());
      return undefined;
    },
  };
}
