/**
 * The console pages as data: what to do on each, and what the platform tells of it afterwards.
 *
 * Bot before events, the version last (docs/platform/console.md#traps). A mode can be saved only while a
 * connection is up, and an app that was never published may get none: such an app is published once
 * before the modes, and once more at the end.
 */

import type { ConsoleLinks } from '../../../platform/address/console-links.ts';
import type { AppPlan } from '../../../platform/app/app-plan.ts';
import { liveVersion, pendingVersion } from '../../../platform/app/reading/app-reading.ts';
import { appManifest, neededEvents } from '../../../platform/manifest/app-manifest.ts';
import { asLocalized, type LocalizedText, localize, type Text } from '../../../shared/text/text.ts';
import type { Run } from '../../run.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { wantsOf } from '../app/app.ts';
import { consoleTexts as texts } from './console-texts.ts';

export interface Verdict {
  readonly status: 'ok' | 'not-checked' | 'warn';
  readonly detail: LocalizedText | Text;
  /** The page is not done and is offered again. */
  readonly isOpen?: boolean;
}

export interface Page {
  /** Names the step in the JSON, too. */
  readonly id: 'bot' | 'permissions' | 'events' | 'callbacks' | 'publish';
  readonly step: string;
  readonly title: Text;
  url(links: ConsoleLinks, plan: AppPlan | undefined): string;
  lines(run: Run): readonly (LocalizedText | Text)[];
  /** Whether it lacks, as far as anything tells. */
  lacks(plan: AppPlan): boolean;
  /** @param before what lacked when the walk began */
  verdict(plan: AppPlan, before?: AppPlan): Verdict;
}

const event = appManifest.messageEvent;
const [callback] = appManifest.callbacks;

function labelled(text: Text, name: string): LocalizedText {
  const label = appManifest.labels[name];
  return localize(text, { event: name, label: label ? localize(label) : '' });
}

export const pages: readonly Page[] = [
  {
    id: 'bot',
    step: 'page-bot',
    title: texts.titleBot,
    url: (links) => links.capability,
    lines: () => [texts.bot1],
    lacks: ({ changes }) => changes.bot,
    verdict: ({ reading: { bot } }) =>
      bot.reported && bot.value.on
        ? { status: 'ok', detail: texts.botOn }
        : { status: 'not-checked', detail: texts.botAfterVersion },
  },
  {
    id: 'permissions',
    step: 'page-scopes',
    title: texts.titleScopes,
    url: (links, plan) => links.auth(plan?.changes.scopes),
    lines: () => [texts.scopes1, texts.scopes2],
    lacks: ({ changes }) => changes.scopes.length > 0,
    verdict({ scopes, reading: { grants } }) {
      if (!grants.reported && grants.reason !== 'not-installed') {
        const { what } = grants.error;
        const problem = asLocalized(what);
        return { status: 'not-checked', detail: localize(texts.scopesNotReported, { problem }) };
      }
      if (!grants.reported) return { status: 'not-checked', detail: texts.personSaid };
      return scopes.missing.length === 0
        ? { status: 'ok', detail: texts.scopesThere }
        : {
            status: 'warn',
            detail: localize(texts.scopesLack, { scopes: scopes.missing }),
            isOpen: true,
          };
    },
  },
  {
    id: 'publish',
    step: 'page-first-version',
    title: texts.titleFirstVersion,
    url: (links) => links.createVersion,
    lines: () => [texts.firstVersionWhy, texts.version1, texts.version2, texts.version3],
    lacks: ({ changes }) => changes.publish !== undefined,
    verdict: firstVersionVerdict,
  },
  {
    id: 'events',
    step: 'page-events',
    title: texts.titleEvents,
    url: (links) => links.events,
    lines: (run) => [
      run.facts.connection?.isUp ? texts.connectionIsUp : texts.connectionIsDown,
      texts.events1,
      texts.events2,
      labelled(texts.events3, event),
      ...neededEvents(['recommended'], wantsOf(run).choices).map((name) =>
        labelled(texts.events4, name),
      ),
    ],
    lacks: ({ changes }) => changes.eventMode || changes.events.length > 0,
    verdict({ missingEvents }) {
      if (missingEvents === undefined) return { status: 'not-checked', detail: texts.personSaid };
      return missingEvents.length === 0
        ? { status: 'ok', detail: localize(texts.eventThere, { event }) }
        : { status: 'not-checked', detail: localize(texts.eventLater, { event: missingEvents }) };
    },
  },
  {
    id: 'callbacks',
    step: 'page-callbacks',
    title: texts.titleCallbacks,
    url: (links) => links.callbacks,
    lines: ({ facts }) => [
      facts.connection?.isUp ? texts.connectionIsUp : texts.connectionIsDown,
      texts.callbacks1,
      texts.callbacks2,
      labelled(texts.callbacks3, callback),
    ],
    lacks: ({ changes }) => changes.callbackMode || changes.callbacks.length > 0,
    verdict: () => ({ status: 'not-checked', detail: texts.personSaid }),
  },
  {
    id: 'publish',
    step: 'page-version',
    title: texts.titleVersion,
    url: (links) => links.createVersion,
    lines: () => [texts.version1, texts.version2, texts.version3, texts.versionNote],
    lacks: ({ changes }) => changes.publish !== undefined,
    verdict: versionVerdict,
  },
];

