/** Which way on a plan names, for what is known of an app: the platform's facts as data, no server. */
import { expect, it } from 'vitest';
import { type ConsoleLinks, consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import type { AppChanges, AppWants } from '../../../src/platform/app/app-changes.ts';
import { addToAppLink, planApp } from '../../../src/platform/app/app-plan.ts';
import type { AppReading, Reported } from '../../../src/platform/app/reading/app-reading.ts';
import type { AppRecord, AppVersion } from '../../../src/platform/app/reading/app-record.ts';
import { appManifest, neededEvents } from '../../../src/platform/manifest/app-manifest.ts';
import { ExitCode, MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { everyRow } from '../../support/every-row.ts';
import { PATCH_SCOPE } from './autopilot-apps.ts';

const links: ConsoleLinks = consoleLinks(resolveEndpoints('feishu'), 'cli_a1b2c3d4e5f60718');
const allScopes = appManifest.scopes.map(({ scope }) => scope);

const known = <T>(value: T): Reported<T> => ({ reported: true, value });

function unknown(
  reason: 'may-not-look' | 'not-installed' | 'failed',
  feishuCode?: number,
): Reported<never> {
  const text = { en: 'failed', zh: '失败' };
  const error = new MoltbotFeishuError({
    code: 'platform-error',
    exitCode: ExitCode.unavailable,
    what: text,
    advice: text,
    feishuCode,
  });
  return { reported: false, reason, error, url: undefined };
}

const bot = (activateStatus = 2, on = true): AppReading['bot'] =>
  on
    ? known({ on: true, info: { name: 'Bot', openId: 'ou_bot', activateStatus, ipWhiteList: [] } })
    : known({
        on: false,
        error: (unknown('failed') as { readonly error: MoltbotFeishuError }).error,
      });

const record = (app: Partial<AppRecord> = {}): AppReading['app'] =>
  known({
    name: 'Bot',
    status: 'enabled',
    kind: 'custom',
    createSource: 'developer_console',
    ownerOpenId: undefined,
    configuredScopes: [],
    eventMode: 'websocket',
    subscribedEvents: neededEvents(),
    callbackMode: 'websocket',
    subscribedCallbacks: [...appManifest.callbacks],
    ...app,
  });

const version = (own: Partial<AppVersion> = {}): AppVersion => ({
  version: '1.0.0',
  versionId: 'oav_1',
  status: 'live',
  events: neededEvents(),
  scopes: allScopes,
  hasBot: true,
  isForAll: true,
  ...own,
});

/** An app that lacks nothing, but for what is given. */
const reading = (own: Partial<AppReading> = {}): AppReading => ({
  appId: 'cli_a1b2c3d4e5f60718',
  readAt: 0,
  bot: bot(),
  app: record(),
  versions: known([version()]),
  grants: known(new Map([...allScopes, PATCH_SCOPE].map((scope) => [scope, true]))),
  connections: known(1),
  ...own,
});

/** The grants of an app that lacks one permission, with the autopilot's own in a given state. */
function grants(autopilot: boolean | undefined): AppReading['grants'] {
  const all = new Map(allScopes.map((scope) => [scope, true]));
  all.delete('im:message');
  for (const name of ['im:message:send_as_bot', 'im:message:send']) all.delete(name);
  if (autopilot === undefined) all.delete(PATCH_SCOPE);
  else all.set(PATCH_SCOPE, autopilot);
  return known(all);
}

const lacking = (own: Partial<AppReading> = {}): AppReading =>
  reading({ grants: grants(true), versions: known([version({ scopes: [] })]), ...own });

const inReview = (own: Partial<AppVersion> = {}) =>
  known([version({ version: '1.0.1', versionId: 'oav_2', status: 'in-review', ...own })]);

/** The kind of a plan, and for a block its reason and the page that it names. */
function outcome(from: AppReading, wants?: AppWants): readonly (string | undefined)[] {
  const plan = planApp(from, links, wants);
  if (plan.kind === 'blocked') return [plan.reason, plan.error.code, plan.error.url];
  if (plan.kind === 'waiting') return [plan.kind, plan.version.version, plan.url];
  return [plan.kind];
}

everyRow<[string, AppReading, AppWants | undefined, readonly (string | undefined)[]]>([
  ['lacks nothing', reading(), undefined, ['up-to-date']],
  ['lacks a permission', lacking(), undefined, ['changes']],
  [
    'is a store app',
    lacking({ app: record({ kind: 'store' }) }),
    undefined,
    ['store-app', 'store-app', links.home],
  ],
  ['is disabled', lacking({ bot: bot(1) }), undefined, ['disabled', 'app-not-ready', links.admin]],
  [
    'is not in use, says the bot call',
    lacking({ bot: unknown('failed', 99991662) }),
    undefined,
    ['disabled', 'app-not-ready', links.admin],
  ],
  [
    'could not be asked for its bot',
    lacking({ bot: unknown('failed', 99991663) }),
    undefined,
    ['not-readable', 'platform-error', undefined],
  ],
  [
    'could not be asked for its permissions',
    lacking({ grants: unknown('failed') }),
    undefined,
    ['not-readable', 'platform-error', undefined],
  ],
  ['has its bot off', reading({ bot: bot(1, false) }), undefined, ['changes']],
  [
    'waits with all that it lacks',
    lacking({ versions: inReview() }),
    undefined,
    ['waiting', '1.0.1', links.version('oav_2')],
  ],
  [
    'waits, its contents not reported',
    lacking({ versions: inReview({ scopes: undefined, events: undefined, hasBot: undefined }) }),
    undefined,
    ['waiting', '1.0.1', links.version('oav_2')],
  ],
  [
    'waits without the permission that it lacks',
    lacking({ versions: inReview({ scopes: [] }) }),
    undefined,
    ['under-review', 'under-review', links.version('oav_2')],
  ],
  [
    'waits without the bot that it lacks',
    reading({ bot: bot(2, false), versions: inReview({ hasBot: false }) }),
    undefined,
    ['under-review', 'under-review', links.version('oav_2')],
  ],
  [
    'has submitted a version that it may not read',
    lacking({ versions: unknown('may-not-look') }),
    { published: 'oav_3', publishedVersion: '1.2.0' },
    ['waiting', '1.2.0', links.version('oav_3')],
  ],
  [
    'has submitted one, a person says',
    lacking({ versions: unknown('may-not-look') }),
    { isSubmitted: true },
    ['waiting', '', links.versions],
  ],
  [
    'has submitted none, and may not read them',
    lacking({ versions: unknown('may-not-look') }),
    {},
    ['changes'],
  ],
  ['has submitted one that it can read', lacking(), { isSubmitted: true }, ['changes']],
  [
    'was made by a scan',
    lacking({ app: record({ createSource: 'device_flow' }) }),
    undefined,
    [
      'not-console-made',
      'not-console-made',
      links.addToApp({ scopes: { tenant: planApp(lacking(), links).changes.scopes } }),
    ],
  ],
  [
    'was made where nobody says',
    lacking({ app: record({ createSource: 'unknown' }) }),
    undefined,
    ['changes'],
  ],
  [
    'may not set itself up',
    lacking({ grants: grants(undefined) }),
    undefined,
    ['autopilot-scope', 'scope-missing', links.auth([PATCH_SCOPE])],
  ],
  [
    'asked to set itself up',
    lacking({ grants: grants(false) }),
    undefined,
    ['autopilot-scope', 'scope-missing', links.versions],
  ],
  [
    'has it configured only',
    lacking({ grants: grants(undefined), app: record({ configuredScopes: [PATCH_SCOPE] }) }),
    undefined,
    ['autopilot-scope', 'scope-missing', links.versions],
  ],
  [
    'was never published, and has it configured',
    lacking({ grants: unknown('not-installed'), app: record({ configuredScopes: [PATCH_SCOPE] }) }),
    undefined,
    ['changes'],
  ],
  [
    'was never published, and has it not',
    lacking({ grants: unknown('not-installed') }),
    undefined,
    ['autopilot-scope', 'scope-missing', links.auth([PATCH_SCOPE])],
  ],
  [
    'was never published, and its record is unknown',
    lacking({ grants: unknown('not-installed'), app: unknown('may-not-look') }),
    undefined,
    ['changes'],
  ],
])('an app that %s', (_what, from, wants, expected) => {
  expect(outcome(from, wants)).toEqual(expected);
});

it('names the version that is under review, and says that trying again does not help', () => {
  const plan = planApp(lacking({ versions: inReview({ scopes: [] }) }), links);
  if (plan.kind !== 'blocked') throw new Error(plan.kind);
  expect(plan.error.details).toEqual({ retryable: false, version: '1.0.1' });
});

it('links to what its owner adds to the app, and only that', () => {
  const none: AppChanges = {
    ...planApp(reading(), links).changes,
    scopes: [],
    events: [],
    callbacks: [],
  };
  const added = (own: Partial<AppChanges>) => addToAppLink({ ...none, ...own }, links);
  expect(added({})).toBe(links.versions);
  const event = 'im.message.receive_v1';
  expect(added({ events: [event] })).toBe(
    links.addToApp({ events: { items: { tenant: [event] } } }),
  );
  expect(added({ callbacks: ['card.action.trigger'] })).toBe(
    links.addToApp({ callbacks: { items: ['card.action.trigger'] } }),
  );
  expect(added({ scopes: ['im:chat'] })).toBe(links.addToApp({ scopes: { tenant: ['im:chat'] } }));
});

it('the events of single features are added where the app may do it, and never block it', () => {
  const events = [appManifest.messageEvent];
  const own = {
    app: record({ subscribedEvents: events }),
    versions: known([version({ events })]),
  };
  const missing = ['im.message.recalled_v1', 'im.message.updated_v1'];
  const wants = {
    choices: { reactions: false, welcome: false, menus: false, bots: false, cards: false },
  };
  const allowed = new Map(allScopes.map((scope) => [scope, true]));
  expect(planApp(reading({ ...own, grants: known(allowed) }), links, wants)).toMatchObject({
    kind: 'changes',
    changes: { events: missing },
  });
  const without = new Map([...allowed].filter(([scope]) => scope !== PATCH_SCOPE));
  for (const waiting of [
    { grants: known(without) },
    {
      grants: known(allowed),
      app: record({ subscribedEvents: events, createSource: 'one_click' }),
    },
  ]) {
    const plan = planApp(reading({ ...own, ...waiting }), links, wants);
    expect(plan).toMatchObject({ kind: 'up-to-date', missingEvents: missing, steps: [], wants });
  }
  const none = planApp(
    reading({ grants: known(without), versions: known([version({ events: [] })]) }),
    links,
    wants,
  );
  expect(none).toMatchObject({ kind: 'blocked', changes: { events: [...events, ...missing] } });
});
