/** A person in front of a guided setup that meets trouble. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import { DOWN, ENTER, type Terminal } from '../support/terminal.ts';
import { person, type Stage, stage, texts } from './stage.ts';

export interface Scene extends Stage {
  readonly screen: Terminal;
  readonly somebody: ReturnType<typeof person>;
  /** Takes the nth way on from an error, 0 the first. */
  takes(nth: number): Promise<void>;
  /** Writes to the bot, agrees to the config: the way to its end. */
  finishes(): Promise<void>;
}

export const TOKEN = '/open-apis/auth/v3/tenant_access_token/internal';
export const down = (nth: number) => DOWN.repeat(nth) + ENTER;

export async function scene(
  options: SandboxOptions,
  words: (stage: Stage) => Promise<readonly string[]> | readonly string[],
  prepare: (stage: Stage) => unknown = () => undefined,
  env: Record<string, string> = {},
): Promise<Scene> {
  const set = await stage({ registration: { intervalS: 0.05 }, ...options }, { env });
  await prepare(set);
  const screen = set.open(...(await words(set)));
  const somebody = person(set, screen);
  return {
    ...set,
    screen,
    somebody,
    takes: (nth) => somebody.answer(texts.askRetry, down(nth)),
    async finishes() {
      await somebody.writes();
      await somebody.answer(texts.askWrite);
      expect(await screen.ended()).toBe(0);
      expect(await set.section()).toMatchObject({ enabled: true, appId: set.sandbox.appId });
      expect(screen.raw).not.toContain(set.sandbox.appSecret);
      expect(screen.screen).not.toMatch(/at .*\.js:\d+/);
    },
  };
}

/** Credentials that were given, so that the app comes next. */
export async function given({ home, sandbox }: Stage): Promise<string[]> {
  const file = join(home, 'secret');
  await writeFile(file, sandbox.appSecret, { mode: 0o600 });
  return ['--app-id', sandbox.appId, '--app-secret-file', file];
}
export const asked = ({ sandbox }: Stage) => ['--app-id', sandbox.appId];
export const scanning = () => ['--scan', '--bot-name', 'Moltbot'];
export const without = (scope: string) => everydayScopes.filter((name) => name !== scope);
