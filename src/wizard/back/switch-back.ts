/**
 * The way back from a switch: the other plugin and the text of the config, as they were before setup.
 *
 * In: where the config is. Out: the plugins that have the channel again. Where nothing is kept from before
 * the switch, the section itself says whose it was (back-by-keys.ts).
 */
import { valueAt } from '../../config/json5/json-update.ts';
import type { ConfigLocation } from '../../config/locate.ts';
import { peers } from '../../config/peers/keys/peer.ts';
import { TRANSLATED_FROM } from '../../config/peers/written-for.ts';
import { type ConfigDocument, readConfig } from '../../config/read.ts';
import { readHostFacts } from '../../host/machine/installed/host-facts.ts';
import { locateForHost } from '../../host/machine/installed/locate-for-host.ts';
import { machineError } from '../../host/machine/machine-errors.ts';
import { readFormerState } from '../../host/machine/plugin/former-plugin.ts';
import { translatedFrom } from '../../host/machine/plugin/peer-section.ts';
import {
  type SwitchedBack as SwitchedBackByState,
  switchBack,
} from '../../host/machine/plugin/plugin-switch.ts';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { shellWord } from '../../shared/terminal/shell-word.ts';
import { localize } from '../../shared/text/text.ts';
import { switchTexts as texts } from '../plugin/switch-texts.ts';
import type { SetupFlags, SetupOptions } from '../run.ts';
import { backByKeys, type SwitchedBack } from './back-by-keys.ts';

/** @throws MoltbotFeishuError `no-former-plugin` (usage); `host-refused`; what reading a config throws */
export async function runSwitchBack(options: SetupOptions): Promise<SwitchedBack> {
  const { flags, env, signal, now, conversation } = options;
  const surroundings = { ...options, host: flags.host, config: flags.config };
  const location = await locateForHost(surroundings);
  const document = await readConfig(location, { env, missingVariables: 'ignore' });
  const facts = await readHostFacts({ ...options, location, wanted: flags.host }, document);
  const { host, isUp } = facts;
  const byHost = host && { ...options, location, document, host, isUp };
  const plugin = translatedFrom(document);
  const state = await readFormerState(location.stateDir);
  if (!state) {
    if (!plugin) throw noWayBack(document, location);
    return backByKeys({ plugin, document, location, byHost }, options);
  }
  const back = await conversation.during(texts.goingBack, () =>
    switchBack(state, { location, now, signal, byHost }),
  );
  tellBack(back, location, conversation);
  const { names: plugins, kept, conflicts, removed } = back;
  return { plugins, path: location.path, kept, conflicts, removed, next: [] };
}

function noWayBack(
  { section, merged }: Pick<ConfigDocument, 'section' | 'merged'>,
  { path }: ConfigLocation,
): MoltbotFeishuError {
  if (section === undefined) return machineError('noFormerPlugin', { path });
  const isTranslated = valueAt(merged, ['channels', 'feishu', TRANSLATED_FROM]) !== undefined;
  return machineError(isTranslated ? 'formerUnclear' : 'formerUnnamed', { path, plugins: peers });
}

function tellBack(
  { names, plugin, kept, conflicts, removed }: SwitchedBackByState,
  { path }: ConfigLocation,
  { tell, warn }: SetupOptions['conversation'],
): void {
  const hasChanges = kept.length + conflicts.length > 0;
  tell(localize(hasChanges ? texts.isBackChanged : texts.isBack, { names, path }));
  if (kept.length > 0) tell(localize(texts.keptSince, { keys: kept }));
  if (conflicts.length > 0) warn(localize(texts.changedTwice, { keys: conflicts }));
  if (removed.length > 0)
    tell(localize(texts.keysRemoved, { plugin: plugin ?? '', keys: removed }));
}

/** The command of the way back, for the same config. */
export function wayBackCommand({ host, config }: Pick<SetupFlags, 'host' | 'config'>): string {
  const place = config === undefined ? host && ` --host ${host}` : ` --config ${shellWord(config)}`;
  return `moltbot-feishu setup --restore${place ?? ''}`;
}
