/** application/v7: an app changes and publishes itself (docs/platform/app.md#how-an-app-sets-itself-up). */
import { z } from 'zod';
import { type Answer, ok, refusal } from '../../http/answers.ts';
import { type AppCall, jsonBody, type Route } from '../../http/call.ts';
import { type AppVersion, askForScopes, goOnline, type SandboxApp } from '../../state/app-state.ts';
import { newId } from '../../state/ids.ts';
import { knownScopes, scopeRules } from '../../state/scopes.ts';

const base = '/open-apis/application/v7/applications/:app_id';

const menuEntry = z.object({
  menu_id: z.string().optional(),
  default_name: z.string().min(1).max(64),
  i18n_name: z.record(z.string(), z.string()).optional(),
  event_key: z.string().min(1).max(128).optional(),
  sort: z.number().optional(),
});
const abilityBody = z.object({
  bot: z
    .object({
      enable: z.boolean(),
      bot_menu_enable: z.boolean().optional(),
      bot_menus: z.array(menuEntry).max(15).optional(),
    })
    .optional(),
});

const mode = z.enum(['webhook', 'websocket']);
const scopeItem = z.object({ scope_name: z.string(), token_type: z.enum(['user', 'tenant']) });
const configBody = z.object({
  scope: z
    .object({
      add_scopes: z.array(scopeItem).optional(),
      remove_scopes: z.array(scopeItem).optional(),
    })
    .optional(),
  event: z
    .object({
      subscription_type: mode,
      add_events: z.array(z.string()).optional(),
      remove_events: z.array(z.string()).optional(),
    })
    .optional(),
  callback: z
    .object({
      callback_type: mode,
      add_callbacks: z.array(z.string()).optional(),
      remove_callbacks: z.array(z.string()).optional(),
    })
    .optional(),
  visibility: z
    .object({
      is_visible_to_all: z.boolean(),
      visible_list: z.object({ user_ids: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
});

const ability = z.enum(['gadget', 'web_app', 'bot']);
const publishBody = z.object({
  pc_default_ability: ability.optional(),
  mobile_default_ability: ability.optional(),
  changelog: z.string().optional(),
  remark: z.string().optional(),
  version: z.string().optional(),
});

export function applicationV7Routes(now: () => number): readonly Route[] {
  return [
    {
      method: 'PATCH',
      path: `${base}/ability`,
      access: 'app',
      scopes: scopeRules.patchApp,
      handle: writing(abilityBody, (app, { bot }) => {
        if (bot) app.draft.bot = bot.enable;
        return ok({});
      }),
    },
    {
      method: 'PATCH',
      path: `${base}/config`,
      access: 'app',
      scopes: scopeRules.patchApp,
      handle: writing(configBody, changeConfig),
    },
    {
      method: 'POST',
      path: `${base}/publish`,
      access: 'app',
      scopes: scopeRules.patchApp,
      handle: writing(publishBody, (app, body) => publish(app, body, now())),
    },
  ];
}

function writing<T>(
  schema: z.ZodType<T>,
  write: (app: SandboxApp, body: T) => Answer,
): (call: AppCall) => Answer {
  return (call) => {
    const { app } = call;
    const id = call.params.app_id ?? '';
    if (!/^cli_/.test(id)) return refusal(210032, 'app not found');
    if (id !== app.appId) return refusal(210036, 'no permission to operate another app');
    if (app.state.kind === 'store') return refusal(210034, 'store apps are not supported');
    if (app.state.createSource !== 'developer_console') {
      return refusal(210035, 'only apps created in the developer console are supported');
    }
    if (versionInReview(app)) return refusal(210040, 'the app is under review');
    const body = schema.safeParse(jsonBody(call));
    if (!body.success) return refusal(210031, `invalid param: ${z.prettifyError(body.error)}`);
    return write(app, body.data);
  };
}

function changeConfig(app: SandboxApp, body: z.infer<typeof configBody>): Answer {
  const { scope, event, callback, visibility } = body;
  const added = (scope?.add_scopes ?? []).map(({ scope_name }) => scope_name);
  const unknown = added.find((name) => !knownScopes.has(name));
  if (unknown !== undefined) return refusal(210031, `invalid param: unknown scope ${unknown}`);
  const hasBot = hasBotOn(app);
  if (!hasBot && added.some((name) => name.startsWith('im:'))) {
    return refusal(210041, 'enable the bot ability before adding bot scopes');
  }
  askForScopes(
    app,
    added,
    (scope?.remove_scopes ?? []).map(({ scope_name }) => scope_name),
  );
  if (event) {
    app.draft.eventMode = event.subscription_type;
    const before = app.draft.events ?? app.state.events;
    app.draft.events = merged(before, event.add_events, event.remove_events);
  }
  if (callback) {
    app.draft.callbackMode = callback.callback_type;
    const before = app.draft.callbacks ?? app.state.callbacks;
    app.draft.callbacks = merged(before, callback.add_callbacks, callback.remove_callbacks);
  }
  if (visibility) {
    app.draft.availability = visibility.is_visible_to_all
      ? 'all'
      : (visibility.visible_list?.user_ids ?? []);
  }
  return ok({});
}

function merged(
  before: readonly string[],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): string[] {
  return [...new Set([...before, ...add])].filter((name) => !remove.includes(name));
}

function publish(app: SandboxApp, body: z.infer<typeof publishBody>, now: number): Answer {
  if (!body.changelog || !body.remark) return refusal(210304, 'changelog and remark are required');
  const wantsBot = body.pc_default_ability === 'bot' || body.mobile_default_ability === 'bot';
  if (wantsBot && !hasBotOn(app)) {
    return refusal(210041, 'enable the bot ability before publishing');
  }
  const unsubmitted = app.versions.find(({ status }) => status === 4);
  if (unsubmitted) {
    submit(app, unsubmitted, now);
    return ok({ version_id: unsubmitted.versionId, version: unsubmitted.version });
  }
  const latest = app.versions.at(-1)?.version ?? '0.0.0';
  const number = body.version ?? nextVersion(latest);
  if (!/^\d+\.\d+\.\d+$/.test(number) || !isHigher(number, latest)) {
    return refusal(210303, 'version must be X.Y.Z and higher than the last one');
  }
  const { changelog, remark } = body;
  const version = createVersion(app, { version: number, changelog, remark, now });
  submit(app, version, now);
  return ok({ version_id: version.versionId, version: number });
}

/** Does what a person does in the console: makes a version and, if asked, submits it. */
export function makeVersion(app: SandboxApp, submitted: boolean, now: number): AppVersion {
  const number = nextVersion(app.versions.at(-1)?.version ?? '0.0.0');
  const version =
    app.versions.find(({ status }) => status === 4) ??
    createVersion(app, { version: number, changelog: '', remark: '', now });
  if (submitted) submit(app, version, now);
  return version;
}

function createVersion(
  app: SandboxApp,
  { now, ...text }: Pick<AppVersion, 'version' | 'changelog' | 'remark'> & { now: number },
): AppVersion {
  const version: AppVersion = {
    ...text,
    versionId: newId.version(),
    draft: { scopes: [] },
    createTime: now,
    status: 4,
    publishTime: undefined,
  };
  app.versions.push(version);
  return version;
}

/** Takes what the draft holds now: an unsubmitted version goes on changing with it. */
function submit(app: SandboxApp, version: AppVersion, now: number): void {
  // Scopes that already wait for approval belong to the version too.
  const scopes = new Set([...app.state.pendingScopes, ...app.draft.scopes]);
  version.draft = { ...app.draft, scopes: [...scopes] };
  version.status = 3;
  app.draft = { scopes: [] };
  if (!app.state.reviewRequired) goOnline(app, version, now);
}

function hasBotOn(app: SandboxApp): boolean {
  return app.draft.bot ?? app.state.bot;
}

/** The admin's decision on the version in review; false where none is. */
export function reviewVersion(app: SandboxApp, approve: boolean, now: number): boolean {
  const version = versionInReview(app);
  if (!version) return false;
  if (approve) goOnline(app, version, now);
  else {
    version.status = 2;
    // What was asked for stays in the draft, as in the console.
    app.draft = { ...version.draft, ...app.draft, scopes: version.draft.scopes };
  }
  return true;
}

function versionInReview(app: SandboxApp): AppVersion | undefined {
  return app.versions.find(({ status }) => status === 3);
}

function nextVersion(version: string): string {
  const [major, minor, patch] = version.split('.').map(Number);
  return `${major ?? 1}.${minor ?? 0}.${(patch ?? 0) + 1}`;
}

function isHigher(version: string, than: string): boolean {
  const other = than.split('.').map(Number);
  for (const [index, part] of version.split('.').map(Number).entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
