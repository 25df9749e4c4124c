/** Changes of `channels.feishu` that a host asks for: a new config, the old one untouched. Pure. */
import { DEFAULT_ACCOUNT } from '../../config/account/accounts.ts';
import { removalEdits } from '../../config/change/removal.ts';
import { updated } from '../../config/json5/json-update.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import { type Fields, isFields } from '../../shared/fields.ts';
import type { HostConfig } from '../host-config.ts';
import { isListed, rawSection } from './section.ts';

export function withSection(cfg: HostConfig, section: Fields): HostConfig {
  const channels = isFields(cfg.channels) ? cfg.channels : {};
  return { ...cfg, channels: { ...channels, feishu: section } };
}

/** The section with keys of one account set; an account at the top level stays there. */
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
  const isDisabled = enabled && rawSection(changed).enabled === false;
  return isDisabled ? withSection(changed, { ...rawSection(changed), enabled: true }) : changed;
}

/** Without the account, as `moltbot-feishu remove` takes it out; those that remain behave as before. */
export function withoutAccount(cfg: HostConfig, accountId: string): HostConfig {
  const merged = cfg as JsonValue;
  // A config from a host has its variables resolved already.
  const edits = removalEdits({ merged, section: undefined }, accountId);
  return edits.reduce(
    (changed, edit) => updated(changed, edit.path, 'value' in edit ? edit.value : undefined),
    merged,
  ) as HostConfig;
}
