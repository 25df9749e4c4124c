/**
 * The way back of what setup did in a host: its plugin, and the entries of the config that turn it on.
 *
 * In: what the machine has. Out: whether the plugin goes, the edits for that, and the removal itself,
 * which follows the config: a channel that no plugin provides invalidates it.
 */
import { join } from 'node:path';
import { managingVariable } from '../../config/change/change.ts';
import type { ConfigEdit } from '../../config/edit.ts';
import type { ConfigLocation, HostName } from '../../config/locate.ts';
import type { ConfigDocument } from '../../config/read.ts';
import type { CheckResult } from '../../doctor/check.ts';
import { readHostFacts } from '../../host/machine/installed/host-facts.ts';
import { PLUGIN_ID } from '../../host/machine/installed/plugin-folders.ts';
import { isOwnPlugin } from '../../host/machine/plugin/other-plugins.ts';
import {
  type InstallOptions,
  pluginRemovalEdits,
  removePlugin,
} from '../../host/machine/plugin/plugin-install.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { removeTexts as texts } from './remove-texts.ts';

export interface PluginRemovalOptions {
  readonly location: ConfigLocation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly conversation: Conversation;
  /** From `--host`. */
  readonly wantedHost: HostName | 'none' | undefined;
  /** From `--plugin`; asked where it is not given. */
  readonly plugin: boolean | undefined;
}

export interface PluginToRemove {
  /** The host on this machine that reads the config. */
  readonly host: HostName | undefined;
  /** Asks where a person can be asked. */
  isWanted(): Promise<boolean>;
  edits(document: ConfigDocument): readonly ConfigEdit[];
  /** The planned change. */
  readonly planned: CheckResult;
  /** @throws MoltbotFeishuError `host-refused` where the folder stays */
  remove(): Promise<CheckResult>;
  /** The text to show where the plugin stays. */
  readonly remainingText: LocalizedText | undefined;
}

export async function pluginToRemove(
  options: PluginRemovalOptions,
  document: ConfigDocument,
): Promise<PluginToRemove> {
  const { location, env, platform, signal, now, conversation, wantedHost: wanted } = options;
  const facts = await readHostFacts({ ...options, wanted }, document);
  const { host, isUp } = facts;
  const target = join(location.stateDir, 'extensions', PLUGIN_ID);
  const isManaged = managingVariable(env) !== undefined;
  // One that is loaded from elsewhere is its owner's.
  const own = facts.plugins.find((plugin) => plugin.path === target && isOwnPlugin(plugin));
  const isRemovable = own !== undefined && !isManaged;
  const step = (status: CheckResult['status'], detail: LocalizedText): CheckResult => ({
    id: 'plugin',
    ms: 0,
    status,
    detail,
  });
  const params = { path: target, host: host?.name ?? '' };
  const byHost: InstallOptions | undefined = host && {
    host,
    location,
    document,
    env,
    platform,
    isUp,
    signal,
    now,
  };
  const remainingInHost = host && localize(texts.remainingPlugin, { host: host.name });
  return {
    host: host?.name,
    async isWanted() {
      if (!isRemovable) return false;
      if (options.plugin !== undefined || !conversation.guided) return options.plugin === true;
      const answer = await conversation.choose(localize(texts.askPlugin), [
        { value: 'yes', label: texts.pluginYes },
        { value: 'no', label: texts.pluginNo },
      ]);
      return answer === 'yes';
    },
    edits: pluginRemovalEdits,
    planned: step('skipped', localize(texts.pluginPlanned, params)),
    async remove() {
      await conversation.during(texts.pluginRemoving, () => removePlugin(target, byHost));
      return step('ok', localize(texts.pluginRemoved, params));
    },
    remainingText: isRemovable ? localize(texts.remainingOwnPlugin, params) : remainingInHost,
  };
}
