/**
 * The autopilot: an app sets itself up and publishes itself, by its own token.
 *
 * In: a client and a plan of kind `changes`. Out: what was done, and the app read again. Ability,
 * config, publish, in this order (210041). Ability and config state the wanted result, so they
 * are safe to repeat. Publish is not: after a lost answer the versions are read before it is sent
 * again. After an interruption, a new reading and a new plan continue from what the platform holds
 * (docs/platform/app.md#how-an-app-sets-itself-up).
 */
import { z } from 'zod';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformClient } from '../client/client.ts';
import { appManifest, neededScopes } from '../manifest/app-manifest.ts';
import { cancelled } from '../network/network-failure.ts';
import { encodePath } from '../network/path.ts';
import { cancellableSleep, type SleepOptions } from '../network/sleep.ts';
import { type AppChanges, type AppWants, hasConfig } from './app-changes.ts';
import { type AppPlan, planApp } from './app-plan.ts';
import { type PublishedVersion, publishVersion } from './publish.ts';
import { type AppReading, readApp } from './reading/app-reading.ts';

export type AutopilotCall = 'ability' | 'config' | 'publish' | 'verify';

export interface AutopilotOptions extends SleepOptions {
  readonly now?: () => number;
  /** Called before each call of the platform and after it. */
  readonly onCall?: (call: AutopilotCall, state: 'begins' | 'done') => void;
}

export interface AutopilotResult {
  readonly calls: readonly AutopilotCall[];
  readonly published: PublishedVersion | undefined;
  /** Recommended scopes that this platform does not take: give them as `without` from now on. */
  readonly refusedScopes: readonly string[];
  /** The same for recommended events. */
  readonly refusedEvents: readonly string[];
  /** The app as it is afterwards. */
  readonly reading: AppReading;
  /**
   * The plan for that reading; further calls use its `wants`. `up-to-date`: verified. `waiting` and
   * `ask-admin`: the administrator must approve. `changes` or `blocked`: the steps list the changes
   * that did not take effect.
   */
  readonly after: AppPlan;
}

/** The platform may show a published version a moment late (docs/platform/app.md#what-an-app-can-read-about-itself). */
const VERIFY_ATTEMPTS = 3;
const VERIFY_PAUSE_MS = 1_000;

/**
 * @throws MoltbotFeishuError the error table's `application` codes: `under-review`,
 *   `not-console-made`, `store-app`, `wrong-app`, `not-permitted`, `change-refused`,
 *   `version-refused`, `bot-off`, `scope-missing`; `publish-unknown` where no answer came and the
 *   versions cannot be read; the transport's; `cancelled`. What was done before it stays done:
 *   read and plan again.
 */
export async function applyPlan(
  client: PlatformClient,
  plan: AppPlan & { readonly kind: 'changes' },
  options: AutopilotOptions = {},
): Promise<AutopilotResult> {
  const { signal, onCall, now = Date.now } = options;
  const { changes } = plan;
  const calls: AutopilotCall[] = [];
  const making = async <T>(call: AutopilotCall, make: () => Promise<T>): Promise<T> => {
    if (signal?.aborted) throw cancelled();
    onCall?.(call, 'begins');
    const result = await make();
    calls.push(call);
    onCall?.(call, 'done');
    return result;
  };

  if (changes.bot) await making('ability', () => turnBotOn(client, signal));
  let refused: Dispensable = nothing;
  if (hasConfig(changes)) {
    refused = await making('config', () => configure(client, changes, signal));
  }
  const { publish } = changes;
  const sleep = cancellableSleep(options);
  const published =
    publish && (await making('publish', () => publishVersion(client, publish, { signal, sleep })));

  const verifiable: AppWants = {
    ...plan.wants,
    without: [...(plan.wants.without ?? []), ...refused.scopes, ...refused.events],
    // A fact that cannot be read cannot be verified: insisting on it would plan it without end.
    insist: false,
    ...(published?.versionId && {
      published: published.versionId,
      publishedVersion: published.version,
    }),
  };
  const links = consoleLinks(client.endpoints, client.appId);
  const { reading, after } = await making('verify', async () => {
    for (let attempt = 1; ; attempt++) {
      const reading = await readApp(client, { signal, now });
      const after = planApp(reading, links, verifiable);
      if (after.kind !== 'changes' || attempt >= VERIFY_ATTEMPTS) return { reading, after };
      await sleep(VERIFY_PAUSE_MS);
    }
  });
  return {
    calls,
    published,
    refusedScopes: refused.scopes,
    refusedEvents: refused.events,
    reading,
    after,
  };
}

