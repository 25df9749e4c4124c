/**
 * Other plugins that have the channel, and how each gives it up without losing anything. Pure.
 *
 * In: the folders that offer the channel, and the host's settings. Out: which of them are in use, the way
 * to switch each one off, and the edits of the config for it.
 */
import { dirname, join, sep } from 'node:path';
import type { ConfigEdit } from '../../../config/edit.ts';
import type { HostName } from '../../../config/locate.ts';
import type { HostFacts, HostSettings } from '../installed/host-facts.ts';
import { PLUGIN_ID, type PluginFolder } from '../installed/plugin-folders.ts';

/** Under both names the same plugin is published. */
const ownNames = ['@moltbot/feishu', 'moltbot-feishu'];

export function isOwnPlugin({ name }: Pick<PluginFolder, 'name'>): boolean {
  return ownNames.includes(name);
}

/**
 * `replace`: the host installs ours over it. `set-aside`: its folder is moved to where no host looks.
 * `disable`: its entry in the config says so. `unlist`: `plugins.load.paths` no longer names it.
 */
export type SwitchWay = 'replace' | 'set-aside' | 'disable' | 'unlist';

export interface OtherPlugin extends PluginFolder {
  /** `undefined`: only a person can do it. */
  readonly way: SwitchWay | undefined;
}

type Facts = Pick<HostFacts, 'plugins' | 'settings' | 'loadPaths'>;

/**
 * The plugins that are not ours and have the channel. One that is switched off is in no one's way.
 *
 * @param host the one that reads the config; `undefined`: none is here yet
 */
export function otherPlugins(
  { plugins, settings, loadPaths }: Facts,
  stateDir: string,
  host: HostName | undefined,
): readonly OtherPlugin[] {
  return plugins
    .filter((plugin) => !isOwnPlugin(plugin) && !isOff(plugin, settings))
    .map((plugin) => ({ ...plugin, way: wayOf(plugin, { stateDir, host, loadPaths }) }));
}

/** Of the id that we have, too, the entry says nothing: it is ours as well. */
function isOff({ id }: PluginFolder, { plugins = {} }: HostSettings): boolean {
  if (id === PLUGIN_ID) return false;
  const { allow = [], deny = [], entries = {} } = plugins;
  const isLeftOut = allow.length > 0 && !allow.includes(id);
  return entries[id]?.enabled === false || deny.includes(id) || isLeftOut;
}

interface Surroundings extends Pick<HostFacts, 'loadPaths'> {
  readonly stateDir: string;
  readonly host: HostName | undefined;
}

function wayOf(
  { path, id }: PluginFolder,
  { stateDir, host, loadPaths }: Surroundings,
): SwitchWay | undefined {
  if (id !== PLUGIN_ID) return 'disable';
  if (loadPaths.some((listed) => isListed(path, listed))) return 'unlist';
  // In a folder of plugins that the config lists, or in the workspace: its owner put it there.
  const isInExtensions = dirname(path) === join(stateDir, 'extensions');
  if (host === 'openclaw') {
    const isInstalled = isInExtensions || path.startsWith(join(stateDir, 'npm') + sep);
    return isInstalled ? 'replace' : undefined;
  }
  return isInExtensions ? 'set-aside' : undefined;
}

/** A plugin is listed by its folder, or by a file in it. */
function isListed(path: string, listed: string): boolean {
  return listed === path || dirname(listed) === path;
}

/** The edits of the config that switch the others off. */
export function switchEdits(
  others: readonly OtherPlugin[],
  { settings: { plugins = {} }, loadPaths }: Pick<Facts, 'settings' | 'loadPaths'>,
): ConfigEdit[] {
  const edits: ConfigEdit[] = others
    .filter(({ way }) => way === 'disable')
    .map(({ id }) => ({ path: ['plugins', 'entries', id, 'enabled'], value: false }));
  const unlisted = others.filter(({ way }) => way === 'unlist').map(({ path }) => path);
  const listed = plugins.load?.paths ?? [];
  const kept = listed.filter((_, index) =>
    unlisted.every((path) => !isListed(path, loadPaths[index] ?? '')),
  );
  if (kept.length < listed.length) edits.push({ path: ['plugins', 'load', 'paths'], value: kept });
  return edits;
}
