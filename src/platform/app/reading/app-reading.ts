/**
 * Everything that an app's own token can tell about the app, in one reading.
 *
 * In: a client. Out: facts, each known, or unknown with the reason. Reads only. No API shows
 * whether the mode is saved, what a draft holds, or who may see the app: such facts are unknown or
 * left out (docs/platform/app.md).
 */
import type { z } from 'zod';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../../shared/errors.ts';
import { consoleLinks } from '../../address/console-links.ts';
import type { BotInfo } from '../../client/answers.ts';
import type { CallOptions, PlatformClient } from '../../client/client.ts';
import { appAnswer, toAppRecord, toAppVersions, versionsAnswer } from './app-reading-answers.ts';
import type { AppRecord, AppVersion } from './app-record.ts';

/**
 * A fact, or why it is not known: `may-not-look` – a scope lacks, `url` grants it · `not-installed` –
 * nothing is published, so there is nothing to tell · `failed` – the call failed.
 */
export type Reported<T> =
  | { readonly reported: true; readonly value: T }
  | {
      readonly reported: false;
      readonly reason: 'may-not-look' | 'not-installed' | 'failed';
      readonly error: MoltbotFeishuError;
      /** The page that lets us look. */
      readonly url: string | undefined;
    };

export type BotReading =
  | { readonly on: true; readonly info: BotInfo }
  /** The capability is off, or no version was ever published: the platform says the same of both (docs/platform/app.md#what-an-app-can-read-about-itself). */
  | { readonly on: false; readonly error: MoltbotFeishuError };

export interface AppReading {
  readonly appId: string;
  /** ms since the epoch. */
  readonly readAt: number;
  readonly bot: Reported<BotReading>;
  readonly app: Reported<AppRecord>;
  /** Newest first. Empty for an app that was made by a scan: that says nothing against it. */
  readonly versions: Reported<readonly AppVersion[]>;
  /** Scope → usable now; a scope that is absent was never asked for. */
  readonly grants: Reported<ReadonlyMap<string, boolean>>;
  /** Long connections of this app, anybody's. */
  readonly connections: Reported<number>;
}

/**
 * @throws MoltbotFeishuError what concerns every call alike: `credentials-rejected`, `ip-denied`,
 *   `platform-unreachable`, `cancelled`
 */
export async function readApp(
  client: PlatformClient,
  { signal, now = Date.now }: CallOptions & { readonly now?: () => number } = {},
): Promise<AppReading> {
  // One token first: five calls at once would each report that it was refused.
  await client.tenantAccessToken({ signal });
  const readAt = now();
  const [bot, app, versions, grants, connections] = await Promise.all([
    reported(client, () => readBot(client, signal)),
    reported(client, async () => toAppRecord(await readOwn(client, '', appAnswer, signal))),
    reported(client, () => readVersions(client, { signal })),
    reported(client, () => client.grantedScopes({ signal })),
    reported(client, () => client.onlineConnections({ signal })),
  ]);
  return { appId: client.appId, readAt, bot, app, versions, grants, connections };
}

/** The newest versions (10). Throws `scope-missing` where the app may not look. */
export async function readVersions(
  client: PlatformClient,
  { signal }: CallOptions = {},
): Promise<readonly AppVersion[]> {
  return toAppVersions(await readOwn(client, '/app_versions', versionsAnswer, signal));
}

/** The version that people use now. */
export function liveVersion(reading: AppReading): AppVersion | undefined {
  return versionsOf(reading).find(({ status }) => status === 'live');
}

/**
 * The newest attempt to publish: a version in review, or one after the live version that was
 * rejected or never submitted. `undefined` if there is none, or the versions are not reported.
 */
export function pendingVersion(reading: AppReading): AppVersion | undefined {
  const versions = versionsOf(reading);
  const inReview = versions.find(({ status }) => status === 'in-review');
  if (inReview) return inReview;
  const newest = versions.find(({ status }) => status !== 'unknown');
  return newest?.status === 'rejected' || newest?.status === 'unsubmitted' ? newest : undefined;
}

function versionsOf({ versions }: AppReading): readonly AppVersion[] {
  return versions.reported ? versions.value : [];
}

async function readBot(
  client: PlatformClient,
  signal: AbortSignal | undefined,
): Promise<BotReading> {
  try {
    return { on: true, info: await client.botInfo({ signal }) };
  } catch (error) {
    if (isMoltbotFeishuError(error, 'bot-off')) return { on: false, error };
    throw error;
  }
}

function readOwn<T>(
  client: PlatformClient,
  part: '' | '/app_versions',
  schema: z.ZodType<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  return client.call(
    {
      method: 'GET',
      path: `/open-apis/application/v6/applications/me${part}`,
      // Without `lang` these reads are refused (docs/platform/app.md).
      query: { lang: 'zh_cn', ...(part && { page_size: '10' }) },
      schema,
      family: 'application',
      safeToRepeat: true,
    },
    { signal },
  );
}

const concernsEveryCall = new Set([
  'credentials-rejected',
  'ip-denied',
  'platform-unreachable',
  'cancelled',
]);

/** 212100: no version is published, so no app is installed on which the platform could report. */
const NOT_INSTALLED = 212100;

async function reported<T>(client: PlatformClient, read: () => Promise<T>): Promise<Reported<T>> {
  try {
    return { reported: true, value: await read() };
  } catch (error) {
    if (!isMoltbotFeishuError(error) || concernsEveryCall.has(error.code)) throw error;
    if (error.code === 'scope-missing') {
      const url = error.url ?? consoleLinks(client.endpoints, client.appId).auth();
      return { reported: false, reason: 'may-not-look', error, url };
    }
    const reason = error.feishuCode === NOT_INSTALLED ? 'not-installed' : 'failed';
    return { reported: false, reason, error, url: error.url };
  }
}
