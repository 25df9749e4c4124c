/** Config files of hosts, new and old, that are not the one in use but speak of Feishu too. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { listAccounts, resolveAccount } from '../../config/account/accounts.ts';
import { type ConfigLocation, expandHome, hostHome } from '../../config/locate.ts';
import { readConfig } from '../../config/read.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { shellWord } from '../../shared/terminal/shell-word.ts';
import { type LocalizedText, localize, verbatim } from '../../shared/text/text.ts';
import { machineTexts as texts } from './machine-texts.ts';

export interface OtherConfig {
  readonly path: string;
  /** The App IDs of the enabled accounts. */
  readonly appIds: readonly string[];
  readonly accounts: readonly string[];
}

export interface SearchOptions {
  /** The one in use. */
  readonly location: Pick<ConfigLocation, 'path'>;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where hosts keep, or once kept, their state (docs/hosts.md#config). */
const directories = ['.moltbot', '.clawdbot', '.openclaw'];
const stateVariables = ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR', 'OPENCLAW_STATE_DIR'];
const files = ['moltbot.json', 'clawdbot.json', 'openclaw.json'];

export async function findOtherConfigs(around: SearchOptions): Promise<readonly OtherConfig[]> {
  const { location, home, env } = around;
  const named = stateVariables.flatMap((name) => {
    const directory = env[name]?.trim();
    const below = name.startsWith('OPENCLAW') ? hostHome('openclaw', env, home) : home;
    return directory ? [expandHome(directory, below)] : [];
  });
  const replaced = join(hostHome('openclaw', env, home), '.openclaw');
  const places = [...named, replaced, ...directories.map((name) => join(home, name))];
  // The hosts leave a symlink behind when they move: one file, not two.
  const seen = new Set([await real(location.path)]);
  const found: OtherConfig[] = [];
  for (const path of places.flatMap((place) => files.map((file) => join(place, file)))) {
    const target = await real(path);
    if (target === undefined || seen.has(target)) continue;
    seen.add(target);
    const apps = await readApps(path, around);
    if (apps) found.push({ path, ...apps });
  }
  return found;
}

/** Where there is no account here: the files that have one, and how `command` gets to the first. */
export async function describeAccountsElsewhere(
  around: SearchOptions,
  command: 'run' | 'doctor' | 'remove',
): Promise<{ readonly advice: LocalizedText; readonly command: string } | undefined> {
  const others = (await findOtherConfigs(around)).filter(({ accounts }) => accounts.length > 0);
  const [first] = others;
  if (!first) return undefined;
  const then = `moltbot-feishu ${command} --config ${shellWord(first.path)}`;
  const paths = others.map(({ path }) => path).join(', ');
  const text = command === 'remove' ? texts.accountsElsewhere : texts.accountsElsewhereOrSetup;
  return { advice: localize(text, { paths, command: then }), command: then };
}

async function real(path: string): Promise<string | undefined> {
  // A path that is missing or unreadable is no config of ours.
  return realpath(path).catch(() => undefined);
}

/** The apps of a config; `undefined` where it has no `channels.feishu`. */
async function readApps(
  path: string,
  { env }: Pick<SearchOptions, 'env'>,
): Promise<Omit<OtherConfig, 'path'> | undefined> {
  const location = { path, because: verbatim(path), exists: true, stateDir: path };
  try {
    const { section } = await readConfig(location, { env, missingVariables: 'ignore' });
    if (!section) return undefined;
    const accounts = listAccounts(section);
    const appIds = accounts.flatMap((id) => {
      const { appId, enabled } = resolveAccount(section, id);
      return enabled && appId ? [appId] : [];
    });
    return { appIds, accounts };
  } catch (error) {
    // This account does not use the file, so an error in it is no fault of the account.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}
