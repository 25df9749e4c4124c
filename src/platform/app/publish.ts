/** One version created and submitted, exactly once, also where an answer is lost on the way. */
import { z } from 'zod';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { consoleLinks } from '../address/console-links.ts';
import type { PlatformClient } from '../client/client.ts';
import { encodePath } from '../network/path.ts';
import type { PublishChange } from './app-changes.ts';
import { appError } from './app-errors.ts';
import { autopilotTexts as texts } from './autopilot-texts.ts';
import { readVersions } from './reading/app-reading.ts';
import type { AppVersion } from './reading/app-record.ts';
import { versionAfter } from './version-number.ts';

export interface PublishedVersion {
  readonly version: string;
  readonly versionId: string;
}

export interface PublishContext {
  readonly signal: AbortSignal | undefined;
  /** Throws `cancelled` on abort. */
  readonly sleep: (ms: number) => Promise<void>;
}

const publishAnswer = z.object({
  version_id: z.string().catch(''),
  version: z.string().catch(''),
});

const ATTEMPTS = 4;
/** 20 calls a minute (docs/platform/app.md#how-an-app-sets-itself-up): a pause of this length frees one. */
const RATE_LIMIT_PAUSE_MS = 3_000;
const MAX_RATE_LIMIT_PAUSE_MS = 60_000;

export async function publishVersion(
  client: PlatformClient,
  change: PublishChange,
  context: PublishContext,
): Promise<PublishedVersion> {
  let number = change.kind === 'new' ? change.version : undefined;
  const before = await statusesOf(client, context);
  let mayHaveLanded = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await publishOnce(client, number, context.signal);
    } catch (error) {
      if (!isMoltbotFeishuError(error) || attempt >= ATTEMPTS) throw error;
      if (error.code === 'rate-limited') {
        const requestedMs = error.retryAfterMs ?? RATE_LIMIT_PAUSE_MS;
        await context.sleep(Math.min(requestedMs, MAX_RATE_LIMIT_PAUSE_MS));
        continue;
      }
      const isUnanswered = saysNothing(error);
      mayHaveLanded ||= isUnanswered;
      const isTaken = error.code === 'version-refused' && error.feishuCode !== FIELD_MISSING;
      if (!isUnanswered && !isTaken && !(mayHaveLanded && error.code === 'under-review')) {
        throw error;
      }
      const versions = await versionsAfter(client, error, context);
      const landed = mayHaveLanded && versions.find((version) => isOurs(version, before));
      if (landed) return { version: landed.version, versionId: landed.versionId };
      if (isUnanswered) continue;
      // Another version was published meanwhile: the next number is free.
      if (!isTaken || number === undefined) throw error;
      number = versionAfter(versions.map(({ version }) => version));
    }
  }
}

/** 210304: a field of the version lacks; another number does not help. */
const FIELD_MISSING = 210304;

/** No answer, or one that says nothing: the call may have had its effect. */
function saysNothing(error: MoltbotFeishuError): boolean {
  return error.code === 'platform-unreachable' || error.code === 'platform-error';
}

/** The versions that there are before: what is new afterwards is ours. */
async function statusesOf(
  client: PlatformClient,
  { signal }: PublishContext,
): Promise<ReadonlyMap<string, AppVersion['status']> | undefined> {
  try {
    const versions = await readVersions(client, { signal });
    return new Map(versions.map(({ versionId, status }) => [versionId, status]));
  } catch (error) {
    // The app may not look: publishing works all the same, only a lost answer stays unknown.
    if (isMoltbotFeishuError(error, 'scope-missing')) return undefined;
    throw error;
  }
}

/** A version that was not there, or that was not submitted: in review, or live already. */
function isOurs(
  { versionId, status }: AppVersion,
  before: ReadonlyMap<string, AppVersion['status']> | undefined,
): boolean {
  if (status !== 'in-review' && status !== 'live') return false;
  return before?.get(versionId) !== status;
}

async function versionsAfter(
  client: PlatformClient,
  failure: MoltbotFeishuError,
  { signal }: PublishContext,
): Promise<readonly AppVersion[]> {
  try {
    return await readVersions(client, { signal });
  } catch (error) {
    if (!isMoltbotFeishuError(error, 'scope-missing')) throw error;
    throw saysNothing(failure) ? publishUnknown(client, failure) : failure;
  }
}

function publishUnknown(client: PlatformClient, cause: MoltbotFeishuError): MoltbotFeishuError {
  const url = consoleLinks(client.endpoints, client.appId).versions;
  return appError('publishUnknown', {}, { url, cause });
}

async function publishOnce(
  client: PlatformClient,
  version: string | undefined,
  signal: AbortSignal | undefined,
): Promise<PublishedVersion> {
  const notes = `${texts.changelog.zh} · ${texts.changelog.en}`;
  const answer = await client.call(
    {
      method: 'POST',
      path: encodePath`/open-apis/application/v7/applications/${client.appId}/publish`,
      body: {
        pc_default_ability: 'bot',
        mobile_default_ability: 'bot',
        changelog: notes,
        remark: notes,
        ...(version !== undefined && { version }),
      },
      schema: publishAnswer,
      family: 'application',
      // A repetition would publish twice.
      safeToRepeat: false,
    },
    { signal },
  );
  return { version: answer.version || (version ?? ''), versionId: answer.version_id };
}
