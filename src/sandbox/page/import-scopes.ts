/** The console's batch import of permissions: the JSON that its export writes (docs/platform/console.md#pages). */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { askForScopes, type SandboxApp } from '../state/app-state.ts';
import { knownScopes } from '../state/scopes.ts';

const exported = z.object({ scopes: z.object({ tenant: z.array(z.string()) }) });

/** @returns why nothing was added; `undefined` where the permissions were */
export function importScopes(app: SandboxApp, text: string): string | undefined {
  const read = exported.safeParse(parseJson(text));
  if (!read.success) return 'JSON 格式不正确 · This is not the JSON of an export';
  const { tenant } = read.data.scopes;
  const unknown = tenant.filter((scope) => !knownScopes.has(scope));
  if (unknown.length > 0) return `没有此权限 · Unknown: ${unknown.join(', ')}`;
  askForScopes(
    app,
    tenant.filter((scope) => !app.state.scopes.includes(scope)),
  );
  return undefined;
}
