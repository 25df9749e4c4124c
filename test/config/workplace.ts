/** A throw-away home directory with a config in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ConfigLocation, locateConfig } from '../../src/config/locate.ts';

export interface Workplace {
  readonly home: string;
  /** `~/.clawdbot` */
  readonly stateDir: string;
  /** `~/.clawdbot/moltbot.json` */
  readonly path: string;
  location(): ConfigLocation;
  write(text: string, name?: string, mode?: number): Promise<string>;
  read(name?: string): Promise<string>;
  mode(name?: string): Promise<number>;
  names(): Promise<string[]>;
}

export function workplace(): Workplace {
  const home = mkdtempSync(join(tmpdir(), 'config-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const stateDir = join(home, '.clawdbot');
  const path = join(stateDir, 'moltbot.json');
  const at = (name = 'moltbot.json') => join(stateDir, name);
  return {
    home,
    stateDir,
    path,
    location: () => locateConfig({ env: {}, home, explicitPath: path }),
    async write(text, name, mode = 0o600) {
      await mkdir(dirname(at(name)), { recursive: true, mode: 0o700 });
      await writeFile(at(name), text);
      await chmod(at(name), mode);
      return at(name);
    },
    read: (name) => readFile(at(name), 'utf8'),
    mode: async (name) => (await stat(at(name))).mode & 0o777,
    names: async () => (await readdir(stateDir)).sort(),
  };
}

export const APP_ID = 'cli_a1b2c3d4e5f60718';
export const OTHER_APP_ID = 'cli_0000000000000001';

/** The edits of a small, complete account. */
export function accountEdits(appId = APP_ID, secret = 's3cret-value-of-the-app') {
  return [
    { path: ['channels', 'feishu', 'enabled'], value: true },
    { path: ['channels', 'feishu', 'appId'], value: appId },
    { path: ['channels', 'feishu', 'appSecret'], value: secret },
  ];
}
