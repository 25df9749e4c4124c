/**
 * The checks of one app against the Open Platform, in the order in which a message travels.
 *
 * In: a platform client. Out: findings. Read by the doctor, by the wizard's verification and by the
 * host plugin, so that all say the same of the same app. Nothing here changes anything there.
 */

import { consoleLinks } from '../../platform/address/console-links.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import {
  appManifest,
  missingScopes,
  neededScopes,
  usualNeeds,
} from '../../platform/manifest/app-manifest.ts';
import { chosen } from '../../platform/manifest/manifest-choices.ts';
import { ExitCode, isMoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { AppCheckContext } from '../app-context.ts';
import { type Check, type Finding, finding } from '../check.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';
import { isFinding, readOrFinding, versionNotReported, versionsOf } from './app-facts.ts';
import { atOtherBrand } from './credentials-check.ts';

type AppCheck = Check<AppCheckContext>;

/** `activate_status` of bot/v3/info (open.feishu.cn bot-v3/info); 2 is "enabled". */
const activateStatus: ReadonlyMap<
  number,
  { readonly status: 'warn' | 'fail'; readonly meaning: Text }
> = new Map([
  [0, { status: 'warn', meaning: texts.status0 }],
  [1, { status: 'fail', meaning: texts.status1 }],
  [3, { status: 'warn', meaning: texts.status3 }],
  [4, { status: 'warn', meaning: texts.status4 }],
  [5, { status: 'fail', meaning: texts.status5 }],
  [6, { status: 'fail', meaning: texts.status6 }],
]);

export const botCheck: AppCheck = unlessHeldUp({
  id: 'bot',
  isEssential: true,
  isFixedByPlan: true,
  needs: ['credentials'],
  async probe({ client, onBot }, signal) {
    const info = await client.botInfo({ signal });
    onBot?.(info);
    const odd = activateStatus.get(info.activateStatus);
    if (!odd) return { status: 'ok', detail: localize(texts.botOn, { name: info.name }) };
    return finding(
      odd.status,
      texts.botStatus,
      texts.botStatusAdvice,
      {
        meaning: localize(odd.meaning),
      },
      { url: consoleLinks(client.endpoints, client.appId).versions },
    );
  },
});

export const connectionCheck: AppCheck = unlessHeldUp({
  id: 'connection',
  needs: ['credentials'],
  unavailable: 'fail',
  async probe({ client, env, now, onOnline, isGentle, otherBrand }, signal) {
    const online = await countOnline(client, signal);
    if (online !== undefined) onOnline?.(online);
    if (isGentle && online === 1) return { status: 'ok', detail: texts.leftAlone };
    const { probeLongConnection } = await import('../../platform/connection/probe-connection.ts');
    const opened = await probeLongConnection(client, { signal, env, now }).catch((error) =>
      onWrongBrand(error, { client, otherBrand }, signal),
    );
    if (isFinding(opened)) return opened;
    const { handshakeMs, pong } = opened;
    if (!pong) {
      return { status: 'warn', detail: texts.noPong, advice: texts.noPongAdvice };
    }
    if (online !== undefined && online > 1) {
      return finding('warn', texts.othersOnline, texts.othersOnlineAdvice, { count: online });
    }
    return { status: 'ok', detail: localize(texts.connected, { ms: Math.round(handshakeMs) }) };
  },
});

/** A Lark app behind Feishu's address, or the reverse: the other brand is asked, and named if it agrees. */
async function onWrongBrand(
  error: unknown,
  {
    client,
    otherBrand,
  }: {
    readonly client: PlatformClient;
    readonly otherBrand: AppCheckContext['otherBrand'] | undefined;
  },
  signal: AbortSignal,
): Promise<Finding> {
  if (!isMoltbotFeishuError(error, 'wrong-brand') || !otherBrand) throw error;
  const finding = await atOtherBrand(client, otherBrand, error, signal);
  if (finding) return finding;
  throw error;
}

/** How many clients were online before ours; unknown where the platform did not report it. */
async function countOnline(
  client: PlatformClient,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return await client.onlineConnections({ signal });
  } catch (error) {
    // The count is optional: the handshake decides, and reports an unreachable platform.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}

export const permissionsCheck: AppCheck = unlessHeldUp({
  id: 'permissions',
  isFixedByPlan: true,
  needs: ['credentials'],
  async probe({ client, choices }, signal) {
    const granted = await readOrFinding(() => client.grantedScopes({ signal }));
    if (isFinding(granted)) return granted;
    const required = missingScopes(granted, ['required'], choices);
    const missing =
      required.length > 0 ? required : missingScopes(granted, ['recommended'], choices);
    if (missing.length === 0) {
      const count = neededScopes(usualNeeds, choices).length;
      return { status: 'ok', detail: localize(texts.scopesGranted, { count }) };
    }
    const status = required.length > 0 ? 'fail' : 'warn';
    const links = consoleLinks(client.endpoints, client.appId);
    const names = missing.map(({ scope }) => scope);
    const params = { scopes: names, features: features(missing) };
    // Asked for, but not granted: granting once more changes nothing.
    if (missing.every(({ satisfiedBy }) => satisfiedBy.some((scope) => granted.has(scope)))) {
      return {
        status,
        detail: localize(texts.scopesWaiting, params),
        advice: localize(texts.scopesWaitingAdvice, { url: links.versions }),
        url: links.versions,
      };
    }
    const url = links.auth(names);
    return {
      status,
      detail: localize(texts.scopesMissing, params),
      advice: localize(texts.scopesMissingAdvice, { url }),
      url,
    };
  },
});

/** Lists the features that need these permissions or events, each once. */
function features(items: readonly { readonly feature: Text }[]): LocalizedText {
  const [first, ...rest] = [...new Set(items.map(({ feature }) => feature))];
  return rest.reduce<LocalizedText>(
    (list, feature) => localize(texts.listed, { list, next: localize(feature) }),
    localize(first ?? texts.nothing),
  );
}

export const publishCheck: AppCheck = {
  id: 'publish',
  isFixedByPlan: true,
  needs: ['credentials'],
  async probe(context, signal) {
    const versions = await versionsOf(context, signal);
    const { client, submitted } = context;
    const links = consoleLinks(client.endpoints, client.appId);
    if (isFinding(versions)) {
      return submitted ? { ...inReview(submitted), status: 'fail', url: links.versions } : versions;
    }
    const pending = versions.find(({ status }) => status === 'in-review');
    const live = versions.find(({ status }) => status === 'live');
    const newest = pending ?? versions.find(({ status }) => status !== 'unknown');
    const url = newest ? links.version(newest.versionId) : links.versions;
    const params = { version: newest?.version ?? '' };
    switch (newest?.status) {
      case 'in-review':
        // Without a version that is live nothing works before the approval.
        return { ...inReview(params), status: live ? 'warn' : 'fail', url };
      case 'rejected':
        return finding(
          live ? 'warn' : 'fail',
          texts.versionRejected,
          texts.versionRejectedAdvice,
          params,
          { url },
        );
      case 'unsubmitted':
        return finding(
          live ? 'warn' : 'fail',
          texts.versionUnsubmitted,
          texts.versionUnsubmittedAdvice,
          params,
          { url },
        );
      default:
    }
    if (live)
      return { status: 'ok', detail: localize(texts.versionLive, { version: live.version }) };
    return versionNotReported(links.versions);
  },
};

function inReview(params: { readonly version: string }): Omit<Finding, 'status'> {
  return {
    detail: localize(texts.versionInReview, params),
    advice: texts.versionInReviewAdvice,
  };
}

/** Why an app's first version is not live: the administrator has not decided, or rejected it. Nothing works before. */
async function firstHeldUp(
  context: AppCheckContext,
  signal: AbortSignal,
): Promise<LocalizedText | undefined> {
  const waits = ({ version }: { readonly version: string }) =>
    localize(texts.waitsForReview, { version });
  const versions = await versionsOf(context, signal);
  if (isFinding(versions)) return context.submitted && waits(context.submitted);
  if (versions.some(({ status }) => status === 'live')) return undefined;
  const inReview = versions.find(({ status }) => status === 'in-review');
  if (inReview) return waits(inReview);
  const newest = versions.find(({ status }) => status !== 'unknown');
  if (newest?.status !== 'rejected') return undefined;
  return localize(texts.versionRejected, { version: newest.version });
}

/**
 * A setting missing only because the administrator has not approved the first version is no
 * separate fault: the version check gives the advice, once.
 */
function unlessHeldUp(check: AppCheck): AppCheck {
  return {
    ...check,
    async probe(context, signal) {
      const waits = async (): Promise<Finding | undefined> => {
        const detail = await firstHeldUp(context, signal);
        return detail && { status: 'skipped', detail };
      };
      try {
        const finding = await check.probe(context, signal);
        return finding.status === 'ok' ? finding : ((await waits()) ?? finding);
      } catch (error) {
        if (!isMoltbotFeishuError(error) || error.exitCode !== ExitCode.appNotReady) throw error;
        const finding = await waits();
        if (finding) return finding;
        throw error;
      }
    },
  };
}

export const eventsCheck: AppCheck = unlessHeldUp({
  id: 'events',
  isFixedByPlan: true,
  isProvedByArrival: true,
  needs: ['credentials'],
  async probe(context, signal) {
    const versions = await versionsOf(context, signal);
    if (isFinding(versions)) return versions;
    const { client } = context;
    const links = consoleLinks(client.endpoints, client.appId);
    const live = versions.find(({ status }) => status === 'live');
    if (!live?.events) return versionNotReported(links.versions);
    const { events, version } = live;
    const { messageEvent: event } = appManifest;
    const params = { event, version, url: links.events };
    if (!events.includes(event)) {
      return finding('fail', texts.eventMissing, texts.eventMissingAdvice, params, {
        url: links.events,
      });
    }
    const missing = chosen(appManifest.events, ['recommended'], context.choices).filter(
      (row) => !events.includes(row.event),
    );
    if (missing.length === 0) {
      return { status: 'ok', detail: localize(texts.eventInVersion, params) };
    }
    // Each of them carries one feature; messages come without them.
    return {
      status: 'warn',
      detail: localize(texts.eventsMissing, {
        version,
        events: missing.map((row) => row.event),
        features: features(missing),
      }),
      advice: localize(texts.eventsMissingAdvice, params),
      url: links.events,
    };
  },
});
