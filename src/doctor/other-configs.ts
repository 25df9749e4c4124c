/** Config files of hosts, new and old, that are not the one in use but speak of Feishu too. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { listAccounts, resolveAccount } from '../config/accounts.ts';
import { expandHome } from '../config/locate.ts';
import { readConfig } from '../config/read.ts';
import { isMoltbotFeishuError } from '../shared/errors.ts';
import { verbatim } from '../shared/text.ts';
import type { DoctorContext } from './context.ts';

export interface OtherConfig {
  readonly path: string;
  readonly appIds: readonly string[];
}

/** Where hosts keep, or once kept, their state (host-contract, "Config"). */
const directories = ['.moltbot', '.clawdbot', '.openclaw'];
const stateVariables = ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR', 'OPENCLAW_STATE_DIR'];
const files = ['moltbot.json', 'clawdbot.json', 'openclaw.json'];

export async function otherConfigs(
  context: Pick<DoctorContext, 'location' | 'home' | 'env'>,
): Promise<readonly OtherConfig[]> {
  const { location, home, env } = context;
  const named = stateVariables.flatMap((name) => {
    const directory = env[name]?.trim();
    return directory ? [expandHome(directory, home)] : [];
  });
  const places = [...named, ...directories.map((name) => join(home, name))];
  // The hosts leave a symlink behind when they move: one file, not two.
  const seen = new Set([await real(location.path)]);
  const found: OtherConfig[] = [];
  for (const path of places.flatMap((place) => files.map((file) => join(place, file)))) {
    const target = await real(path);
    if (target === undefined || seen.has(target)) continue;
    seen.add(target);
    const appIds = await appsIn(path, context);
    if (appIds) found.push({ path, appIds });
  }
  return found;
}

async function real(path: string): Promise<string | undefined> {
  // What is not there, or may not be looked at, is no config of ours.
  return realpath(path).catch(() => undefined);
}

/** The apps of a config; `undefined` where it has no `channels.feishu`. */
async function appsIn(
  path: string,
  { env }: Pick<DoctorContext, 'env'>,
): Promise<readonly string[] | undefined> {
  const location = { path, because: verbatim(path), exists: true, stateDir: path };
  try {
    const { section } = await readConfig(location, { env, missingVariables: 'ignore' });
    return (
      section &&
      listAccounts(section).flatMap((id) => {
        const { appId, enabled } = resolveAccount(section, id);
        return enabled && appId ? [appId] : [];
      })
    );
  } catch (error) {
    // Nobody reads it here: what is wrong with it is no fault of this account.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}
