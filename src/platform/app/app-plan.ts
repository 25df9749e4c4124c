/**
 * What to do with an app: nothing, changes, waiting, or why it cannot be done by API. Pure.
 *
 * In: a reading and what is wanted. Out: one plan, as data and in words, the same for the wizard, the
 * doctor's `--fix` and `--dry-run`. A plan of any kind lists what is missing: the console steps
 * lead a person through that list where the API may not make the changes.
 */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import type { LocalizedText } from '../../shared/text/text.ts';
import type { ConsoleLinks } from '../address/console-links.ts';
import { neededEvents } from '../manifest/app-manifest.ts';
import {
  type AppChanges,
  type AppWants,
  compareApp,
  isEmpty,
  type NotReported,
  type ScopeComparison,
} from './app-changes.ts';
import { appError } from './app-errors.ts';
import { notesOf, notReportedText, type PlanStep, stepsOf } from './app-plan-words.ts';
import { type AppReading, pendingVersion } from './reading/app-reading.ts';
import type { AppVersion } from './reading/app-record.ts';

/** By it an app may change and publish itself (docs/platform/app.md#how-an-app-sets-itself-up). */
export const AUTOPILOT_SCOPE = 'application:application:patch';

export type BlockReason =
  | 'store-app'
  | 'disabled'
  | 'under-review'
  | 'not-console-made'
  | 'autopilot-scope'
  | 'not-readable';

interface PlanFacts {
  readonly reading: AppReading;
  readonly wants: AppWants;
  /** What is missing, whether or not it can be done here. */
  readonly changes: AppChanges;
  readonly scopes: ScopeComparison;
  /** Wanted events that are not published, even if a change adds them; `undefined` if unknown. */
  readonly missingEvents: readonly string[] | undefined;
  /** The changes in words, in the order of doing. */
  readonly steps: readonly PlanStep[];
  /** What to know before saying yes. */
  readonly notes: readonly LocalizedText[];
  /** Facts that no answer reports; they must never be shown as “ok”. */
  readonly notReported: readonly { readonly id: NotReported; readonly text: LocalizedText }[];
}

export type AppPlan = PlanFacts &
  (
    | { readonly kind: 'up-to-date' }
    | { readonly kind: 'changes' }
    /** Everything is asked for and waits for the administrator's approval. */
    | { readonly kind: 'waiting'; readonly version: AppVersion; readonly url: string }
    /** All is published; `scopes.forAdmin` wait for the administrator apart from it. */
    | { readonly kind: 'ask-admin'; readonly url: string }
    | {
        readonly kind: 'blocked';
        readonly reason: BlockReason;
        /** What it is, what to do, and the page for it. */
        readonly error: MoltbotFeishuError;
      }
  );

export function planApp(reading: AppReading, links: ConsoleLinks, wants: AppWants = {}): AppPlan {
  const plan = planFor(reading, links, wants);
  if (plan.kind !== 'blocked') return plan;
  // An app works without the recommended events: they alone neither block it nor lead to the console.
  const withoutThem = planFor(reading, links, {
    ...wants,
    without: [...(wants.without ?? []), ...neededEvents(['recommended'], wants.choices)],
  });
  return withoutThem.kind === 'blocked'
    ? plan
    : { ...withoutThem, wants, missingEvents: plan.missingEvents };
}

function planFor(reading: AppReading, links: ConsoleLinks, wants: AppWants): AppPlan {
  const { changes, notReported, scopes, missingEvents } = compareApp(reading, wants);
  const facts: PlanFacts = {
    reading,
    wants,
    changes,
    scopes,
    missingEvents,
    steps: stepsOf(changes, links),
    notes: notesOf(reading, changes),
    notReported: notReported.map((id) => ({ id, text: notReportedText(id) })),
  };
  const blocked = (reason: BlockReason, error: MoltbotFeishuError): AppPlan => ({
    ...facts,
    kind: 'blocked',
    reason,
    error,
  });

  if (appOf(reading)?.kind === 'store')
    return blocked('store-app', appError('storeApp', {}, { url: links.home }));
  if (isDisabled(reading))
    return blocked('disabled', appError('disabled', {}, { url: links.admin }));
  const unread = unreadable(reading);
  if (unread) return blocked('not-readable', unread);
  if (isEmpty(changes)) {
    return scopes.forAdmin.length === 0
      ? { ...facts, kind: 'up-to-date' }
      : { ...facts, kind: 'ask-admin', url: links.admin };
  }
  const pending = pendingVersion(reading);
  if (pending?.status === 'in-review') {
    const { version } = pending;
    const url = links.version(pending.versionId);
    return covers(pending, changes)
      ? { ...facts, kind: 'waiting', version: pending, url }
      : blocked(
          'under-review',
          appError('underReview', { version }, { url, details: { version } }),
        );
  }
  const submitted = submittedUnread(reading, wants);
  if (submitted) {
    const { versionId } = submitted;
    const url = versionId === '' ? links.versions : links.version(versionId);
    return { ...facts, kind: 'waiting', version: submitted, url };
  }
  const source = appOf(reading)?.createSource;
  if (source !== undefined && source !== 'developer_console' && source !== 'unknown') {
    return blocked('not-console-made', notConsoleMade(source, changes, links));
  }
  const scope = autopilotScope(reading);
  if (scope !== 'granted') return blocked('autopilot-scope', scopeMissing(scope, links));
  return { ...facts, kind: 'changes' };
}

