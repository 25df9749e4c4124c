/** tenant_access_token: given out, kept, checked (docs/platform/credentials.md#token). */
import { TOKEN_LIFE_S, TOKEN_RENEWAL_MS } from '../../platform/limits.ts';
import { type Answer, fieldViolation, refusal } from '../http/answers.ts';
import { jsonBody, type Route, stringField } from '../http/call.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { newId } from '../state/ids.ts';

export interface Tokens {
  readonly routes: readonly Route[];
  /** The app that a Bearer header belongs to, or the refusal. */
  appOf(authorization: string | undefined): SandboxApp | Answer;
  /** Makes every token invalid, as a revoked secret does. */
  revokeAll(): void;
}

export function createTokens(
  apps: ReadonlyMap<string, SandboxApp>,
  now: () => number,
  lifetime: number = TOKEN_LIFE_S * 1000,
): Tokens {
  const issued = new Map<string, { readonly app: SandboxApp; readonly expiresAt: number }>();
  const current = new Map<SandboxApp, string>();

  function tokenFor(app: SandboxApp): { token: string; expire: number } {
    const known = current.get(app);
    const left = (known === undefined ? 0 : (issued.get(known)?.expiresAt ?? 0)) - now();
    if (known !== undefined && left >= Math.min(TOKEN_RENEWAL_MS, lifetime / 4)) {
      return { token: known, expire: Math.floor(left / 1000) };
    }
    const token = newId.token();
    issued.set(token, { app, expiresAt: now() + lifetime });
    current.set(app, token);
    return { token, expire: Math.floor(lifetime / 1000) };
  }

  return {
    routes: [
      {
        method: 'POST',
        path: '/open-apis/auth/v3/tenant_access_token/internal',
        access: 'open',
        handle: (call) => {
          const body = jsonBody(call);
          if (!body) return fieldViolation('body', 'the body is not JSON');
          const app = credentialsIn(
            apps,
            stringField(body, 'app_id'),
            stringField(body, 'app_secret'),
          );
          if ('status' in app) return app;
          const { token, expire } = tokenFor(app);
          return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire } };
        },
      },
    ],
    appOf(authorization) {
      const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) {
        return refusal(
          99991661,
          'Missing access token for authorization. Please make a request with token attached.',
        );
      }
      const entry = issued.get(token);
      if (!entry || entry.expiresAt <= now()) {
        return refusal(
          99991663,
          'Invalid access token for authorization. Please make a test attempt with a valid token.',
        );
      }
      return entry.app;
    },
    revokeAll() {
      issued.clear();
      current.clear();
    },
  };
}

function credentialsIn(
  apps: ReadonlyMap<string, SandboxApp>,
  appId: string,
  appSecret: string,
): SandboxApp | Answer {
  // These refusals come with HTTP 200 (docs/platform/credentials.md#token; observed).
  const refuse = (code: number, msg: string): Answer => ({ status: 200, body: { code, msg } });
  if (appId === '' || appSecret === '' || !/^cli_\w+$/.test(appId))
    return refuse(10003, 'invalid param');
  const app = apps.get(appId);
  if (!app) return refuse(10014, 'app id not exists');
  if (app.appSecret !== appSecret) return refuse(10014, 'app secret invalid');
  if (app.state.status === 'disabled') {
    return refuse(10014, 'app unauthorized: check if the app is deactivated');
  }
  return app;
}

/** 99991672 with the link that grants the scope, as the platform writes it (docs/platform/errors.md#a-missing-scope). */
export function scopeMissing(app: SandboxApp, rule: readonly string[], console: string): Answer {
  const url = `${console}/app/${app.appId}/auth?q=${rule.join(',')}&op_from=openapi&token_type=tenant`;
  const list = rule.join(', ');
  return refusal(
    99991672,
    `Access denied. One of the following scopes is required: [${list}].应用尚未开通所需的应用身份权限：[${list}]，点击链接申请并开通任一权限即可：${url}`,
    {
      error: {
        permission_violations: rule.map((subject) => ({ type: 'action_scope_required', subject })),
        helps: [{ url, description: '点击链接申请并开通任一权限即可' }],
      },
    },
  );
}
