/** Changes of `channels.feishu` that a host asks for: a new config, the old one untouched. Pure. */
import { DEFAULT_ACCOUNT } from '../config/accounts.ts';
import type { HostConfig } from './contract.ts';
import { type Fields, isFields, isListed, rawSection } from './section.ts';

export function withSection(cfg: HostConfig, section: Fields): HostConfig {
  const channels = isFields(cfg.channels) ? cfg.channels : {};
  return { ...cfg, channels: { ...channels, feishu: section } };
}

/** The section with keys of one account set; an account that stands at the top level stays there. */
export function withAccountKeys(cfg: HostConfig, accountId: string, keys: Fields): HostConfig {
  const section = rawSection(cfg);
  if (accountId === DEFAULT_ACCOUNT && !isListed(cfg, accountId)) {
    return withSection(cfg, { ...section, ...keys });
  }
  const accounts = isFields(section.accounts) ? section.accounts : {};
  const own = accounts[accountId];
  return withSection(cfg, {
    ...section,
    accounts: { ...accounts, [accountId]: { ...(isFields(own) ? own : {}), ...keys } },
  });
}

export function withEnabled(cfg: HostConfig, accountId: string, enabled: boolean): HostConfig {
  const changed = withAccountKeys(cfg, accountId, { enabled });
  // An account cannot run while the channel is off.
  const isOff = enabled && rawSection(changed).enabled === false;
  return isOff ? withSection(changed, { ...rawSection(changed), enabled: true }) : changed;
}

const credentialKeys = new Set(['appId', 'appSecret', 'appSecretFile', 'name']);

/** Without the account; settings at the top level that others inherit stay. */
export function withoutAccount(cfg: HostConfig, accountId: string): HostConfig {
  const section = rawSection(cfg);
  if (isListed(cfg, accountId)) {
    const accounts = isFields(section.accounts) ? section.accounts : {};
    const { [accountId]: _gone, ...others } = accounts;
    return withSection(cfg, { ...section, accounts: others });
  }
  if (accountId !== DEFAULT_ACCOUNT) return cfg;
  if (!isFields(section.accounts) || Object.keys(section.accounts).length === 0) {
    const channels = isFields(cfg.channels) ? cfg.channels : {};
    const { feishu: _gone, ...others } = channels;
    return { ...cfg, channels: others };
  }
  const kept = Object.entries(section).filter(([key]) => !credentialKeys.has(key));
  return withSection(cfg, Object.fromEntries(kept));
}
