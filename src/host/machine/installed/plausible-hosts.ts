/** Which hosts have been used on this machine, by what they left there: for where none is on PATH. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type HostName, hostHome } from '../../../config/locate.ts';
import { exists } from './exists.ts';

export async function plausibleHosts({
  env,
  home,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): Promise<readonly HostName[]> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  const [moltbot, clawdbot, openclaw] = await Promise.all([
    real(join(home, '.moltbot')),
    real(join(home, '.clawdbot')),
    real(join(hostHome('openclaw', env, home), '.openclaw')),
  ]);
  const hosts = new Set<HostName>();
  if (moltbot !== undefined) hosts.add('moltbot');
  // A host that moved its directory leaves a link to the new one.
  if (clawdbot !== undefined && clawdbot !== moltbot && clawdbot !== openclaw) {
    const isOfClawdbot = await exists(join(clawdbot, 'clawdbot.json'));
    if (isOfClawdbot) hosts.add('clawdbot');
    if (!isOfClawdbot || (await exists(join(clawdbot, 'moltbot.json')))) hosts.add('moltbot');
  }
  if (openclaw !== undefined) hosts.add('openclaw');
  return [...hosts];
}
