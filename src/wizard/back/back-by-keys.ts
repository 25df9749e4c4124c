/**
 * The way back to another plugin where nothing is kept from before the switch: the section as it is now, without
 * the keys that only we have, and the other plugin by the host's own command.
 */
import { join } from 'node:path';
import { applyConfigChange } from '../../config/change/change.ts';
import { valueAt } from '../../config/json5/json-update.ts';
import type { ConfigLocation } from '../../config/locate.ts';
import { planWayBack } from '../../config/peers/back/way-back.ts';
import type { Peer } from '../../config/peers/keys/peer.ts';
import type { ConfigDocument } from '../../config/read.ts';
import { PLUGIN_ID, readPlugin } from '../../host/machine/installed/plugin-folders.ts';
import { machineError } from '../../host/machine/machine-errors.ts';
import { isOwnPlugin } from '../../host/machine/plugin/other-plugins.ts';
import { npmNameOf } from '../../host/machine/plugin/peer-section.ts';
import { type InstallOptions, installFormer } from '../../host/machine/plugin/plugin-install.ts';
import { localize } from '../../shared/text/text.ts';
import { switchTexts as texts } from '../plugin/switch-texts.ts';
import type { SetupOptions } from '../run.ts';
import { installCommands } from './install-commands.ts';

export interface SwitchedBack {
  /** The plugins that have the channel again; none: a person has to install it. */
  readonly plugins: readonly string[];
  readonly path: string;
  /** Keys that were changed since the switch and stay, dotted. */
  readonly kept: readonly string[];
  /** Keys that the switch had changed, and others changed since: the later value stays. */
  readonly conflicts: readonly string[];
  /** Keys that the other plugin does not have, and that are gone. */
  readonly removed: readonly string[];
  /** Commands that are left for a person. */
  readonly next: readonly string[];
}

interface Way {
  readonly plugin: Peer;
  readonly document: ConfigDocument;
  readonly location: ConfigLocation;
  readonly byHost: InstallOptions | undefined;
}

/**
 * @throws MoltbotFeishuError `no-former-plugin` where the other plugin would answer more people (then
 *   nothing has changed); `host-refused`; what writing a config throws
 */
export async function backByKeys(
  { plugin, document, location, byHost }: Way,
  { conversation, env, signal, now, onWrite }: SetupOptions,
): Promise<SwitchedBack> {
  const { path } = location;
  const section = valueAt(document.merged, ['channels', 'feishu']) ?? {};
  const { edits, removed, wider } = planWayBack(section, plugin);
  if (wider.length > 0) throw machineError('widerInFormer', { plugin, keys: wider });
  await applyConfigChange(location, edits, { env, signal, now });
  onWrite?.();
  if (removed.length > 0) conversation.tell(localize(texts.keysRemoved, { plugin, keys: removed }));
  const name = npmNameOf(plugin);
  const back = { path, kept: [], conflicts: [], removed };
  if (byHost?.host.name !== 'openclaw') {
    const host = byHost?.host.name;
    const moved = host && (await ownFolder(location));
    const { commands, line } = installCommands({ host, plugin: name, moved }, process.platform);
    conversation.tell(localize(texts.installAgain, { plugin, path, command: line }));
    return { ...back, plugins: [], next: commands };
  }
  await conversation.during(texts.goingBack, () => installFormer(name, byHost));
  conversation.tell(localize(texts.hasChannel, { plugin, path }));
  return { ...back, plugins: [name], next: [] };
}

/** The folder of our plugin, and the one to move it to. */
async function ownFolder({ stateDir }: ConfigLocation) {
  const from = join(stateDir, 'extensions', PLUGIN_ID);
  const isThere = (await readPlugin(from)).some(isOwnPlugin);
  return isThere ? { from, to: join(stateDir, 'moltbot-feishu-plugin') } : undefined;
}
