/**
 * The inboxes of the accounts that are taken out: what stays of them, or that they are deleted.
 *
 * In: the config as it was, and who goes. Out: what to say, and the steps of deleting.
 */
import { rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inspectInbox } from '../../channel/inbox/directory/inspect-inbox.ts';
import { purgeInbox } from '../../channel/inbox/purge-inbox.ts';
import { redisPrefix } from '../../channel/inbox/redis/redis-location.ts';
import type { ResolvedAccount } from '../../config/account/account.ts';
import { resolveAccount } from '../../config/account/accounts.ts';
import {
  inboxDirectory,
  inboxLocation,
  localDirectory,
} from '../../config/account/inbox-location.ts';
import { errnoOf } from '../../config/file/file-system.ts';
import type { ConfigLocation } from '../../config/locate.ts';
import type { ConfigDocument } from '../../config/read.ts';
import type { CheckResult } from '../../doctor/check.ts';
import { isAppId } from '../../platform/address/endpoints.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { removeTexts as texts } from './remove-texts.ts';

/** The inbox of one app. */
export type RemainingInbox =
  | { readonly kind: 'redis'; readonly keys: string }
  | {
      readonly kind: 'directory';
      readonly directory: string;
      /** Messages, as far as they can be counted. */
      readonly waiting: number | '?';
      /** The directory that we created around it, unused once it is empty. */
      readonly parent: string | undefined;
    };

/** The existing inboxes that no remaining account uses. */
export async function findRemainingInboxes(
  { section }: Pick<ConfigDocument, 'section'>,
  removed: readonly ResolvedAccount[],
  remaining: readonly string[],
  base: { readonly location: Pick<ConfigLocation, 'path'>; readonly home: string },
): Promise<readonly RemainingInbox[]> {
  const keptAppIds = remaining.map((id) => section && resolveAccount(section, id).appId);
  const appIds = new Set(removed.map(({ appId }) => appId));
  const place = inboxLocation(section?.inbox, base);
  const ownDirectory = inboxLocation(undefined, base);
  const found: RemainingInbox[] = [];
  for (const appId of appIds) {
    // Anything else has no inbox: no runtime starts with it.
    if (!isAppId(appId) || keptAppIds.includes(appId)) continue;
    if (inboxDirectory(place, appId) === undefined) {
      found.push({ kind: 'redis', keys: redisPrefix(appId) });
    }
    const directory = localDirectory(place, appId, base);
    if (!(await isDirectory(directory))) continue;
    const parent = dirname(directory) === ownDirectory ? ownDirectory : undefined;
    found.push({ kind: 'directory', directory, waiting: await waitingIn(directory), parent });
  }
  return found;
}

export function remainingInboxText(inbox: RemainingInbox): LocalizedText {
  return inbox.kind === 'redis'
    ? localize(texts.remainingInRedis, { keys: inbox.keys })
    : localize(texts.remainingInbox, { directory: inbox.directory, waiting: inbox.waiting });
}

/** The planned deletion of the inboxes. */
export function purgePlan(inboxes: readonly RemainingInbox[]): readonly CheckResult[] {
  if (inboxes.length === 0) return [step('skipped', localize(texts.purgeAbsent))];
  return inboxes.map((inbox) =>
    step(
      'skipped',
      inbox.kind === 'redis'
        ? remainingInboxText(inbox)
        : localize(texts.purgePlanned, { directory: inbox.directory, waiting: inbox.waiting }),
    ),
  );
}

export async function purge(
  inbox: RemainingInbox,
  options: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<CheckResult> {
  if (inbox.kind === 'redis') return step('skipped', remainingInboxText(inbox));
  const { directory, waiting, parent } = inbox;
  const purged = await purgeInbox(directory, options);
  switch (purged.is) {
    case 'gone':
      if (parent !== undefined) await removeIfEmpty(parent);
      return step('ok', localize(texts.purged, { directory, waiting }));
    case 'absent':
      return step('skipped', localize(texts.purgeAbsent));
    case 'owned':
      return step(
        'warn',
        localize(texts.purgeOwned, { directory }),
        localize(texts.purgeOwnedAdvice, { directory }),
      );
    case 'shared': {
      const strangers = purged.foreignFiles;
      return step('ok', localize(texts.purgeShared, { directory, strangers }));
    }
    case 'stuck': {
      const { reason } = purged;
      const what = localize(texts.purgeStuck, { directory, reason });
      return step('warn', what, localize(texts.purgeStuckAdvice));
    }
    default:
      return purged satisfies never;
  }
}

function step(
  status: CheckResult['status'],
  detail: LocalizedText,
  advice?: LocalizedText,
): CheckResult {
  return { id: 'inbox', ms: 0, status, detail, ...(advice && { advice }) };
}

async function isDirectory(path: string): Promise<boolean> {
  // A path that cannot be read counts as absent here.
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function waitingIn(directory: string): Promise<number | '?'> {
  try {
    return (await inspectInbox(directory)).waiting;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '?';
  }
}

async function removeIfEmpty(directory: string): Promise<void> {
  await rmdir(directory).catch((error: unknown) => {
    // Other apps have theirs in it.
    if (errnoOf(error) === undefined) throw error;
  });
}
