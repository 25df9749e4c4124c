/**
 * `channels.feishu` in a host's config, read leniently: never use it for access decisions.
 *
 * A host calls this on every command with any content of the file, so nothing here throws. The
 * rules on who gets answers are parsed strictly, where the account starts (run-account.ts). Pure.
 */
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import { DEFAULT_ACCOUNT, listAccounts, resolveAccount } from '../../config/account/accounts.ts';
import { withChannelDefaults } from '../../config/channel-defaults.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import { understand } from '../../config/peers/understand.ts';
import { accountKey } from '../../config/rules/account-keys.ts';
import type { FeishuSection } from '../../config/rules/schema.ts';
import { type Fields, isFields } from '../../shared/fields.ts';
import type { HostAccount } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';

/** The section as written; empty where there is none. */
export function rawSection(cfg: HostConfig): Fields {
  const { feishu } = channelsOf(cfg);
  return isFields(feishu) ? feishu : {};
}

/** What the config says for all channels at once. */
export function channelDefaults(cfg: HostConfig): unknown {
  return channelsOf(cfg).defaults;
}

function channelsOf(cfg: HostConfig): Fields {
  return isFields(cfg) && isFields(cfg.channels) ? cfg.channels : {};
}

/** Lists with only texts in them, accounts and groups that are objects: the rest as if it were not there. */
function readSectionLeniently(cfg: HostConfig): FeishuSection {
  const { section } = understand(rawSection(cfg) as JsonValue);
  const { accounts, ...top } = withChannelDefaults(section, channelDefaults(cfg)) as Fields;
  const entries = isFields(accounts) ? Object.entries(accounts) : [];
  return {
    ...readAccountLeniently(top),
    ...(entries.length > 0 && {
      accounts: Object.fromEntries(
        entries.map(([id, account]) => [
          id,
          readAccountLeniently(isFields(account) ? account : {}),
        ]),
      ),
    }),
  };
}

function readAccountLeniently(fields: Fields): FeishuSection {
  const known = Object.entries(fields).filter(([key, value]) => isOfItsKind(key, value));
  return Object.fromEntries(known);
}

/** Beside the keys of an account: texts of the section, and of hosts. */
const texts = new Set(['name', 'defaultAccount']);

function isOfItsKind(key: string, value: unknown): boolean {
  const declared = accountKey(key);
  if (declared?.orSwitch && typeof value === 'boolean') return true;
  switch (texts.has(key) ? 'text' : declared?.kind) {
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'text':
      return typeof value === 'string' || (key === 'appSecret' && isFields(value));
    case 'choice':
      return typeof value === 'string';
    case 'switch':
      return typeof value === 'boolean';
    case 'switches':
      return isFields(value);
    case 'entries':
      return isFields(value) && Object.values(value).every(isFields);
    default:
      return true;
  }
}

export function accountIds(cfg: HostConfig): string[] {
  return listAccounts(readSectionLeniently(cfg));
}

export function defaultAccountId(cfg: HostConfig): string {
  const section = readSectionLeniently(cfg);
  const ids = listAccounts(section);
  const named = section.defaultAccount;
  if (named !== undefined && ids.includes(named)) return named;
  return ids[0] ?? DEFAULT_ACCOUNT;
}

export function hostAccount(cfg: HostConfig, accountId?: string | null): HostAccount {
  const section = readSectionLeniently(cfg);
  const id = accountId || defaultAccountId(cfg);
  const account = resolveAccount(section, id);
  const own = section.accounts?.[id] ?? (id === DEFAULT_ACCOUNT ? section : {});
  const secretSource =
    account.appSecret || account.appSecretRef ? 'config' : account.appSecretFile ? 'file' : 'none';
  return {
    accountId: id,
    ...(typeof own.name === 'string' && { name: own.name }),
    enabled: account.enabled,
    configured: account.appId !== '' && secretSource !== 'none',
    appId: account.appId,
    domain: account.domain,
    dmPolicy: account.dmPolicy,
    allowFrom: account.allowFrom,
    groupPolicy: account.groupPolicy,
    groupSenderAllowFrom: account.groupSenderAllowFrom,
    requireMention: account.requireMention,
    secretSource,
  };
}

/** The settings of the enabled accounts that have an App ID: of all, or of the named one. */
export function enabledAccountSettings(
  cfg: HostConfig,
  accountId?: string | null,
): readonly ResolvedAccount[] {
  const section = readSectionLeniently(cfg);
  return listAccounts(section)
    .filter((id) => !accountId || id === accountId)
    .map((id) => resolveAccount(section, id))
    .filter(({ enabled, appId }) => enabled && appId !== '');
}

/** Whether the file has the account's keys under `accounts`. */
export function isListed(cfg: HostConfig, accountId: string): boolean {
  const { accounts } = rawSection(cfg);
  return isFields(accounts) && Object.hasOwn(accounts, accountId);
}

/**
 * Which tools the agent may use in a group; `undefined`: the host decides.
 *
 * Hosts read the groups of an account instead of those of the top level, never both, and stop at the
 * entry `*` where a group's own has no tools: by their reading alone a tool would be allowed that the
 * section as the runtime reads it denies.
 *
 * @param groupId as a host takes it from a session's key, perhaps with a person or a topic behind it
 */
export function groupTools(
  cfg: HostConfig,
  accountId: string | null | undefined,
  groupId: string | null | undefined,
): Fields | undefined {
  const { groups } = resolveAccount(readSectionLeniently(cfg), accountId || defaultAccountId(cfg));
  const [chatId = ''] = (groupId ?? '').split(':');
  for (const entry of [entryOf(groups, chatId), groups['*']]) {
    // The host alone knows who the sender is.
    if (entry?.toolsBySender !== undefined) return undefined;
    if (isFields(entry?.tools)) return entry.tools;
  }
  return undefined;
}

/** Whether a group's messages need a mention of the bot; the same precedence as the runtime's policy. */
export function groupNeedsMention(
  cfg: HostConfig,
  accountId: string | null | undefined,
  groupId: string | null | undefined,
): boolean {
  const account = resolveAccount(readSectionLeniently(cfg), accountId || defaultAccountId(cfg));
  const group = entryOf(account.groups, groupId ?? '*');
  const requireMention = group?.requireMention;
  return typeof requireMention === 'boolean' ? requireMention : account.requireMention;
}
