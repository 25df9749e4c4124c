/** application/v6 answers about the app itself: their schemas, and what is made of them. Pure. */
import { z } from 'zod';
import type { AppRecord, AppVersion, VersionStatus } from './app-record.ts';

const optionalText = z.string().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);
const scopeList = z
  .array(z.object({ scope: z.string(), token_types: texts }).nullable().catch(null))
  .nullish()
  .catch(undefined);

/** `GET application/v6/applications/me`. */
export const appAnswer = z.object({
  app: z.object({
    app_name: optionalText,
    status: z.number().optional().catch(undefined),
    scene_type: z.number().optional().catch(undefined),
    create_source: optionalText,
    scopes: scopeList,
    creator_id: optionalText,
    owner: z
      .object({ type: z.number().optional().catch(undefined), owner_id: optionalText })
      .nullish()
      .catch(undefined),
    // In the SDK's types, not in the document, and empty for many: used where present (docs/platform/app.md).
    event: z
      .object({ subscription_type: optionalText, subscribed_events: texts })
      .nullish()
      .catch(undefined),
    callback: z
      .object({ callback_type: optionalText, subscribed_callbacks: texts })
      .nullish()
      .catch(undefined),
    callback_info: z
      .object({ callback_type: optionalText, subscribed_callbacks: texts })
      .nullish()
      .catch(undefined),
  }),
});

/** The owner that is a person of the company (`owner.type` 2); others have no open_id to write to. */
const OWNER_IS_PERSON = 2;

export function toAppRecord({ app }: z.infer<typeof appAnswer>): AppRecord {
  const callback = app.callback?.callback_type ? app.callback : app.callback_info;
  const eventMode = modeOf(app.event?.subscription_type);
  const callbackMode = modeOf(callback?.callback_type);
  const ownerOpenId = app.owner?.type === OWNER_IS_PERSON ? app.owner.owner_id : undefined;
  return {
    name: app.app_name ?? '',
    status: statuses[app.status ?? -1] ?? 'unknown',
    kind: app.scene_type === undefined ? 'unknown' : app.scene_type === 0 ? 'custom' : 'store',
    createSource: app.create_source || undefined,
    ownerOpenId: ownerOpenId || app.creator_id || undefined,
    configuredScopes: tenantScopes(app.scopes),
    eventMode,
    // A list without a mode is the empty form of an answer that tells nothing.
    subscribedEvents: eventMode && app.event?.subscribed_events,
    callbackMode,
    subscribedCallbacks: callbackMode && callback?.subscribed_callbacks,
  };
}

/** `status` of an app (open.feishu.cn application-v6/application/get). */
const statuses: Readonly<Record<number, AppRecord['status']>> = {
  0: 'disabled',
  1: 'enabled',
  2: 'not-enabled',
};

function modeOf(mode: string | undefined): 'websocket' | 'webhook' | undefined {
  return mode === 'websocket' || mode === 'webhook' ? mode : undefined;
}

function tenantScopes(scopes: z.infer<typeof scopeList>): readonly string[] {
  const names = (scopes ?? []).flatMap((entry) => {
    // Without token types the scope counts as the app's: nothing says otherwise.
    const isTenant = entry?.token_types?.includes('tenant') ?? true;
    return entry && isTenant ? [entry.scope] : [];
  });
  return [...new Set(names)];
}

/** `GET application/v6/applications/me/app_versions`, newest first. */
export const versionsAnswer = z.object({
  items: z
    .array(
      z.object({
        version: z.string().catch(''),
        version_id: z.string().catch(''),
        status: z.number().catch(0),
        publish_time: z.union([z.string(), z.number()]).nullish().catch(undefined),
        event_infos: z
          .array(z.object({ event_type: z.string() }).nullable().catch(null))
          .nullish()
          .catch(undefined),
        scopes: scopeList,
        ability: z.looseObject({ bot: z.unknown() }).nullish().catch(undefined),
        remark: z
          .object({
            visibility: z.object({ is_all: z.boolean().optional().catch(undefined) }).nullish(),
          })
          .nullish()
          .catch(undefined),
      }),
    )
    .nullish(),
});

/** `status` of a version (open.feishu.cn application-v6/application-app_version/list). */
const versionStatuses: Readonly<Record<number, VersionStatus>> = {
  1: 'live',
  2: 'rejected',
  3: 'in-review',
  4: 'unsubmitted',
};

export function toAppVersions({ items }: z.infer<typeof versionsAnswer>): readonly AppVersion[] {
  let hasLive = false;
  return (items ?? []).map((item) => {
    let status = versionStatuses[item.status] ?? 'unknown';
    if (status === 'live') {
      // Passed, and published: null, "" and 0 all mean that it is not out.
      const isOut = Boolean(item.publish_time) && item.publish_time !== '0';
      status = isOut ? (hasLive ? 'past' : 'live') : 'unknown';
      hasLive ||= isOut;
    }
    return {
      version: item.version,
      versionId: item.version_id,
      status,
      events: item.event_infos?.flatMap((info) => (info ? [info.event_type] : [])),
      scopes: item.scopes ? tenantScopes(item.scopes) : undefined,
      hasBot: item.ability
        ? item.ability.bot !== undefined && item.ability.bot !== null
        : undefined,
      isForAll: item.remark?.visibility?.is_all,
    };
  });
}
