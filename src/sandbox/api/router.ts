/** From a path to its handler, past the checks that every call of an app meets. */
import { type Answer, refusal } from '../http/answers.ts';
import type { Call, Route } from '../http/call.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import type { IncomingCall } from '../http/server.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { hasAnyOf } from '../state/scopes.ts';
import { scopeMissing } from './tokens.ts';

export interface RouterOptions {
  readonly routes: readonly Route[];
  readonly appOf: (authorization: string | undefined) => SandboxApp | Answer;
  /** Base URL of the console that refusals link to. */
  readonly console: string;
  readonly callerAddress: string;
  readonly limits: RateLimits;
}

export function createRouter(options: RouterOptions): (call: IncomingCall) => Promise<Answer> {
  const routes = options.routes.map((route) => ({ route, segments: route.path.split('/') }));

  return async (incoming) => {
    const segments = incoming.url.pathname.split('/');
    for (const { route, segments: pattern } of routes) {
      if (route.method !== incoming.method) continue;
      const params = paramsOf(pattern, segments);
      if (!params) continue;
      const call: Call = {
        method: incoming.method,
        path: incoming.url.pathname,
        query: incoming.url.searchParams,
        params,
        headers: incoming.headers,
        body: incoming.body,
      };
      if (route.access === 'open') return route.handle(call);
      const app = options.appOf(incoming.headers.authorization);
      if ('status' in app) return app;
      const refused =
        refusalFor(app, route.scopes, options) ??
        options.limits.takeCall(app.appId, `${route.method} ${route.path}`);
      return refused ?? route.handle({ ...call, app });
    }
    return { status: 404, body: '404 page not found' };
  };
}

function refusalFor(
  app: SandboxApp,
  scopes: readonly string[],
  options: RouterOptions,
): Answer | undefined {
  const { state } = app;
  if (!isAllowedAddress(app, options.callerAddress)) {
    return refusal(99991401, `ip ${options.callerAddress} is denied by app setting`);
  }
  if (state.status === 'disabled') return refusal(99991662, 'app not in use');
  if (!hasAnyOf(state.scopes, scopes)) return scopeMissing(app, scopes, options.console);
  return undefined;
}

export function isAllowedAddress(app: SandboxApp, address: string): boolean {
  return app.state.ipAllowList.length === 0 || app.state.ipAllowList.includes(address);
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const found = segments[index] ?? '';
    if (expected.startsWith(':')) {
      const value = decode(found);
      if (value === undefined || value === '') return undefined;
      params[expected.slice(1)] = value;
    } else if (expected !== found) return undefined;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A malformed escape matches no id; the caller answers 404.
    return undefined;
  }
}
