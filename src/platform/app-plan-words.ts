/** A plan's changes in words, step by step, and what should be known before saying yes. Pure. */
import { type Message, message, type Text, verbatim } from '../shared/text.ts';
import type { AppChanges, PublishChange, Untold } from './app-changes.ts';
import { appManifest } from './app-manifest.ts';
import { type AppReading, versionOnItsWay } from './app-reading.ts';
import { autopilotTexts as texts } from './autopilot-texts.ts';

export interface PlanStep {
  readonly id:
    | 'bot'
    | 'scopes'
    | 'event-mode'
    | 'events'
    | 'callback-mode'
    | 'callbacks'
    | 'publish';
  readonly text: Message;
}

/** In the order in which they are done. */
export function stepsOf(changes: AppChanges): readonly PlanStep[] {
  const { scopes, events, callbacks, publish } = changes;
  const steps: (PlanStep | false | undefined)[] = [
    changes.bot && { id: 'bot', text: message(texts.stepBot) },
    scopes.length > 0 && {
      id: 'scopes',
      text: message(scopes.length === 1 ? texts.stepScope : texts.stepScopes, {
        count: scopes.length,
        scopes: list(scopes),
      }),
    },
    changes.eventMode && { id: 'event-mode', text: message(texts.stepEventMode) },
    events.length > 0 && {
      id: 'events',
      text: message(events.length === 1 ? texts.stepEvent : texts.stepEvents, {
        names: list(events),
      }),
    },
    changes.callbackMode && { id: 'callback-mode', text: message(texts.stepCallbackMode) },
    callbacks.length > 0 && {
      id: 'callbacks',
      text: message(texts.stepCallbacks, { names: list(callbacks) }),
    },
    publish && { id: 'publish', text: publishText(publish) },
  ];
  return steps.filter((step) => typeof step === 'object');
}

/** What goes with publishing, for the person to know first. */
export function notesOf(reading: AppReading, changes: AppChanges): readonly Message[] {
  if (!changes.publish) return [];
  const notes = [message(texts.reviewNote)];
  const onItsWay = versionOnItsWay(reading);
  if (onItsWay?.status === 'rejected') {
    notes.unshift(message(texts.rejectedNote, { version: onItsWay.version }));
  }
  if (onItsWay?.status === 'unsubmitted') notes.push(message(texts.draftNote));
  const app = reading.app.known ? reading.app.value : undefined;
  if (app?.eventMode === 'webhook') notes.push(message(texts.webhookNote));
  return notes;
}

const untoldTexts: Readonly<Record<Untold, Text>> = {
  scopes: texts.untoldScopes,
  review: texts.untoldReview,
  'event-mode': texts.untoldEventMode,
  events: texts.untoldEvents,
  callbacks: texts.untoldCallbacks,
};

export function untoldText(untold: Untold): Message {
  return message(untoldTexts[untold], { names: appManifest.events.join(', ') });
}

function publishText(publish: PublishChange): Message {
  if (publish.kind === 'submit') return message(texts.stepSubmit, { version: publish.version });
  return publish.version === undefined
    ? message(texts.stepPublishNext)
    : message(texts.stepPublish, { version: publish.version });
}

function list(names: readonly string[]): Message {
  return verbatim(names.join(', '));
}
