/**
 * The apps of a sandbox: what the console would show, and what of it is live.
 */
import { newId } from './ids.ts';
import { everydayEvents, everydayScopes } from './scopes.ts';

/** The effective state of an app: published version, administrator's decisions, settings. */
export interface AppState {
  readonly name: string;
  readonly status: 'enabled' | 'disabled';
  /** The bot capability. */
  readonly bot: boolean;
  /** Scopes that are granted. */
  readonly scopes: readonly string[];
  /** Scopes that are configured and wait for a version or for the admin (grant_status 2). */
  readonly pendingScopes: readonly string[];
  /** Scopes that this tenant grants without a version (免审权限). */
  readonly exemptScopes: readonly string[];
  /** Scopes that the admin grants one by one: a version alone does not. */
  readonly adminScopes: readonly string[];
  readonly events: readonly string[];
  readonly callbacks: readonly string[];
  readonly eventMode: 'websocket' | 'webhook';
  readonly callbackMode: 'websocket' | 'webhook';
  /** A version is online. Without one there is no bot, no event and no connection. */
  readonly published: boolean;
  /** Whom the bot may reach: everybody, or these open_ids. */
  readonly availability: 'all' | readonly string[];
  /** Addresses that may call; empty means all. */
  readonly ipAllowList: readonly string[];
  /** A published version waits for the admin's approval. */
  readonly reviewRequired: boolean;
  /** `developer_console`, or where else the app came from: only console apps may use v7. */
  readonly createSource: string;
  /** A store app can neither connect nor use v7. */
  readonly kind: 'custom' | 'store';
  /** applications/me tells the subscription modes and lists, as it does for few apps. */
  readonly tellsSubscription: boolean;
  /** app_versions lists them; for an app made by a scan it may list none, though it works. */
  readonly listsVersions: boolean;
  /** A merged message's files come with the id of the message that holds it (observed), or never. */
  readonly servesMergedFiles: boolean;
}

/** An app with which everything works. */
export const workingApp: AppState = {
  name: 'Sandbox Bot',
  status: 'enabled',
  bot: true,
  scopes: everydayScopes,
  pendingScopes: [],
  exemptScopes: [],
  adminScopes: [],
  events: everydayEvents,
  callbacks: ['card.action.trigger'],
  eventMode: 'websocket',
  callbackMode: 'websocket',
  published: true,
  availability: 'all',
  ipAllowList: [],
  reviewRequired: false,
  createSource: 'developer_console',
  kind: 'custom',
  tellsSubscription: false,
  listsVersions: true,
  servesMergedFiles: true,
};

/** Changes that wait for a version (application v7, or the console). */
interface Draft {
  bot?: boolean;
  scopes: string[];
  events?: string[];
  callbacks?: string[];
  eventMode?: AppState['eventMode'];
  callbackMode?: AppState['callbackMode'];
  availability?: AppState['availability'];
}

/** One version of an app. Status: 1 online, 2 rejected, 3 in review, 4 not submitted. */
export interface AppVersion {
  readonly versionId: string;
  readonly version: string;
  draft: Draft;
  readonly createTime: number;
  readonly changelog: string;
  readonly remark: string;
  status: 1 | 2 | 3 | 4;
  publishTime: number | undefined;
}

export interface SandboxApp {
  readonly appId: string;
  readonly appSecret: string;
  readonly botOpenId: string;
  readonly tenantKey: string;
  readonly ownerOpenId: string;
  state: AppState;
  draft: Draft;
  /** Oldest first. */
  readonly versions: AppVersion[];
  /** The admin was asked for the pending scopes. */
  appliedForScopes: boolean;
}

export interface NewApp {
  readonly state: Partial<AppState>;
  readonly tenantKey: string;
  readonly ownerOpenId: string;
  readonly now: number;
}

