/**
 * What an app lacks of what is wanted, as data. Pure: reading × app manifest × wishes → changes.
 *
 * Changes only add: the settings that other people made stay.
 */
import { appManifest, neededEvents, neededScopes, usualNeeds } from '../manifest/app-manifest.ts';
import type { ManifestChoices, ManifestNeed } from '../manifest/manifest-choices.ts';
import type { ManifestScope } from '../manifest/manifest-scopes.ts';
import { type AppReading, liveVersion, pendingVersion } from './reading/app-reading.ts';
import { versionAfter } from './version-number.ts';

export interface AppWants {
  /** Default: required and recommended. */
  readonly needs?: readonly ManifestNeed[];
  /** The features that the config turns on; default: those of a config that names none. */
  readonly choices?: ManifestChoices;
  /** Further scopes, e.g. `im:message.group_msg`. */
  readonly scopes?: readonly string[];
  /** Scopes and events not to ask for: the platform or a person refused them. */
  readonly without?: readonly string[];
  /** Set also what cannot be read (modes, callbacks): for when no event arrives. */
  readonly insist?: boolean;
  /** `version_id` that went out with all of this: what waits then waits for the administrator. */
  readonly published?: string;
  /** The number of that version. */
  readonly publishedVersion?: string;
  /** A person says that a version with all of this was submitted; it counts where nothing can be read. */
  readonly isSubmitted?: boolean;
}

export interface AppChanges {
  readonly bot: boolean;
  readonly scopes: readonly string[];
  /** Switch to long connection. */
  readonly eventMode: boolean;
  readonly events: readonly string[];
  readonly callbackMode: boolean;
  readonly callbacks: readonly string[];
  readonly publish: PublishChange | undefined;
}

export type PublishChange =
  /** `version` is `undefined` if the versions are not reported: the platform picks the next one. */
  | { readonly kind: 'new'; readonly version: string | undefined }
  /** A version was created and never submitted: the platform submits that one. */
  | { readonly kind: 'submit'; readonly version: string };

/** The facts about this app that cannot be read. */
export type NotReported = 'scopes' | 'review' | 'event-mode' | 'events' | 'callbacks';

export interface Comparison {
  readonly changes: AppChanges;
  readonly notReported: readonly NotReported[];
  readonly scopes: ScopeComparison;
  /** Wanted events that the published version lacks; `undefined` if unknown. */
  readonly missingEvents: readonly string[] | undefined;
}

/** The wanted scopes, each in one list; any-of rules applied. */
export interface ScopeComparison {
  readonly granted: readonly string[];
  /** Never asked for. */
  readonly missing: readonly string[];
  /** Configured, not granted, and in no published version. */
  readonly unpublished: readonly string[];
  /** Configured and published, not granted: only an administrator can grant them. */
  readonly forAdmin: readonly string[];
}

const noChanges: AppChanges = {
  bot: false,
  scopes: [],
  eventMode: false,
  events: [],
  callbackMode: false,
  callbacks: [],
  publish: undefined,
};

export function compareApp(reading: AppReading, wants: AppWants = {}): Comparison {
  const scopes = compareScopes(reading, wants);
  const bot = reading.bot.reported && !reading.bot.value.on;
  const missingEvents = compareEvents(reading, wants);
  const callbacks = compareCallbacks(reading);
  const app = reading.app.reported ? reading.app.value : undefined;

  const isTouched =
    wants.insist === true ||
    bot ||
    scopes.missing.length > 0 ||
    (missingEvents?.length ?? 0) > 0 ||
    app?.eventMode === 'webhook' ||
    (callbacks?.length ?? 0) > 0 ||
    app?.callbackMode === 'webhook';
  const needsVersion = isTouched || scopes.unpublished.length > 0;

  const changes: AppChanges = isTouched
    ? {
        bot,
        scopes: scopes.missing,
        eventMode: app?.eventMode !== 'websocket',
        events: missingEvents ?? wantedEvents(wants),
        callbackMode: app?.callbackMode !== 'websocket',
        callbacks: callbacks ?? appManifest.callbacks,
        publish: publishChange(reading),
      }
    : { ...noChanges, publish: needsVersion ? publishChange(reading) : undefined };

  const notReported: NotReported[] = [];
  if (!reading.grants.reported) notReported.push('scopes');
  if (!reading.versions.reported) notReported.push('review');
  if (!isTouched) {
    if (app?.eventMode === undefined) notReported.push('event-mode');
    if (missingEvents === undefined) notReported.push('events');
    if (app?.callbackMode === undefined || callbacks === undefined) notReported.push('callbacks');
  }
  return { changes, notReported, scopes, missingEvents };
}

