/** The app as it is, in a few rows of words, beside the plan of what is to change. Pure. */
import { asLocalized, type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import type { AppPlan } from './app-plan.ts';
import { notReportedText } from './app-plan-words.ts';
import { autopilotTexts as texts } from './autopilot-texts.ts';
import { liveVersion, pendingVersion, type Reported } from './reading/app-reading.ts';
import type { VersionStatus } from './reading/app-record.ts';

export interface OverviewRow {
  readonly id: 'bot' | 'permissions' | 'events' | 'version';
  /** `waits`: asked for, not in force yet. */
  readonly state: 'ok' | 'lacks' | 'waits' | 'not-reported';
  readonly text: LocalizedText;
}

export function overviewOf(plan: AppPlan): readonly OverviewRow[] {
  return [botRow(plan), permissionsRow(plan), eventsRow(plan), versionRow(plan)];
}

type Row<Id extends OverviewRow['id']> = OverviewRow & { readonly id: Id };

function botRow({ reading: { bot } }: AppPlan): Row<'bot'> {
  if (!bot.reported) return { id: 'bot', state: 'not-reported', text: notReported(bot) };
  return bot.value.on
    ? { id: 'bot', state: 'ok', text: localize(texts.rowBotOn) }
    : { id: 'bot', state: 'lacks', text: localize(texts.rowBotOff) };
}

/** A new app lacks nearly all: the names of the last ones would fill a small window. */
const MAX_MISSING = 10;
const NAMED_MISSING = 8;

function permissionsRow({ reading, scopes }: AppPlan): Row<'permissions'> {
  const id = 'permissions';
  const { granted, missing, unpublished, forAdmin } = scopes;
  const waiting = [...unpublished, ...forAdmin];
  if (!reading.grants.reported && reading.grants.reason !== 'not-installed') {
    return { id, state: 'not-reported', text: notReported(reading.grants) };
  }
  const counts = {
    have: granted.length,
    count: granted.length + missing.length + waiting.length,
  };
  const listed = (text: Text, names: readonly string[]) =>
    localize(text, { ...counts, scopes: names });
  if (missing.length > MAX_MISSING) {
    const params = { ...counts, scopes: missing.slice(0, NAMED_MISSING) };
    const more = missing.length - NAMED_MISSING;
    const text = localize(texts.rowScopesLackMore, { ...params, more });
    return { id, state: 'lacks', text };
  }
  if (missing.length > 0) return { id, state: 'lacks', text: listed(texts.rowScopesLack, missing) };
  if (waiting.length > 0) return { id, state: 'waits', text: listed(texts.rowScopesWait, waiting) };
  return { id, state: 'ok', text: localize(texts.rowScopes, counts) };
}

function eventsRow({ reading, missingEvents }: AppPlan): Row<'events'> {
  const id = 'events';
  if (!missingEvents) return { id, state: 'not-reported', text: notReportedText('events') };
  if (missingEvents.length > 0) {
    const [first = '', ...more] = missingEvents;
    // Without the event of messages, the events of single features are no more than a number.
    const text =
      first === appManifest.messageEvent && more.length > 0
        ? localize(texts.rowEventsLackMore, { name: first, count: more.length })
        : localize(texts.rowEventsLack, { names: missingEvents });
    return { id, state: 'lacks', text };
  }
  const names = appManifest.messageEvent;
  const mode = reading.app.reported ? reading.app.value.eventMode : undefined;
  switch (mode) {
    case 'websocket':
      return { id, state: 'ok', text: localize(texts.rowEventsLong, { names }) };
    case 'webhook':
      return { id, state: 'lacks', text: localize(texts.rowEventsWebhook, { names }) };
    default:
      return { id, state: 'ok', text: localize(texts.rowEvents, { names }) };
  }
}

const pendingVersionTexts: Partial<Record<VersionStatus, Text>> = {
  'in-review': texts.rowInReview,
  rejected: texts.rowRejected,
  unsubmitted: texts.rowUnsubmitted,
};

function versionRow({ reading }: AppPlan): Row<'version'> {
  const id = 'version';
  const { versions, bot } = reading;
  if (!versions.reported) return { id, state: 'not-reported', text: notReported(versions) };
  const pending = pendingVersion(reading);
  const live = liveVersion(reading);
  const isInReview = pending?.status === 'in-review';
  if (live && !isInReview) {
    return { id, state: 'ok', text: localize(texts.rowLive, { version: live.version }) };
  }
  const text = pending && pendingVersionTexts[pending.status];
  if (text) {
    const state = isInReview ? 'waits' : 'lacks';
    return { id, state, text: localize(text, { version: pending.version }) };
  }
  // A scanned app works without a version in the list (docs/platform/registration.md#what-the-new-app-has).
  if (bot.reported && bot.value.on) {
    const reason = localize(texts.noVersionListed);
    return { id, state: 'not-reported', text: localize(texts.rowNotReported, { reason }) };
  }
  return { id, state: 'lacks', text: localize(texts.rowNeverPublished) };
}

function notReported(fact: Reported<unknown> & { readonly reported: false }): LocalizedText {
  const { what } = fact.error;
  return localize(texts.rowNotReported, { reason: asLocalized(what) });
}