/** Whether a version is out, whatever is in it. */
function firstVersionVerdict({ reading }: AppPlan): Verdict {
  const pending = pendingVersion(reading);
  if (pending?.status === 'in-review') {
    const { version } = pending;
    return { status: 'warn', detail: localize(texts.versionReview, { version }) };
  }
  const live = liveVersion(reading);
  if (live) {
    return { status: 'ok', detail: localize(texts.versionLive, { version: live.version }) };
  }
  return reading.bot.reported && reading.bot.value.on
    ? { status: 'ok', detail: texts.versionBot }
    : { status: 'warn', detail: texts.versionNone, isOpen: true };
}

function versionVerdict({ reading, changes, steps }: AppPlan, before?: AppPlan): Verdict {
  const pending = pendingVersion(reading);
  if (pending?.status === 'in-review') {
    const { version } = pending;
    return { status: 'warn', detail: localize(texts.versionReview, { version }) };
  }
  const live = liveVersion(reading);
  const isOn = reading.bot.reported && reading.bot.value.on;
  // A mode that is not reported: only a later version can hold it.
  const isForMode = before?.wants.insist === true;
  if (!live) {
    if (isOn && isForMode) return { status: 'not-checked', detail: texts.personSaid };
    return isOn
      ? { status: 'ok', detail: texts.versionBot }
      : { status: 'warn', detail: texts.versionNone, isOpen: true };
  }
  const { version } = live;
  const isSame = isForMode && liveVersion(before.reading)?.versionId === live.versionId;
  if (!changes.publish && !isSame) {
    return { status: 'ok', detail: localize(texts.versionLive, { version }) };
  }
  const lacking = (isSame ? before.steps : steps)
    .filter(({ id }) => id !== 'publish')
    .map(({ text }) => text);
  const [first = localize(texts.titleVersion), ...rest] = lacking;
  const joined = rest.reduce<LocalizedText>(
    (list, next) => localize(wizardTexts.listed, { list, next }),
    first,
  );
  return {
    status: 'warn',
    detail: localize(texts.versionWithout, { version, steps: joined }),
    isOpen: true,
  };
}

/** Which of them this run walks through. */
export function pagesOf({ facts }: Run): readonly Page[] {
  const plan = facts.walkPlan ?? facts.plan;
  if (!facts.walks || !plan) return [];
  const isFirst = ({ step }: Page) => step === 'page-first-version';
  if (facts.walksAll) return pages.slice(2).filter((page) => !isFirst(page));
  const lacking = pages.filter((page) => page.lacks(plan));
  const needsMode = lacking.some(({ id }) => id === 'events' || id === 'callbacks');
  return lacking.filter((page) => !isFirst(page) || (facts.publishesFirst && needsMode));
}
