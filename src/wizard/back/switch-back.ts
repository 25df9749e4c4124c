/**
 * The way back from a switch: the other plugin and the text of the config, as they were before setup.
 *
 * In: where the config is. Out: the plugins that have the channel again. Where nothing is kept from before
 * the switch, the section itself says whose it was (back-by-keys.ts).
 */
import { readConfig } from '../../config/read.ts';
import { readHostFacts } from '../../host/machine/installed/host-facts.ts';
import { locateForHost } from '../../host/machine/installed/locate-for-host.ts';
import { readFormerState } from '../../host/machine/plugin/former-plugin.ts';
import { translatedFrom } from '../../host/machine/plugin/peer-section.ts';
import { switchBack } from '../../host/machine/plugin/plugin-switch.ts';
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
  if (plugin && !(await readFormerState(location.stateDir))) {
    return backByKeys({ plugin, document, location, byHost }, options);
  }
  const plugins = await conversation.during(texts.goingBack, () =>
    switchBack({ location, now, signal, byHost }),
  );
  conversation.tell(localize(texts.isBack, { names: plugins, path: location.path }));
  return { plugins, path: location.path };
}

/** The command of the way back, for the same config. */
export function wayBackCommand({ host, config }: Pick<SetupFlags, 'host' | 'config'>): string {
  const place = config === undefined ? host && ` --host ${host}` : ` --config ${config}`;
  return `moltbot-feishu setup --restore${place ?? ''}`;
}
