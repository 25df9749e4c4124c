/**
 * What the app must have: capability, events, callbacks and scopes by feature, as one declaration.
 *
 * The setup, the checks and the sandbox all read this declaration. Source: docs/platform/console.md#traps
 * (events, callbacks) and 2 (scopes, any-of rules).
 */
import type { Text } from '../../shared/text/text.ts';
import {
  chosen,
  type ManifestChoices,
  type ManifestNeed,
  usualChoices,
} from './manifest-choices.ts';
import { type ManifestEvent, manifestEvents, messageEvent } from './manifest-events.ts';
import { type ManifestScope, manifestScopes } from './manifest-scopes.ts';

export interface AppManifest {
  readonly capability: 'bot';
  /** How events and callbacks come: by long connection, without a public address. */
  readonly subscription: 'websocket';
  readonly scopes: readonly ManifestScope[];
  readonly events: readonly ManifestEvent[];
  /** Nothing arrives without this event. */
  readonly messageEvent: string;
  /** In the console a list of its own, with a mode of its own. */
  readonly callbacks: readonly [string, ...string[]];
  /** The console's names of the events and callbacks. */
  readonly labels: Readonly<Record<string, Text>>;
}

export const appManifest: AppManifest = {
  capability: 'bot',
  subscription: 'websocket',
  scopes: manifestScopes,
  events: manifestEvents,
  messageEvent,
  callbacks: ['card.action.trigger'],
  labels: {
    ...Object.fromEntries(manifestEvents.map(({ event, label }) => [event, label])),
    'card.action.trigger': { en: 'Card interaction', zh: '卡片回传交互' },
  },
};

/** What setup asks for unless it is given other needs. */
export const usualNeeds: readonly ManifestNeed[] = ['required', 'recommended'];

/** The names of the scopes that an app needs. */
export function neededScopes(
  needs: readonly ManifestNeed[] = usualNeeds,
  choices: ManifestChoices = usualChoices,
): readonly string[] {
  return chosen(appManifest.scopes, needs, choices).map(({ scope }) => scope);
}

/** The names of the events that an app needs. */
export function neededEvents(
  needs: readonly ManifestNeed[] = usualNeeds,
  choices: ManifestChoices = usualChoices,
): readonly string[] {
  return chosen(appManifest.events, needs, choices).map(({ event }) => event);
}

/**
 * The scopes of the manifest that are not granted, any-of rules applied.
 *
 * @param granted scope → granted now; a scope that is absent was never asked for
 */
export function missingScopes(
  granted: ReadonlyMap<string, boolean>,
  needs: readonly ManifestNeed[] = ['required'],
  choices: ManifestChoices = usualChoices,
): readonly ManifestScope[] {
  return chosen(appManifest.scopes, needs, choices).filter(
    ({ satisfiedBy }) => !satisfiedBy.some((scope) => granted.get(scope) === true),
  );
}

/**
 * The JSON to paste into the console's 批量导入/导出权限 · Batch import/export scopes (docs/platform/console.md#batch-import).
 *
 * Whether the dialog takes away what is left out is not known: so what is granted goes in too.
 */
export function batchImportJson(options: {
  readonly needs: readonly ManifestNeed[];
  readonly choices?: ManifestChoices;
  readonly granted?: ReadonlyMap<string, boolean>;
}): string {
  const kept = [...(options.granted ?? [])].filter(([, isGranted]) => isGranted);
  const wanted = neededScopes(options.needs, options.choices);
  const tenant = new Set([...kept.map(([name]) => name), ...wanted]);
  return JSON.stringify({ scopes: { tenant: [...tenant], user: [] } });
}
