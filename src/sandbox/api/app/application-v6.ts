/** application/v6: what an app can read of itself (docs/platform/app.md#what-an-app-can-read-about-itself). */
import { type Answer, fieldViolation, ok, refusal } from '../../http/answers.ts';
import type { AppCall, Route } from '../../http/call.ts';
import { type AppVersion, onlineVersion, type SandboxApp } from '../../state/app-state.ts';
import { scopeRules } from '../../state/scopes.ts';

const base = '/open-apis/application/v6';

export function applicationV6Routes(apps: ReadonlyMap<string, SandboxApp>): readonly Route[] {
  /** `me` or the app's own id; another app's id is refused. */
  function refusalForApp({ app, params }: AppCall): Answer | undefined {
    const id = params.app_id ?? '';
    if (id === 'me' || id === app.appId) return undefined;
    if (!/^cli_/.test(id)) return refusal(210503, 'invalid app_id');
    return apps.has(id)
      ? refusal(210508, 'insufficient permission level')
      : refusal(210504, 'app not found in tenant');
  }

  const read =
    (answer: (call: AppCall) => Answer) =>
    (call: AppCall): Answer => {
      if (!call.query.get('lang')) return fieldViolation('lang', 'lang is required');
      return refusalForApp(call) ?? answer(call);
    };

  return [
    {
      method: 'GET',
      path: `${base}/applications/:app_id`,
      access: 'app',
      scopes: scopeRules.app,
      handle: read(({ app }) => ok({ app: applicationItem(app) })),
    },
    {
      method: 'GET',
      path: `${base}/applications/:app_id/app_versions`,
      access: 'app',
      scopes: scopeRules.appVersions,
      handle: read(({ app }) => {
        const listed = app.state.listsVersions ? [...app.versions].reverse() : [];
        const items = listed.map((version) => versionItem(app, version));
        return ok({ items, has_more: false, page_token: '' });
      }),
    },
    {
      method: 'GET',
      path: `${base}/applications/:app_id/app_versions/:version_id`,
      access: 'app',
      scopes: scopeRules.appVersions,
      handle: read(({ app, params }) => {
        const version = app.versions.find(({ versionId }) => versionId === params.version_id);
        if (!version) return refusal(210507, 'app version not found');
        return ok({ app_version: versionItem(app, version) });
      }),
    },
    {
      method: 'GET',
      path: `${base}/scopes`,
      access: 'app',
      scopes: [],
      handle: ({ app }) =>
        ok({
          scopes: [
            ...app.state.scopes.map((name) => grant(name, 1)),
            ...pendingScopes(app).map((name) => grant(name, 2)),
          ],
        }),
    },
    {
      method: 'POST',
      path: `${base}/scopes/apply`,
      access: 'app',
      scopes: [],
      handle: ({ app }) => {
        if (pendingScopes(app).length === 0) return refusal(212002, 'no scope to apply for');
        if (app.appliedForScopes) return refusal(212004, 'the scopes were applied for already');
        app.appliedForScopes = true;
        return ok({});
      },
    },
  ];
}

const grant = (scope_name: string, grant_status: 1 | 2): object => ({
  scope_name,
  grant_status,
  scope_type: 'tenant',
});

/** Configured but not granted: in the app's settings, or in a draft. */
function pendingScopes(app: SandboxApp): string[] {
  const inReview = app.versions
    .filter(({ status }) => status === 3 || status === 4)
    .flatMap(({ draft }) => draft.scopes);
  const pending = new Set([...app.state.pendingScopes, ...app.draft.scopes, ...inReview]);
  return [...pending].filter((scope) => !app.state.scopes.includes(scope));
}

function applicationItem(app: SandboxApp): Record<string, unknown> {
  const inReview = app.versions.findLast(({ status }) => status === 3);
  return {
    app_id: app.appId,
    creator_id: app.ownerOpenId,
    status: app.state.status === 'enabled' ? (app.state.published ? 1 : 2) : 0,
    scene_type: app.state.kind === 'store' ? 1 : 0,
    create_source: app.state.createSource,
    app_name: app.state.name,
    description: '',
    primary_language: 'zh_cn',
    scopes: [...app.state.scopes, ...pendingScopes(app)].map((scope) => ({
      scope,
      description: '',
      level: scope === 'im:message.group_msg' ? 2 : 1,
      token_types: ['tenant'],
    })),
    online_version_id: (app.state.listsVersions && onlineVersion(app)?.versionId) || '',
    unaudit_version_id: inReview?.versionId ?? '',
    owner: { type: 2, owner_id: app.ownerOpenId },
    pc_default_ability: 'bot',
    mobile_default_ability: 'bot',
    ...(app.state.tellsSubscription && subscription(app)),
  };
}

/** The subscription as the console shows it, published or not. */
function subscription({ state, draft }: SandboxApp): Record<string, unknown> {
  return {
    event: {
      subscription_type: draft.eventMode ?? state.eventMode,
      subscribed_events: draft.events ?? state.events,
    },
    callback: {
      callback_type: draft.callbackMode ?? state.callbackMode,
      subscribed_callbacks: draft.callbacks ?? state.callbacks,
    },
  };
}

function versionItem(app: SandboxApp, version: AppVersion): Record<string, unknown> {
  const isOnline = version === onlineVersion(app);
  const { draft } = version;
  const events = isOnline ? app.state.events : (draft.events ?? app.state.events);
  const bot = isOnline ? app.state.bot : (draft.bot ?? app.state.bot);
  // What was asked for when it was made: granted or not.
  const scopes = new Set([
    ...app.state.scopes,
    ...draft.scopes,
    ...(isOnline ? [] : app.state.pendingScopes),
  ]);
  return {
    app_id: app.appId,
    app_name: app.state.name,
    version: version.version,
    version_id: version.versionId,
    status: version.status,
    create_time: seconds(version.createTime),
    publish_time: version.publishTime === undefined ? null : seconds(version.publishTime),
    events,
    event_infos: events.map((event_type) => ({
      event_type,
      event_name: event_type,
      event_description: '',
    })),
    scopes: [...scopes].map((scope) => ({ scope, description: '', level: 1 })),
    ability: bot ? { bot: {} } : {},
    remark: {
      remark: version.remark,
      update_remark: version.changelog,
      visibility: { is_all: app.state.availability === 'all' },
    },
  };
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
