/** Waiting for people: the administrator's approval, and the scope by which an app sets itself up. */
import { z } from 'zod';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformClient } from '../client/client.ts';
import { cancellableSleep, type SleepOptions } from '../network/sleep.ts';
import type { AppWants } from './app-changes.ts';
import { type AppPlan, AUTOPILOT_SCOPE, planApp } from './app-plan.ts';
import { pendingVersion, readApp } from './reading/app-reading.ts';
import type { AppVersion } from './reading/app-record.ts';

export interface WaitOptions extends SleepOptions {
  readonly now?: () => number;
  /** A look that failed on the way; waiting goes on. */
  readonly onTransientError?: (error: MoltbotFeishuError) => void;
}

/** The pauses between looks grow to this: people take minutes, and the reads are limited (100/min). */
const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 20_000;
const GROWTH = 1.5;

/**
 * Looks until the version is decided upon.
 *
 * @returns the plan for what the app is then: `rejected` with the version where it was refused
 * @throws MoltbotFeishuError `cancelled` when the signal aborts; rejections of the credentials
 */
export async function waitForApproval(
  client: PlatformClient,
  wants: AppWants,
  options: WaitOptions = {},
): Promise<{ readonly plan: AppPlan; readonly rejected: AppVersion | undefined }> {
  const links = consoleLinks(client.endpoints, client.appId);
  return lookUntil(options, async () => {
    const reading = await readApp(client, options);
    const plan = planApp(reading, links, wants);
    if (plan.kind === 'waiting') return undefined;
    if (plan.kind === 'blocked' && plan.reason === 'under-review') return undefined;
    const pending = pendingVersion(reading);
    return { plan, rejected: pending?.status === 'rejected' ? pending : undefined };
  });
}

/** Looks until the app may set itself up. */
export async function waitForAutopilotScope(
  client: PlatformClient,
  options: WaitOptions = {},
): Promise<void> {
  await lookUntil(options, async () => {
    const granted = await client.grantedScopes({ signal: options.signal });
    return granted.get(AUTOPILOT_SCOPE) === true ? true : undefined;
  });
}

export type AskedAdmin =
  /** `used-up`: the requests for this version · `by-hand`: highly sensitive ones, not by API. */
  'asked' | 'asked-before' | 'nothing-to-ask' | 'by-hand' | 'used-up';

/** `scopes/apply`: its refusals are outcomes (docs/platform/app.md#what-an-app-can-read-about-itself). */
const outcomes: Readonly<Record<number, AskedAdmin>> = {
  212001: 'by-hand',
  212002: 'nothing-to-ask',
  212003: 'used-up',
  212004: 'asked-before',
};

/** Asks the administrator for the scopes that are configured and not granted. */
export async function askAdmin(
  client: PlatformClient,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<AskedAdmin> {
  try {
    await client.call(
      {
        method: 'POST',
        path: '/open-apis/application/v6/scopes/apply',
        body: {},
        schema: z.unknown(),
        family: 'application',
        // A second request is answered 212004 and does not ask the administrator twice.
        safeToRepeat: true,
      },
      { signal },
    );
    return 'asked';
  } catch (error) {
    const outcome = isMoltbotFeishuError(error) ? outcomes[error.feishuCode ?? 0] : undefined;
    if (outcome) return outcome;
    throw error;
  }
}

async function lookUntil<T>(options: WaitOptions, look: () => Promise<T | undefined>): Promise<T> {
  const sleep = cancellableSleep(options);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * GROWTH, MAX_PAUSE_MS)) {
    let wait = pauseMs;
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      if (!isMoltbotFeishuError(error) || !isPassing(error)) throw error;
      options.onTransientError?.(error);
      wait = Math.max(pauseMs, error.retryAfterMs ?? 0);
    }
    await sleep(wait);
  }
}

/** A network that is away for a while ends no waiting. */
function isPassing({ code }: MoltbotFeishuError): boolean {
  return code === 'platform-unreachable' || code === 'platform-error' || code === 'rate-limited';
}