function appOf({ app }: AppReading) {
  return app.reported ? app.value : undefined;
}

/** `activate_status` 1 (bot/v3/info), or 99991662 “app not in use” (docs/platform/app.md#what-an-app-can-read-about-itself). */
function isDisabled({ bot }: AppReading): boolean {
  if (!bot.reported) return bot.error.feishuCode === 99991662;
  return bot.value.on && bot.value.info.activateStatus === 1;
}

/** Without these two nothing can be planned; both need no scope, so a failure is a failure. */
function unreadable({ bot, grants }: AppReading): MoltbotFeishuError | undefined {
  if (!bot.reported) return bot.error;
  return grants.reported || grants.reason === 'not-installed' ? undefined : grants.error;
}

/**
 * A version that went out, of an app that may not read its versions: as long as it is not in force, it
 * waits for the administrator.
 */
function submittedUnread({ versions }: AppReading, wants: AppWants): AppVersion | undefined {
  const { published, publishedVersion = '', isSubmitted = false } = wants;
  if (versions.reported || (published === undefined && !isSubmitted)) return undefined;
  return {
    version: publishedVersion,
    versionId: published ?? '',
    status: 'in-review',
    events: undefined,
    scopes: undefined,
    hasBot: undefined,
    isForAll: undefined,
  };
}

function covers(version: AppVersion, changes: AppChanges): boolean {
  const has = (names: readonly string[] | undefined, wanted: readonly string[]) =>
    // A version that does not tell what is in it gets the benefit of the doubt.
    names === undefined || wanted.every((name) => names.includes(name));
  return (
    has(version.scopes, changes.scopes) &&
    has(version.events, changes.events) &&
    !(changes.bot && version.hasBot === false)
  );
}

/** `waiting`: asked for in the console, not in force yet. */
function autopilotScope({ grants, app }: AppReading): 'granted' | 'waiting' | 'missing' {
  const configured = app.reported && app.value.configuredScopes.includes(AUTOPILOT_SCOPE);
  if (!grants.reported) {
    // Before the first version the platform tells of no grants: trying is the only way to know.
    return app.reported && !configured ? 'missing' : 'granted';
  }
  const granted = grants.value.get(AUTOPILOT_SCOPE);
  if (granted === true) return 'granted';
  return granted === false || configured ? 'waiting' : 'missing';
}

/**
 * The launcher page, which adds to any app what its owner confirms (docs/platform/console.md#links-that-carry-a-wish); the version page where
 * only a version is missing. Also the way on when `applyPlan` throws `not-console-made`.
 */
export function addToAppLink(changes: AppChanges, links: ConsoleLinks): string {
  const { scopes, events, callbacks } = changes;
  if (scopes.length + events.length + callbacks.length === 0) return links.versions;
  return links.addToApp({
    ...(scopes.length > 0 && { scopes: { tenant: scopes } }),
    ...(events.length > 0 && { events: { items: { tenant: events } } }),
    ...(callbacks.length > 0 && { callbacks: { items: callbacks } }),
  });
}

function notConsoleMade(source: string, changes: AppChanges, links: ConsoleLinks) {
  const url = addToAppLink(changes, links);
  return appError('notConsoleMade', { source }, { url, details: { createSource: source } });
}

function scopeMissing(state: 'waiting' | 'missing', links: ConsoleLinks): MoltbotFeishuError {
  const params = { scope: AUTOPILOT_SCOPE };
  const details = { scopes: [AUTOPILOT_SCOPE], state };
  return state === 'missing'
    ? appError('missingScope', params, { url: links.auth([AUTOPILOT_SCOPE]), details })
    : appError('waitingScope', params, { url: links.versions, details });
}
