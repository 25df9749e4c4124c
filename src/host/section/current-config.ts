/** The host's config as it is now: what a person changes counts from the next turn, without a restart. */

import { isFields } from '../../shared/fields.ts';
import type { HostConfig } from '../host-config.ts';
import type { HostRuntime } from '../runtime-contract.ts';
import { rawSection } from './section.ts';

/**
 * A reader of the config, to be asked once a turn.
 *
 * Hosts give an empty config, or throw, while the file cannot be read. Then the last good config
 * counts for turns that have begun; the config watch stops new turns meanwhile.
 *
 * @param atStart the config with which the account was started
 */
export function readCurrentConfig(
  { config }: Pick<HostRuntime, 'config'>,
  atStart: HostConfig,
): () => HostConfig {
  let last = atStart;
  return () => {
    const read = readNow(config);
    if (isFields(read) && Object.keys(rawSection(read)).length > 0) last = read;
    return last;
  };
}

function readNow(config: HostRuntime['config']): unknown {
  try {
    return config?.loadConfig?.() ?? config?.current?.();
  } catch {
    // The file is broken; the config watch reports it.
    return undefined;
  }
}
