/**
 * The checks of one app against the Open Platform, in the order in which a message travels.
 *
 * In: a platform client. Out: findings. Read by the doctor and by the wizard's verification, so that
 * both say the same of the same app. Nothing here changes anything on the platform.
 */
import { z } from 'zod';
import { appManifest, missingScopes } from '../platform/app-manifest.ts';
import type { BotInfo, PlatformClient } from '../platform/client.ts';
import { consoleLinks } from '../platform/console-links.ts';
import { probeLongConnection } from '../platform/probe-connection.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { message, type Text } from '../shared/text.ts';
import { type Check, type Finding, failure, untold } from './check.ts';
import { doctorTexts as texts } from './texts.ts';

export interface AppCheckContext {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Told who the bot is, once the platform has said so. */
  readonly onBot?: (bot: BotInfo) => void;
}

type AppCheck = Check<AppCheckContext>;

const isUnavailable = (error: MoltbotFeishuError) =>
  error.code === 'platform-unreachable' ||
  error.code === 'platform-error' ||
  error.code === 'rate-limited';

const network: AppCheck = {
  id: 'network',
  question: texts.askNetwork,
  needs: [],
  async probe({ client, now }, signal) {
    const startedAt = now();
    const reached = (): Finding => ({
      status: 'ok',
      detail: message(texts.reached, {
        host: new URL(client.endpoints.openApi).host,
        ms: now() - startedAt,
      }),
    });
    try {
      await client.tenantAccessToken({ signal });
      return reached();
    } catch (error) {
      // A platform that rejects has been reached.
      if (isMoltbotFeishuError(error) && !isUnavailable(error)) return reached();
      throw error;
    }
  },
};

const credentials: AppCheck = {
  id: 'credentials',
  question: texts.askCredentials,
  needs: ['network'],
  async probe({ client }, signal) {
    await client.tenantAccessToken({ signal });
    return { status: 'ok', detail: texts.accepted };
  },
};

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

const bot: AppCheck = {
  id: 'bot',
  question: texts.askBot,
  needs: ['credentials'],
  async probe({ client, onBot }, signal) {
    const info = await client.botInfo({ signal });
    onBot?.(info);
    const odd = activateStatus.get(info.activateStatus);
    if (!odd) return { status: 'ok', detail: message(texts.botOn, { name: info.name }) };
    return {
      status: odd.status,
      detail: message(texts.botStatus, { meaning: message(odd.meaning) }),
      fix: texts.botStatusFix,
      url: consoleLinks(client.endpoints, client.appId).versions,
    };
  },
};

const connection: AppCheck = {
  id: 'connection',
  question: texts.askConnection,
  needs: ['credentials'],
  async probe({ client, env }, signal) {
    const online = await countOnline(client, signal);
    const { handshakeMs } = await probeLongConnection(client, { signal, env });
    if (online !== undefined && online > 1) {
      return {
        status: 'warn',
        detail: message(texts.othersOnline, { count: online }),
        fix: texts.othersOnlineFix,
      };
    }
    return { status: 'ok', detail: message(texts.connected, { ms: Math.round(handshakeMs) }) };
  },
};

