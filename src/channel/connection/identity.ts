/** Gets the bot's identity (`bot/v3/info`) in the background: the connection never waits for it. */
import type { BotInfo } from '../../platform/client/answers.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { pause } from '../../shared/time/waiting.ts';
import { backoffTimes, waitBeforeRetry } from './retry-wait.ts';

export interface IdentityOptions {
  readonly client: Pick<PlatformClient, 'botInfo'>;
  readonly signal: AbortSignal;
  readonly random: () => number;
  /** Called for each failure that differs from the previous one. */
  readonly onError: (error: MoltbotFeishuError) => void;
}

/** Asks until the platform answers; `undefined` only when the signal aborts. */
export async function fetchIdentity(options: IdentityOptions): Promise<BotInfo | undefined> {
  const { client, signal, random } = options;
  let reported = '';
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await client.botInfo({ signal });
    } catch (error) {
      if (signal.aborted) break;
      if (!isMoltbotFeishuError(error)) throw error;
      if (error.code !== reported) options.onError(error);
      reported = error.code;
      const waitMs = waitBeforeRetry({ kind: 'failed', attempt, error }, random(), backoffTimes);
      await pause(waitMs, signal);
    }
  }
  return undefined;
}
