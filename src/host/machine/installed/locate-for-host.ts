/** Finds the config of every command: without a named file, a host found on PATH decides. */
import {
  type ConfigLocation,
  type HostName,
  isPathNamed,
  locateConfig,
} from '../../../config/locate.ts';
import { hostReadingConfig } from './host-facts.ts';
import { findHosts } from './host-programs.ts';
import { plausibleHosts } from './plausible-hosts.ts';

export interface LocateForHostOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that `~` means. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** From `--host`; `none`: there is none, whatever is installed. */
  readonly host: HostName | 'none' | undefined;
  /** From `--config`. */
  readonly config: string | undefined;
}

/**
 * The config of the installed host. Clawdbot reads `clawdbot.json` only: a file that setup wrote
 * elsewhere would have no effect, and later commands would examine the wrong file.
 */
export async function locateForHost(options: LocateForHostOptions): Promise<ConfigLocation> {
  const { env, home, host, config, platform } = options;
  const named = { env, home, ...(config !== undefined && { explicitPath: config }) };
  if (host !== undefined && host !== 'none') return locateConfig({ ...named, host });
  const location = locateConfig(named);
  if (host === 'none' || isPathNamed(named)) return location;
  const installed = await findHosts(env, platform);
  const [first] = installed;
  if (!first) {
    // A host without a config yet is known by its directory.
    const [only, ...others] = location.exists ? [] : await plausibleHosts({ env, home });
    return only && others.length === 0 ? locateConfig({ ...named, host: only }) : location;
  }
  if (hostReadingConfig(location.path, installed)) return location;
  return locateConfig({ ...named, host: first.name });
}