/** Whether there is nothing to do. */
export function isEmpty(changes: AppChanges): boolean {
  return !changes.publish && !hasConfig(changes) && !changes.bot;
}

/** Whether there is something for the config call. */
export function hasConfig(changes: AppChanges): boolean {
  return (
    changes.eventMode ||
    changes.callbackMode ||
    changes.scopes.length + changes.events.length + changes.callbacks.length > 0
  );
}

function compareScopes(reading: AppReading, wants: AppWants): ScopeComparison {
  const granted = reading.grants.reported ? reading.grants.value : new Map<string, boolean>();
  const configured = new Set([
    ...granted.keys(),
    ...(reading.app.reported ? reading.app.value.configuredScopes : []),
  ]);
  const live = liveVersion(reading);
  const isPublished = (scope: string): boolean =>
    live !== undefined &&
    (live.versionId === wants.published || live.scopes?.includes(scope) === true);
  const usable: string[] = [];
  const missing: string[] = [];
  const unpublished: string[] = [];
  const forAdmin: string[] = [];
  for (const { scope, satisfiedBy } of wantedScopes(wants)) {
    const waiting = satisfiedBy.filter((name) => configured.has(name));
    if (satisfiedBy.some((name) => granted.get(name) === true)) usable.push(scope);
    else if (waiting.length === 0) missing.push(scope);
    else if (waiting.some(isPublished)) forAdmin.push(scope);
    else unpublished.push(scope);
  }
  return { granted: usable, missing, unpublished, forAdmin };
}

function wantedScopes(wants: AppWants): readonly Pick<ManifestScope, 'scope' | 'satisfiedBy'>[] {
  const { needs = usualNeeds, choices, scopes = [], without = [] } = wants;
  const needed = [...neededScopes(needs, choices), ...scopes];
  const ofManifest = appManifest.scopes.filter(({ scope }) => needed.includes(scope));
  const known = new Set(ofManifest.map(({ scope }) => scope));
  const others = scopes
    .filter((scope) => !known.has(scope))
    .map((scope) => ({ scope, satisfiedBy: [scope] }));
  return [...ofManifest, ...others].filter(({ scope }) => !without.includes(scope));
}

function wantedEvents({ needs, choices, without = [] }: AppWants): readonly string[] {
  return neededEvents(needs, choices).filter((event) => !without.includes(event));
}

function compareEvents(reading: AppReading, wants: AppWants): readonly string[] | undefined {
  const wanted = wantedEvents(wants);
  const subscribed = subscribedEvents(reading);
  if (subscribed) return wanted.filter((name) => !subscribed.includes(name));
  // Nothing is in force: whatever a draft holds, adding it again does no harm.
  const isUnpublished = reading.bot.reported && !reading.bot.value.on;
  return isUnpublished ? wanted : undefined;
}

/** In the published version: that is what counts. A scanned app may list none, and still work. */
function subscribedEvents(reading: AppReading): readonly string[] | undefined {
  const live = liveVersion(reading);
  if (live?.events) return live.events;
  return reading.app.reported ? reading.app.value.subscribedEvents : undefined;
}

function compareCallbacks({ app }: AppReading): readonly string[] | undefined {
  const subscribed = app.reported ? app.value.subscribedCallbacks : undefined;
  return subscribed && appManifest.callbacks.filter((name) => !subscribed.includes(name));
}

function publishChange(reading: AppReading): PublishChange {
  const pending = pendingVersion(reading);
  if (pending?.status === 'unsubmitted') return { kind: 'submit', version: pending.version };
  const { versions } = reading;
  return {
    kind: 'new',
    version: versions.reported
      ? versionAfter(versions.value.map(({ version }) => version))
      : undefined,
  };
}
