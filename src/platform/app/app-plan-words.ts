/** A plan's changes in words, step by step, and what should be known before saying yes. Pure. */
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { ConsoleLinks } from '../address/console-links.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import type { AppChanges, NotReported, PublishChange } from './app-changes.ts';
import { autopilotTexts as texts } from './autopilot-texts.ts';
import { type AppReading, pendingVersion } from './reading/app-reading.ts';

export interface PlanStep {
  readonly id:
    | 'bot'
    | 'scopes'
    | 'event-mode'
    | 'events'
    | 'callback-mode'
    | 'callbacks'
    | 'publish';
  readonly text: LocalizedText;
  /** The console page where a person does the same by hand. */
  readonly url: string;
}

/** In the order in which they are done. */
export function stepsOf(changes: AppChanges, links: ConsoleLinks): readonly PlanStep[] {
  const { scopes, events, callbacks, publish } = changes;
  const steps: PlanStep[] = [];
  const add = (id: PlanStep['id'], url: string, text: LocalizedText) =>
    steps.push({ id, text, url });
  if (changes.bot) add('bot', links.capability, localize(texts.stepBot));
  if (scopes.length > 0) {
    const text = scopes.length === 1 ? texts.stepScope : texts.stepScopes;
    const params = { count: scopes.length, scopes: list(scopes) };
    add('scopes', links.auth(scopes), localize(text, params));
  }
  if (changes.eventMode) add('event-mode', links.events, localize(texts.stepEventMode));
  if (events.length > 0) {
    const text = events.length === 1 ? texts.stepEvent : texts.stepEvents;
    add('events', links.events, localize(text, { names: list(events) }));
  }
  if (changes.callbackMode) add('callback-mode', links.callbacks, localize(texts.stepCallbackMode));
  if (callbacks.length > 0) {
    add('callbacks', links.callbacks, localize(texts.stepCallbacks, { names: list(callbacks) }));
  }
  if (publish) {
    const url = publish.kind === 'new' ? links.createVersion : links.versions;
    add('publish', url, publishText(publish));
  }
  return steps;
}

/** The consequences of publishing that a person must know before agreeing. */
export function notesOf(reading: AppReading, changes: AppChanges): readonly LocalizedText[] {
  if (!changes.publish) return [];
  const notes = [localize(texts.reviewNote)];
  const pending = pendingVersion(reading);
  if (pending?.status === 'rejected') {
    notes.unshift(localize(texts.rejectedNote, { version: pending.version }));
  }
  if (pending?.status === 'unsubmitted') notes.push(localize(texts.draftNote));
  const app = reading.app.reported ? reading.app.value : undefined;
  const moved = (what: Text) => notes.push(localize(texts.webhookNote, { what: localize(what) }));
  if (app?.eventMode === 'webhook' && changes.eventMode) moved(texts.events);
  if (app?.callbackMode === 'webhook' && changes.callbackMode) moved(texts.callbacks);
  return notes;
}

const notReportedTexts: Readonly<Record<NotReported, Text>> = {
  scopes: texts.notReportedScopes,
  review: texts.notReportedReview,
  'event-mode': texts.notReportedEventMode,
  events: texts.notReportedEvents,
  callbacks: texts.notReportedCallbacks,
};

export function notReportedText(notReported: NotReported): LocalizedText {
  return localize(notReportedTexts[notReported], { names: appManifest.messageEvent });
}

function publishText(publish: PublishChange): LocalizedText {
  if (publish.kind === 'submit') return localize(texts.stepSubmit, { version: publish.version });
  return publish.version === undefined
    ? localize(texts.stepPublishNext)
    : localize(texts.stepPublish, { version: publish.version });
}

function list(names: readonly string[]): LocalizedText {
  return localize({ en: '{names}', zh: '{names}' }, { names });
}
