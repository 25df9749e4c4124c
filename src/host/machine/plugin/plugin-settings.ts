/** Finds the host settings that keep the plugin from running, and the edits that fix them. Pure. */
import type { ConfigEdit } from '../../../config/edit.ts';
import type { HostSettings } from '../installed/host-facts.ts';
import { PLUGIN_ID } from '../installed/plugin-folders.ts';

export interface PluginSettingProblem {
  /** The key, dotted. */
  readonly key: string;
  /** The current value; null: none. */
  readonly value: unknown;
  readonly edit: ConfigEdit;
}

/** @param needsEntry the host turns the plugin on only where its entry says so */
export function pluginSettingProblems(
  { plugins = {} }: HostSettings,
  needsEntry: boolean,
): readonly PluginSettingProblem[] {
  const { allow = [], deny = [], entries = {} } = plugins;
  const problems: PluginSettingProblem[] = [];
  const addChange = (path: readonly string[], value: unknown, wanted: boolean | string[]): void => {
    problems.push({ key: path.join('.'), value, edit: { path: [...path], value: wanted } });
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
  if (enabled === false || (needsEntry && enabled === undefined)) {
    addChange(['plugins', 'entries', PLUGIN_ID, 'enabled'], enabled ?? null, true);
  }
  return problems;
}