/** How many clients were online before ours; unknown where the platform does not tell. */
async function countOnline(
  client: PlatformClient,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return await client.onlineConnections({ signal });
  } catch (error) {
    // Only an extra: the handshake that follows decides, and says so when the platform is away.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}

const permissions: AppCheck = {
  id: 'permissions',
  question: texts.askPermissions,
  needs: ['credentials'],
  async probe({ client }, signal) {
    const granted = await orUntold(() => client.grantedScopes({ signal }));
    if ('status' in granted) return granted;
    const required = missingScopes(granted, ['required']).map((scope) => scope.scope);
    const recommended = missingScopes(granted, ['recommended']).map((scope) => scope.scope);
    const links = consoleLinks(client.endpoints, client.appId);
    const missing = required.length > 0 ? required : recommended;
    if (missing.length === 0) {
      const needed = appManifest.scopes.filter((scope) => scope.need !== 'optional').length;
      return { status: 'ok', detail: message(texts.scopesGranted, { count: needed }) };
    }
    const url = links.auth(missing);
    return {
      status: required.length > 0 ? 'fail' : 'warn',
      detail: message(texts.scopesMissing, { scopes: missing.join(', ') }),
      fix: message(texts.scopesMissingFix, { url }),
      url,
    };
  },
};

const versionsSchema = z.object({
  items: z
    .array(
      z.object({
        version: z.string(),
        status: z.number(),
        publish_time: z.union([z.string(), z.number()]).nullish(),
        event_infos: z.array(z.object({ event_type: z.string() })).nullish(),
      }),
    )
    .nullish(),
});
type Version = NonNullable<z.infer<typeof versionsSchema>['items']>[number];

const isLive = (version: Version) => version.status === 1 && Boolean(version.publish_time);
/** `status` 3 of an app version: under review (open.feishu.cn application-v6/application-app_version/list). */
const IN_REVIEW = 3;

async function readVersions(
  client: PlatformClient,
  signal: AbortSignal,
): Promise<readonly Version[] | Finding> {
  const answer = await orUntold(() =>
    client.call(
      {
        method: 'GET',
        path: '/open-apis/application/v6/applications/me/app_versions',
        query: { lang: 'zh_cn', page_size: '10' },
        schema: versionsSchema,
        family: 'application',
        safeToRepeat: true,
      },
      { signal },
    ),
  );
  return 'status' in answer ? answer : (answer.items ?? []);
}

const publish: AppCheck = {
  id: 'publish',
  question: texts.askPublish,
  needs: ['credentials'],
  async probe({ client }, signal) {
    const versions = await readVersions(client, signal);
    if (!isVersions(versions)) return versions;
    const url = consoleLinks(client.endpoints, client.appId).versions;
    const pending = versions.find((version) => version.status === IN_REVIEW);
    if (pending) {
      return {
        status: 'warn',
        detail: message(texts.versionInReview, { version: pending.version }),
        fix: texts.versionInReviewFix,
        url,
      };
    }
    const live = versions.find(isLive);
    if (live)
      return { status: 'ok', detail: message(texts.versionLive, { version: live.version }) };
    return untoldVersion(url);
  },
};

const events: AppCheck = {
  id: 'events',
  question: texts.askEvents,
  needs: ['credentials'],
  async probe({ client }, signal) {
    const versions = await readVersions(client, signal);
    if (!isVersions(versions)) return versions;
    const links = consoleLinks(client.endpoints, client.appId);
    const live = versions.find(isLive);
    if (!live?.event_infos) return untoldVersion(links.versions);
    const [event] = appManifest.events;
    const params = { event, version: live.version, url: links.events };
    if (live.event_infos.some((info) => info.event_type === event)) {
      return { status: 'ok', detail: message(texts.eventInVersion, params) };
    }
    return {
      status: 'fail',
      detail: message(texts.eventMissing, params),
      fix: message(texts.eventMissingFix, params),
      url: links.events,
    };
  },
};

function isVersions(value: readonly Version[] | Finding): value is readonly Version[] {
  return Array.isArray(value);
}

function untoldVersion(url: string): Finding {
  return {
    status: 'not-checked',
    detail: texts.versionUntold,
    fix: message(texts.versionUntoldFix, { url }),
    url,
  };
}

/** What the app itself may not read, or the platform does not offer, is not a fault of the bot. */
async function orUntold<T extends object>(read: () => Promise<T>): Promise<T | Finding> {
  try {
    return await read();
  } catch (error) {
    if (!isMoltbotFeishuError(error)) throw error;
    return error.code === 'platform-unreachable' ? failure(error) : untold(error);
  }
}

export const appChecks: readonly AppCheck[] = [
  network,
  credentials,
  bot,
  connection,
  permissions,
  events,
  publish,
];
