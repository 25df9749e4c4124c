/** A person who opens a link that asks for something, and confirms (docs/platform/console.md#links-that-carry-a-wish). */
import type { SandboxApp } from '../state/app-state.ts';
import { knownScopes } from '../state/scopes.ts';
import { type Addons, decodeAddons } from './scanned-app.ts';

/**
 * The app and what the link asks for: a permission page with scopes preselected, a page that asks for
 * one scope, or the launcher page for an app that there is.
 */
function askedBy(link: string): { readonly appId: string; readonly addons: Addons } | undefined {
  const { pathname, searchParams } = new URL(link);
  const scopesOf = (list: string | null): Addons => ({
    scopes: { tenant: (list ?? '').split(',').filter((scope) => scope !== '') },
  });
  const permissionPage = /^\/app\/([^/]+)\/auth$/.exec(pathname)?.[1];
  if (permissionPage) return { appId: permissionPage, addons: scopesOf(searchParams.get('q')) };
  const appId = searchParams.get('clientID');
  if (appId === null) return undefined;
  if (pathname === '/page/scope-apply') {
    return { appId, addons: scopesOf(searchParams.get('scopes')) };
  }
  const addons = decodeAddons(searchParams.get('addons') ?? undefined);
  return pathname === '/page/launcher' ? { appId, addons: addons ?? {} } : undefined;
}

/** Throws RangeError for a link of another kind, or of an app that is not there. */
export function confirm(
  apps: ReadonlyMap<string, SandboxApp>,
  link: string,
  options: { readonly waits: boolean },
): SandboxApp {
  const asked = askedBy(link);
  const app = asked && apps.get(asked.appId);
  if (!app) throw new RangeError('the link asks for nothing of an app that is here');
  addToApp(app, asked.addons, options);
  return app;
}

/** Adds, never takes away; in force at once, or with `waits` with the next version. */
export function addToApp(
  app: SandboxApp,
  addons: Addons,
  { waits }: { readonly waits: boolean },
): void {
  const { state, draft } = app;
  const scopes = (addons.scopes?.tenant ?? []).filter((scope) => knownScopes.has(scope));
  const events = addons.events?.items?.tenant ?? [];
  const callbacks = addons.callbacks?.items ?? [];
  if (waits) {
    const added = scopes.filter((scope) => !state.scopes.includes(scope));
    draft.scopes = union(draft.scopes, added);
    if (events.length > 0) draft.events = union(draft.events ?? state.events, events);
    if (callbacks.length > 0) {
      draft.callbacks = union(draft.callbacks ?? state.callbacks, callbacks);
    }
    return;
  }
  app.state = {
    ...state,
    scopes: union(state.scopes, scopes),
    pendingScopes: state.pendingScopes.filter((scope) => !scopes.includes(scope)),
    events: union(state.events, events),
    callbacks: union(state.callbacks, callbacks),
  };
}

function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])];
}