async function turnBotOn(client: PlatformClient, signal: AbortSignal | undefined): Promise<void> {
  await patch(client, 'ability', { bot: { enable: true } }, signal);
}

/** What an app works without. */
type Dispensable = Pick<AppChanges, 'scopes' | 'events'>;

const nothing: Dispensable = { scopes: [], events: [] };

/** Gives the scopes and events that were refused. */
async function configure(
  client: PlatformClient,
  changes: AppChanges,
  signal: AbortSignal | undefined,
): Promise<Dispensable> {
  try {
    await patchConfig(client, changes, signal);
    return nothing;
  } catch (error) {
    if (isMoltbotFeishuError(error, 'bot-off') && !changes.bot) {
      // The bot was on in the published version and is off in the draft.
      await turnBotOn(client, signal);
      await patchConfig(client, changes, signal);
      return nothing;
    }
    const scopes = changes.scopes.filter((scope) => !requiredScopes.includes(scope));
    const events = changes.events.filter((event) => event !== appManifest.messageEvent);
    if (!isChangeRefused(error) || scopes.length + events.length === 0) throw error;
    return configurePiecemeal(client, changes, { scopes, events }, signal);
  }
}

/**
 * One name that this platform does not know refuses the whole call: so what must be goes first, and
 * each of the others alone.
 */
async function configurePiecemeal(
  client: PlatformClient,
  changes: AppChanges,
  dispensable: Dispensable,
  signal: AbortSignal | undefined,
): Promise<Dispensable> {
  const without = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => !others.includes(name));
  const needed = {
    ...changes,
    scopes: without(changes.scopes, dispensable.scopes),
    events: without(changes.events, dispensable.events),
  };
  await patchConfig(client, needed, signal);
  const isRefused = async (body: object): Promise<boolean> => {
    try {
      await patch(client, 'config', body, signal);
      return false;
    } catch (error) {
      if (!isChangeRefused(error)) throw error;
      return true;
    }
  };
  const scopes: string[] = [];
  for (const scope of dispensable.scopes) {
    if (await isRefused({ scope: additions([scope]) })) scopes.push(scope);
  }
  const events: string[] = [];
  for (const event of dispensable.events) {
    if (await isRefused({ event: eventAdditions([event]) })) events.push(event);
  }
  return { scopes, events };
}

const requiredScopes = neededScopes(['required']);

function isChangeRefused(error: unknown): error is MoltbotFeishuError {
  return isMoltbotFeishuError(error, 'change-refused');
}

async function patchConfig(
  client: PlatformClient,
  changes: AppChanges,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { scopes, eventMode, events, callbackMode, callbacks } = changes;
  const body = {
    ...(scopes.length > 0 && { scope: additions(scopes) }),
    // The mode is a required field of both: what is not to change would be a webhook by mistake.
    ...((eventMode || events.length > 0) && {
      event: eventAdditions(events),
    }),
    ...((callbackMode || callbacks.length > 0) && {
      callback: { callback_type: appManifest.subscription, add_callbacks: callbacks },
    }),
  };
  if (Object.keys(body).length > 0) await patch(client, 'config', body, signal);
}

function eventAdditions(events: readonly string[]): object {
  return { subscription_type: appManifest.subscription, add_events: events };
}

function additions(scopes: readonly string[]): object {
  return {
    add_scopes: scopes.map((scope_name) => ({ scope_name, token_type: 'tenant' })),
  };
}

async function patch(
  client: PlatformClient,
  what: 'ability' | 'config',
  body: object,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = encodePath`/open-apis/application/v7/applications/${client.appId}`;
  await client.call(
    {
      method: 'PATCH',
      path: `${path}/${what}`,
      body,
      schema: z.unknown(),
      family: 'application',
      safeToRepeat: true,
    },
    { signal },
  );
}