export function newApp({ state, tenantKey, ownerOpenId, now }: NewApp): SandboxApp {
  const app: SandboxApp = {
    appId: newId.app(),
    appSecret: newId.appSecret(),
    botOpenId: newId.user(),
    tenantKey,
    ownerOpenId,
    state: { ...workingApp, ...state },
    draft: { scopes: [] },
    versions: [],
    appliedForScopes: false,
  };
  if (app.state.published) recordOnlineVersion(app, now);
  return app;
}

/** Changes what is in force, at once: what a person would do in the console and publish. */
export function configure(app: SandboxApp, patch: Partial<AppState>, now: number): void {
  app.state = { ...app.state, ...patch };
  if (app.state.published && onlineVersion(app) === undefined) recordOnlineVersion(app, now);
}

export function onlineVersion(app: SandboxApp): AppVersion | undefined {
  if (!app.state.published) return undefined;
  return app.versions.findLast((version) => version.status === 1);
}

/** The bot can act: enabled, published, and the capability is on. */
export function botIsOn(app: SandboxApp): boolean {
  return app.state.status === 'enabled' && app.state.published && app.state.bot;
}

export function isAvailableTo(app: SandboxApp, openId: string): boolean {
  return app.state.availability === 'all' || app.state.availability.includes(openId);
}

/** Puts a version online: its draft becomes what is in force. */
export function goOnline(app: SandboxApp, version: AppVersion, now: number): void {
  const { draft } = version;
  const asked = [...new Set([...app.state.pendingScopes, ...draft.scopes])];
  const { adminScopes } = app.state;
  const granted = new Set([
    ...app.state.scopes,
    ...asked.filter((scope) => !adminScopes.includes(scope)),
  ]);
  version.status = 1;
  version.publishTime = now;
  app.state = {
    ...app.state,
    published: true,
    scopes: [...granted],
    pendingScopes: asked.filter((scope) => !granted.has(scope)),
    ...(draft.bot !== undefined && { bot: draft.bot }),
    ...(draft.events && { events: draft.events }),
    ...(draft.callbacks && { callbacks: draft.callbacks }),
    ...(draft.eventMode && { eventMode: draft.eventMode }),
    ...(draft.callbackMode && { callbackMode: draft.callbackMode }),
    ...(draft.availability && { availability: draft.availability }),
  };
}

/** Adds scopes to the draft; those that need no review are granted at once. */
export function askForScopes(
  app: SandboxApp,
  added: readonly string[],
  removed: readonly string[] = [],
): void {
  const { exemptScopes, scopes } = app.state;
  const exempt = added.filter((name) => exemptScopes.includes(name));
  const waiting = [...app.draft.scopes, ...added].filter((name) => !exempt.includes(name));
  app.draft.scopes = [...new Set(waiting)].filter((name) => !removed.includes(name));
  app.state = {
    ...app.state,
    scopes: [...new Set([...scopes, ...exempt])].filter((name) => !removed.includes(name)),
  };
}

/** The admin grants scopes that wait: those named, or all. */
export function grantScopes(app: SandboxApp, scopes: readonly string[] | undefined): void {
  const { state } = app;
  const named = scopes ?? state.pendingScopes;
  app.state = {
    ...state,
    scopes: [...new Set([...state.scopes, ...named])],
    pendingScopes: state.pendingScopes.filter((scope) => !named.includes(scope)),
  };
  app.draft.scopes = app.draft.scopes.filter((scope) => !named.includes(scope));
  app.appliedForScopes = false;
}

function recordOnlineVersion(app: SandboxApp, now: number): void {
  app.versions.push({
    versionId: newId.version(),
    version: `1.0.${app.versions.length}`,
    draft: { scopes: [] },
    createTime: now,
    changelog: '',
    remark: '',
    status: 1,
    publishTime: now,
  });
}

/** An app that a person made in the console and did nothing with: each step has something to do. */
export const bareApp = {
  bot: false,
  published: false,
  scopes: ['application:application:self_manage', 'application:application:patch'],
  events: [],
  callbacks: [],
  eventMode: 'webhook',
  callbackMode: 'webhook',
} as const satisfies Partial<AppState>;
