/** The host that a config is for, asked where none is on PATH and several are plausible. */
import { type HostName, isPathNamed, locateConfig } from '../config/locate.ts';
import { findHosts } from '../host/machine/installed/host-programs.ts';
import { plausibleHosts } from '../host/machine/installed/plausible-hosts.ts';
import { verbatim } from '../shared/text/text.ts';
import type { SetupOptions } from './run.ts';
import { wizardTexts as texts } from './wizard-texts.ts';

/** Nothing where the flags, the surroundings or the machine say it already. */
export async function askWhichHost({
  flags,
  conversation,
  env,
  home,
  platform,
  within,
}: SetupOptions): Promise<{ readonly host?: HostName }> {
  const named = { env, ...(flags.config !== undefined && { explicitPath: flags.config }) };
  if (!conversation.guided || within || flags.host !== undefined || isPathNamed(named)) return {};
  if ((await findHosts(env, platform)).length > 0) return {};
  const hosts = await plausibleHosts({ env, home });
  if (hosts.length < 2) return {};
  const options = hosts.map((host) => ({
    value: host,
    label: verbatim(host),
    hint: verbatim(locateConfig({ env, home, host }).path),
  }));
  const chosen = await conversation.choose(texts.askWhichHost, options);
  const host = hosts.find((name) => name === chosen);
  return host === undefined ? {} : { host };
}
