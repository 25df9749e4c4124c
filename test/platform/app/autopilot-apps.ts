/** Apps in a sandbox, and the engine pointed at them. */

import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import type { AppWants } from '../../../src/platform/app/app-changes.ts';
import { type AppPlan, planApp } from '../../../src/platform/app/app-plan.ts';
import { readApp } from '../../../src/platform/app/reading/app-reading.ts';
import { createPlatformClient, type PlatformClient } from '../../../src/platform/client/client.ts';
import type { AppState, Sandbox } from '../../../src/sandbox/sandbox.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { render } from '../../../src/shared/text/text.ts';

export const PATCH_SCOPE = 'application:application:patch';
export const SELF_MANAGE = 'application:application:self_manage';

/** As the console makes it: nothing but the right to set itself up, and to look. */
export const freshApp: Partial<AppState> = {
  bot: false,
  published: false,
  scopes: [PATCH_SCOPE, SELF_MANAGE],
  events: [],
  callbacks: [],
  eventMode: 'webhook',
  callbackMode: 'webhook',
};

export function clientFor(
  { url, appId, appSecret }: Pick<Sandbox, 'url' | 'appId' | 'appSecret'>,
  options: { timeoutMs?: number } = {},
): PlatformClient {
  return createPlatformClient({
    appId,
    appSecret: new Secret(appSecret),
    domain: url,
    retry: { attempts: 3, baseMs: 1 },
    ...options,
  });
}

export function planOf(sandbox: Sandbox, wants?: AppWants): Promise<AppPlan> {
  return planBy(clientFor(sandbox), wants);
}

export async function planBy(client: PlatformClient, wants?: AppWants): Promise<AppPlan> {
  const links = consoleLinks(client.endpoints, client.appId);
  return planApp(await readApp(client), links, wants);
}

export type Changes = AppPlan & { kind: 'changes' };

/** A plan of kind `changes`; any other fails the test. */
export async function changesOf(sandbox: Sandbox, wants?: AppWants): Promise<Changes> {
  const plan = await planOf(sandbox, wants);
  if (plan.kind !== 'changes') throw new Error(`the plan is ${plan.kind}`);
  return plan;
}

export function wordsOf(plan: AppPlan, lang: 'en' | 'zh' = 'en'): string[] {
  return plan.steps.map(({ text }) => render(text, lang));
}

/** The calls that change something, without the app id. */
export function writesOf(sandbox: Sandbox): string[] {
  return sandbox
    .calls()
    .filter(({ path }) => path.startsWith('/open-apis/application'))
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
}

export const noPause = async (): Promise<void> => undefined;
