/** The targets of the doctor: the accounts of the config, and the plugin of this installation. */
import { listAccounts } from '../../config/account/accounts.ts';
import type { ConfigLocation } from '../../config/locate.ts';
import { readConfig } from '../../config/read.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type ConfiguredFlags, unknownAccount } from '../configured.ts';
import type { Shell } from '../shell.ts';

/**
 * The ids of the accounts; where none can be read, the one that is meant: its checks say why.
 *
 * @throws MoltbotFeishuError `no-account` where the one asked for is not among those that are there
 */
export async function accountsToExamine(
  shell: Shell,
  { account }: ConfiguredFlags,
  location: ConfigLocation,
): Promise<readonly string[]> {
  const meant = [account ?? 'default'];
  try {
    const { section } = await readConfig(location, {
      env: shell.env,
      missingVariables: 'ignore',
    });
    const ids = section ? listAccounts(section) : [];
    if (ids.length === 0) return meant;
    if (account === undefined) return ids;
    if (!ids.includes(account)) throw unknownAccount(account, location.path, ids);
    return meant;
  } catch (error) {
    if (isMoltbotFeishuError(error) && error.code.startsWith('config-')) return meant;
    throw error;
  }
}
