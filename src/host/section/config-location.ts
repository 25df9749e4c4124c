/** Finds the host that runs us, and its config file. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ConfigLocation, type HostName, locateConfig } from '../../config/locate.ts';
import { homeDirectory } from '../../shared/home.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The host whose program this process runs: the package around its entry point says.
 *
 * @param entry `process.argv[1]`
 */
export function runningHost(entry: string | undefined): HostName | undefined {
  if (!entry) return undefined;
  try {
    let folder = dirname(realpathSync(entry));
    for (let parent = dirname(folder); folder !== parent; parent = dirname(folder)) {
      const manifest = join(folder, 'package.json');
      const name = existsSync(manifest) ? packageName(manifest) : undefined;
      if (name === 'moltbot' || name === 'clawdbot' || name === 'openclaw') return name;
      folder = parent;
    }
  } catch {
    // An entry point that is no file: another kind of process, whose host is not known.
  }
  return undefined;
}

function packageName(path: string): unknown {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof manifest === 'object' && manifest !== null
    ? Reflect.get(manifest, 'name')
    : undefined;
}

/** The config file of the host that runs us. */
export function hostConfigLocation(env: Env, entry: string | undefined): ConfigLocation {
  const host = runningHost(entry);
  return locateConfig({ env, home: homeOf(env), ...(host && { host }) });
}

export function homeOf(env: Env): string {
  return homeDirectory(env);
}
