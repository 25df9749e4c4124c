/** The configured accounts, as `run` and `doctor` need them. */
import type { ResolvedAccount } from '../config/account/account.ts';
import { listAccounts, resolveAccount } from '../config/account/accounts.ts';
import type { ConfigLocation, HostName } from '../config/locate.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import { locateForHost } from '../host/machine/installed/locate-for-host.ts';
import { describeAccountsElsewhere } from '../host/machine/other-configs.ts';
import type { MoltbotFeishuError } from '../shared/errors.ts';
import { commandError } from './command-errors.ts';
import type { Shell } from './shell.ts';

export interface ConfiguredFlags {
  readonly account?: string;
  readonly config?: string;
  readonly host?: HostName | 'none';
}

/** The file that `setup` writes with the same flags. */
export function configLocation(
  { env, home }: Pick<Shell, 'env' | 'home'>,
  { config, host }: Pick<ConfiguredFlags, 'config' | 'host'>,
): Promise<ConfigLocation> {
  return locateForHost({ env, home, platform: process.platform, host, config });
}

export interface Configured {
  readonly location: ConfigLocation;
  readonly document: ConfigDocument;
  readonly accounts: readonly ResolvedAccount[];
}

/** Throws what reading the config throws, and `no-account` (config) when the one asked for is not there. */
export async function configuredAccounts(
  shell: Shell,
  location: ConfigLocation,
  { account }: Pick<ConfiguredFlags, 'account'>,
): Promise<Configured> {
  const document = await readConfig(location, { env: shell.env });
  const { section } = document;
  const ids = section ? listAccounts(section) : [];
  const wanted = account === undefined ? ids : ids.filter((id) => id === account);
  if (!section || ids.length === 0) {
    const { path } = location;
    const elsewhere = await describeAccountsElsewhere({ ...shell, location }, 'run');
    throw commandError('noAccounts', { path }, elsewhere && { advice: elsewhere.advice });
  }
  if (wanted.length === 0) throw unknownAccount(account ?? '', location.path, ids);
  return { location, document, accounts: wanted.map((id) => resolveAccount(section, id)) };
}

export function unknownAccount(
  account: string,
  path: string,
  known: readonly string[],
): MoltbotFeishuError {
  return commandError('unknownAccount', { account, path, known });
}
