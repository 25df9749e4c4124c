/** Finds the host settings that keep the plugin from running, and the edits that fix them. Pure. */
import type { ConfigEdit } from '../../config/edit.ts';
import type { HostSettings } from './host-facts.ts';
import { PLUGIN_ID } from './plugin-folders.ts';

export interface PluginObstacle {
  /** The key, dotted. */
  readonly key: string;
  /** The current value; null: none. */
  readonly value: unknown;
  readonly edit: ConfigEdit;
}

/** @param needsWord the host turns the plugin on only where its entry says so */
export function pluginObstacles(
  { plugins = {} }: HostSettings,
  needsWord: boolean,
): readonly PluginObstacle[] {
  const { allow = [], deny = [], entries = {} } = plugins;
  const obstacles: PluginObstacle[] = [];
  const addChange = (path: readonly string[], value: unknown, wanted: boolean | string[]): void => {
    obstacles.push({ key: path.join('.'), value, edit: { path: [...path], value: wanted } });
  };
  if (plugins.enabled === false) addChange(['plugins', 'enabled'], false, true);
  if (deny.includes(PLUGIN_ID)) {
    addChange(
      ['plugins', 'deny'],
      deny,
      deny.filter((id) => id !== PLUGIN_ID),
    );
  }
  if (allow.length > 0 && !allow.includes(PLUGIN_ID)) {
    addChange(['plugins', 'allow'], allow, [...allow, PLUGIN_ID]);
  }
  const enabled = entries[PLUGIN_ID]?.enabled;
  if (enabled === false || (needsWord && enabled === undefined)) {
    addChange(['plugins', 'entries', PLUGIN_ID, 'enabled'], enabled ?? null, true);
  }
  return obstacles;
}
